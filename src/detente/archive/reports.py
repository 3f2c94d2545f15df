"""Reports in lists: what stands at their head, and how many there are by day."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.archive.events import Where, between

OPENING = 160
"""Characters of a report that a list shows."""

HEAD_COLUMNS = f"report.id, title, publisher, report_date, substr(text, 1, {OPENING})"


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report in a list: `opening` are its first words."""

    id: str
    title: str | None
    publisher: str | None
    report_date: str | None
    opening: str


def reports_of_late(
    db: sqlite3.Connection, limit: int | None, offset: int = 0, since: str | None = None, until: str | None = None
) -> list[ReportHead]:
    """The reports of the latest days, or of the days, months or years from `since` to `until`."""
    where = _of_days(since, until)
    rows = db.execute(
        f"SELECT {HEAD_COLUMNS} FROM report {where.sql} ORDER BY report_date DESC, n DESC LIMIT ? OFFSET ?",
        (*where.values, -1 if limit is None else limit, offset),
    )
    return [ReportHead(*row) for row in rows]


def count_reports(db: sqlite3.Connection, since: str | None = None, until: str | None = None) -> int:
    """How many reports there are, or of those days."""
    where = _of_days(since, until)
    return int(db.execute(f"SELECT count(*) FROM report {where.sql}", where.values).fetchone()[0])


def _of_days(since: str | None, until: str | None) -> Where:
    where = Where()
    between(where, "report_date", since, until)
    return where
