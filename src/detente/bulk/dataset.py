"""Writing the dataset: what the shards hold, with what was found over the whole set, sorted, a file a month."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.bulk.columns import ROWS_A_GROUP, schema_of
from detente.bulk.durable import sync
from detente.bulk.manifest import Line, Manifest
from detente.bulk.rows import MOST_PARTS
from detente.bulk.tables import parquet
from detente.bulk.workplace import Workplace

NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""What readers of partitioned files take for null."""

FILE = "file"
"""Kind of the lines of the manifest that tell of a file of the dataset."""

WRITES_AT_ONCE = 16
"""Files that are brought to the disk together: waiting for each in turn takes minutes for some hundred months."""

ROWS_OF_TEXT = 2_000
"""Rows of a group of reports, whose texts are long: some megabytes."""

_MONTH = f"coalesce(strftime(t.report_date, '%Y-%m'), '{NO_MONTH}')"
_NOT_REPEATED = "NOT IN (SELECT n FROM repeated)"
_OF_EVENT = f"t.n // {MOST_PARTS} {_NOT_REPEATED}"

_QUERIES = {
    "reports": "SELECT {columns}, {month} AS month FROM {files} t LEFT JOIN copied ON copied.n = t.n"
    f" WHERE t.n {_NOT_REPEATED} ORDER BY month, t.report_date, t.n",
    "events": "SELECT {columns}, {month} AS month FROM {files} t LEFT JOIN joined ON"
    f" joined.id = coalesce(t.same_as, t.id) WHERE {_OF_EVENT} ORDER BY month, t.day, t.pair, t.n",
    "parties": f"SELECT {{columns}}, {{month}} AS month FROM {{files}} t WHERE {_OF_EVENT}"
    " ORDER BY month, t.day, t.n, t.side, t.position",
    "statements": f"SELECT {{columns}}, {{month}} AS month FROM {{files}} t WHERE {_OF_EVENT}"
    " ORDER BY month, t.day, t.n",
    "checks": f"SELECT {{columns}}, {{month}} AS month FROM {{files}} t WHERE t.n {_NOT_REPEATED}"
    " ORDER BY month, t.n, t.position",
}
"""Table → what its files hold, in their order."""

_FOUND = {
    "copy_of": "copied.copy_of",
    "copy_kind": "copied.copy_kind",
    "joined": "coalesce(joined.act, t.same_as, t.id)",
}
"""Columns that are found over the whole set."""

_FAILURES = """
SELECT {columns} FROM (
  SELECT * FROM {files}
  UNION ALL BY NAME
  SELECT n, record_id, origin, 'skipped' AS outcome, 'repeated' AS code,
         'the same report ' || id || ' was read before' AS reason FROM repeated
) t ORDER BY n
"""


def write_dataset(db: Any, place: Workplace, manifest: Manifest) -> None:
    """Write the tables that are not written yet, each kept as a whole."""
    written = {line["table"] for line in manifest.of(FILE)}
    for table, query in _QUERIES.items():
        if table in written:
            continue
        sql = query.format(columns=_columns(table), month=_MONTH, files=parquet(place.files(table)))
        months = by_month(db.sql(sql).to_arrow_reader(ROWS_A_GROUP))
        lines = [_write(place, table, month, groups) for month, groups in months]
        _keep(place, manifest, lines or [_write(place, table, NO_MONTH, ())])
    if "failures" not in written:
        sql = _FAILURES.format(columns=_columns("failures"), files=parquet(place.files("failures")))
        rows = (pa.table(batch) for batch in db.sql(sql).to_arrow_reader(ROWS_A_GROUP))
        _keep(place, manifest, [_write(place, "failures", None, rows)])


def by_month(batches: Iterable[Any]) -> Iterator[tuple[str, Iterator[Any]]]:
    """Sorted batches as tables a month, without the column; each month's tables must be taken before the next."""
    source = (piece for batch in batches for piece in _pieces(batch))
    held = next(source, None)
    while held is not None:
        month = held[0]

        def tables(month: str = month) -> Iterator[Any]:
            nonlocal held
            while held is not None and held[0] == month:
                yield held[1]
                held = next(source, None)

        yield month, tables()


def _pieces(batch: Any) -> Iterator[tuple[str, Any]]:
    table = pa.Table.from_batches([batch])
    months = table.column("month").to_pylist()
    table = table.drop_columns(["month"])
    start = 0
    for end in range(1, len(months) + 1):
        if end == len(months) or months[end] != months[start]:
            yield months[start], table.slice(start, end - start)
            start = end


def _columns(table: str) -> str:
    return ", ".join(f'{_FOUND.get(name, f"""t."{name}" """.strip())} AS "{name}"' for name in schema_of(table).names)


def _write(place: Workplace, table: str, month: str | None, tables: Iterable[Any]) -> Line:
    """Write a file of the dataset; what the manifest is to say of it."""
    folder = place.folder / table / f"month={month}" if month else place.folder / table
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "part-0.parquet"
    schema = schema_of(table)
    size = ROWS_OF_TEXT if table == "reports" else ROWS_A_GROUP
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(tables, size):
            writer.write_table(group.cast(schema), row_group_size=size)
            rows += group.num_rows
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    name = str(path.relative_to(place.folder))
    return {"name": name, "table": table, "rows": rows, "bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _keep(place: Workplace, manifest: Manifest, lines: Sequence[Line]) -> None:
    """See that the files of a table are on the disk, and note them: until then they are written anew."""
    paths = [place.folder / line["name"] for line in lines]
    folders = {folder for path in paths for folder in (path.parent, path.parent.parent, place.folder)}
    with ThreadPoolExecutor(WRITES_AT_ONCE) as pool:
        list(pool.map(sync, [*paths, *sorted(folders)]))
    manifest.add_all(FILE, lines)


def _groups(tables: Iterable[Any], size: int) -> Iterator[Any]:
    """The rows of `tables` in groups of `size`, however they come."""
    held: list[Any] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count >= size:
            whole = pa.concat_tables(held)
            yield whole.slice(0, size).combine_chunks()
            held, count = [whole.slice(size)], count - size
    if count:
        yield pa.concat_tables(held).combine_chunks()
