"""Days of the calendar as a text writes them, before any of them is resolved against a page date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.checks.lexicon import load_calendar
from detente.record import Span
from detente.when.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A month and day, with the weekday (Monday 0) and the year where they stand beside it."""

    span: Span
    month: int
    day: int
    year: int | None = None
    weekday: int | None = None

    def in_year(self, year: int) -> date | None:
        """The day in `year`; null where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def full(self) -> date | None:
        """The day where its year is written."""
        return self.in_year(self.year) if self.year else None

    def nearest(self, to: date) -> date | None:
        """The day in the year in which it lies nearest to `to`."""
        if self.year:
            return self.full
        found = [day for year in (to.year - 1, to.year, to.year + 1) if 0 < year < 9999 and (day := self.in_year(year))]
        return min(found, key=lambda day: abs((day - to).days), default=None)


def written_days(text: str) -> Iterator[WrittenDay]:
    """The days written in `text`: ``Wednesday, 9 June 2021``, ``June 9``, ``9th of June``; last those in words."""
    yield from _in_figures(text)
    yield from _spelled(text)


def _spelled(text: str) -> Iterator[WrittenDay]:
    """``this ninth day of June, in the year of our Lord two thousand twenty-one``."""
    for match in _SPELLED.finditer(text) if _OF_OUR_LORD in text else ():
        month, day, year = load_calendar().months.get(match["m"].lower()), _number(match["d"]), _number(match["y"])
        if month and 1 <= day <= 31 and 1700 <= year <= 2100:
            yield WrittenDay(Span(*match.span()), month, day, year)


def _number(words: str) -> int:
    """The number that words tell, below three thousand: ``two thousand twenty-one``, ``thirty-first``."""
    lists, total = lexicon(), 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "thousand":
            total *= 1000
        elif word == "hundred":
            total *= 100
        else:
            total += lists.ordinals.get(word, 0) or int(lists.cardinals.get(word, 0))
    return total


_OF_OUR_LORD = "in the year of our Lord"
_SPELLED = re.compile(
    r"(?P<d>[A-Za-z]+(?:-[a-z]+)?) day of (?P<m>[A-Z][a-z]+),? in the year of our Lord "
    r"(?P<y>(?:two thousand|nineteen hundred)(?:[ -](?:and )?[a-z]+(?:-[a-z]+)?)?)"
)


def _in_figures(text: str) -> Iterator[WrittenDay]:
    calendar = load_calendar()
    for match in _pattern().finditer(text):
        month = calendar.months[(match["m1"] or match["m2"]).lower()]
        day = int(match["d1"] or match["d2"])
        weekday = match["w"]
        if 1 <= day <= 31:
            yield WrittenDay(
                Span(*match.span()),
                month,
                day,
                int(match["y"]) if match["y"] else None,
                calendar.weekdays[weekday.lower()] if weekday else None,
            )


def in_words(day: date) -> str:
    """``9 June 2021``."""
    return f"{day.day} {day:%B %Y}"


def page_in_words(page: date) -> str:
    """How checks name the page date."""
    return f"The page is dated {in_words(page)}"


@cache
def _pattern() -> re.Pattern[str]:
    calendar = load_calendar()
    months = "|".join(sorted((_either_case(m) for m in calendar.months), key=len, reverse=True))
    weekdays = "|".join(sorted((_either_case(w) for w in calendar.weekdays), key=len, reverse=True))
    return re.compile(
        rf"\b(?:(?P<w>{weekdays})\b\.?,?[ ]{{1,2}}(?:the[ ])?\(?)?"
        rf"(?:(?P<m1>{months})\b\.?[ ]{{1,2}}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.:]\d|%)"
        rf"(?:[–-]\d{{1,2}}\b(?=,?[ ]{{1,2}}(?:19|20)\d\d\b))?"
        rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<m2>{months})\b)"
        rf"(?:,?[ ]{{1,2}}(?P<y>(?:19|20)\d\d)\b)?"
    )


def _either_case(word: str) -> str:
    # Lower case is left out: "may 9" and "march 20 miles" are no days.
    return f"{word.capitalize()}|{word.upper()}"
