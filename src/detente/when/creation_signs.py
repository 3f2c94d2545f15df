"""Signs of the day a report was told on, and the one that the tenses of its text give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc

from detente.record import Span
from detente.when.direction import direction_at
from detente.when.meaning import Meaning
from detente.when.scan import scanned
from detente.when.values import day_in

SLACK = 3
"""Days two signs may lie apart and still mean one day: time zones, late postings, weekend papers."""

TOLD_WEIGHT = 2.25
"""Days that the text tells as passed and as still to come outweigh page and address together."""

OVERDUE = 21
"""Days by which a day told as still to come may have passed: schedules are posted late, but not for weeks."""

LONG_OVERDUE = 120
"""Days after which a day without a year that is still to come may be meant for the year after."""

BEFORE_DUE = 45
"""Days before what is due within which the last day told as passed is taken for the report's own."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that tells the day (null for a whole `month`), how much it weighs, and how a reader would say it."""

    day: date | None
    weight: float
    words: str
    month: date | None = None

    def agrees(self, day: date) -> bool:
        """Whether this sign may mean `day`."""
        if self.day is not None:
            return abs((self.day - day).days) <= SLACK
        if self.month is None:
            return False
        return self.month - timedelta(SLACK) <= day <= self.month + timedelta(31 + SLACK)


def full_day(m: Meaning) -> date | None:
    if m.kind != "date" or m.year is None or m.month is None or m.day is None or m.bc or m.short_year:
        return None
    return day_in(m.year, m.month, m.day)


def near_day(m: Meaning, near: date | None) -> date | None:
    """A day without a year in the year in which it lies nearest to another sign, its weekday fitting if told."""
    if near is None or m.year is not None or m.month is None or m.day is None:
        return None
    days = [day for year in (near.year - 1, near.year, near.year + 1) if (day := day_in(year, m.month, m.day))]
    fitting = [day for day in days if m.weekday is None or day.isoweekday() == m.weekday]
    return min(fitting or days, key=lambda day: abs((day - near).days), default=None)


def told_signs(doc: Doc, page: date) -> Iterator[Sign]:
    """A page dated weeks after what its text says is still to come: the last day the text tells as passed is its own.

    Nothing where the text tells of any day after the one that is due, where no day is overdue, or none passed: a lone
    mistake of the parse doubts no page.
    """
    days = _days(doc, page)
    if not any(_is_overdue(day, page) for day, _ in days):
        return
    told = [(day, direction_at(doc, *span).way) for day, span in days]
    first = min((day for day, way in told if way > 0 and _is_overdue(day, page)), default=None)
    passed = [day for day, way in told if way < 0]
    if first is None or any(first + timedelta(SLACK) < day <= page for day in passed):
        return
    before = [day for day in passed if timedelta(0) <= first - day <= timedelta(BEFORE_DUE)]
    if before:
        words = f"the text tells of {written(max(before))} as past and of {written(first)} as still to come"
        yield Sign(max(before), TOLD_WEIGHT, words)


def _is_overdue(day: date, page: date) -> bool:
    return timedelta(OVERDUE) < page - day < timedelta(LONG_OVERDUE)


def _days(doc: Doc, page: date) -> list[tuple[date, Span]]:
    """The days of the text with month and day told, each where it stands."""
    words, matches = scanned(doc)
    found = []
    for match in matches:
        day = full_day(match.meaning) or near_day(match.meaning, page)
        if day is not None:
            found.append((day, Span(words.start[match.start], words.end[match.end - 1])))
    return found


def written(day: date) -> str:
    """``9 June 2021``."""
    return f"{day.day} {day:%B %Y}"
