"""TIMEX3 values: written from calendar days, and read back into the days they name."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""First month of each season, north of the equator; a winter belongs to the year it begins in."""


class Interval(NamedTuple):
    """First and last day of a calendar value, and its granularity as `Time.granularity` names it."""

    start: date
    end: date
    granularity: str


def interval_of(value: str) -> Interval | None:
    """The days a TIMEX3 value names; null for durations, sets, references, unknown parts and years before 1."""
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(value):
            try:
                return read(match)
            except (ValueError, OverflowError):
                return None
    return None


def value_of(unit: str, day: date) -> str:
    """The value of the whole `unit` (a TIMEX3 unit code) that holds `day`."""
    if unit == "W":
        return week_value(day)
    if unit == "WE":
        return f"{week_value(day)}-WE"
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "DE":
        return f"{day.year // 10:03d}"
    if unit == "CE":
        return f"{day.year // 100:02d}"
    return day.isoformat()


def week_value(day: date) -> str:
    """The ISO week of `day`: ``2021-W23``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def unknown_value(unit: str) -> str:
    """A value of `unit` of which nothing is known: ``XXXX-XX-XX``, ``XXXX-WXX`` …"""
    return {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(unit, "XXXX")


def shifted(day: date, unit: str, count: int) -> date | None:
    """A day `count` units from `day`; null beyond the calendar. The day of the month is cut to the month's length."""
    days = {"D": 1, "W": 7, "WE": 7}.get(unit)
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    try:
        if days is not None:
            return day + timedelta(days * count)
        if months is None:
            return None
        year, month = divmod(day.year * 12 + day.month - 1 + months * count, 12)
        if not MINYEAR <= year <= MAXYEAR:
            return None
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except OverflowError:
        return None


def day_in(year: int, month: int, day: int) -> date | None:
    """The day, null where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of `count` months from `month` on."""
    last_year, last = divmod(year * 12 + month - 1 + count - 1, 12)
    return date(year, month, 1), date(last_year, last + 1, monthrange(last_year, last + 1)[1])


def _day(m: re.Match[str]) -> Interval:
    day = date(int(m[1]), int(m[2]), int(m[3]))
    return Interval(day, day, "time" if m[4] else "day")


def _week(m: re.Match[str]) -> Interval:
    monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
    if m[3]:
        return Interval(monday + timedelta(5), monday + timedelta(6), "weekend")
    return Interval(monday, monday + timedelta(6), "week")


def _month(m: re.Match[str]) -> Interval:
    return Interval(*_months(int(m[1]), int(m[2]), 1), "month")


def _quarter(m: re.Match[str]) -> Interval:
    return Interval(*_months(int(m[1]), 3 * int(m[2]) - 2, 3), "quarter")


def _half(m: re.Match[str]) -> Interval:
    return Interval(*_months(int(m[1]), 6 * int(m[2]) - 5, 6), "half")


def _season(m: re.Match[str]) -> Interval:
    return Interval(*_months(int(m[1]), SEASON_MONTHS[m[2]], 3), "season")


def _years(count: int, granularity: str) -> Callable[[re.Match[str]], Interval]:
    def read(m: re.Match[str]) -> Interval:
        first = int(m[1]) * count
        return Interval(date(max(first, MINYEAR), 1, 1), date(first + count - 1, 12, 31), granularity)

    return read


def _range(m: re.Match[str]) -> Interval | None:
    first, last = interval_of(m[1]), interval_of(m[2])
    if first is None or last is None or first.start > last.end:
        return None
    return Interval(first.start, last.end, first.granularity)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Interval | None]], ...] = (
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)(T[^/]+)?"), _day),
    (re.compile(r"(\d{4})-(\d\d)"), _month),
    (re.compile(r"(\d{4})"), _years(1, "year")),
    (re.compile(r"(\d{4})-W(\d\d)(-WE)?"), _week),
    (re.compile(r"(\d{4})-Q([1-4])"), _quarter),
    (re.compile(r"(\d{4})-H([12])"), _half),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), _season),
    (re.compile(r"(\d{3})"), _years(10, "decade")),
    (re.compile(r"(\d{2})"), _years(100, "century")),
    (re.compile(r"([^/]+)/([^/]+)"), _range),
)
