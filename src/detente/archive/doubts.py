"""What is odd about a report beside the others of an archive, as `detente join` found it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """What is odd about a report beside others; `beside` is the id of the report that shows it, where it is one."""

    code: str
    message: str
    beside: str | None


def checks_of(db: sqlite3.Connection, report: str) -> list[ArchiveCheck]:
    """What only the archive finds odd about a report, by the id it has there."""
    rows = db.execute(
        "SELECT code, message, other.id AS beside FROM archive_check JOIN report ON report.n = archive_check.report "
        "LEFT JOIN report AS other ON other.n = beside WHERE report.id = ? ORDER BY code",
        (report,),
    )
    return [ArchiveCheck(row["code"], row["message"], row["beside"]) for row in rows]
