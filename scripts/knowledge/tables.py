"""What the compiling steps share: rows, where sources lie, country codes, writing."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import countrynames

from detente.knowledge.tables import COLUMNS

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "src" / "detente" / "knowledge" / "data"

Row = dict[str, str]


def read_source(name: str) -> list[Row]:
    """A source kept by hand beside this module, as dicts without empty lines; cells are stripped."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise SystemExit(f"scripts/knowledge/{name}.csv: row {number} has another number of cells: {row}")
    return [{key: value.strip() for key, value in row.items()} for row in rows]


def row(**cells: str) -> Row:
    """A row of a knowledge table, empty where nothing is said."""
    return {column: cells.get(column, "") for column in COLUMNS}


def write_table(name: str, rows: Iterable[Mapping[str, str]], *, packed: bool = False) -> int:
    """Write a knowledge table, the same bytes for the same rows; gives the number of rows."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for cells in rows:
        writer.writerow(cells)
        count += 1
    text = sink.getvalue().encode("utf-8")
    plain, gz = DATA / f"{name}.csv", DATA / f"{name}.csv.gz"
    if packed:
        gz.write_bytes(gzip.compress(text, 9, mtime=0))
    else:
        plain.write_bytes(text)
    (plain if packed else gz).unlink(missing_ok=True)
    return count


_CODES = {
    "Congo (Brazzaville)": "COG", "Congo Kinshasa": "COD", "DRC": "COD", "Czech": "CZE", "Kosovo": "XKX",
    "Bosnia Herzegovina": "BIH", "European Union": "IGO", "African Union": "IGO", "United Nations": "IGO",
    "Micronesia": "FSM", "Burma": "MMR", "Korea, North": "PRK", "Korea, South": "KOR", "Palestine": "PSE",
    "Holy See": "VAT", "Holy See (Vatican City)": "VAT", "Turkey": "TUR", "Turkey (Turkiye)": "TUR",
    "Taiwan": "TWN", "Gambia, The": "GMB", "Bahamas, The": "BHS", "C&ocirc;te d'Ivoire": "CIV",
    "British Indian Ocean Territory": "IOT", "Catalonia": "", "Cantabria": "", "Akrotiri": "", "Dhekelia": "",
}  # fmt: skip


def code_of(country: str) -> str:
    """The alpha-3 code of a country as the sources name it; empty where it has none here."""
    if country in _CODES:
        return _CODES[country]
    code = countrynames.to_code_3(country) or ""
    # Breakaway regions have codes of the package's own ("AZ-NK"); their posts are none of the state's.
    return code if len(code) == 3 else ""
