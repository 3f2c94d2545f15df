"""Where an event lies, as other programs ask for it: how precise its place is, its GeoNames id, its COW code.

The table ``data/geonames.tsv.gz`` has a line for each town: state, degrees north and east to a thousandth, GeoNames id
(``scripts/compile_geonames.py`` writes it); ``data/codes.csv`` the codes of each state: ISO 3166-1 alpha-2 and numeric,
and its number in the list of the Correlates of War project as of today, empty for what is no state there.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from detente.archive.answers import EventRow
from detente.archive.states import code_of
from detente.errors import DataError
from detente.knowledge.gazetteer import Spot, load_gazetteer

Precision = Literal["town", "district", "region", "area", "state"]

FIRST_LEVEL = 200_000
"""Weight from which a region of the gazetteer is one of the first level: `scripts.compile_gazetteer` sets it so."""

FEATURES: dict[Precision, str] = {"town": "P", "district": "A", "region": "A", "state": "A"}
"""GeoNames' class of a feature; which of its codes (PPL, ADM1, …) is not known here."""


@dataclass(frozen=True, slots=True)
class Located:
    """How precisely the place of an event is known, and what it is called; null where the gazetteer has none there."""

    precision: Precision
    name: str | None = None
    geonames: int | None = None


def located(event: EventRow) -> Located | None:
    """Where an event is; null where no place is told, or none that is known."""
    if event.place is None:
        return None
    if event.latitude is None or event.longitude is None:
        return Located("state") if event.place_country else None
    if event.place_country is not None and code_of(event.place) == event.place_country:
        return Located("state", event.place)
    spot = _spot(event)
    if spot is not None and spot.is_region:
        return Located("region" if spot.weight >= FIRST_LEVEL else "district", spot.name)
    key = (event.place_country or "", f"{event.latitude:.3f}", f"{event.longitude:.3f}")
    if (id_ := _geonames().get(key)) is not None:
        return Located("town", spot.name if spot else event.place, id_)
    return Located("area", spot.name if spot else None)


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of a state beside alpha-3: ISO alpha-2 and numeric, and COW; null where the list has it not."""

    alpha2: str | None
    numeric: str | None
    cow: str | None


NO_CODES = Codes(None, None, None)


def codes_of(country: str | None) -> Codes:
    """The codes of a state by its alpha-3; all null for what is no state."""
    return _codes().get(country or "", NO_CODES)


def _spot(event: EventRow) -> Spot | None:
    spots = load_gazetteer().named(event.place or "")
    return next((s for s in spots if (s.latitude, s.longitude) == (event.latitude, event.longitude)), None)


@cache
def _geonames() -> dict[tuple[str, str, str], int]:
    packed = files("detente").joinpath("exports/data/geonames.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    try:
        return {(country, latitude, longitude): int(id_) for country, latitude, longitude, id_ in rows}
    except ValueError as error:
        raise DataError(f"exports/data/geonames.tsv.gz: expected state, degrees and id in a line: {error}") from error


@cache
def _codes() -> dict[str, Codes]:
    table = files("detente").joinpath("exports/data/codes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    if not all(list(row) == ["country", "alpha2", "numeric", "cow"] for row in rows):
        raise DataError("exports/data/codes.csv: expected the columns country, alpha2, numeric, cow.")
    return {row["country"]: Codes(*(row[name] or None for name in ("alpha2", "numeric", "cow"))) for row in rows}
