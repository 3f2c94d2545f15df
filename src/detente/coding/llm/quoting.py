"""Where a quotation stands in a text: exactly, else without regard to white space and the shape of quotation marks."""

from __future__ import annotations

import re
from functools import cached_property

from detente.record import Span

_NUMBERED = re.compile(r"(.+)#([1-9]\d{0,3})", re.DOTALL)
_SHAPES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»‹›「」『』＂", '"'),
        **dict.fromkeys("‘’‚‛`´ʼ＇", "'"),
    }
)


class Quoting:
    """Looks quotations up in `text`, part of a report that begins at code point `offset` of it."""

    def __init__(self, text: str, offset: int = 0) -> None:
        self.text = text
        self.offset = offset

    def places(self, quotation: str) -> tuple[Span, ...]:
        """Where the quotation may stand: one place where it has its ``#k``, else all; empty where it stands nowhere."""
        places = self._places_of(quotation)
        if places or (numbered := _NUMBERED.fullmatch(quotation)) is None:
            return places
        places, number = self._places_of(numbered[1].rstrip()), int(numbered[2])
        return places[number - 1 : number]

    def _places_of(self, words: str) -> tuple[Span, ...]:
        exact = _whole_words(self.text, words)
        if exact:
            return tuple(Span(start + self.offset, end + self.offset) for start, end in exact)
        folded, starts = self._folded
        found = _whole_words(folded, _fold(words)[0])
        return tuple(Span(starts[start] + self.offset, starts[end - 1] + 1 + self.offset) for start, end in found)

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        return _fold(self.text)


def _fold(text: str) -> tuple[str, list[int]]:
    """`text` with one space for any white space and one shape for all marks, and where each code point stood."""
    letters: list[str] = []
    starts: list[int] = []
    for word in re.finditer(r"\S+", text.translate(_SHAPES)):
        if letters:
            letters.append(" ")
            starts.append(word.start() - 1)
        letters.extend(word.group())
        starts.extend(range(word.start(), word.end()))
    return "".join(letters), starts


def _whole_words(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stand in `text` and no letter or digit goes on at either end."""
    found = []
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (_goes_on(text, at) or _goes_on(text, end)):
            found.append((at, end))
        at = text.find(words, at + 1)
    return found


def _goes_on(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def nearest(places: tuple[Span, ...], to: Span, sentence: Span) -> Span | None:
    """The place nearest to `to`, those in its `sentence` first and of equals the earlier; null where there is none."""
    return min(places, key=lambda p: (not sentence.contains(p), _distance(p, to), p.start), default=None)


def _distance(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)
