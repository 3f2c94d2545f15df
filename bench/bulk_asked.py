"""A dataset and an archive of the same events asked the same: ``python -m bench.bulk_asked ARCHIVE``.

The dataset is written from the archive (say one of ``bench.grown``), so that both must give equal answers; each
question is asked once of either, in one run.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.archive import Archive
from detente.archive.events import EventQuestion, count_events
from detente.archive.series import act_rows
from detente.bulk.asking import open_dataset
from detente.bulk.columns import schema_of
from detente.bulk.tables import connected
from detente.codebook import quad_of
from detente.relations.acts import once, pairs_of
from detente.relations.gathering import read_by_day, tellings_of
from detente.relations.series import start_of

LONGEST_SERIES, LONGEST_COUNT = 5.0, 0.3
"""Seconds that the dataset may take for the weeks of all pairs, and for a filtered count."""

TYPE, STATUS, YEAR = "ASSAULT", "happened", "2014"
ROWS_AT_ONCE = 50_000

PAIR_WEEKS = "SELECT count(*), sum(acts), sum(tension) FROM pair_weeks WHERE acts > 0"
COUNT = (
    f"SELECT count(*) FROM events WHERE type = '{TYPE}' AND status = '{STATUS}'"
    f" AND day BETWEEN DATE '{YEAR}-01-01' AND DATE '{YEAR}-12-31'"
)
TYPES = "SELECT type, count(*) FROM acts GROUP BY 1 ORDER BY 1"

_REPORTS = """
SELECT report.n, report.id, report_date, (SELECT group_concat(country, ' ') FROM (
  SELECT country FROM event JOIN event_party ON event = event.n WHERE event.report = report.n AND country IS NOT NULL
  UNION SELECT source_country FROM statement WHERE statement.report = report.n AND source_country IS NOT NULL
)) AS countries FROM report
"""


def write_dataset(archive: Archive, folder: Path) -> int:
    """Write what the views ask of the archive's events and reports as a dataset; how many events."""
    db = connected()
    count = 0
    for table, rows in (("events", _events(archive)), ("reports", _reports(archive))):
        parts = [pa.Table.from_pylist(batch, schema=schema_of(table)) for batch in _batches(rows)]
        whole = pa.concat_tables(parts)
        count = count or whole.num_rows
        db.register("whole", whole)
        order = "day, id" if table == "events" else "report_date, n"
        (folder / table).mkdir(parents=True)
        options = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), FILENAME_PATTERN 'part-{i}'"
        month = "strftime(report_date, '%Y-%m') AS month"
        db.execute(f"COPY (SELECT *, {month} FROM whole ORDER BY {order}) TO '{folder / table}' ({options})")
        db.unregister("whole")
    for table in ("parties", "statements", "checks"):
        _write_empty(folder / table / "month=2000-01" / "part-0.parquet", table)
    _write_empty(folder / "failures" / "part-0.parquet", "failures")
    (folder / "datapackage.json").write_text("{}", encoding="utf-8")
    db.close()
    return count


def _events(archive: Archive) -> Iterator[dict[str, Any]]:
    for n, row in enumerate(act_rows(archive.db, ())):
        actors, recipients = (str(row[side] or "").split() for side in ("actors", "recipients"))
        told, start, end = (_day(row[name]) for name in ("told", "start", "end"))
        yield {
            "n": n,
            "id": row["id"],
            "joined": row["act"],
            "report": row["report"],
            "report_date": told,
            "day": start or told,
            "date_start": start,
            "date_end": end,
            "type": row["type"],
            "status": row["status"],
            "quad": quad_of(row["type"]),
            "intensity": row["intensity"],
            "actors": actors,
            "recipients": recipients,
            "countries": sorted({*actors, *recipients}),
        }


def _reports(archive: Archive) -> Iterator[dict[str, Any]]:
    for n, id_, day, countries in archive.db.execute(_REPORTS):
        yield {"n": n, "id": id_, "report_date": _day(day), "countries": sorted(str(countries or "").split())}


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    yield batch


def _write_empty(path: Path, table: str) -> None:
    path.parent.mkdir(parents=True)
    pq.write_table(schema_of(table).empty_table(), path)


def weeks_of_archive(archive: Archive) -> tuple[int, int, float]:
    """Pairs and weeks with an act, the acts in them, and the tension these sum to."""
    held: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for telling in tellings_of(archive, ()):
        for pair in pairs_of(telling):
            held[pair].append(telling)
    read = read_by_day(archive)
    first, last = start_of(min(read), "week"), start_of(max(read), "week")
    weeks: set[tuple[str, str, date]] = set()
    acts, tension = 0, 0.0
    for (one, other), told in held.items():
        for act in once(told):
            day = act.day("week")
            if day is not None and first <= (week := start_of(day, "week")) <= last:
                weeks.add((one, other, week))
                acts, tension = acts + 1, tension + act.weight()
    return len(weeks), acts, tension


def types_of_archive(archive: Archive) -> dict[str, int]:
    """Acts by type."""
    return dict(sorted(Counter(act.type for act in once(tellings_of(archive, ()))).items()))


def timed(what: str, ask: Callable[[], Any]) -> tuple[Any, float]:
    """What is answered, and the seconds of processor it took; both times are printed."""
    begun, burnt = time.perf_counter(), time.process_time()
    answer = ask()
    spent = time.process_time() - burnt
    print(f"{what}: {time.perf_counter() - begun:.2f} s by the clock, {spent:.2f} s of processor: {answer}", flush=True)
    return answer, spent


def main() -> None:
    """Ask both."""
    args = argparse.ArgumentParser(prog="python -m bench.bulk_asked")
    args.add_argument("archive", type=Path)
    args.add_argument("--keep", type=Path, help="a folder for the dataset, taken as it is where there is one")
    options = args.parse_args()
    with tempfile.TemporaryDirectory() as name, Archive.open(options.archive) as archive:
        folder = options.keep or Path(name) / "dataset"
        if not folder.exists():
            print(f"{write_dataset(archive, folder):,} events")
        db = open_dataset(folder)
        (weeks,), series = timed("dataset, weeks of all pairs", lambda: db.sql(PAIR_WEEKS).fetchall())
        ((count,),), counting = timed("dataset, a filtered count", lambda: db.sql(COUNT).fetchall())
        types, _ = timed("dataset, acts by type", lambda: dict(db.sql(TYPES).fetchall()))
        db.close()
        asked = EventQuestion(type=[TYPE], status=[STATUS], since=YEAR, until=YEAR)
        same, _ = timed("archive, a filtered count", lambda: count_events(archive.db, asked))
        known, _ = timed("archive, weeks of all pairs", lambda: weeks_of_archive(archive))
        counted, _ = timed("archive, acts by type", lambda: types_of_archive(archive))
    if count != same or types != counted or weeks[:2] != known[:2] or abs(weeks[2] - known[2]) > 1e-3:
        raise SystemExit("the two do not say the same")
    if series > LONGEST_SERIES or counting > LONGEST_COUNT:
        raise SystemExit("slower than it should be")


if __name__ == "__main__":
    main()
