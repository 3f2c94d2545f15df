"""JSON: an indented array of the same objects that JSON Lines has, for reading by eye."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from detente.record import Failure, Record


def write(results: Iterable[Record | Failure], out: TextIO) -> None:
    """Write one array; a record is written as soon as it comes."""
    before = "[\n"
    for result in results:
        out.write(before + json.dumps(json.loads(result.to_json()), ensure_ascii=False, indent=2))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
