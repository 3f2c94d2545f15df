"""CSV and Parquet: one report a row, with the columns of `fields.KEYS`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from detente.errors import TooLong
from detente.extras import missing
from detente.reading.cleaning import clean_line
from detente.reading.encodings import HEAD, encoding_of
from detente.reading.fields import KEYS, LISTS, report_of
from detente.reading.lines import LONGEST_LINE
from detente.record import Failure, Report

ROWS_A_BATCH = 256
LARGEST_GROUP = 512_000_000
"""Bytes of a row group of Parquet, unpacked, of the columns that are read; writers make groups of up to 128 MB."""

LARGEST_PIPED = 256_000_000
"""Bytes of a Parquet file that comes through a pipe or packed: it must be held whole."""

COLUMNS = frozenset(name for names in KEYS.values() for name in names) | frozenset(LISTS)


def read_csv(stream: io.BufferedReader, origin: str, day: str | None = None) -> Iterator[Report | Failure]:
    """One report a row; the delimiter (comma, semicolon or tab) is the one the header line uses."""
    csv.field_size_limit(LONGEST_LINE)  # the module's own limit of 131,072 is below a long report
    text = io.TextIOWrapper(stream, encoding_of(stream.peek(HEAD)), errors="replace", newline="")
    try:
        header_line = text.readline(LONGEST_LINE)
        header = next(csv.reader([header_line], delimiter=delimiter_of(header_line)), [])
        names = [name.strip().lower() for name in header]
        if "text" not in names:
            named = ", ".join(map(clean_line, filter(None, names))) or "nothing"
            reason = f"the first line names no column 'text' (it names: {named})"
            yield Failure(None, f"{origin}:1", "broken-line", reason)
            return
        yield from _rows(text, names, delimiter_of(header_line), origin, day)
    finally:
        text.detach()


def _rows(
    text: io.TextIOWrapper, names: list[str], delimiter: str, origin: str, day: str | None
) -> Iterator[Report | Failure]:
    rows = csv.reader(text, delimiter=delimiter)
    while True:
        line = rows.line_num + 2  # the header was read before, and the row begins on the next line
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Failure(None, f"{origin}:{line}", "broken-line", f"not valid CSV: {error}")
            continue
        if row is None:
            return
        if len(row) > len(names) or (row and len(row) < len(names)):
            reason = f"the row has {len(row)} fields, the header {len(names)}"
            yield Failure(None, f"{origin}:{line}", "broken-line", reason)
        elif row:
            filled = {name: value for name, value in zip(names, row, strict=True) if value or name == "text"}
            yield report_of(filled, f"{origin}:{line}", day)


def delimiter_of(header: str) -> str:
    """The delimiter a header line uses."""
    return max(",;\t", key=header.count)


def read_parquet(stream: io.BufferedReader, origin: str, day: str | None = None) -> Iterator[Report | Failure]:
    """One report a row; `origin` gets the row's number, from 1."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        yield Failure(None, origin, "unreadable", f"it is a Parquet file: {missing('pyarrow')}")
        return
    number = 0
    try:
        source = stream if stream.seekable() else io.BytesIO(_limited(stream.read(LARGEST_PIPED + 1)))
        schema = pq.read_schema(source)
        names = schema.names
        wanted = [name for name in names if name.strip().lower() in COLUMNS]
        if "text" not in {name.strip().lower() for name in wanted}:
            reason = f"there is no column 'text' (the columns are: {', '.join(map(clean_line, names)) or 'none'})"
            yield Failure(None, origin, "broken-line", reason)
            return
        source.seek(0)
        # A value that is repeated stays one value: 18 kB were seen to unpack to 3 GB.
        words = [name for name in wanted if _is_words(schema, name)]
        table = pq.ParquetFile(source, read_dictionary=words, pre_buffer=False)
        _refuse_large_groups(table.metadata, wanted)
        for batch in table.iter_batches(ROWS_A_BATCH, columns=wanted):
            for row in range(batch.num_rows):
                number += 1
                yield _of_row(batch, row, f"{origin}:{number}", day)
    except (pa.ArrowException, OSError, ValueError, LookupError) as error:
        where = f" behind row {number}" if number else ""
        reason = f"not a Parquet file that can be read{where}: {clean_line(str(error))}"
        yield Failure(None, origin, "unreadable", reason)


def _is_words(schema: Any, name: str) -> bool:
    import pyarrow as pa

    found = [field.type for field in schema if field.name == name]
    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return all(any(is_kind(kind) for is_kind in kinds) for kind in found)


def _of_row(batch: Any, row: int, origin: str, day: str | None) -> Report | Failure:
    fields = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            fields[name] = _plain(column[row])
        except (ValueError, OverflowError, LookupError, TypeError, ImportError) as error:
            reason = f"the column {clean_line(name)!r} holds what cannot be read: {clean_line(str(error))}"
            return Failure(None, origin, "broken-line", reason)
    return report_of(fields, origin, day)


def _plain(value: Any) -> Any:
    """A value of Arrow as one of Python; nanoseconds, which Python has not, are cut."""
    import pyarrow as pa

    kind = value.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        value = value.cast(pa.timestamp("us", kind.tz), safe=False)
    return value.as_py()


def _refuse_large_groups(metadata: Any, wanted: list[str]) -> None:
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        columns = (group.column(at) for at in range(group.num_columns))
        if (
            sum(c.total_uncompressed_size for c in columns if c.path_in_schema.partition(".")[0] in wanted)
            > LARGEST_GROUP
        ):
            raise TooLong(f"its row group {number + 1} has more than {LARGEST_GROUP:,} bytes: write smaller groups")


def _limited(data: bytes) -> bytes:
    if len(data) > LARGEST_PIPED:
        raise TooLong(f"it has more than {LARGEST_PIPED:,} bytes and comes through a pipe: read it from a file")
    return data
