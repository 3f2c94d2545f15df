"""CSV and Parquet: one report a row, with the columns of `fields.KEYS`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from detente.reading.cleaning import HEAD, encoding_of
from detente.reading.fields import KEYS, LISTS, report_of
from detente.reading.lines import LONGEST_LINE
from detente.record import Failure, Report

ROWS_A_BATCH = 256
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
            reason = f"the first line names no column 'text' (it names: {', '.join(filter(None, names)) or 'nothing'})"
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
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(stream if stream.seekable() else io.BytesIO(stream.read()))
        wanted = [name for name in table.schema_arrow.names if name.strip().lower() in COLUMNS]
        if "text" not in {name.strip().lower() for name in wanted}:
            has = ", ".join(table.schema_arrow.names) or "none"
            yield Failure(None, origin, "broken-line", f"there is no column 'text' (the columns are: {has})")
            return
        number = 0
        for batch in table.iter_batches(ROWS_A_BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield report_of(row, f"{origin}:{number}", day)
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Failure(None, origin, "unreadable", f"not a Parquet file that can be read: {error}")
