"""Days and states as a person gives them."""

from __future__ import annotations

from datetime import date

from detente.errors import UsageError
from detente.record import days_of


def first_day(given: str | None, name: str = "the date") -> date | None:
    """The first day of a day, month or year; raises `UsageError`, which tells `name`, for another form."""
    return _day(given, 0, name)


def last_day(given: str | None, name: str = "the date") -> date | None:
    """The last day of a day, month or year; raises `UsageError`, which tells `name`, for another form."""
    return _day(given, 1, name)


def _day(given: str | None, end: int, name: str) -> date | None:
    if not given:
        return None
    day = days_of(given)[end]
    if day is None or "/" in given:
        raise UsageError(f"{name}: {given!r} is no date: give a day, month or year like 2021-06-11, 2021-06 or 2021.")
    return date.fromisoformat(day)
