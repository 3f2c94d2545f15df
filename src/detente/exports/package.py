"""An archive written out for other programs: a file of data, and beside it a datapackage.json that describes it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

from detente import __version__
from detente.archive import Archive
from detente.errors import DataError, UsageError
from detente.exports import flat, polecat
from detente.exports.cells import safe_row
from detente.shipped import shipped_table

Field = dict[str, str]
ROWS_A_BATCH = 5_000


def export(archive: Archive, form: str, folder: Path) -> Path:
    """Write `archive` in the form `form` into `folder` and return the file; raises `UsageError` where it cannot be.

    Each file takes its name only when it is whole. The same archive gives the same bytes.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is a file: name a folder to write to.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{str(folder)!r} cannot be made: {error.strerror}. Choose another folder.") from error
    name, writer = FORMS[form]
    with _replacing(folder / name) as out:
        more = writer(archive, out)
    _describe(folder / name, more)
    return folder / name


@cache
def fields_of(form: str) -> tuple[Field, ...]:
    """The columns of a form, in order: name, type, description; raises `DataError` where the table is not valid."""
    rows = shipped_table(f"exports/data/{form}.yaml")
    if not isinstance(rows, list) or not all(isinstance(r, dict) and set(r) == _FIELD_KEYS for r in rows):
        raise DataError(f"exports/data/{form}.yaml: expected fields of name, type and description.")
    return tuple(rows)


_FIELD_KEYS = {"name", "type", "description"}


def _write_csv(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    rows = (flat.row_of(event) for event in archive.each_event())
    _table(out, "flat", rows, ",")
    return {
        "format": "csv",
        "mediatype": "text/csv",
        "schema": {"fields": list(fields_of("flat")), "primaryKey": "event_id", "missingValues": [""]},
    }


def _write_polecat(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    rows = (row for event in archive.each_event() if (row := polecat.row_of(event)) is not None)
    _table(out, "polecat", rows, "\t")
    return {
        "format": "csv",
        "mediatype": "text/tab-separated-values",
        "dialect": {"delimiter": "\t"},
        "schema": {
            "fields": list(fields_of("polecat")),
            "primaryKey": "Event ID",
            "missingValues": [polecat.UNKNOWN, ""],
        },
    }


def _write_jsonl(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    for record in archive.records():
        out.write(record.to_json().encode("utf-8") + b"\n")
    return {"format": "jsonl", "mediatype": "application/jsonl", "description": "One record a line, as it was coded."}


def _write_parquet(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    from detente.exports.parquet import write_events

    write_events(archive.each_event(), out)
    return {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}


FORMS: dict[str, tuple[str, Callable[[Archive, IO[bytes]], dict[str, Any]]]] = {
    "csv": ("events.csv", _write_csv),
    "jsonl": ("records.jsonl", _write_jsonl),
    "parquet": ("events.parquet", _write_parquet),
    "polecat": ("events.polecat.tsv", _write_polecat),
}
"""Form → the name of its file and what writes it, which returns what the package says of the file."""


def _table(out: IO[bytes], form: str, rows: Iterator[dict[str, Any]], delimiter: str) -> None:
    import io

    text = io.TextIOWrapper(out, "utf-8", newline="")
    lines = csv.DictWriter(text, [f["name"] for f in fields_of(form)], delimiter=delimiter, lineterminator="\n")
    lines.writeheader()
    lines.writerows(map(safe_row, rows))
    text.flush()
    text.detach()


def _describe(file: Path, more: dict[str, Any]) -> None:
    """Write or renew datapackage.json beside `file`; what it says of other files there stays."""
    path = file.with_name("datapackage.json")
    kept: list[dict[str, Any]] = []
    if path.exists():
        try:
            kept = [r for r in json.loads(path.read_bytes())["resources"] if r["path"] != file.name]
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{str(path)!r} is no description of detente's: choose another folder.") from error
    with file.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    size = file.stat().st_size
    name = file.name.replace(".", "-")
    resource = {"name": name, "path": file.name, **more, "bytes": size, "hash": f"sha256:{digest}"}
    package = {
        "name": "detente-export",
        "title": "Events coded from news reports",
        "version": __version__,
        "resources": sorted([*kept, resource], key=lambda r: str(r["path"])),
    }
    with _replacing(path) as out:
        out.write(json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
