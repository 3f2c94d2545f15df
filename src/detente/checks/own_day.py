"""What speaks against a page date in the words of a report: days, years, months, clock zones.

Each finding is a `Sign` of one kind. None convicts by itself: ``doubt.py`` adds the weights that their kinds have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from detente.checks.days import WrittenDay, written_days
from detente.checks.lexicon import load_calendar, load_day_words
from detente.knowledge.beginnings import load_beginnings
from detente.knowledge.gatherings import word_key
from detente.record import Span

NEAR = 21
"""Days from the page within which a day that the text names fits it."""

PAST = 120
"""Days back to which a day without a year is looked for; beyond, it may as well lie ahead."""

HEAD = 400
"""Characters of the text that tell the news itself."""

TAIL = 2500
"""Characters behind which a text is long, and speaks of many times."""

OVER = 10
"""Days since the end of a month from which it is no more spoken of as to come."""

FAR = 300
"""Days back beyond which the last day or month that is told speaks for another year."""

EVENT = 120
"""Characters around a day in which the event that it stands for is named."""

LATE_IN_YEAR, PAST_MIDDLE = 4, 8
"""Month from which a report speaks of its own year where it speaks of years at all, and from which it surely does."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks against the page date: its kind, what it is in a reader's words, and where it stands.

    `day` is the day it speaks for, where it names one; `span` is null for what stands in the title.
    """

    kind: str
    words: str
    span: Span | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Title and text as one string, the text from `offset` on."""

    whole: str
    offset: int
    text: str
    days: tuple[WrittenDay, ...]

    def span(self, start: int, end: int) -> Span | None:
        """Where characters of the whole stand in the text; null in the title."""
        return Span(start - self.offset, end - self.offset) if start >= self.offset else None

    def part(self, start: int) -> str:
        """``title``, ``head`` or ``tail``."""
        if start < self.offset:
            return "title"
        return "head" if start < self.offset + HEAD else "tail"

    def depth(self, start: int) -> str:
        """The same, and ``deep`` for what stands far down."""
        return self.part(start) if start < self.offset + TAIL else "deep"


def told_by(title: str | None, text: str, days: Sequence[WrittenDay] | None = None) -> Told:
    """The words of a report, its title before its text; `days` are those of the text where they are known already."""
    head = f"{title}\n" if title else ""
    offset = len(head)
    in_text = written_days(text) if days is None else days
    moved = (replace(day, span=Span(day.span.start + offset, day.span.end + offset)) for day in in_text)
    return Told(head + text, offset, text, (*written_days(head), *moved))


def day_signs(told: Told, page: date) -> Iterator[Sign]:
    """The last of the days that the text names, where it lies weeks before the page and none lies near it."""
    days = [
        (near - page, w, near)
        for w in told.days
        if (near := w.nearest(page)) is not None and not _is_of_event(told.whole, w, near)
    ]
    if any(abs(away.days) <= NEAR for away, _, _ in days):
        return
    past = [(away.days, w, near) for away, w, near in days if -PAST <= away.days < -NEAR]
    if not past:
        return
    last = max(away for away, _, _ in past)
    _, written, day = next(found for found in past if found[0] == last)
    words = f"the last day it names is “{told.whole[written.span.start : written.span.end]}”"
    span = told.span(*written.span)
    due = "due" if _is_due(told.whole, *written.span) else "told"
    yield Sign(f"day/{_manner(told, written)}/{due}/{told.depth(written.span.start)}", words, span, day)
    around = {near for _, _, near in past if last - 14 <= (near - page).days}
    if len(around) > 1:
        yield Sign(f"days/{min(len(around), 3)}", f"it names {len(around)} days of that time", span, day)
    if not any(away.days > 0 for away, _, _ in days):
        yield Sign("days/none ahead", "it names none after that", span, day)


def _is_of_event(whole: str, written: WrittenDay, day: date) -> bool:
    """Whether a day without a year is the one on which what the words around it tell of began: *September 11*."""
    if written.year is not None:
        return False
    around = whole[max(0, written.span.start - EVENT) : written.span.end + EVENT].lower()
    return any(
        (event.month, event.day) == (day.month, day.day) and name in around
        for name, event in load_beginnings().of_events.items()
    )


def _is_due(whole: str, start: int, end: int) -> bool:
    """Whether the sentence around a day speaks of what is still to come."""
    first = max(whole.rfind(stop, 0, start) for stop in (". ", "\n\n"))
    last = min((at for stop in (". ", "\n\n") if (at := whole.find(stop, end)) >= 0), default=len(whole))
    words = {word_key(word) for word in whole[max(first, start - 200) : min(last, end + 200)].split()}
    return bool(words & load_day_words().due)


def _manner(told: Told, written: WrittenDay) -> str:
    """How the day is written, and whether the word before it makes it a thing of the past."""
    before = told.whole[max(0, written.span.start - 14) : written.span.start].lower().split()
    if before and before[-1].strip("(,") in load_day_words().referring:
        return "referred"
    if written.weekday is not None:
        return "weekday"
    if before and before[-1] == "on":
        return "on year" if written.year else "on"
    return "year" if written.year else "plain"


