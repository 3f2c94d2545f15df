"""The year, week or day nearest to another day that a time without a year may mean."""

from __future__ import annotations

from datetime import date, timedelta

from detente.when.direction import Direction
from detente.when.meaning import Meaning
from detente.when.story import Point
from detente.when.values import day_in, interval_of

TURN_MONTHS = 9
"""Months by which a story jumps back or ahead rather than over the end of a year (WikiWars)."""

HALF_YEAR = 6
"""Months back up to which a month without a tense is the last one of its name, else the next."""

SOON = 2
"""Months ahead up to which the month whose something is (*May's raid*) is the next of its name, else the last."""

NEAR = 60
"""Days within which a day against its verb's tense is still the one meant, where the other lies `FAR` away."""

FAR = 240
"""Days: a day without a year lies farther than this only against its verb's tense by mistake of the parse."""


def nearest_weekday(base: date, weekday: int, way: int, with_base: bool) -> date:
    """The nearest `weekday` before (-1) or after (1) `base`, `base` itself where `with_base`."""
    gap = (base.isoweekday() - weekday) % 7 if way < 0 else (weekday - base.isoweekday()) % 7
    if gap == 0 and not with_base:
        gap = 7
    return base + timedelta(gap if way > 0 else -gap)


def nearest_year(m: Meaning, report: date, direction: Direction) -> tuple[int, bool]:
    """The year of a month or day without one, and whether tense and nearness agree on it."""
    month = m.month or 1
    if m.weekday and m.day:
        for year in (report.year, report.year - 1, report.year + 1):
            day = day_in(year, month, m.day)
            if day and day.isoweekday() == m.weekday and abs((day - report).days) < FAR:
                return year, True
    if m.day is None:
        past = report.year if month <= report.month else report.year - 1
        future = report.year if month >= report.month else report.year + 1
        if month == report.month:
            return report.year, True
        if direction.way == 0:
            ahead = (month - report.month) % 12
            return (past if ahead >= (SOON + 1 if direction.is_owner else 12 - HALF_YEAR) else future), False
        return (future if direction.way > 0 else past), True
    options = {year: day_in(year, month, m.day) for year in (report.year - 1, report.year, report.year + 1)}
    gaps = {year: (day - report).days for year, day in options.items() if day is not None}
    if not gaps:
        return report.year, False
    nearest = min(gaps, key=lambda year: abs(gaps[year]))
    if direction.way == 0 or gaps[nearest] * direction.way >= 0:
        return nearest, direction.way != 0
    fitting = [year for year in gaps if gaps[year] * direction.way >= 0]
    best = min(fitting, key=lambda year: abs(gaps[year]), default=nearest)
    # A day to come is seldom told without its year from so far, a day that passed sometimes is.
    close = not direction.strong if direction.way > 0 else abs(gaps[nearest]) <= NEAR
    return (nearest if close and abs(gaps[best]) >= FAR else best), False


def year_of_named(tail: str, base: date, offset: int | None, direction: Direction) -> int:
    spans = {year: interval_of(f"{year:04d}-{tail}") for year in (base.year - 1, base.year, base.year + 1)}
    known = {year: span for year, span in spans.items() if span is not None}
    current = [year for year, span in known.items() if span.start <= base <= span.end]
    before = [year for year, span in known.items() if span.end < base]
    after = [year for year, span in known.items() if span.start > base]
    if offset is None and direction.way == 0:
        order = current or sorted(known, key=lambda year: abs((known[year].start - base).days))
    elif offset is None and direction.way < 0:
        order = [*current, *reversed(before)]
    elif offset is None or offset > 0:
        order = after if offset else [*current, *after]
    elif offset < 0:
        order = list(reversed(before))
    else:
        near = sorted(known, key=lambda year: abs((known[year].start - base).days))
        order = current or [year for year in near if direction.way == 0 or year in (before, after)[direction.way > 0]]
    return order[0] if order else base.year


def year_of_story(m: Meaning, point: Point) -> int:
    """The year of a month in a story that goes on: over the end of a year, but not back and forth within one."""
    year, month = point.day.year, m.month or 1
    if point.granularity == "year":
        return year
    if point.day.month - month >= TURN_MONTHS:
        return year + 1
    return year - 1 if month - point.day.month >= TURN_MONTHS else year
