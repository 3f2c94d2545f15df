"""``detente compare``: two codings of the same reports, in numbers and event by event."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.table import Table

from detente.archive import Archive
from detente.cli.tables import print_parts, table_of
from detente.coding.agreement import FIELDS, Agreement, Coded, Pair, agreement, compared
from detente.errors import UsageError
from detente.record import Record

_SQLITE = b"SQLite format 3\0"


def run(one: Path, other: Path, as_json: bool, differences: bool) -> None:
    """Print how the codings at `one` and `other` agree; raises `UsageError` where they have no report in common."""
    reports = compared(_records(one), _records(other))
    if not reports:
        raise UsageError(f"{one} and {other} hold no report in common.")
    found = agreement(pairs for _, _, pairs in reports)
    differing = [(mine, theirs, pair) for mine, theirs, pairs in reports for pair in pairs if not pair.agrees]
    if as_json:
        rows = [_row(mine, theirs, pair) for mine, theirs, pair in differing]
        print(json.dumps({**asdict(found), "f1": round(found.f1, 4), "differences": rows}, ensure_ascii=False))  # noqa: T201
        return
    tables = [_numbers(found)]
    if differences:
        tables.append(_side_by_side(differing))
    print_parts(tables, sys.stdout)


def _records(path: Path) -> Iterator[Record]:
    """The records at `path`: an archive, or JSON Lines; failures in it are passed over."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file.")
    if _is_archive(path):
        with Archive.open(path) as archive:
            yield from archive.records()
        return
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and "error" not in json.loads(line):
                try:
                    yield Record.from_json(line)
                except ValidationError as error:
                    raise UsageError(f"{path}:{number}: is no record: {error.error_count()} faults") from error


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _numbers(found: Agreement) -> Table:
    table = table_of(("What", None), ("Alike", None), ("Of", None), ("Share", None))
    table.add_row("events in both", str(found.both), f"{found.one} and {found.other}", f"{found.f1:.2f}")
    for field, alike in (*found.alike, ("the whole event", found.whole)):
        share = f"{alike / found.both:.2f}" if found.both else "–"
        table.add_row(field.replace("_", " "), str(alike), str(found.both), share)
    table.caption = f"{found.reports} reports that both hold"
    return table


def _side_by_side(differing: list[tuple[Record, Record, Pair]]) -> Table:
    table = table_of(("Report", None), ("First", None), ("Second", None), ("Differs in", None))
    for mine, theirs, pair in differing:
        table.add_row(mine.id, _words(mine, pair.one), _words(theirs, pair.other), ", ".join(pair.differs))
    return table


def _words(record: Record, coded: Coded | None) -> str:
    if coded is None:
        return "–"
    mode = f" {coded.mode}" if coded.mode else ""
    sides = " → ".join(", ".join(sorted(side)) or "nobody" for side in (coded.actors, coded.recipients))
    words = coded.trigger.of(record.text)
    return f"{coded.type}{mode} {coded.status} “{words}”\n{sides} {coded.date or ''}\n{coded.id}"


def _row(mine: Record, theirs: Record, pair: Pair) -> dict[str, Any]:
    return {
        "report": mine.id,
        "text_sha256": mine.text_sha256,
        "differs": list(pair.differs),
        "one": _told(mine, pair.one),
        "other": _told(theirs, pair.other),
    }


def _told(record: Record, coded: Coded | None) -> dict[str, Any] | None:
    if coded is None:
        return None
    told = {field: getattr(coded, field) for field in FIELDS}
    sides = {side: sorted(told[side]) for side in ("actors", "recipients")}
    return {"id": coded.id, "trigger": coded.trigger.of(record.text), **told, **sides}
