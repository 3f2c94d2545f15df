"""Reports in lists: what stands at their head, and how many there are by day."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from detente.archive.conditions import Where, between

OPENING = 160
"""Characters of a report that a list shows."""

HEAD_COLUMNS = f"report.id, title, publisher, report_date, substr(text, 1, {OPENING}), cited"


@dataclass(frozen=True, slots=True)
class ReportHead:
    """A report in a list: `opening` are its first words, `cited` the outlets it names as its own sources."""

    id: str
    title: str | None
    publisher: str | None
    report_date: str | None
    opening: str
    cited: tuple[str, ...]


def head_of(row: Sequence[Any]) -> ReportHead:
    """The report in the columns `HEAD_COLUMNS` of a row."""
    id_, title, publisher, day, opening, cited = row
    return ReportHead(id_, title, publisher, day, opening, tuple(json.loads(cited)))


class ReadDays:
    """How many reports were read of which days: counted once, then asked for any time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT report_date, count(*) FROM report WHERE report_date IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        self._days: list[str] = [day for day, _ in rows]
        self._sums: list[int] = [0, *accumulate(count for _, count in rows)]

    @property
    def last(self) -> str | None:
        """The day of the last report; null where none has a day."""
        return self._days[-1] if self._days else None

    def between(self, since: str, until: str) -> int:
        """Reports of the days `since` to `until`, both included."""
        first, last = bisect_left(self._days, since), bisect_right(self._days, until)
        return self._sums[last] - self._sums[first] if first < last else 0


def reports_of_late(
    db: sqlite3.Connection, limit: int | None, offset: int = 0, since: str | None = None, until: str | None = None
) -> list[ReportHead]:
    """The reports of the latest days, or of the days, months or years from `since` to `until`."""
    where = _of_days(since, until)
    rows = db.execute(
        f"SELECT {HEAD_COLUMNS} FROM report {where.sql} ORDER BY report_date DESC, n DESC LIMIT ? OFFSET ?",
        (*where.values, -1 if limit is None else limit, offset),
    )
    return [head_of(row) for row in rows]


def count_reports(db: sqlite3.Connection, since: str | None = None, until: str | None = None) -> int:
    """How many reports there are, or of those days."""
    where = _of_days(since, until)
    return int(db.execute(f"SELECT count(*) FROM report {where.sql}", where.values).fetchone()[0])


def _of_days(since: str | None, until: str | None) -> Where:
    where = Where()
    between(where, "report_date", since, until)
    return where
