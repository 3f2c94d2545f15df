"""The outlets whose reports an archive holds."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.archive.conditions import Where

_OUTLETS = """
SELECT publisher AS name, count(*) AS reports, min(report_date) AS first, max(report_date) AS last,
       (SELECT newest.url FROM report AS newest WHERE newest.publisher IS report.publisher AND newest.url IS NOT NULL
        ORDER BY newest.report_date DESC, newest.n DESC LIMIT 1) AS url
FROM report {where} GROUP BY publisher ORDER BY reports DESC, name LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, null where reports name none: its reports, the days of the first and the last, the newest address."""

    name: str | None
    reports: int
    first: str | None
    last: str | None
    url: str | None


def find_outlets(db: sqlite3.Connection, words: str | None = None, limit: int | None = None) -> list[Outlet]:
    """The outlets with `words` in their name, those with most reports first."""
    where = Where()
    if words:
        where.add("instr(lower(publisher), lower(?)) > 0", words)
    rows = db.execute(_OUTLETS.format(where=where.sql), (*where.values, -1 if limit is None else limit))
    return [Outlet(*row) for row in rows]
