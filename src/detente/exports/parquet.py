"""Parquet: one row an event, its parties as lists of structs, in a schema that is the same for every archive."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from detente.archive.answers import EventRow
from detente.archive.frames import arrow_fields, arrow_table

ROWS_A_GROUP = 20_000


def write_events(events: Iterable[EventRow], out: IO[bytes]) -> None:
    """Write `events` as they come, a group of rows at a time."""
    schema = pa.schema(arrow_fields(EventRow))
    source = iter(events)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while rows := list(islice(source, ROWS_A_GROUP)):
            writer.write_table(arrow_table(rows, EventRow))
