"""Headlines in title case read as sentences: ``US Imposes New Sanctions On Russian Banks``.

A parser that has learnt from running text takes every capitalised word for a name. The words of such a line that the
dictionary has and the knowledge does not are shown to it in lower case; the text keeps its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.language.dictionary import Dictionary, dictionary_of

if TYPE_CHECKING:
    from spacy.language import Language

FEWEST = 4
"""Words that a headline has at least: fewer are a name or a label."""

LONGEST = 25
"""Words of the longest headline; more are a paragraph."""

_SHORT = 3
"""Letters up to which a word is small and may be written either way."""

_FEWEST_COMMON = 2
_ENDS = frozenset({".", ";", "”", '"'})

Known = Callable[[Sequence[str], int], int]
"""The end of the longest known name that begins at a word, and that word's own place where there is none."""


class Recaser:
    """Shows the words of a headline as a sentence has them, by a dictionary; any other line as it is."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def __call__(self, words: Sequence[str], longest_at: Known) -> list[str]:
        """The words with those in lower case that are capitalised for being in a headline."""
        given = list(words)
        if self._dictionary.is_empty or not is_headline(given):
            return given
        shown, end = list(given), 0
        for i, word in enumerate(given):
            if i >= end:
                end = longest_at(given, i)
            if i >= end and self._is_common(word):
                shown[i] = word.lower()
        lowered = [s for s, g in zip(shown, given, strict=True) if s != g]
        tells = len(lowered) >= _FEWEST_COMMON and any(map(self._is_verb_form, lowered))
        return shown if tells else given

    def _is_common(self, word: str) -> bool:
        if not word[:1].isupper() or not (len(word) == 1 or word[1:].islower()):
            return False
        lowered = word.lower()
        return lowered in self._dictionary.closed or self._dictionary.has(lowered)

    def _is_verb_form(self, word: str) -> bool:
        """Whether the word may be what a clause turns on: a line without one is a name, as that of a ministry."""
        if word in _VERBAL or self._dictionary.is_irregular(word, "verb"):
            return True
        return word.endswith(("s", "ed", "ing")) and self._dictionary.has(word, "verb")


_VERBAL = frozenset({"to", "will", "is", "are", "has", "have"})
"""Small words that only a clause has."""


def is_headline(words: Sequence[str]) -> bool:
    """Whether a line is written as a headline: it ends in no stop, and every word but small ones has a capital."""
    spoken = [word for word in words if word[:1].isalpha()]
    if not FEWEST <= len(spoken) <= LONGEST:
        return False
    last = next((word for word in reversed(words) if word.strip()), "")
    if last in _ENDS:
        return False
    long = [word for word in spoken if len(word) > _SHORT]
    return bool(long) and all(word[0].isupper() for word in long) and not all(word.isupper() for word in long)


@lru_cache(maxsize=2)
def recaser_of(nlp: Language) -> Recaser:
    """The recaser that asks the dictionary of `nlp`."""
    return Recaser(dictionary_of(nlp))
