"""Of which state somebody of a given name is likelier to be: by the letters of the names of those who held its offices.

A hint and no more, for persons the tables do not know and only among the states a report tells of: of coded persons of
two or more names whom the tables lack, with a choice of two states or more, it picks the right one of .58 to .83
(`bench.origins`). Letters in runs of two to four, each state's shares drawn towards those of all (Dirichlet smoothing,
Zhai and Lafferty 2004).
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from detente.knowledge.entry import BEYOND_STATES
from detente.knowledge.tables import COLUMNS, read_shipped

_SHORTEST, _LONGEST = 2, 4
"""Letters of a run, the word's start and end among them."""

_DRAWN = 30.0
"""Runs that the shares of all states count for in those of one."""

_NAME, _COUNTRY = COLUMNS.index("name"), COLUMNS.index("country")


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each run of letters is met in all names and in those of each state, and how many runs they have."""

    everywhere: Counter[str]
    runs: int
    of_country: dict[str, Counter[str]]
    sizes: dict[str, int]


@lru_cache(maxsize=4096)
def likeness(name: str, countries: tuple[str, ...]) -> tuple[float, ...]:
    """How much likelier the letters of `name` are in each of `countries` than in all, in natural logarithms a run.

    0.0 where no holder of an office of the country is known.
    """
    runs = sorted(set(_runs(name)))
    return tuple(sum(_worth(run, country) for run in runs) / max(1, len(runs)) for country in countries)


def _worth(run: str, country: str) -> float:
    counts = _counts()
    own = counts.of_country.get(country)
    if own is None:
        return 0.0
    usual = (counts.everywhere[run] + 0.5) / (counts.runs + 0.5 * len(counts.everywhere))
    return math.log((own[run] / usual + _DRAWN) / (counts.sizes[country] + _DRAWN))


@cache
def _counts() -> _Counts:
    of_country: dict[str, Counter[str]] = {}
    for name, country in sorted({(row[_NAME], row[_COUNTRY]) for row in read_shipped("persons")}):
        if country and country not in BEYOND_STATES:
            of_country.setdefault(country, Counter()).update(set(_runs(name)))
    everywhere: Counter[str] = Counter()
    for runs in of_country.values():
        everywhere.update(runs)
    return _Counts(everywhere, everywhere.total(), of_country, {c: runs.total() for c, runs in of_country.items()})


def _runs(name: str) -> Iterator[str]:
    for word in unicodedata.normalize("NFC", name).lower().replace("-", " ").replace("’", "'").split():
        for form in dict.fromkeys((word, _plain(word))):
            whole = f"^{form}$"
            for size in range(_SHORTEST, _LONGEST + 1):
                yield from (whole[at : at + size] for at in range(len(whole) - size + 1))


def _plain(word: str) -> str:
    """The word without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
