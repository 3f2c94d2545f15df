"""How long what the parser is given may be: a sentence that never ends costs no more than one that does.

Every walk over a parse goes at most through the words of a sentence. A bound on these makes all of them linear in the
length of the report, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_SENTENCE = 300
"""Words that are read as one sentence: the longest of 9,715 in 500 reports had 175, an order of a president."""

LONGEST_STRETCH = 4_000
"""Words without a line break that are parsed at once: the longest paragraph of these reports has a quarter of that."""

MOST_AT_ONCE = 20_000
"""Words that the model sees at once; it takes some 15 kB for each."""

_RESTS = frozenset({",", ";", ":", "–", "—", "-", ")", "”", '"', "\n"})


def overlong(line: Doc) -> Iterator[tuple[int, int]]:
    """The sentences of a parsed line that have more words than one may have, as ``start, end``."""
    if len(line) > LONGEST_SENTENCE:
        yield from ((s.start, s.end) for s in line.sents if len(s) > LONGEST_SENTENCE)


def in_pieces(words: list[str], start: int, end: int, longest: int = LONGEST_SENTENCE) -> Iterator[tuple[int, int]]:
    """Words ``start:end`` in pieces of at most `longest`, cut at the last mark in the second half if any."""
    while end - start > longest:
        marks = (i for i in range(start + longest, start + longest // 2, -1) if words[i - 1] in _RESTS)
        cut = next(marks, start + longest)
        yield start, cut
        start = cut
    yield start, end


def at_once(lines: Iterable[Doc], most_lines: int) -> Iterator[list[Doc]]:
    """Lines in batches of at most `most_lines`, and of fewer where they are long."""
    batch: list[Doc] = []
    words = 0
    for line in lines:
        if batch and (len(batch) == most_lines or words + len(line) > MOST_AT_ONCE):
            yield batch
            batch, words = [], 0
        batch.append(line)
        words += len(line)
    if batch:
        yield batch
