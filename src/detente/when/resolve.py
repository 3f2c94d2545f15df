"""From what a time expression says to its TIMEX3 value, given the report's day and the story's running time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from detente.record import TimexType
from detente.when.direction import UNKNOWN, Direction
from detente.when.holidays import days_of, holidays
from detente.when.meaning import Meaning
from detente.when.nearest import FAR, nearest_weekday, nearest_year, year_of_named, year_of_story
from detente.when.story import UNITS, UNTOLD, Point, Story
from detente.when.values import SEASON_MONTHS, Interval, day_in, interval_of, shifted, unknown_value, value_of

Anchor = Literal["absolute", "report", "reference"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a meaning is resolved against.

    `history` says that days and months without a year belong to the story's year, not to the report's. `ahead` is the
    time that follows at once in a range or list (*from May 15 to August 16, 1988*); `at` is the code point of this one.
    """

    report: date | None
    story: Story = UNTOLD
    direction: Direction = UNKNOWN
    history: bool = False
    ahead: Meaning | None = None
    at: int = 0

    @property
    def long_past(self) -> Point | None:
        """The point of a history that has reached an earlier year, which months and weekdays belong to."""
        point = self.story.year_point if self.history else None
        if point is None or (self.report is not None and point.day.year >= self.report.year):
            return None
        return point

    def point(self, unit: str) -> Point | None:
        """The story's point to count `unit` from; null where the text told none."""
        return self.story.base(unit, self.at) or (self.story.latest if self.long_past else None)


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
        return Resolved("DATE", _written(m, _full_year(m, frame)), certain=not m.either_order)
    if m.inside is not None:
        return _in_period(m, resolve(m.inside, frame))
    if m.offset is not None:
        return _pointed(m, frame)
    if m.month is None and m.day is None:
        return _weekday(m, frame)
    if m.month is None:
        return _day_of_month(m, frame)
    return _in_some_year(m, frame)


def _in_period(m: Meaning, period: Resolved) -> Resolved:
    """A month or day of a year told after it, a weekday of a week."""
    interval = interval_of(period.value)
    if interval is None:
        return replace(period, value=_unknown_year(m) if m.month else _unknown_month(m))
    if m.month is None and m.day is not None:
        return replace(period, value=_written(replace(m, month=interval.start.month), interval.start.year))
    if m.month is None:
        return replace(period, value=(interval.start + timedelta((m.weekday or 1) - 1)).isoformat())
    return replace(period, value=_written(m, interval.start.year))


def _unknown_month(m: Meaning) -> str:
    return f"XXXX-WXX-{m.weekday}" if m.weekday else f"XXXX-XX-{m.day:02d}"


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
    if not m.bc and day_in(year, m.month, m.day) is None:
        return f"{written}-{m.month:02d}-XX"
    return f"{written}-{m.month:02d}-{m.day:02d}"


def _base(m: Meaning, frame: Frame, unit: str) -> tuple[date | None, Anchor, bool]:
    """The day to count from, which it is, and whether it is fine enough for `unit`."""
    from_report = m.kind == "unit" and (m.name == "deictic" or bool(m.offset))
    if m.base != "story" and (from_report or frame.long_past is None):
        return frame.report, "report", True
    point = frame.point(unit)
    if point is None:
        return frame.report, "report", False
    return (point.day if point.tells(unit) else None), "reference", True


def _pointed(m: Meaning, frame: Frame) -> Resolved:
    """``last Friday``, ``next May``, ``the following Sunday``, ``this June 5``."""
    offset = m.offset or 0
    if m.weekday and not m.month:
        base, anchor, sure = _base(m, frame, "D")
        if base is None:
            return Resolved("DATE", f"XXXX-WXX-{m.weekday}", anchor, False)
        if offset == 0:
            way = 1 if frame.direction.way >= 0 and m.base == "report" else -1
            return Resolved("DATE", nearest_weekday(base, m.weekday, way, True).isoformat(), anchor, sure)
        way = 1 if offset > 0 else -1
        day = nearest_weekday(base, m.weekday, way, False) + timedelta(7 * (offset - way))
        return Resolved("DATE", day.isoformat(), anchor, sure)
    base, anchor, sure = _base(m, frame, "M")
    if base is None:
        return Resolved("DATE", _unknown_year(m), anchor, False)
    year = base.year
    if offset < 0 and (m.month or 0) >= base.month:
        year -= 1
    elif offset > 0 and (m.month or 0) <= base.month:
        year += 1
    return Resolved("DATE", _written(m, year), anchor, sure)


def _weekday(m: Meaning, frame: Frame) -> Resolved:
    """A bare weekday is the most recent one, the report's own day too, unless its words turn it forward."""
    weekday = m.weekday or 1
    point = frame.story.latest if frame.long_past else None
    if point is not None and point.tells("D"):
        day = nearest_weekday(point.day, weekday, 1, True)
        return Resolved("DATE", day.isoformat(), "reference", False)
    if frame.report is None:
        return Resolved("DATE", f"XXXX-WXX-{weekday}", "report", False)
    way = frame.direction.way or -1
    day = nearest_weekday(frame.report, weekday, way, True)
    return Resolved("DATE", day.isoformat(), "report", frame.direction.way != 0)


def _day_of_month(m: Meaning, frame: Frame) -> Resolved:
    """``the 18th``: in the story's month, else in the report's."""
    day = m.day or 1
    point = frame.story.latest
    anchor: Anchor = "report"
    if point is not None and point.tells("M"):
        base, anchor = point.day, "reference"
    elif frame.report is not None:
        base = frame.report
    else:
        return Resolved("DATE", f"XXXX-XX-{day:02d}", "report", False)
    found = day_in(base.year, base.month, day)
    value = found.isoformat() if found else f"{base.year:04d}-{base.month:02d}-XX"
    return Resolved("DATE", value, anchor, False)


