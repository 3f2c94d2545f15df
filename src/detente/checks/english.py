"""Whether a word is English: the dictionary the lemmatizer brings along, with its rules of inflection."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from detente.language import DEFAULT_MODEL, load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language

_OPEN = ("noun", "verb", "adj", "adv")
LONGEST = 40


class EnglishWords:
    """Calling it tells whether a lower-case word, in any inflection, stands in the dictionary of `nlp`'s lemmatizer.

    A pipeline whose lemmatizer has no dictionary knows every word, so that nothing is called foreign without one.
    """

    def __init__(self, nlp: Language) -> None:
        tables: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        has = "lemma_index" in tables
        self._index = tables.get_table("lemma_index") if has else {}
        self._exceptions = tables.get_table("lemma_exc") if has else {}
        self._rules = tables.get_table("lemma_rules") if has else {}
        self._closed = frozenset(nlp.Defaults.stop_words)

    def __call__(self, word: str) -> bool:
        if not self._index or word in self._closed or len(word) > LONGEST:
            return True
        plain = word.removesuffix("'s").removesuffix("’s")
        return all(self._has(part) for part in plain.split("-") if part)

    def _has(self, word: str) -> bool:
        for part in _OPEN:
            index = self._index.get(part, ())
            if word in index or word in self._exceptions.get(part, {}):
                return True
            for old, new in self._rules.get(part, ()):
                if word.endswith(old) and word[: len(word) - len(old)] + new in index:
                    return True
        return False


@lru_cache(maxsize=2)
def english_words(model: str = DEFAULT_MODEL) -> EnglishWords:
    """The dictionary of the pipeline `model`, which is loaded once a process."""
    return EnglishWords(load_pipeline(model))
