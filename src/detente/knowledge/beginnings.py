"""From when an anniversary is counted: the independence of states, and events that are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import mapping_of, shipped_table

_FILE = "knowledge/data/beginnings.yaml"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The year an event is counted from, and its month and day where these are kept."""

    year: int
    month: int | None = None
    day: int | None = None

    def in_year(self, year: int) -> date | None:
        """The day it is kept in `year`; null where no day is."""
        return date(year, self.month, self.day) if self.month and self.day else None


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Years by country code, and beginnings by words of an event's name in lower case, longest name first."""

    of_states: Mapping[str, tuple[int, ...]]
    of_events: Mapping[str, Beginning]


@cache
def load_beginnings() -> Beginnings:
    """The table of the package; raises `DataError` where it is not valid."""
    raw = mapping_of(shipped_table(_FILE), {"states", "events"}, _FILE)
    states = {str(code): tuple(_year(y, f"states.{code}") for y in years) for code, years in raw["states"].items()}
    events = {str(name): _beginning(value, f"events.{name}") for name, value in raw["events"].items()}
    if wrong := next((name for name in events if name != name.lower()), None):
        raise DataError(f"{_FILE}: events: {wrong!r} is not in lower case")
    return Beginnings(states, dict(sorted(events.items(), key=lambda item: (-len(item[0]), item[0]))))


def _beginning(value: Any, where: str) -> Beginning:
    if not isinstance(value, date):
        return Beginning(_year(value, where))
    if (value.month, value.day) == (2, 29):
        raise DataError(f"{_FILE}: {where}: the 29th of February is not kept every year")
    return Beginning(_year(value.year, where), value.month, value.day)


def _year(value: Any, where: str) -> int:
    if not isinstance(value, int) or not 1000 <= value <= 2100:
        raise DataError(f"{_FILE}: {where}: {value!r} is no year")
    return value
