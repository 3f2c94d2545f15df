"""Exports: one module a format, each with ``write(results, out)`` over a stream of records and failures."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TextIO

from detente.exports.cells import EXCEL_MARK
from detente.record import Failure, Record

FORMATS = {"pretty": "pretty", "jsonl": "jsonl", "json": "json_array", "csv": "csv_events", "xlsx": "xlsx"}
"""Format → the module in this room that writes it."""

BINARY = frozenset({"xlsx"})
"""Formats of bytes: they go to what lies under a text stream."""


def write(results: Iterable[Record | Failure], out: TextIO, form: str, *, excel: bool = False) -> None:
    """Write `results` to `out` in the format `form`, one by one as they come, with `excel` for Excel."""
    if excel:
        out.write(EXCEL_MARK)
    module = import_module(f"detente.exports.{FORMATS[form]}")
    module.write(results, out.buffer if form in BINARY else out)
