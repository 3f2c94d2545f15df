"""The running time of a story: what *that day*, *a week earlier* and a month without a year are told from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.when.values import interval_of

UNITS = {"day": "D", "time": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
"""TIMEX3 unit of a granularity."""

_FINE = {"day": 0, "time": 0, "week": 1, "weekend": 1, "month": 2, "quarter": 3, "season": 3, "half": 3}
_NEEDED = {"D": 0, "W": 1, "WE": 1, "M": 2, "Q": 3}

ASIDE_YEARS = 4
"""A bare year farther than this from the story is an aside: months after it go on in the story's own year."""

SCENE = 1500
"""Code points over which a day lasts as the one that *the day* means."""


@dataclass(frozen=True, slots=True)
class Point:
    """A time the story has reached: its first day and its granularity as `Time.granularity` names it."""

    day: date
    granularity: str

    def tells(self, unit: str) -> bool:
        """Whether the point is fine enough to count `unit` from it."""
        return _FINE.get(self.granularity, 4) <= _NEEDED.get(unit, 4)


@dataclass(frozen=True, slots=True)
class Story:
    """The latest point, the latest whole day with where it was told, and the year that months belong to."""

    latest: Point | None = None
    day: Point | None = None
    day_at: int = 0
    year_point: Point | None = None

    def told(self, value: str, at: int, moves: bool = True) -> Story:
        """The story after a time with `value` at code point `at`; one that bounds an act does not move it."""
        point = point_of(value)
        if point is None or not moves:
            return self
        day, day_at = (point, at) if point.tells("D") else (self.day, self.day_at)
        aside = (
            self.year_point is not None
            and point.granularity == "year"
            and abs(point.day.year - self.year_point.day.year) > ASIDE_YEARS
        )
        return Story(point, day, day_at, self.year_point if aside else point)

    def base(self, unit: str, at: int) -> Point | None:
        """The point to count `unit` from at code point `at`: a day from the scene's day, anything from the latest."""
        if self.latest is not None and self.latest.tells(unit):
            return self.latest
        if self.day is not None and at - self.day_at <= SCENE:
            return self.day
        return None


UNTOLD = Story()


def point_of(value: str) -> Point | None:
    """The point that a time's value brings the story to; null where it names no calendar time."""
    interval = interval_of(value)
    if interval is None or interval.granularity in ("decade", "century") or "/" in value:
        return None
    return Point(interval.start, interval.granularity)
