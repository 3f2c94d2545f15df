"""A long report in parts that can be asked about one by one, cut between paragraphs."""

from __future__ import annotations

import re

from detente.language.quotes import paragraphs_of
from detente.record import Span

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+")


def parts_of(text: str, longest: int) -> tuple[Span, ...]:
    """`text` in stretches of whole paragraphs of at most `longest` code points together.

    A paragraph that is longer by itself is cut between sentences, and where there are none, anywhere.
    """
    pieces = [piece for paragraph in paragraphs_of(text) for piece in _cut(text, paragraph, longest)]
    parts: list[Span] = []
    for piece in pieces:
        if parts and piece.end - parts[-1].start <= longest:
            parts[-1] = Span(parts[-1].start, piece.end)
        else:
            parts.append(piece)
    return tuple(parts)


def _cut(text: str, paragraph: Span, longest: int) -> list[Span]:
    pieces: list[Span] = []
    start, end = paragraph
    while end - start > longest:
        ends = [m.end() for m in _SENTENCE_END.finditer(text, start, start + longest)]
        cut = ends[-1] if ends else start + longest
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, end)] if end > start else pieces
