"""Parquet: one row an event, its parties as lists of structs, in a schema that is the same for every archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from itertools import islice
from types import UnionType
from typing import IO, Any, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from detente.archive.answers import EventRow

ROWS_A_GROUP = 20_000

_PLAIN = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def write_events(events: Iterable[EventRow], out: IO[bytes]) -> None:
    """Write `events` as they come, a group of rows at a time."""
    schema = pa.schema(_fields(EventRow))
    source = iter(events)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := [asdict(event) for event in islice(source, ROWS_A_GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _fields(kind: type) -> list[Any]:
    """The columns of a dataclass, so that an archive without any event has them too."""
    hints = get_type_hints(kind)
    return [pa.field(field.name, _type(hints[field.name])) for field in fields(kind)]


def _type(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if get_origin(hint) is tuple:
        return pa.list_(_type(get_args(hint)[0]))
    return _PLAIN.get(hint) or pa.struct(_fields(hint))
