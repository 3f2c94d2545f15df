"""Holidays by name, and the days they fall on, moving ones through their own calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from detente.errors import DataError
from detente.when.words import split_words

HOLIDAYS = Path(__file__).with_name("data") / "holidays.yaml"
_RULES = {
    "fixed": re.compile(r"\d\d-\d\d"),
    "nth": re.compile(r"\d\d-[1-5L]-[1-7](\+\d)?"),
    "easter": re.compile(r"-?\d+"),
    "orthodox": re.compile(r"-?\d+"),
    "hijri": re.compile(r"\d\d-\d\d"),
    "hebrew": re.compile(r"\d\d-\d\d"),
    "persian": re.compile(r"\d\d-\d\d"),
}


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday: `names` as word tuples, its `rule` and the rule's `figure`, and how many `days` it lasts."""

    key: str
    names: tuple[tuple[str, ...], ...]
    rule: str
    figure: str
    days: int = 1


@cache
def holidays(path: Path = HOLIDAYS) -> dict[str, Holiday]:
    """The holidays of `path` by key (the first name); raises `DataError` naming the entry that is wrong."""
    import yaml

    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error
    found: dict[str, Holiday] = {}
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(rows or [], 1):
        holiday = _holiday(row, f"{path.name}: entry {number}")
        if twice := seen.intersection(holiday.names):
            raise DataError(f"{path.name}: entry {number}: {' '.join(min(twice))!r} stands twice")
        seen.update(holiday.names)
        found[holiday.key] = holiday
    if not found:
        raise DataError(f"{path.name}: no holidays")
    return found


def _holiday(row: object, where: str) -> Holiday:
    if not isinstance(row, dict) or not isinstance(row.get("names"), list) or not row["names"]:
        raise DataError(f"{where}: needs a list of names")
    rules = [rule for rule in _RULES if rule in row]
    if len(rules) != 1 or set(row) - {"names", "days", rules[0]}:
        raise DataError(f"{where}: needs exactly one of {', '.join(_RULES)}")
    figure = str(row[rules[0]])
    if not _RULES[rules[0]].fullmatch(figure):
        raise DataError(f"{where}: {figure!r} is no {rules[0]} rule")
    names = tuple(tuple(split_words(str(name)).low) for name in row["names"])
    return Holiday(str(row["names"][0]), names, rules[0], figure, int(row.get("days", 1)))


@cache
def holiday_names() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names by their first word, longest first, each with its holiday's key."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for holiday in holidays().values():
        for name in holiday.names:
            found.setdefault(name[0], []).append((name, holiday.key))
    return {first: tuple(sorted(names, key=lambda pair: -len(pair[0]))) for first, names in found.items()}


def days_of(key: str, year: int) -> tuple[date, ...]:
    """First days of the holiday `key` in the Gregorian `year`: none, one, or two where its year is shorter."""
    holiday = holidays()[key]
    try:
        days = _days_of(holiday, year)
    except (ValueError, OverflowError, IndexError):
        return ()
    return tuple(day for day in days if day.year == year)


def _days_of(holiday: Holiday, year: int) -> list[date]:
    if holiday.rule == "fixed":
        return [date(year, *_pair(holiday.figure))]
    if holiday.rule == "nth":
        return [_nth(holiday.figure, year)]
    if holiday.rule == "easter":
        return [easter(year) + timedelta(int(holiday.figure))]
    if holiday.rule == "orthodox":
        return [orthodox_easter(year) + timedelta(int(holiday.figure))]
    return _moving(holiday, year)


def _pair(figure: str) -> tuple[int, int]:
    first, _, second = figure.partition("-")
    return int(first), int(second)


def _nth(figure: str, year: int) -> date:
    figure, _, more = figure.partition("+")
    month, which, weekday = figure.split("-")
    first = date(year, int(month), 1)
    day = first + timedelta((int(weekday) - first.isoweekday()) % 7)
    if which != "L":
        return day + timedelta(7 * (int(which) - 1) + int(more or 0))
    while (day + timedelta(7)).month == int(month):
        day += timedelta(7)
    return day


def _moving(holiday: Holiday, year: int) -> list[date]:
    month, day = _pair(holiday.figure)
    if holiday.rule == "hijri":
        from hijridate import Hijri

        first = round((year - 622) * 33 / 32)
        return [
            date(*Hijri(y, month, day).to_gregorian().datetuple())
            for y in range(first - 1, first + 3)
            if 1343 <= y <= 1500
        ]
    # Imported one by one: convertdate's package import pulls in every calendar.
    from convertdate import hebrew, persian

    if holiday.rule == "persian":
        return [date(*persian.to_gregorian(year - 621, month, day))]
    return [date(*hebrew.to_gregorian(y, month, day)) for y in (year + 3760, year + 3761)]


def easter(year: int) -> date:
    """Western Easter Sunday by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday: Meeus' Julian computus, moved to the Gregorian calendar."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    gap = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(gap)
