"""Reports in lists: what stands at their head, and how many there are by day."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

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


def reports_of_late(db: sqlite3.Connection, limit: int, offset: int = 0) -> list[ReportHead]:
    """The reports of the latest days."""
    rows = db.execute(
        f"SELECT {HEAD_COLUMNS} FROM report ORDER BY report_date DESC, n DESC LIMIT ? OFFSET ?", (limit, offset)
    )
    return [ReportHead(*row) for row in rows]
