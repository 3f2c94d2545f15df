"""The running time of a story: what *that day*, *a week earlier* and a month without a year are told from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.when.values import interval_of

_COARSE = ("Y", "DE", "CE")


@dataclass(frozen=True, slots=True)
class Point:
    """A time the story has reached: its first day and its granularity as `Time.granularity` names it."""

    day: date
    granularity: str

    def tells(self, unit: str) -> bool:
        """Whether the point is fine enough to count `unit` from it."""
        fine = {"day": 0, "time": 0, "week": 1, "weekend": 1, "month": 2, "quarter": 3, "season": 3, "half": 3}
        need = {"D": 0, "W": 1, "WE": 1, "M": 2, "Q": 3}
        return fine.get(self.granularity, 4) <= need.get(unit, 4)


def point_of(value: str) -> Point | None:
    """The point that a time's value brings the story to; null where it names no calendar time."""
    interval = interval_of(value)
    if interval is None or interval.granularity in ("decade", "century") or "/" in value:
        return None
    return Point(interval.start, interval.granularity)
