"""The tables of the dataset: their columns, as data/columns.yaml describes them, and how they are written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import DataError
from detente.shipped import shipped_table

TABLES = ("reports", "events", "parties", "statements", "checks", "failures")

ROWS_A_GROUP = 20_000
"""Rows of a row group: some hundred days of a year's news are pruned apart, and a footer stays small."""

_FILE = "bulk/data/columns.yaml"
_SPAN = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "strings": pa.list_(pa.string()),
    "spans": pa.list_(_SPAN),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type is a key of the table of types."""

    name: str
    type: str
    description: str


@cache
def columns() -> Mapping[str, tuple[Column, ...]]:
    """Table → its columns in order; raises `DataError` where the file is not valid."""
    told = shipped_table(_FILE)
    try:
        found = {str(table): tuple(Column(**row) for row in rows) for table, rows in told.items()}
    except (AttributeError, TypeError) as error:
        raise DataError(f"{_FILE}: {error}") from error
    if tuple(found) != TABLES:
        raise DataError(f"{_FILE}: the tables must be {', '.join(TABLES)}")
    for table, rows in found.items():
        if unknown := [column.name for column in rows if column.type not in _TYPES]:
            raise DataError(f"{_FILE}: {table}: no such type: {', '.join(unknown)}")
    return found


@cache
def schema_of(table: str) -> Any:
    """The Arrow schema of a table; each field carries its description."""
    return pa.schema(
        [
            pa.field(column.name, _TYPES[column.type], metadata={"description": column.description})
            for column in columns()[table]
        ]
    )


def packed(table: str, rows: Iterable[Mapping[str, Any]], more: Any = None) -> bytes:
    """Rows as a Parquet file; `more` are Arrow fields beyond the table's own."""
    schema = schema_of(table)
    for field in more or ():
        schema = schema.append(field)
    out = io.BytesIO()
    write(pa.Table.from_pylist(list(rows), schema=schema), out)
    return out.getvalue()


def write(table: Any, out: IO[bytes] | Any) -> None:
    """Write an Arrow table as Parquet: the same rows give the same bytes."""
    pq.write_table(table.combine_chunks(), out, compression="zstd", row_group_size=ROWS_A_GROUP)
