"""What speaks against a page date in the words of a report: days, years, months, festivals, gatherings, clock zones.

Each finding is a `Sign` of one kind. None convicts by itself: ``doubt.py`` adds the weights that their kinds have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from detente.checks.days import WrittenDay, written_days
from detente.checks.lexicon import load_calendar, load_day_words
from detente.knowledge.gatherings import word_key
from detente.knowledge.observances import load_observances
from detente.record import Span
from detente.when.holidays import days_of, holiday_names

if TYPE_CHECKING:
    from detente.knowledge import Knowledge

NEAR = 21
"""Days from the page within which a day that the text names fits it."""

PAST = 120
"""Days back to which a day without a year is looked for; beyond, it may as well lie ahead."""

HEAD = 400
"""Characters of the text that tell the news itself."""

OBSERVED = 14
"""Days from a festival within which a page greets it."""

LATE_IN_YEAR = 4
"""Month from which a report speaks of its own year where it speaks of years at all."""


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


def told_by(title: str | None, text: str, days: Sequence[WrittenDay] | None = None) -> Told:
    """The words of a report, its title before its text; `days` are those of the text where they are known already."""
    head = f"{title}\n" if title else ""
    offset = len(head)
    in_text = written_days(text) if days is None else days
    moved = (replace(day, span=Span(day.span.start + offset, day.span.end + offset)) for day in in_text)
    return Told(head + text, offset, text, (*written_days(head), *moved))


def day_signs(told: Told, page: date) -> Iterator[Sign]:
    """The last of the days that the text names, where it lies weeks before the page and none lies near it."""
    days = [(near - page, w, near) for w in told.days if (near := w.nearest(page)) is not None]
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
    yield Sign(f"day/{_manner(told, written)}/{due}/{told.part(written.span.start)}", words, span, day)
    around = {near for _, _, near in past if last - 14 <= (near - page).days}
    if len(around) > 1:
        yield Sign(f"days/{min(len(around), 3)}", f"it names {len(around)} days of that time", span, day)
    if not any(away.days > 0 for away, _, _ in days):
        yield Sign("days/none ahead", "it names none after that", span, day)


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
    season = "late" if page.month >= LATE_IN_YEAR else "early"
    words = f"the last year it names is {page.year - 1}"
    place = "title end" if _ends_title(told, last[0][1]) else told.part(last[0][0])
    yield Sign(f"year/{season}/{place}", words, told.span(*last[0]))
    if len(last) > 1:
        yield Sign(f"years/{season}/{min(len(last), 3)}", f"it names {page.year - 1} {len(last)} times")
    full = [(page - day).days for w in days if (day := w.full)]
    if full and min(full) > 300:
        yield Sign(f"years/day/{told.part(days[0].span.start)}", words, told.span(*days[0].span), days[0].full)
    if _DUE_YEAR.search(told.whole) and str(page.year - 1) in _DUE_YEAR.findall(told.whole):
        yield Sign("years/due", f"it speaks of {page.year - 1} as to come")


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


def festival_signs(told: Told, page: date) -> Iterator[Sign]:
    """A festival, observance or national day in title or head that lies far from the page."""
    whole = told.whole[: told.offset + HEAD]
    for name, start, end, away in (*_festivals(whole, page), *_observances(whole, page)):
        part = told.part(start)
        if abs(away) <= OBSERVED:
            continue
        far = "back" if -PAST <= away < 0 else "far"
        yield Sign(f"festival/{far}/{part}", f"it tells of {name}", told.span(start, end), page + timedelta(away))
        return


def _festivals(whole: str, page: date) -> Iterator[tuple[str, int, int, int]]:
    words = [(word_key(m[0]), m.start(), m.end()) for m in _WORD.finditer(whole)]
    keys = [key for key, _, _ in words]
    for i, first in enumerate(keys):
        for name, key in holiday_names().get(first, ()):
            if tuple(keys[i : i + len(name)]) == name and whole[words[i][1]].isupper():
                found = [day for year in (page.year - 1, page.year, page.year + 1) for day in _days_of(key, year)]
                away = min(((day - page).days for day in found), key=abs, default=0)
                end = words[i + len(name) - 1][2]
                yield whole[words[i][1] : end], words[i][1], end, away
                break


@cache
def _days_of(key: str, year: int) -> tuple[date, ...]:
    return days_of(key, year)


def _observances(whole: str, page: date) -> Iterator[tuple[str, int, int, int]]:
    known = load_observances()
    words = [(word_key(m[0]), m.start(), m.end()) for m in _WORD.finditer(whole)]
    keys = [key for key, _, _ in words]
    for i in range(len(keys)):
        for length in range(min(6, len(keys) - i), 1, -1):
            days = known.by_name.get(" ".join(keys[i : i + length]))
            if days and whole[words[i][1]].isupper():
                away = min((day.days_from(page) for day in days), key=abs)
                yield whole[words[i][1] : words[i + length - 1][2]], words[i][1], words[i + length - 1][2], away
                break


def national_day_signs(told: Told, page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """A state's national day greeted in the title far from it."""
    title = told.whole[: told.offset]
    match = _NATIONAL.search(title)
    if match is None:
        return
    names = [w for w in re.split(r"[’'](?:s\b)?|\s+", title) if w[:1].isupper()]
    for length in (3, 2, 1):
        for i in range(len(names) - length + 1):
            for entry in knowledge.named(" ".join(names[i : i + length]), page):
                days = load_observances().of_states.get(entry.country or "") if entry.kind == "state" else None
                if days:
                    away = min((day.days_from(page) for day in days), key=abs)
                    if abs(away) > OBSERVED:
                        yield Sign(
                            "festival/national", f"its title tells of {title.strip()}", None, page + timedelta(away)
                        )
                    return


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
def _month() -> re.Pattern[str]:
    months = "|".join(sorted({m.capitalize() for m in load_calendar().months if len(m) > 3}, key=len, reverse=True))
    return re.compile(
        rf"\b(?:[Ii]n|[Tt]his|[Nn]ext|[Ll]ast|of|early|late|mid|since|until|by)[ -]({months})\b(?![ ,]+\d)"
    )


_YEAR = re.compile(r"(?<![\d,.$€£#/-])((?:19|20)\d\d)(?![\d,.]\d|/\d)\b")
_DUE_YEAR = re.compile(r"\b(?:by|through|until|during|for|in early|in late|later in) ((?:19|20)\d\d)\b")
_WORD = re.compile(r"\S+")
_NATIONAL = re.compile(r"\b(?:National|Independence|Republic|Constitution|Statehood|Freedom) (?:Day|Holiday)\b")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d [AP]\.?M\.? ([ECMP][SD]T)\b")


def signs_of(told: Told, page: date, knowledge: Knowledge, more: Iterable[Sign] = ()) -> Sequence[Sign]:
    """All signs against a page date, in a fixed order; `more` are those that need the parse."""
    return (
        *day_signs(told, page),
        *year_signs(told, page),
        *month_signs(told, page),
        *festival_signs(told, page),
        *national_day_signs(told, page, knowledge),
        *zone_signs(told, page),
        *more,
    )
