"""From which year an anniversary is counted: the independence of states, and events that are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import mapping_of, shipped_table

_FILE = "knowledge/data/beginnings.yaml"


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Years by country code, and the year by words of an event's name in lower case, longest name first."""

    of_states: Mapping[str, tuple[int, ...]]
    of_events: Mapping[str, int]


@cache
def load_beginnings() -> Beginnings:
    """The years of the package; raises `DataError` where they are not valid."""
    raw = mapping_of(shipped_table(_FILE), {"states", "events"}, _FILE)
    states = {str(code): tuple(_year(y, f"states.{code}") for y in years) for code, years in raw["states"].items()}
    events = {str(name): _year(year, f"events.{name}") for name, year in raw["events"].items()}
    if wrong := next((name for name in events if name != name.lower()), None):
        raise DataError(f"{_FILE}: events: {wrong!r} is not in lower case")
    return Beginnings(states, dict(sorted(events.items(), key=lambda item: (-len(item[0]), item[0]))))


def _year(value: Any, where: str) -> int:
    if not isinstance(value, int) or not 1000 <= value <= 2100:
        raise DataError(f"{_FILE}: {where}: {value!r} is no year")
    return value
