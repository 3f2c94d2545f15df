"""Whether a word is English: the dictionary the lemmatizer brings along, with its rules of inflection."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from detente.language import DEFAULT_MODEL, load_pipeline
from detente.language.dictionary import dictionary_of

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 40


class EnglishWords:
    """Calling it tells whether a lower-case word, in any inflection, stands in the dictionary of `nlp`'s lemmatizer.

    A pipeline whose lemmatizer has no dictionary knows every word, so that nothing is called foreign without one.
    """

    def __init__(self, nlp: Language) -> None:
        self._dictionary = dictionary_of(nlp)

    def __call__(self, word: str) -> bool:
        known = self._dictionary
        if known.is_empty or word in known.closed or len(word) > LONGEST:
            return True
        plain = word.removesuffix("'s").removesuffix("’s")
        return all(known.has(part) for part in plain.split("-") if part)


@lru_cache(maxsize=2)
def english_words(model: str = DEFAULT_MODEL) -> EnglishWords:
    """The dictionary of the pipeline `model`, which is loaded once a process."""
    return EnglishWords(load_pipeline(model))
