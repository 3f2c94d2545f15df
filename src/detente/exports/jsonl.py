"""JSON Lines: one record a line, as docs/record.md describes it; a failure is a line with the key ``error``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from detente.record import Failure, Record


def write(results: Iterable[Record | Failure], out: TextIO) -> None:
    """Write one line a result."""
    for result in results:
        out.write(result.to_json() + "\n")
