"""A text cut into pieces at the edges of its marks, so that overlapping evidence can be shown and pointed at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text that belong to `of` (the id of a card): evidence, trigger, source, content or an oddity."""

    start: int
    end: int
    kind: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words under the same marks: their kinds, the cards they belong to, and the cards whose evidence opens here."""

    words: str
    kinds: tuple[str, ...]
    of: tuple[str, ...]
    opens: tuple[str, ...]


def pieces_of(text: str, marks: Iterable[Mark]) -> list[list[Piece]]:
    """The pieces of each paragraph, in order; the words of all pieces of a paragraph are the paragraph."""
    given = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.of))
    return [list(_pieces(text, start, end, given)) for start, end in _paragraphs(text)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in PARAGRAPH.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = sorted({start, end, *(e for m in here for e in (m.start, m.end) if start < e < end)})
    opened: set[str] = set()
    for left, right in pairwise(edges):
        over = [mark for mark in here if mark.start <= left and mark.end >= right]
        opens = tuple(dict.fromkeys(m.of for m in over if m.start == left and m.of and m.of not in opened))
        opened.update(opens)
        # The shortest mark is the closest reading of the words, so its colour is the one shown.
        kinds = [mark.kind for mark in sorted(over, key=lambda mark: mark.end - mark.start)]
        yield Piece(
            text[left:right], tuple(dict.fromkeys(kinds)), tuple(dict.fromkeys(m.of for m in over if m.of)), opens
        )
