"""Towns, regions and waters of the world by name: country and coordinates, from GeoNames.

The table ``data/gazetteer.tsv.gz`` has a line for each place: usual name, ISO 3166-1 alpha-3 country (empty for what
lies in none or several), latitude and longitude in degrees, weight among namesakes (inhabitants of a town times its
fame, a fixed number for a region), and its kind: ``city``, ``region``, ``water`` or ``area``. After an empty line
follow the keys of all names, each with the numbers of its places. ``scripts/compile_gazetteer.py`` writes it.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from detente.errors import DataError

_TABLE = "knowledge/data/gazetteer.tsv.gz"
_LONGEST = 4
_KINDS = (" oblast", " province", " governorate", " region", " prefecture", " state", " district", " county", " krai")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: usual name, country (null where none or several), degrees north and east, weight among namesakes."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    weight: int
    is_region: bool


class Gazetteer:
    """Places by any of their names."""

    def __init__(self, places: Sequence[str], numbers: dict[str, str]) -> None:
        self._places = places
        self._numbers = numbers
        self._centres: dict[str, tuple[float, float]] = {}

    def named(self, name: str) -> tuple[Spot, ...]:
        """The places of that name, weightiest first; of ``Kursk Oblast`` the regions called Kursk."""
        key = place_key(name)
        found = self._spots(key)
        if not found and (kind := next((kind for kind in _KINDS if key.endswith(kind)), None)):
            found = [spot for spot in self._spots(key.removesuffix(kind)) if spot.is_region]
        return tuple(sorted(found, key=lambda s: (-s.weight, s.country or "", s.name)))

    def longest_at(self, words: Sequence[str], start: int) -> int:
        """End of the longest place name that begins at ``words[start]``; `start` where none does."""
        for end in range(min(len(words), start + _LONGEST), start, -1):
            if place_key(" ".join(words[start:end])) in self._numbers:
                return end
        return start

    def centres(self) -> dict[str, tuple[float, float]]:
        """Where each country lies: the mean of its towns, in degrees to a tenth."""
        if self._centres:
            return self._centres
        sums: dict[str, list[float]] = {}
        for line in self._places:
            _, country, latitude, longitude, _, kind = line.split("\t")
            if kind == "city":
                total = sums.setdefault(country, [0.0, 0.0, 0.0])
                total[0] += float(latitude)
                total[1] += float(longitude)
                total[2] += 1
        self._centres = {c: (round(lat / n, 1), round(lon / n, 1)) for c, (lat, lon, n) in sums.items()}
        return self._centres

    def _spots(self, key: str) -> list[Spot]:
        numbers = self._numbers.get(key)
        return [] if numbers is None else [_spot(self._places[int(number)]) for number in numbers.split(",")]


@lru_cache(maxsize=4096)
def _spot(line: str) -> Spot:
    name, country, latitude, longitude, weight, kind = line.split("\t")
    return Spot(name, country or None, float(latitude), float(longitude), int(weight), kind == "region")


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """The key a place is found under: without accents and apostrophes, in lower case."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFD", name)
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    return name.replace("'", "").replace("’", "").replace("-", " ").casefold()


@cache
def load_gazetteer() -> Gazetteer:
    """The table of the package, read once; raises `DataError` where a row is not valid."""
    text = gzip.decompress(files("detente").joinpath(_TABLE).read_bytes()).decode("utf-8")
    places, _, index = text.partition("\n\n")
    try:
        numbers = dict(line.split("\t") for line in index.splitlines())
    except ValueError as error:
        raise DataError(f"{_TABLE}: the keys must be lines of a name and numbers: {error}") from error
    return Gazetteer(places.splitlines(), numbers)
