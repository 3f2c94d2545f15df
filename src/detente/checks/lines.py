"""The lines of a text and the words in them, as the checks of this room read them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.record import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place in the text without outer spaces, and its words in lower case."""

    span: Span
    text: str
    words: tuple[str, ...]


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold more than spaces."""
    found = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            first = start + raw.index(stripped[0])
            span = Span(first, first + len(stripped))
            found.append(Line(span, stripped, tuple(w.lower() for w in _WORD.findall(stripped))))
        start += len(raw) + 1
    return found


def quoted(text: str, span: Span, longest: int = 60) -> str:
    """The words at `span` for a sentence to a person: on one line, shortened in the middle."""
    words = " ".join(span.of(text).split())
    return words if len(words) <= longest else f"{words[: longest // 2].rstrip()} … {words[-longest // 3 :].lstrip()}"
