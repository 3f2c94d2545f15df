"""Cells of CSV and TSV: none of them is a formula to a spreadsheet, and each can be read back.

A text that begins like a formula gets an apostrophe before it, and so does one that begins with an apostrophe: taking
one apostrophe away from every cell that begins with one gives what was written. Numbers stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula, in both widths."""

MARK = "'"

EXCEL_MARK = "\ufeff"
"""Stands before a table of text so that Excel reads it as UTF-8; other programs pass over it."""


def safe_cell(value: Any) -> Any:
    """`value` as it is written; only text changes."""
    if isinstance(value, str) and value.startswith((*FORMULA_STARTS, MARK)):
        return MARK + value
    return value


def safe_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a row as they are written."""
    return {name: safe_cell(value) for name, value in row.items()}


def read_cell(written: str) -> str:
    """The text of a cell that `safe_cell` wrote."""
    return written.removeprefix(MARK)
