"""What is odd about a report beside the others of an archive, as `detente join` found it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """What is odd about a report beside others; `beside` is the id of the report that shows it, where it is one."""

    code: str
    message: str
    beside: str | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A check that only the archive can make: `report` and `beside` are numbers of reports."""

    report: int
    code: str
    message: str
    beside: int | None = None


def keep_doubts(db: sqlite3.Connection, doubts: Iterable[Doubt]) -> None:
    """Write what is odd about reports; what was known under a code is replaced."""
    rows = ((doubt.report, doubt.code, doubt.message, doubt.beside) for doubt in doubts)
    db.executemany("INSERT OR REPLACE INTO archive_check (report, code, message, beside) VALUES (?, ?, ?, ?)", rows)


def keep_doubts_anew(db: sqlite3.Connection, code: str, events: Iterable[int], doubts: Iterable[Doubt]) -> None:
    """Put `doubts` in place of all that was known under `code` of the reports that tell `events`."""
    db.execute(
        "DELETE FROM archive_check WHERE code = ? AND report IN"
        " (SELECT report FROM event WHERE n IN (SELECT value FROM json_each(?)))",
        (code, json.dumps(sorted(events))),
    )
    keep_doubts(db, doubts)


def names_of(db: sqlite3.Connection, report: int) -> tuple[str, str]:
    """The id of a report by its number, and what its date rests on."""
    row = db.execute("SELECT id, basis FROM report WHERE n = ?", (report,)).fetchone()
    return str(row[0]), str(row[1])


def checks_of(db: sqlite3.Connection, report: str) -> list[ArchiveCheck]:
    """What only the archive finds odd about a report, by the id it has there."""
    rows = db.execute(
        "SELECT code, message, other.id AS beside FROM archive_check JOIN report ON report.n = archive_check.report "
        "LEFT JOIN report AS other ON other.n = beside WHERE report.id = ? ORDER BY code",
        (report,),
    )
    return [ArchiveCheck(row["code"], row["message"], row["beside"]) for row in rows]
