"""The calendar of gatherings: summits, visits, elections, inaugurations and games, each with its days.

The facts come from the shared table ``gatherings.csv``; here they are put into the form that
``detente.knowledge.gatherings`` reads. Names that another name of the same gathering already finds with its place
behind it ("NATO summit in Madrid" beside "NATO summit") are left out, and so are names that say nothing by themselves.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

from detente.knowledge.gatherings import COLUMNS, fault_of, key_of_gathering
from detente.knowledge.gazetteer import load_gazetteer
from scripts.knowledge.tables import DATA, Row, read_source

OUT = DATA / "gatherings.csv.gz"


def gathering_rows(shared: Path) -> Iterator[Row]:
    """The rows of the calendar in order of time."""
    said_of_many = {row["name"] for row in read_source("gathering_words")}
    with (shared / "data" / "gatherings.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda r: (r["start"], r["id"]))
    for row in rows:
        names = [name for name in row["aliases"].split("|") if name not in said_of_many]
        kept = [name for name in names if not _is_longer(name, names, row["place"])]
        kept = [name for name in kept if " " in name or any(c.isdigit() for c in name) or not _is_place(name)]
        if kept:
            cells = {column: row.get(column, "") for column in COLUMNS}
            yield {
                **cells,
                "names": "|".join(dict.fromkeys(map(key_of_gathering, kept))),
                "participants": row["participants"].replace(";", " "),
            }


def write_gatherings(shared: Path) -> int:
    """Write the calendar, the same bytes for the same rows; gives the number of rows."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, COLUMNS, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in gathering_rows(shared):
        if fault := fault_of(row):
            raise SystemExit(f"gatherings.csv: {row['name']}: {fault}")
        writer.writerow(row)
        count += 1
    OUT.write_bytes(gzip.compress(sink.getvalue().encode("utf-8"), 9, mtime=0))
    return count


def _is_longer(name: str, names: list[str], place: str) -> bool:
    where = place.split(",")[0].casefold()
    return bool(where) and where in name and any(other != name and other in name for other in names)


def _is_place(name: str) -> bool:
    return bool(load_gazetteer().named(name)) and name != "davos"
