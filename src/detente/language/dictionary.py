"""The dictionary that the lemmatizer brings along, with its rules of inflection."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

OPEN = ("noun", "verb", "adj", "adv")
"""The parts of speech it knows; small words are in `Dictionary.closed`."""

_MOST_KEPT = 20_000
"""Answers that are kept: headings use the same words again."""


class Dictionary:
    """The words of `nlp`'s lemmatizer; empty where the pipeline has none."""

    def __init__(self, nlp: Language) -> None:
        tables: Any = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        has = "lemma_index" in tables
        self._index = tables.get_table("lemma_index") if has else {}
        self._exceptions = tables.get_table("lemma_exc") if has else {}
        self._rules = tables.get_table("lemma_rules") if has else {}
        self.closed = frozenset(nlp.Defaults.stop_words)
        self._answer = lru_cache(maxsize=_MOST_KEPT)(self._has)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look a word up in."""
        return not self._index

    def has(self, word: str, *parts: str) -> bool:
        """Whether a lower-case word, in any inflection, stands in it as one of `parts`, by default as any."""
        return any(self._answer(word, part) for part in parts or OPEN)

    def is_irregular(self, word: str, part: str) -> bool:
        """Whether the word is a form that no rule makes: *held*, *met*."""
        return word in self._exceptions.get(part, {})

    def _has(self, word: str, part: str) -> bool:
        index = self._index.get(part, ())
        if word in index or word in self._exceptions.get(part, {}):
            return True
        return any(
            word.endswith(old) and word[: len(word) - len(old)] + new in index for old, new in self._rules.get(part, ())
        )


@lru_cache(maxsize=2)
def dictionary_of(nlp: Language) -> Dictionary:
    """The dictionary of `nlp`, made once."""
    return Dictionary(nlp)
