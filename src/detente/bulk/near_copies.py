"""Near-copies over the whole set: fingerprints meet in buckets, band by band, and what meets is compared."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.bulk.workplace import Workplace
from detente.checks import page_day
from detente.checks.copies import COPIES, Version, compare
from detente.checks.fingerprints import BANDS, CROWDED, ROWS

Pair = tuple[int, int]
Found = tuple[int, int, str]

PAIRS_A_TASK = 2_000
"""Pairs whose texts a worker holds together: some tens of megabytes, and each shard they lie in is read once."""

_MEETING = f"""
INSERT INTO near WITH bucket AS (
  SELECT n, {{key}} AS key, row_number() OVER (PARTITION BY {{key}} ORDER BY n) AS place,
         count(*) OVER (PARTITION BY {{key}}) AS held FROM prints
)
SELECT one.n, other.n FROM bucket one JOIN bucket other ON other.key = one.key AND one.place < other.place
WHERE one.held > 1 AND other.held > 1 AND one.place <= {CROWDED}
"""

_COLUMNS = ["n", "text", "title", "url", "publisher", "published"]


def near_pairs(db: Any, reports: str) -> Iterator[Pair]:
    """Numbers of reports that share a bucket, in order.

    A bucket brings its first `CROWDED` reports together with each later one, as in an archive.
    """
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE prints AS SELECT n, print FROM {reports}"
        " WHERE octet_length(print) > 0 AND n NOT IN (SELECT n FROM repeated)"
    )
    db.execute("CREATE OR REPLACE TEMP TABLE near (one BIGINT, other BIGINT)")
    size = 4 * ROWS
    for band in range(BANDS):
        db.execute(_MEETING.format(key=f"print[{band * size + 1}:{(band + 1) * size}]"))
    cursor = db.execute("SELECT DISTINCT one, other FROM near ORDER BY one, other")
    while rows := cursor.fetchmany(10_000):
        yield from rows
    db.execute("DROP TABLE near; DROP TABLE prints")


def tasks_of(pairs: Iterator[Pair]) -> Iterator[list[Pair]]:
    """`pairs` in lists for one task each."""
    while batch := list(islice(pairs, PAIRS_A_TASK)):
        yield batch


def copies_among(folder: Path, firsts: Sequence[int], pairs: Sequence[Pair]) -> list[Found]:
    """The pairs that are copies, with their kind: a worker's task. `firsts` are the first numbers of the shards."""
    versions = _versions(folder, firsts, {number for pair in pairs for number in pair})
    found = []
    for one, other in pairs:
        kind = compare(versions[one], versions[other]).kind
        if kind in COPIES:
            found.append((one, other, str(kind)))
    return found


def mark_copies(db: Any, reports: str, found: Sequence[Found]) -> None:
    """Make the table ``copied``: for each report that is a copy, the first of those it is one of, by day and number."""
    names, types = ("one", "other", "kind"), (pa.int64(), pa.int64(), pa.string())
    columns: list[tuple[Any, ...]] = list(zip(*found, strict=True)) if found else [(), (), ()]
    db.register("found", pa.table({n: pa.array(c, t) for n, c, t in zip(names, columns, types, strict=True)}))
    db.execute(
        "CREATE OR REPLACE TEMP TABLE copied AS WITH met AS (SELECT one, other, kind FROM found UNION ALL"
        " SELECT other, one, kind FROM found), head AS (SELECT n, id, report_date FROM "
        f"{reports} WHERE n IN (SELECT one FROM met)) SELECT own.n, first(theirs.id ORDER BY"
        " theirs.report_date NULLS LAST, theirs.n) AS copy_of, first(met.kind ORDER BY theirs.report_date NULLS LAST,"
        " theirs.n) AS copy_kind FROM met JOIN head own ON own.n = met.one JOIN head theirs ON theirs.n = met.other"
        " WHERE (coalesce(theirs.report_date, DATE '9999-12-31'), theirs.n) <"
        " (coalesce(own.report_date, DATE '9999-12-31'), own.n) GROUP BY own.n"
    )
    db.unregister("found")


def find_repeated(db: Any, reports: str) -> int:
    """Make the table ``repeated``: reports that came before, to the last character. Returns how many."""
    db.execute(
        "CREATE OR REPLACE TEMP TABLE repeated AS SELECT n, id, origin, record_id FROM "
        f"{reports} QUALIFY row_number() OVER (PARTITION BY id ORDER BY n) > 1"
    )
    return int(db.execute("SELECT count(*) FROM repeated").fetchone()[0])


def _versions(folder: Path, firsts: Sequence[int], numbers: Collection[int]) -> dict[int, Version]:
    """The reports of these numbers as they are compared."""
    found = {}
    for shard, held in groupby(sorted(numbers), lambda number: bisect_right(firsts, number) - 1):
        file = pq.ParquetFile(Workplace(folder).shard(shard) / "reports.parquet")
        table = file.read(columns=_COLUMNS)
        wanted = table.filter(pc.is_in(table["n"], value_set=pa.array(held, pa.int64())))
        for row in wanted.to_pylist():
            day = page_day(row["published"])
            found[row["n"]] = Version(row["text"], row["title"], row["url"], row["publisher"], day)
    return found
