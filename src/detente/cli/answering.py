"""How commands that ask an archive answer: so many rows, as a table, JSON or CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from detente.errors import UsageError
from detente.exports.cells import safe_row

IN_A_TABLE = 50
"""Rows a table shows where no limit is given: more is for machines."""

NOTHING = "Nothing in the archive answers that."


def limit_of(limit: int | None, as_json: bool, as_csv: bool) -> int | None:
    """How many rows are asked for, null for all, which 0 asks for; raises `UsageError` where two forms are."""
    if as_json and as_csv:
        raise UsageError("Choose one of --json and --csv.")
    if limit is None:
        return None if as_json or as_csv else IN_A_TABLE
    return limit or None


def how_far(shown: int, total: int) -> str:
    """``40 of 5,983: --limit 0 shows all``, or the number alone where that is all."""
    return f"{shown:,} of {total:,}" + (": --limit 0 shows all" if total > shown else "")


def tell_limit(shown: int, total: int) -> None:
    """Say on standard error that a limit kept rows back, where the output is for machines."""
    if total > shown:
        print(f"{how_far(shown, total)}.", file=sys.stderr)  # noqa: T201


def write_csv(rows: Sequence[dict[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """Write rows under a header; `columns` stand there where there is no row, and nothing without them."""
    names = list(rows[0]) if rows else list(columns)
    if names:
        writer = csv.DictWriter(out, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(safe_row, rows))
