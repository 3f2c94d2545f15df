"""From what a time expression says to its TIMEX3 value, given the report's day and the story's running time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from detente.record import TimexType
from detente.when.direction import UNKNOWN, Direction
from detente.when.holidays import days_of, holidays
from detente.when.meaning import Meaning
from detente.when.story import Point
from detente.when.values import SEASON_MONTHS, day_in, interval_of, shifted, unknown_value, value_of

Anchor = Literal["absolute", "report", "reference"]

FAR = 240
"""Days: a day without a year lies farther than this only against its verb's tense by mistake of the parse."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a meaning is resolved against.

    `history` says that days and months without a year belong to the story's year, not to the report's.
    """

    report: date | None
    story: Point | None = None
    direction: Direction = UNKNOWN
    history: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 type and value, what it was told from, and whether its direction is sure."""

    type: TimexType
    value: str
    anchor: Anchor = "absolute"
    certain: bool = True


def resolve(m: Meaning, frame: Frame) -> Resolved:
    """The value of `m`; parts that neither the text nor the frame tell are X."""
    if m.kind == "duration":
        return Resolved("DURATION", _length(m))
    if m.kind == "set":
        return Resolved("SET", _recurring(m))
    if m.kind == "reference":
        return Resolved("DATE", m.name, "report")
    if m.kind == "decade":
        return Resolved("DATE", f"{(m.year or 0) // 10:03d}")
    if m.kind == "century":
        number = (m.number or 1) - (0 if m.bc else 1)
        return Resolved("DATE", f"BC{number:02d}" if m.bc else f"{number:02d}")
    if m.kind == "clock":
        return _clock(m, frame)
    calendar = {"date": _date, "unit": _unit, "named": _named, "ordinal": _ordinal, "holiday": _holiday}
    return _with_time(m, calendar[m.kind](m, frame))


def _with_time(m: Meaning, found: Resolved) -> Resolved:
    """`found` with the part of the day that `m` tells."""
    if not m.part or "T" in found.value:
        return found
    return replace(found, type="TIME", value=f"{found.value}T{m.part}")


def _length(m: Meaning) -> str:
    if m.unit == "FN":
        return f"P{m.amount if m.amount == 'X' else _double(m.amount)}W"
    if m.amount == "0.5" and m.unit in ("TH", "Y", "DE"):
        return {"TH": "PT30M", "Y": "P6M", "DE": "P5Y"}[m.unit]
    time = m.unit.startswith("T")
    value = f"P{'T' if time else ''}{m.amount}{m.unit[1:] if time else m.unit}"
    if m.inside is None:
        return value
    return value + _length(m.inside).removeprefix("PT" if time else "P")


def _double(amount: str) -> str:
    return str(int(2 * float(amount)))


def _recurring(m: Meaning) -> str:
    if m.name in SEASON_MONTHS:
        return f"XXXX-{m.name}"
    if m.name:
        return m.name
    if m.weekday:
        return f"XXXX-WXX-{m.weekday}"
    if m.month:
        return f"XXXX-{m.month:02d}"
    if m.part:
        return f"XXXX-XX-XXT{m.part}"
    return _length(replace(m, inside=None))


# -- dates as written ----------------------------------------------------------------------------------------------


def _date(m: Meaning, frame: Frame) -> Resolved:
    if m.year is not None:
        return Resolved("DATE", _written(m, _full_year(m, frame)))
    if m.offset is not None:
        return _pointed(m, frame)
    if m.month is None and m.day is None:
        return _weekday(m, frame)
    if m.month is None:
        return _day_of_month(m, frame)
    return _in_some_year(m, frame)


def _full_year(m: Meaning, frame: Frame) -> int:
    year = m.year or 0
    if not m.short_year:
        return year
    now = frame.report.year if frame.report else 2000
    century = now // 100 * 100
    return century + year - (100 if century + year > now + 10 else 0)


def _written(m: Meaning, year: int) -> str:
    written = f"BC{year:04d}" if m.bc else f"{year:04d}"
    if m.month is None:
        return written
    if m.day is None:
        return f"{written}-{m.month:02d}"
    return f"{written}-{m.month:02d}-{m.day:02d}"


def _base(m: Meaning, frame: Frame, unit: str) -> tuple[date | None, Anchor, bool]:
    """The day to count from, which it is, and whether it is fine enough for `unit`."""
    if m.base == "story" or (frame.history and frame.story):
        if frame.story is not None:
            return (frame.story.day if frame.story.tells(unit) else None), "reference", True
        return frame.report, "report", False
    return frame.report, "report", True


