"""The lexicon of contexts: which words show that an act touches a field such as trade, territory or health."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from detente.errors import DataError
from detente.shipped import parsed, shipped_text

_FILE = "codebook/data/contexts.yaml"


@dataclass(frozen=True, slots=True)
class ContextLexicon:
    """Contexts in the order of the file, and the context (or contexts) that each word or pair of words shows."""

    names: tuple[str, ...]
    shown_by: Mapping[str, frozenset[str]]

    def of(self, words: Iterable[str]) -> tuple[str, ...]:
        """The contexts that `words` (lemmas, forms and pairs, lower-cased) show, in the order of the file."""
        found: set[str] = set()
        for word in words:
            found |= self.shown_by.get(word, frozenset())
        return tuple(name for name in self.names if name in found)


@cache
def load_contexts() -> ContextLexicon:
    """The lexicon that ships with the package, read once; raises `DataError` where it is not valid."""
    return read_contexts(shipped_text(_FILE))


def read_contexts(text: str) -> ContextLexicon:
    """The lexicon in `text`, YAML from context to words; raises `DataError` naming the context that is wrong."""
    raw = parsed(text, _FILE)
    if not isinstance(raw, dict):
        raise DataError(f"{_FILE}: expected a mapping from context to words")
    shown: dict[str, set[str]] = {}
    for name, words in raw.items():
        if not isinstance(words, list) or not all(isinstance(w, str) and w == w.strip().lower() and w for w in words):
            raise DataError(f"{_FILE}: {name}: expected a list of lower-case words")
        for word in words:
            shown.setdefault(word, set()).add(str(name))
    return ContextLexicon(tuple(map(str, raw)), {word: frozenset(names) for word, names in shown.items()})
