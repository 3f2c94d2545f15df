"""Excel: the columns of the CSV as one sheet, days as days, a filter over the header. Same records, same bytes.

No cell is a formula. Needs XlsxWriter, which the extra ``detente[excel]`` brings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import IO, Any

from detente.errors import UsageError
from detente.exports.csv_events import COLUMNS, row_of
from detente.extras import wanted
from detente.record import Failure, Record

MOST_ROWS = 1_048_575
"""Rows of a sheet below its header, as Excel has it."""

LONGEST_CELL = 32_767
"""Characters of a cell, as Excel has it; longer evidence is cut."""

DAYS = frozenset({"report_date", "date_start", "date_end"})
FIRST_DAY = date(1900, 3, 1)
"""Excel counts days right from here on; earlier ones stay text."""

MADE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Stands in the file for when it was made, so that the same records give the same bytes."""


def needed() -> Any:
    """The library; raises `UsageError` that says how to get it."""
    return wanted("xlsxwriter")


def write(results: Iterable[Record | Failure], out: IO[bytes]) -> None:
    """Write a row an event or failure; raises `UsageError` for more than a sheet holds."""
    book = needed().Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": MADE})
    sheet, bold, day = book.add_worksheet("events"), book.add_format({"bold": True}), book.add_format()
    day.set_num_format("yyyy-mm-dd")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, COLUMNS, bold)
    number = 0
    for row in _rows(results):
        number += 1
        if number > MOST_ROWS:
            raise UsageError(f"A sheet of Excel holds {MOST_ROWS:,} rows, and there are more: choose csv or jsonl.")
        for column, name in enumerate(COLUMNS):
            _write_cell(sheet, number, column, name, row.get(name), day)
    sheet.autofilter(0, 0, max(1, number), len(COLUMNS) - 1)
    book.close()


def _rows(results: Iterable[Record | Failure]) -> Iterable[dict[str, Any]]:
    for result in results:
        if isinstance(result, Failure):
            yield {"report_id": result.id or result.origin, "error": result.code, "reason": result.reason}
        else:
            yield from (row_of(event, result) for event in result.events)


def _write_cell(sheet: Any, row: int, column: int, name: str, value: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif name in DAYS and date.fromisoformat(value) >= FIRST_DAY:
        sheet.write_datetime(row, column, date.fromisoformat(value), day)
    else:
        sheet.write_string(row, column, str(value)[:LONGEST_CELL])
