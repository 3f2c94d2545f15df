"""Times in the form of `Event.date`: a day, a month, a year, or first and last joined by a slash."""

from __future__ import annotations

import re
from datetime import date

from detente.record import Time
from detente.when.values import shifted

_LENGTHS = {"month": 7, "year": 4}
_BOUNDS = {"quarter": 7, "season": 7, "half": 7, "decade": 4, "century": 4}
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNIT = re.compile(r"P[\d.]+([YM])$")


def form_of(time: Time, until: Time | None = None) -> str | None:
    """The date of an act that happened at `time`, or from it `until` another; null where the time names no days."""
    if time.start is None or time.end is None:
        return None
    if until is not None and until.end is not None:
        return f"{_cut(time, time.start)}/{_cut(until, until.end)}"
    if time.granularity in _LENGTHS:
        return time.start[: _LENGTHS[time.granularity]]
    if time.start == time.end:
        return time.start
    unit = _UNIT.match(time.value)
    cut = {"Y": 4, "M": 7}[unit[1]] if unit else _BOUNDS.get(time.granularity or "", 10)
    return f"{time.start[:cut]}/{time.end[:cut]}"


def length_form(time: Time, report: date) -> str | None:
    """The time of a length up to the report's day, told as finely as its unit: *for over four years*."""
    match = _LENGTH.fullmatch(time.value)
    if match is None:
        return None
    unit = match[2]
    first = shifted(report, unit, -int(match[1]))
    cut = {"Y": 4, "M": 7}.get(unit, 10)
    return None if first is None else f"{first.isoformat()[:cut]}/{report.isoformat()[:cut]}"


def since_form(time: Time, report: date) -> str | None:
    """From `time` to the report's day, month or year, whichever the time is told in."""
    if time.start is None:
        return None
    cut = _LENGTHS.get(time.granularity or "", 10)
    first, last = time.start[:cut], report.isoformat()[:cut]
    return f"{first}/{last}" if first < last else first


def _cut(time: Time, day: str) -> str:
    return day[: _LENGTHS.get(time.granularity or "", 10)]
