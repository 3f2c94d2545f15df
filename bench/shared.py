"""Where the shared texts and codings lie, and the reports in them."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.record import Report

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "gold"
DATA = SHARED / "data"


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a JSON Lines file, gzip or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def reports_of(path: Path) -> list[Report]:
    """The reports of a file: its `date` is what the page says."""
    return [
        Report(
            r["id"], r["text"], title=r.get("title"), url=r.get("url"), publisher=r.get("source"), published=r["date"]
        )
        for r in rows_of(path)
    ]


def module_at(path: Path) -> Any:
    """A script of the shared folder as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def hash_of(path: Path) -> str:
    """First 16 hex digits of the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
