"""Days and months that the world or a state observes every year: World Refugee Day, Pride Month, national days.

``data/observances.csv`` holds the names in lower case (empty for a state's national day), the state, and the days
(month-day; a month alone where it lasts all month), several joined by ``|``. Stated from general knowledge by hand.
Moving holidays are known to ``detente.when.holidays``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from detente.errors import DataError
from detente.knowledge.gatherings import key_of_gathering

_TABLE = "knowledge/data/observances.csv"
_DAY = re.compile(r"(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-2]\d|3[01]))?")


@dataclass(frozen=True, slots=True)
class Observance:
    """A month and day of every year; `day` is null where it lasts all month."""

    month: int
    day: int | None

    def days_from(self, to: date) -> int:
        """Days from `to` to the nearest time it is observed: negative when over."""
        found = [self._from(year, to) for year in (to.year - 1, to.year, to.year + 1)]
        return min(found, key=abs)

    def _from(self, year: int, to: date) -> int:
        first = date(year, self.month, self.day or 1)
        if self.day is not None or to <= first:
            return (first - to).days
        last = date(year + self.month // 12, self.month % 12 + 1, 1)
        return min((last - to).days - 1, 0)


@dataclass(frozen=True, slots=True)
class Observances:
    """Observances by the key of their name, and the national days of states by country code."""

    by_name: Mapping[str, tuple[Observance, ...]]
    of_states: Mapping[str, tuple[Observance, ...]]


@cache
def load_observances() -> Observances:
    """The table of the package, read once; raises `DataError` naming the line that is not valid."""
    by_name: dict[str, tuple[Observance, ...]] = {}
    of_states: dict[str, tuple[Observance, ...]] = {}
    lines = files("detente").joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    for number, row in enumerate(csv.DictReader(lines), 2):
        found = [_DAY.fullmatch(day) for day in (row["day"] or "").split("|")]
        if not all(found) or not (row["names"] or row["country"]):
            raise DataError(f"{_TABLE}: line {number}: expected names or a country, and days like 06-20 or 06.")
        days = tuple(Observance(int(m["month"]), int(m["day"]) if m["day"] else None) for m in found if m)
        if row["names"]:
            by_name.update((key_of_gathering(name), days) for name in row["names"].split("|"))
        else:
            of_states[row["country"]] = days
    return Observances(by_name, of_states)
