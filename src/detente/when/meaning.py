"""What a time expression says before anything is known of the day it was said on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "date",  # year, month, day, weekday in any part; with a part of the day or a clock time
    "unit",  # a whole day, week, month … so many units from the base: "last week", "two years ago", "that day"
    "named",  # a season, quarter, half or weekend of a year
    "ordinal",  # the nth unit inside another time: "the last week of March"
    "holiday",
    "decade",
    "century",
    "reference",  # PRESENT_REF, PAST_REF, FUTURE_REF
    "duration",
    "set",
    "clock",  # a clock time or part of the day without its day
]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The parts of one time expression; what is not told is null.

    `offset` counts `unit` from the base, which is the ``report`` day or the ``story``'s running time. `amount` is the
    number of a duration as TIMEX3 writes it (``X`` where vague). `name` is a season, holiday, reference or set value.
    `number` is an ordinal (-1 for the last). `zone` is hours from UTC. `inside` is the period this one is a part of.
    `either_order` marks digits that may be month and day as well as day and month.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    unit: str = ""
    offset: int | None = None
    base: Literal["report", "story"] = "report"
    amount: str = ""
    name: str = ""
    number: int | None = None
    part: str = ""
    clock: str = ""
    zone: float | None = None
    mod: str = ""
    inside: Meaning | None = None
    bc: bool = False
    short_year: bool = False
    either_order: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` (half-open) say `meaning`."""

    start: int
    end: int
    meaning: Meaning
