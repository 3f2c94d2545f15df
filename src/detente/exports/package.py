"""An archive written out for other programs: a file of data, and beside it a datapackage.json that describes it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import IO, Any

from detente import __version__
from detente.archive import Archive
from detente.archive.names import NO_NAMES, names_by_report
from detente.errors import DataError, UsageError
from detente.exports import acled, flat, ftm, geojson, jsonld, polecat, statements, ucdp, web_annotation
from detente.exports.cells import EXCEL_MARK, safe_row
from detente.exports.each_report import each_report
from detente.shipped import shipped_table
from detente.whole import whole

Field = dict[str, str]
Row = dict[str, Any]
ROWS_A_BATCH = 5_000


def export(archive: Archive, form: str, folder: Path, *, excel: bool = False, min_score: float | None = None) -> Path:
    """Write `archive` in the form `form` into `folder` and return the file; raises `UsageError` where it cannot be.

    Each file takes its name only when it is whole. The same archive gives the same bytes. With `excel` a table of text
    begins so that Excel reads it as UTF-8; with `min_score`, events that their coder finds less likely right stay out.
    """
    if excel and form not in TABLES:
        raise UsageError(f"--excel: {form} is no table that Excel opens: choose one of {', '.join(TABLES)}.")
    if min_score is not None and form == "jsonl":
        raise UsageError("--min-score: jsonl writes records as they were coded; choose another form.")
    archive.leave_out_below(min_score)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is a file: name a folder to write to.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{str(folder)!r} cannot be made: {error.strerror}. Choose another folder.") from error
    name, writer = FORMS[form]
    with whole(folder / name) as out:
        out.write(EXCEL_MARK.encode() if excel else b"")
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
    return _comma(out, "flat", (flat.row_of(event) for event in archive.each_event()), "event_id")


def _write_acled(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    return _comma(out, "acled", map(acled.row_of, archive.each_event()), "event_id_cnty")


def _write_ucdp(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    return _comma(out, "ucdp", map(ucdp.row_of, archive.each_event()), "id")


def _write_statements(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    said = (statement for read in each_report(archive) for statement in read.statements)
    return _comma(out, "statements", map(statements.row_of, said), "statement_id")


def _comma(out: IO[bytes], form: str, rows: Iterable[Row | None], key: str) -> dict[str, Any]:
    _table(out, form, rows, ",")
    return {
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": list(fields_of(form)), "primaryKey": key, "missingValues": [""]},
    }


def _write_polecat(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    told = names_by_report(archive.db)
    rows = (polecat.row_of(event, told.get(event.source.report, NO_NAMES)) for event in archive.each_event())
    _table(out, "polecat", rows, "\t")
    return {
        "format": "csv",
        "mediatype": "text/tab-separated-values",
        "encoding": "utf-8",
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


def _write_geojson(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    geojson.write_features(archive.each_event(), out)
    return {"format": "geojson", "mediatype": "application/geo+json"}


def _write_jsonld(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    jsonld.write_graph(archive, out)
    return {"format": "jsonld", "mediatype": "application/ld+json"}


def _write_annotations(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    web_annotation.write_annotations(archive, out)
    profile = web_annotation.CONTEXT
    return {"format": "jsonld", "mediatype": f'application/ld+json; profile="{profile}"'}


def _write_ftm(archive: Archive, out: IO[bytes]) -> dict[str, Any]:
    ftm.write_entities(archive, out)
    return {"format": "jsonl", "mediatype": "application/jsonl", "description": "Entities of FollowTheMoney."}


FORMS: dict[str, tuple[str, Callable[[Archive, IO[bytes]], dict[str, Any]]]] = {
    "acled": ("events.acled.csv", _write_acled),
    "annotations": ("annotations.jsonld", _write_annotations),
    "csv": ("events.csv", _write_csv),
    "ftm": ("entities.ftm.jsonl", _write_ftm),
    "geojson": ("events.geojson", _write_geojson),
    "jsonl": ("records.jsonl", _write_jsonl),
    "jsonld": ("events.jsonld", _write_jsonld),
    "parquet": ("events.parquet", _write_parquet),
    "polecat": ("events.polecat.tsv", _write_polecat),
    "statements": ("statements.csv", _write_statements),
    "ucdp": ("events.ucdp.csv", _write_ucdp),
}
"""Form → the name of its file and what writes it, which returns what the package says of the file."""

TABLES = ("csv", "statements", "acled", "polecat", "ucdp")
"""Forms that are tables of text."""


def _table(out: IO[bytes], form: str, rows: Iterable[Row | None], delimiter: str) -> None:
    """Write the rows that have a place in the form, under its header."""
    text = io.TextIOWrapper(out, "utf-8", newline="")
    lines = csv.DictWriter(text, [f["name"] for f in fields_of(form)], delimiter=delimiter, lineterminator="\n")
    lines.writeheader()
    lines.writerows(safe_row(row) for row in rows if row is not None)
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
    resource = {
        "name": name,
        "path": file.name,
        "type": "table" if "schema" in more else "file",
        **more,
        "bytes": size,
        "hash": f"sha256:{digest}",
    }
    package = {
        "name": "detente-export",
        "title": "Events coded from news reports",
        "version": __version__,
        "resources": sorted([*kept, resource], key=lambda r: str(r["path"])),
    }
    with whole(path) as out:
        out.write(json.dumps(package, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
