"""The text cut into words the grammar reads: runs of letters, runs of digits, single signs.

The cut does not follow spaCy's tokens, which join or split ``mid-2011``, ``1917-18`` and ``7/8/07`` by chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_DASHES = frozenset("-–—‐‑−")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a text in order: `low` in lower case, `start` and `end` their code point offsets."""

    text: str
    low: list[str]
    start: list[int]
    end: list[int]

    def __len__(self) -> int:
        return len(self.low)

    def at(self, i: int) -> str:
        """The word at `i` in lower case, the empty string beyond the text."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def glued(self, i: int) -> bool:
        """Whether word `i` follows the word before it without a space."""
        return 0 < i < len(self.low) and self.start[i] == self.end[i - 1]

    def capital(self, i: int) -> bool:
        """Whether word `i` opens with a capital letter."""
        return 0 <= i < len(self.low) and self.text[self.start[i]].isupper()

    def dash(self, i: int) -> bool:
        """Whether word `i` is a hyphen or a dash."""
        return self.at(i) in _DASHES

    def broken(self, i: int) -> bool:
        """Whether a line break stands between word `i` and the word before it."""
        return 0 < i < len(self.low) and "\n" in self.text[self.end[i - 1] : self.start[i]]


def split_words(text: str) -> Words:
    """Cut `text`; lower-casing never changes the number of words."""
    spans = [match.span() for match in _WORD.finditer(text)]
    return Words(text, [text[s:e].lower() for s, e in spans], [s for s, _ in spans], [e for _, e in spans])