def year_signs(told: Told, page: date) -> Iterator[Sign]:
    """The last year that the text names, where it is the year before the page's."""
    years = [(int(m[1]), m.span(1)) for m in _YEAR.finditer(told.whole)]
    if not years or any(page.year <= year <= page.year + 15 for year, _ in years):
        return
    last = [span for year, span in years if year == page.year - 1]
    if not last:
        return
    days = [w for w in told.days if w.year == page.year - 1]
    season = "early" if page.month < LATE_IN_YEAR else "mid" if page.month < PAST_MIDDLE else "late"
    words = f"the last year it names is {page.year - 1}"
    place = "title end" if _ends_title(told, last[0][1]) else told.depth(last[0][0])
    yield Sign(f"year/{season}/{place}", words, told.span(*last[0]))
    if len(last) > 1:
        yield Sign(f"years/{season}/{min(len(last), 3)}", f"it names {page.year - 1} {len(last)} times")
    full = [(page - day).days for w in days if (day := w.full)]
    if full and min(full) > FAR:
        yield Sign(f"years/day/{told.part(days[0].span.start)}", words, told.span(*days[0].span), days[0].full)
    elif not full and (months := _months_of_years(told)):
        day, start, end = max(months)
        if FAR < (page - day).days < 400:
            yield Sign(f"years/month/{told.part(start)}", words, told.span(start, end))
    if _DUE_YEAR.search(told.whole) and str(page.year - 1) in _DUE_YEAR.findall(told.whole):
        yield Sign("years/due", f"it speaks of {page.year - 1} as to come")


def _months_of_years(told: Told) -> list[tuple[date, int, int]]:
    """The last days of the months that are told with their year, each with its place: ``in June 2021``."""
    months = load_calendar().months
    return [(date(int(m[2]), months[m[1].lower()], 28), *m.span()) for m in _month_of_year().finditer(told.whole)]


def _ends_title(told: Told, end: int) -> bool:
    """``A Proclamation on World Trade Week, 2023``."""
    return end <= told.offset and not told.whole[end : told.offset].strip(" \n.)")


def month_signs(told: Told, page: date) -> Iterator[Sign]:
    """A month without a day or year in title or head that lies two to five months back, with none nearer named."""
    months = [(load_calendar().months[m[1].lower()], m.span(1)) for m in _month().finditer(told.whole)]
    away = [((page.month - month) % 12, span) for month, span in months]
    if not away or any(months_back in (0, 1, 11) for months_back, _ in away):
        return
    back, span = min(away)
    if back <= 5:
        words = f"the last month it names is {told.whole[span[0] : span[1]]}"
        yield Sign(f"month/{told.part(span[0])}/{min(back, 3)}", words, told.span(*span))


def month_due_signs(told: Told, page: date) -> Iterator[Sign]:
    """A month that the text speaks of as to come, and that was over by the day of the page."""
    for match in _month_due().finditer(told.whole):
        month = load_calendar().months[match["month"].lower()]
        ends = [date(year + month // 12, month % 12 + 1, 1) for year in (page.year - 1, page.year)]
        over = min((page - end).days for end in ends if end <= page)
        if OVER <= over <= PAST:
            words = f"it speaks of {match['month']} as to come"
            yield Sign(f"month/due/{told.depth(match.start())}", words, told.span(*match.span("month")))
            return


@cache
def _month_due() -> re.Pattern[str]:
    months = "|".join(sorted({m.capitalize() for m in load_calendar().months if len(m) > 3}, key=len, reverse=True))
    return re.compile(
        r"\b(?:will|upcoming|next|plans?|planned|scheduled|expected|later|coming|forthcoming|looks? forward)\b"
        rf"[^.;\n]{{0,80}}\b(?:in|this|of|by|until|early|late|mid)[ -](?P<month>{months})\b(?![ ,]+\d)"
    )


def zone_signs(told: Told, page: date) -> Iterator[Sign]:
    """A clock time in summer time on a page of winter, or the other way round."""
    for match in _CLOCK.finditer(told.whole):
        summer = match[1][1] == "D"
        if summer != _is_summer(page):
            yield Sign(
                f"zone/{'summer' if summer else 'winter'}", f"its clock is set to {match[1]}", told.span(*match.span())
            )
            return


def _is_summer(day: date) -> bool:
    """Whether the United States are on summer time (since 2007: second Sunday of March to first of November)."""
    march, november = date(day.year, 3, 8), date(day.year, 11, 1)
    begins = march + timedelta((6 - march.weekday()) % 7)
    ends = november + timedelta((6 - november.weekday()) % 7)
    return begins <= day < ends


@cache
def _month_of_year() -> re.Pattern[str]:
    months = "|".join(sorted({m.capitalize() for m in load_calendar().months if len(m) > 3}, key=len, reverse=True))
    return re.compile(rf"\b({months}),? ((?:19|20)\d\d)\b")


@cache
def _month() -> re.Pattern[str]:
    months = "|".join(sorted({m.capitalize() for m in load_calendar().months if len(m) > 3}, key=len, reverse=True))
    return re.compile(
        rf"\b(?:[Ii]n|[Tt]his|[Nn]ext|[Ll]ast|of|early|late|mid|since|until|by)[ -]({months})\b(?![ ,]+\d)"
    )


_YEAR = re.compile(r"(?<![\d,.$€£#/-])((?:19|20)\d\d)(?![\d,.]\d|/\d)\b")
_DUE_YEAR = re.compile(r"\b(?:by|through|until|during|for|in early|in late|later in) ((?:19|20)\d\d)\b")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d [AP]\.?M\.? ([ECMP][SD]T)\b")


def signs_of(told: Told, page: date) -> Sequence[Sign]:
    """The signs of days, years, months and clocks against a page date, in a fixed order."""
    return (
        *day_signs(told, page),
        *year_signs(told, page),
        *month_signs(told, page),
        *month_due_signs(told, page),
        *zone_signs(told, page),
    )
