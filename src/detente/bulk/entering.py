"""Reading the items of a part: the readers of the house, let in at its place."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import IO, Any, cast

from detente.bulk.cutting import Part, ending_of, read_from_start, unpacked
from detente.bulk.sources import opened
from detente.errors import ReadError
from detente.reading.encodings import HEAD
from detente.reading.markup import MarkupParser
from detente.reading.sources import FORMATS
from detente.reading.warc import read_warc
from detente.record import Failure, Report

Item = Report | Failure

_MARK = b"\xef\xbb\xbf"


def items_of(parts: Sequence[Part], day: str | None, parser: MarkupParser) -> Generator[Item, None, None]:
    """The items of `parts` in order, without their originals, exactly as many as the parts count.

    Where a file ends early, or can no longer be opened, what is missing comes as failures.
    """
    for part in parts:
        yield from _of(part, day, parser)


def _of(part: Part, day: str | None, parser: MarkupParser) -> Iterator[Item]:
    if part.source.code is not None:
        yield Failure(None, part.source.name, part.source.code, part.source.reason or "")
        return
    found, why = 0, "the file ends before this item: it has changed since the run was planned"
    try:
        with closing(_entered(part, day, parser)) as items:
            for item in islice(items, part.count):
                found += 1
                yield _placed(item, part)
    except OSError as error:
        why = f"the file cannot be read: {error.strerror or error}"
    for number in range(found, part.count):
        yield Failure(None, f"{part.source.name}#{part.first + number + 1}", ReadError.code, why)


def _entered(part: Part, day: str | None, parser: MarkupParser) -> Generator[Item, None, None]:
    if part.offset is None:
        yield from islice(read_from_start(part.source, day, parser), part.first, None)
        return
    ending, name = ending_of(part.source), part.source.name
    with opened(part.source) as raw:
        reader: Any = FORMATS[ending]
        if ending in (".parquet", ".pq"):
            yield from reader(_rows(raw, part.offset, part.count), name, day)
        elif reader is read_warc:
            raw.seek(part.offset)
            stream = io.BufferedReader(cast(Any, raw), HEAD)
            try:
                yield from reader(stream, name, day, parser)
            finally:
                stream.detach()
        else:
            whole = unpacked(raw)
            whole.seek(part.offset)  # in a gzip file by reading up to there
            # The mark says UTF-8, as the plan found it: the reader must not guess anew from what lies here.
            yield from reader(io.BufferedReader(_Behind(_MARK + part.head, whole)), name, day)


def _placed(item: Item, part: Part) -> Item:
    """`item` with its number in the whole file, and without its bytes."""
    origin = item.origin
    if part.before and origin is not None:
        number = origin.removeprefix(f"{part.source.name}:")
        if number.isdecimal():
            origin = f"{part.source.name}:{int(number) + part.before}"
    if isinstance(item, Report):
        return replace(item, origin=origin, original=None)
    return replace(item, origin=origin)


def _rows(raw: IO[bytes], start: int, count: int) -> io.BufferedReader:
    """Rows of a Parquet file as a Parquet file of their own: only the row groups they lie in are read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(raw)
    wanted, at = [], 0
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        low, high = max(start - at, 0), min(start + count - at, rows)
        if low < high:
            wanted.append(_slice(file, group, low, high))
        at += rows
    table = pa.concat_tables(wanted) if wanted else file.schema_arrow.empty_table()
    out = io.BytesIO()
    pq.write_table(table, out)
    out.seek(0)
    return io.BufferedReader(cast(io.RawIOBase, out))


def _slice(file: Any, group: int, low: int, high: int) -> Any:
    import pyarrow as pa

    batches, at = [], 0
    for batch in file.iter_batches(1024, row_groups=[group]):
        begin, end = max(low - at, 0), min(high - at, batch.num_rows)
        if begin < end:
            batches.append(batch.slice(begin, end - begin))
        at += batch.num_rows
        if at >= high:
            break
    return pa.Table.from_batches(batches, file.schema_arrow)


class _Behind(io.RawIOBase):
    """`stream` behind some bytes of ours."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)