def _pointed(m: Meaning, frame: Frame) -> Resolved:
    """``last Friday``, ``next May``, ``the following Sunday``, ``this June 5``."""
    offset = m.offset or 0
    if m.weekday and not m.month:
        base, anchor, sure = _base(m, frame, "D")
        if base is None:
            return Resolved("DATE", f"XXXX-WXX-{m.weekday}", anchor, False)
        if offset == 0:
            way = 1 if frame.direction.way >= 0 and m.base == "report" else -1
            return Resolved("DATE", _nearest_weekday(base, m.weekday, way, True).isoformat(), anchor, sure)
        return Resolved("DATE", _nearest_weekday(base, m.weekday, offset, False).isoformat(), anchor, sure)
    base, anchor, sure = _base(m, frame, "M")
    if base is None:
        return Resolved("DATE", _unknown_year(m), anchor, False)
    year = base.year
    if offset < 0 and (m.month or 0) >= base.month:
        year -= 1
    elif offset > 0 and (m.month or 0) <= base.month:
        year += 1
    return Resolved("DATE", _written(m, year), anchor, sure)


def _nearest_weekday(base: date, weekday: int, way: int, with_base: bool) -> date:
    """The nearest `weekday` before (-1) or after (1) `base`, `base` itself where `with_base`."""
    gap = (base.isoweekday() - weekday) % 7 if way < 0 else (weekday - base.isoweekday()) % 7
    if gap == 0 and not with_base:
        gap = 7
    return base + timedelta(gap if way > 0 else -gap)


def _weekday(m: Meaning, frame: Frame) -> Resolved:
    """A bare weekday is the most recent one, the report's own day too, unless its words turn it forward."""
    weekday = m.weekday or 1
    if frame.history and frame.story is not None and frame.story.tells("D"):
        day = _nearest_weekday(frame.story.day, weekday, 1, True)
        return Resolved("DATE", day.isoformat(), "reference", False)
    if frame.report is None:
        return Resolved("DATE", f"XXXX-WXX-{weekday}", "report", False)
    way = frame.direction.way or -1
    day = _nearest_weekday(frame.report, weekday, way, True)
    return Resolved("DATE", day.isoformat(), "report", frame.direction.way != 0)


def _day_of_month(m: Meaning, frame: Frame) -> Resolved:
    """``the 18th``: in the story's month, else in the report's."""
    day = m.day or 1
    if frame.story is not None and frame.story.tells("M"):
        base, anchor = frame.story.day, "reference"
    elif frame.report is not None:
        base, anchor = frame.report, "report"
    else:
        return Resolved("DATE", f"XXXX-XX-{day:02d}", "report", False)
    found = day_in(base.year, base.month, day)
    value = found.isoformat() if found else f"{base.year:04d}-{base.month:02d}-XX"
    return Resolved("DATE", value, anchor, False)  # type: ignore[arg-type]


def _in_some_year(m: Meaning, frame: Frame) -> Resolved:
    if frame.history and frame.story is not None:
        return Resolved("DATE", _written(m, frame.story.day.year), "reference", False)
    if frame.report is None:
        return Resolved("DATE", _unknown_year(m), "report", False)
    year, certain = _nearest_year(m, frame.report, frame.direction)
    return Resolved("DATE", _written(m, year), "report", certain)


def _unknown_year(m: Meaning) -> str:
    return "XXXX" + _written(replace(m, bc=False), 1)[4:]


def _nearest_year(m: Meaning, report: date, direction: Direction) -> tuple[int, bool]:
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
        return (future if direction.way > 0 else past), direction.way != 0
    options = {year: day_in(year, month, m.day) for year in (report.year - 1, report.year, report.year + 1)}
    gaps = {year: (day - report).days for year, day in options.items() if day is not None}
    if not gaps:
        return report.year, False
    nearest = min(gaps, key=lambda year: abs(gaps[year]))
    if direction.way == 0 or gaps[nearest] * direction.way >= 0:
        return nearest, direction.way != 0
    fitting = [year for year in gaps if gaps[year] * direction.way >= 0]
    best = min(fitting, key=lambda year: abs(gaps[year]), default=nearest)
    return (best, False) if abs(gaps[best]) < FAR else (nearest, False)


# -- whole units, seasons, parts of other times --------------------------------------------------------------------


def _unit(m: Meaning, frame: Frame) -> Resolved:
    if m.inside is not None:
        inner = resolve(m.inside, frame)
        interval = interval_of(inner.value)
        return replace(inner, value=value_of(m.unit, interval.start) if interval else unknown_value(m.unit))
    base, anchor, sure = _base(m, frame, m.unit)
    offset = m.offset or 0
    if m.name == "definite" and frame.direction.way < 0 and base is not None and base.isoweekday() < 6:
        offset = -1  # "over the weekend" on a Tuesday is the one before
    day = shifted(base, m.unit, offset) if base is not None else None
    if day is None:
        return Resolved("DATE", unknown_value(m.unit), anchor, False)
    return Resolved("DATE", value_of(m.unit, day), anchor, sure)


