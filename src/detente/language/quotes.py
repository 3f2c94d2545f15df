"""Quotation marks, paired on raw characters, paragraph by paragraph.

Straight and curly, double and single, guillemets, low-9 and corner marks; single marks are told from apostrophes. A
mark left open runs to the end of its paragraph, and on into each next paragraph that opens with the same kind of mark.
One pass over the text; the parse is not asked, since parsers go wrong at quotation marks first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from detente.record import Span

Family = Literal["straight", "curly", "angle", "corner", "single"]

_OPENING: dict[str, Family] = {
    "“": "curly", "‟": "curly", "„": "curly", "«": "angle", "‹": "angle", "「": "corner", "『": "corner", "‘": "single",
}  # fmt: skip
_CLOSING: dict[str, Family] = {"”": "curly", "»": "angle", "›": "angle", "」": "corner", "』": "corner", "’": "single"}
_MARK = re.compile(r"[\"“”‟„«»‹›「」『』‘’'`]")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n|(?<=[.!?:;…”\"’»])[ \t]*\n|(?<=[.!?:;…]['\])])[ \t]*\n")
_BEFORE_OPENING = frozenset("([{-–—―/:;,…")
_MAX_DEPTH = 6
"""Deeper nesting is debris, and a bound keeps hostile input linear."""
_MAX_RUN = 12
"""Paragraphs an open quotation may run on without a mark; a longer stretch more likely lost its closing mark."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: `outer` with its marks, `inner` without, trimmed of white space.

    `depth` is 0 for a quotation in no other one. `closed` is false where it runs on to the end of its paragraph;
    `continues` is true where it takes up the open quotation of the paragraph before.
    """

    outer: Span
    inner: Span
    depth: int
    closed: bool
    continues: bool
    paragraph: int


@dataclass(slots=True)
class _Open:
    family: Family
    at: int
    width: int
    continues: bool


def paragraphs_of(text: str) -> list[Span]:
    """The paragraphs of `text`, trimmed: cut at blank lines, and at line ends that end a sentence."""
    cuts, start = [], 0
    for match in _PARAGRAPH_BREAK.finditer(text):
        cuts.append(_trimmed(text, start, match.start()))
        start = match.end()
    cuts.append(_trimmed(text, start, len(text)))
    return [span for span in cuts if span.end > span.start]


def find_quotes(text: str) -> tuple[Quote, ...]:
    """All quotations of `text` in order of their opening marks."""
    found: list[Quote] = []
    running: Family | None = None
    paragraphs = paragraphs_of(text)
    for number, paragraph in enumerate(paragraphs):
        quotes, running = _quotes_in(text, paragraph, number, running)
        found.extend(quotes)
    found = _run_on(text, paragraphs, found)
    return tuple(sorted(found, key=lambda q: (q.outer.start, -q.outer.end)))


def _run_on(text: str, paragraphs: list[Span], quotes: list[Quote]) -> list[Quote]:
    """Join an open quotation with the paragraphs after it that have no opening mark, up to one that closes it."""
    inside: dict[int, Quote] = {}
    for quote in quotes:
        if quote.depth == 0 and not quote.closed and text[quote.outer.start] in "“„”":
            last = _closing_paragraph(text, paragraphs, quote.paragraph)
            for number in range(quote.paragraph + 1, last + 1):
                end = paragraphs[number].end if number < last else text.index("”", paragraphs[number].start) + 1
                outer = Span(paragraphs[number].start, end)
                inner = _trimmed(text, outer.start, end - (number == last))
                if _has_words(text, inner):
                    inside[number] = Quote(outer, inner, 0, number == last, True, number)
    deeper = (replace(q, depth=q.depth + 1) if _holds(inside.get(q.paragraph), q) else q for q in quotes)
    return [*deeper, *inside.values()]


def _holds(outer: Quote | None, quote: Quote) -> bool:
    return outer is not None and outer.outer.contains(quote.outer)


def _closing_paragraph(text: str, paragraphs: list[Span], start: int) -> int:
    """Number of the paragraph whose first curly mark closes the quotation open in `start`; `start` where none does."""
    for number in range(start + 1, min(start + 1 + _MAX_RUN, len(paragraphs))):
        paragraph = paragraphs[number]
        marks = [at for mark in "“”" if (at := text.find(mark, paragraph.start, paragraph.end)) >= 0]
        if marks:
            return number if text[min(marks)] == "”" else start
    return start


def _quotes_in(text: str, paragraph: Span, number: int, running: Family | None) -> tuple[list[Quote], Family | None]:
    stack: list[_Open] = []
    found: list[Quote] = []
    marks = list(_marks(text, paragraph))
    last_single = max((at for at, mark in marks if mark in "'’" and _may_close(text, at, 1, paragraph)), default=-1)

    def close(level: int, at: int, end: int) -> None:
        opened = stack[level]
        del stack[level:]
        inner = _trimmed(text, opened.at + opened.width, at)
        if _has_words(text, inner):
            found.append(Quote(Span(opened.at, end), inner, level, at < end, opened.continues, number))

    for at, mark in marks:
        family, opens, closes = _reading(text, at, mark, paragraph, stack, last_single)
        if closes and (level := _innermost(stack, family)) >= 0:
            close(level, at, at + len(mark))
        elif opens and len(stack) < _MAX_DEPTH:
            stack.append(_Open(family, at, len(mark), at == paragraph.start and family == running))
    left_open: Family | None = None
    while stack:
        top = stack[-1]
        if top.family == "single" and top.at != paragraph.start:
            stack.pop()  # most likely an apostrophe; only a paragraph that opens with the mark may leave it open
            continue
        left_open = top.family
        close(len(stack) - 1, paragraph.end, paragraph.end)
    return found, left_open


def _marks(text: str, paragraph: Span) -> Iterator[tuple[int, str]]:
    skip = -1
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        at, mark = match.start(), match.group()
        if at < skip:
            continue
        if mark in "'`" and text[at + 1 : at + 2] == mark:
            mark = mark * 2
            skip = at + 2
        if mark != "`":
            yield at, mark


def _reading(
    text: str, at: int, mark: str, paragraph: Span, stack: list[_Open], last_single: int
) -> tuple[Family, bool, bool]:
    """What a mark is here: its family, whether it may open, whether it may close."""
    opens = _may_open(text, at, len(mark), paragraph)
    closes = _may_close(text, at, len(mark), paragraph)
    if mark in ('"', "''", "``"):
        return _straight(text, at, opens, closes, stack, paragraph)
    if mark == "'" or mark == "’":
        return (
            "single",
            opens and (mark == "'" or not closes) and last_single > at,
            closes and not _plural(text, at, paragraph, last_single),
        )
    if mark == "‘":
        return "single", True, False
    if mark == "“" and any(o.family == "curly" and text[o.at] == "„" for o in stack):
        return "curly", False, True
    if mark in _OPENING:
        return _OPENING[mark], True, False
    if mark == "”" and opens and not closes and _innermost(stack, "curly") < 0:
        return "curly", True, False  # some pages open with a closing mark
    return _CLOSING[mark], False, True


def _straight(
    text: str, at: int, opens: bool, closes: bool, stack: list[_Open], paragraph: Span
) -> tuple[Family, bool, bool]:
    inside = _innermost(stack, "straight") >= 0
    if not inside and _innermost(stack, "curly") >= 0 and closes and not opens:
        return "curly", False, True  # a page that opens curly and closes straight
    if opens and not closes:
        return "straight", True, False
    if at > paragraph.start and text[at - 1].isdigit() and not inside:
        return "straight", False, False  # inches
    return "straight", not inside and not closes, inside


def _may_open(text: str, at: int, width: int, paragraph: Span) -> bool:
    if at + width >= paragraph.end or text[at + width].isspace():
        return False
    if at <= paragraph.start:
        return True
    before = text[at - 1]
    return before.isspace() or before in _BEFORE_OPENING or before in _OPENING or before in "\"'"


def _may_close(text: str, at: int, width: int, paragraph: Span) -> bool:
    if at <= paragraph.start:
        return False
    if at + width >= paragraph.end:
        return True
    after = text[at + width]
    return not after.isalnum() and not (after in "([{" and text[at - 1].isspace())


def _plural(text: str, at: int, paragraph: Span, last_single: int) -> bool:
    """Whether a closing single mark is rather the possessive of a plural: ``workers' rights``."""
    return (
        text[at - 1 : at] in ("s", "z")
        and last_single > at
        and text[at + 1 : at + 2] == " "
        and text[at + 2 : at + 3].islower()
        and at + 3 < paragraph.end
    )


def _innermost(stack: list[_Open], family: Family) -> int:
    return next((level for level in range(len(stack) - 1, -1, -1) if stack[level].family == family), -1)


def _has_words(text: str, span: Span) -> bool:
    return any(c.isalnum() for c in span.of(text))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