def _in_some_year(m: Meaning, frame: Frame) -> Resolved:
    ahead = frame.ahead
    if ahead is not None and ahead.kind == "date" and ahead.year is not None and ahead.month is not None:
        return Resolved("DATE", _written(m, ahead.year - (ahead.month < (m.month or 0))))
    if frame.long_past is not None:
        year = year_of_story(m, frame.long_past)
        return Resolved("DATE", _written(m, year), "reference", False)
    if frame.report is None:
        return Resolved("DATE", _unknown_year(m), "report", False)
    year, certain = nearest_year(m, frame.report, frame.direction)
    return Resolved("DATE", _written(m, year), "report", certain)


def _unknown_year(m: Meaning) -> str:
    return "XXXX" + _written(replace(m, bc=False), 4)[4:]  # a leap year: 29 February is a day


# -- whole units, seasons, parts of other times --------------------------------------------------------------------


def _unit(m: Meaning, frame: Frame) -> Resolved:
    if m.inside is not None:
        inner = resolve(m.inside, frame)
        interval = interval_of(inner.value)
        return replace(inner, value=value_of(m.unit, interval.start) if interval else unknown_value(m.unit))
    if m.name == "same":
        return _year_before(m, frame)
    base, anchor, sure = _base(m, frame, m.unit)
    offset = m.offset or 0
    if m.name == "definite" and frame.direction.way < 0 and base is not None and base.isoweekday() < 6:
        offset = -1  # "over the weekend" on a Tuesday is the one before
    day = shifted(base, m.unit, offset) if base is not None else None
    if day is None:
        return Resolved("DATE", unknown_value(m.unit), anchor, False)
    return Resolved("DATE", value_of(m.unit, day), anchor, sure)


def _year_before(m: Meaning, frame: Frame) -> Resolved:
    """The story's day, week, month or quarter, a year before."""
    point = frame.story.latest
    unit = UNITS.get(point.granularity, "Y") if point is not None else "Y"
    day = point.day if point is not None else frame.report
    before = shifted(day, "Y", m.offset or 0) if day is not None else None
    return Resolved("DATE", value_of(unit, before) if before else unknown_value("Y"), "reference", point is not None)


def _named(m: Meaning, frame: Frame) -> Resolved:
    """Seasons, quarters and halves of a year."""
    tail = m.name if m.name in SEASON_MONTHS else f"{m.name}{m.number}"
    if m.year is not None:
        return Resolved("DATE", f"{m.year:04d}-{tail}")
    if m.inside is not None:
        inner = resolve(m.inside, frame)
        return replace(inner, value=f"{inner.value[:4]}-{tail}")
    base, anchor, sure = _base(m, frame, "Y" if frame.long_past else "M")
    if base is None:
        return Resolved("DATE", f"XXXX-{tail}", anchor, False)
    year = base.year if frame.long_past else year_of_named(tail, base, m.offset, frame.direction)
    return Resolved("DATE", f"{year:04d}-{tail}", anchor, sure and m.offset is not None)


def _ordinal(m: Meaning, frame: Frame) -> Resolved:
    """The nth unit of another time: the last week of March, the first day of 2020."""
    inner = resolve(m.inside or Meaning("unit", unit="Y", offset=0), frame)
    if m.amount:
        return Resolved("DURATION", f"P{m.amount}{m.unit}", inner.anchor)
    interval = interval_of(inner.value)
    if interval is None or m.number is None:
        return Resolved("DATE", unknown_value(m.unit), inner.anchor, False)
    if m.weekday is not None:
        return _nth_weekday(m.weekday, m.number, interval, inner)
    if m.number < 0:
        day = interval.end
    else:
        found = shifted(interval.start, m.unit, m.number - 1)
        day = found if found is not None and found <= interval.end else interval.end
    return replace(inner, type="DATE", value=value_of(m.unit, day))


def _nth_weekday(weekday: int, number: int, month: Interval, inner: Resolved) -> Resolved:
    """The nth of a weekday in a month, from its end where `number` is below zero."""
    if number < 0:
        day = nearest_weekday(month.end, weekday, -1, True)
    else:
        day = nearest_weekday(month.start, weekday, 1, True) + timedelta(7 * (number - 1))
    if not month.start <= day <= month.end:
        return replace(inner, type="DATE", value=f"{month.start.year:04d}-{month.start.month:02d}-XX", certain=False)
    return replace(inner, type="DATE", value=day.isoformat())


def _holiday(m: Meaning, frame: Frame) -> Resolved:
    """The day, or first and last day, on which a holiday falls in its year or nearest to the report."""
    length = holidays()[m.name].days
    if m.year is not None:
        return Resolved("DATE", _holiday_value(days_of(m.name, m.year), length, f"{m.year:04d}"))
    point = frame.long_past
    base = frame.report if point is None else point.day
    anchor: Anchor = "report" if point is None else "reference"
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
    own = m.inside or frame.ahead
    if own is not None:
        day = resolve(replace(own, part=""), replace(frame, ahead=None))
        return Resolved("TIME", f"{day.value}{time}", day.anchor, day.certain)
    point = frame.point("D")
    if point is not None and point.tells("D"):
        return Resolved("TIME", f"{point.day.isoformat()}{time}", "reference")
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