def _named(m: Meaning, frame: Frame) -> Resolved:
    """Seasons, quarters and halves of a year."""
    tail = m.name if m.name in SEASON_MONTHS else f"{m.name}{m.number}"
    if m.year is not None:
        return Resolved("DATE", f"{m.year:04d}-{tail}")
    if m.inside is not None:
        inner = resolve(m.inside, frame)
        return replace(inner, value=f"{inner.value[:4]}-{tail}")
    base, anchor, sure = _base(m, frame, "Y" if frame.history else "M")
    if base is None:
        return Resolved("DATE", f"XXXX-{tail}", anchor, False)
    year = base.year if frame.history else _year_of_named(tail, base, m.offset, frame.direction)
    return Resolved("DATE", f"{year:04d}-{tail}", anchor, sure and m.offset is not None)


def _year_of_named(tail: str, base: date, offset: int | None, direction: Direction) -> int:
    spans = {year: interval_of(f"{year:04d}-{tail}") for year in (base.year - 1, base.year, base.year + 1)}
    known = {year: span for year, span in spans.items() if span is not None}
    current = [year for year, span in known.items() if span.start <= base <= span.end]
    before = [year for year, span in known.items() if span.end < base]
    after = [year for year, span in known.items() if span.start > base]
    if offset is None and direction.way <= 0:
        order = [*current, *reversed(before)] if direction.way < 0 or before else after
    elif offset is None or offset > 0:
        order = after if offset else [*current, *after]
    elif offset < 0:
        order = list(reversed(before))
    else:
        near = sorted(known, key=lambda year: abs((known[year].start - base).days))
        order = current or [year for year in near if direction.way == 0 or year in (before, after)[direction.way > 0]]
    return order[0] if order else base.year


def _ordinal(m: Meaning, frame: Frame) -> Resolved:
    """The nth unit of another time: the last week of March, the first day of 2020."""
    inner = resolve(m.inside or Meaning("unit", unit="Y", offset=0), frame)
    if m.amount:
        return Resolved("DURATION", f"P{m.amount}{m.unit}", inner.anchor)
    interval = interval_of(inner.value)
    if interval is None or m.number is None:
        return Resolved("DATE", unknown_value(m.unit), inner.anchor, False)
    if m.number < 0:
        day = interval.end
    else:
        found = shifted(interval.start, m.unit, m.number - 1)
        day = found if found is not None and found <= interval.end else interval.end
    return replace(inner, type="DATE", value=value_of(m.unit, day))


def _holiday(m: Meaning, frame: Frame) -> Resolved:
    """The day, or first and last day, on which a holiday falls in its year or nearest to the report."""
    length = holidays()[m.name].days
    if m.year is not None:
        return Resolved("DATE", _holiday_value(days_of(m.name, m.year), length, f"{m.year:04d}"))
    history = frame.history and frame.story is not None
    base = frame.story.day if history and frame.story else frame.report
    anchor: Anchor = "reference" if history else "report"
    if base is None:
        return Resolved("DATE", "XXXX-XX-XX", "report", False)
    days = [day for year in (base.year - 1, base.year, base.year + 1) for day in days_of(m.name, year)]
    way = frame.direction.way
    if m.offset:
        days = [day for day in days if (day - base).days * m.offset > 0] or days
    elif way:
        near = [day for day in days if (day - base).days * way >= 0 and abs((day - base).days) < FAR]
        days = near or days
    nearest = sorted(days, key=lambda day: abs((day - base).days))[:1]
    return Resolved("DATE", _holiday_value(tuple(nearest), length, "XXXX"), anchor, way != 0)


def _holiday_value(days: tuple[date, ...], length: int, otherwise: str) -> str:
    if not days:
        return otherwise
    first = days[0]
    return first.isoformat() if length == 1 else f"{first.isoformat()}/{(first + timedelta(length - 1)).isoformat()}"


# -- clock times ---------------------------------------------------------------------------------------------------


def _clock(m: Meaning, frame: Frame) -> Resolved:
    """A clock time on its own day, else on the day the story is at, else on the report's."""
    time = f"T{m.clock or m.part}{_zone(m.zone)}"
    if m.inside is not None:
        day = resolve(replace(m.inside, part=""), frame)
        return Resolved("TIME", f"{day.value}{time}", day.anchor, day.certain)
    if frame.story is not None and frame.story.tells("D"):
        return Resolved("TIME", f"{frame.story.day.isoformat()}{time}", "reference")
    if frame.report is not None:
        return Resolved("TIME", f"{frame.report.isoformat()}{time}", "report")
    return Resolved("TIME", f"XXXX-XX-XX{time}", "report", False)


def _zone(hours: float | None) -> str:
    if hours is None:
        return ""
    if hours == 0:
        return "Z"
    sign = "+" if hours > 0 else "-"
    minutes = round(abs(hours) * 60)
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"
