"""Acts and counts of reports taken out of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from detente.archive import Archive
from detente.relations.acts import Act, once

_ACTS = """
SELECT event.id, COALESCE(telling.act, event.same_as, event.id) AS joined, report.id AS report,
       COALESCE(report.report_date, event.date_start) AS told, event.date_start AS start, event.date_end AS end,
       event.type, event.status, event.intensity,
       (SELECT group_concat(country, ' ') FROM (SELECT country FROM event_party
        WHERE event = event.n AND side = 'actor' ORDER BY position)) AS actors,
       (SELECT group_concat(country, ' ') FROM (SELECT country FROM event_party
        WHERE event = event.n AND side = 'recipient' ORDER BY position)) AS recipients
FROM event JOIN report ON report.n = event.report
     LEFT JOIN event first ON first.id = event.same_as LEFT JOIN telling ON telling.event = COALESCE(first.n, event.n)
WHERE event.verdict IS NOT 'wrong' AND event.intensity IS NOT NULL AND told IS NOT NULL AND {wanted}
ORDER BY event.n
"""
_OF_ONE = "event.n IN (SELECT event FROM event_party WHERE country = ?)"
_MENTIONING = """
SELECT event.report FROM event_party party JOIN event ON event.n = party.event WHERE party.country = ?
UNION SELECT report FROM statement WHERE source_country = ?
"""


def acts_of(
    archive: Archive, codes: Sequence[str], *, newest: int | None = None, since: date | None = None
) -> list[Act]:
    """All acts, joined, that have every one of `codes` among their sides; those of all states without any.

    `newest` is the number of the last report taken into account, in the order they were added; `since` leaves out acts
    of earlier days.
    """
    conditions = [_OF_ONE] * len(codes)
    values: list[str | int] = [*codes]
    if newest is not None:
        conditions.append("report.n <= ?")
        values.append(newest)
    if since is not None:
        conditions.append("event.day >= ?")
        values.append(since.isoformat())
    rows = archive.db.execute(_ACTS.format(wanted=" AND ".join(conditions) or "1"), values)
    return once(_act(row) for row in rows)


def read_by_day(archive: Archive, *, newest: int | None = None) -> dict[date, int]:
    """Reports in the archive by their day; those of no known day are in none."""
    upto = "" if newest is None else " AND n <= ?"
    rows = archive.db.execute(
        f"SELECT report_date, count(*) FROM report WHERE report_date IS NOT NULL{upto} GROUP BY report_date",
        _given(newest),
    )
    return {date.fromisoformat(day): count for day, count in rows}


def mentioning_by_day(archive: Archive, codes: Sequence[str]) -> dict[date, int]:
    """Reports by day in which every one of `codes` takes part in an act or speaks."""
    if not codes:
        return read_by_day(archive)
    reports = " INTERSECT ".join(f"SELECT * FROM ({_MENTIONING})" for _ in codes)
    rows = archive.db.execute(
        f"SELECT report_date, count(*) FROM report WHERE report_date IS NOT NULL AND n IN ({reports}) "
        "GROUP BY report_date",
        [code for code in codes for _ in range(2)],
    )
    return {date.fromisoformat(day): count for day, count in rows}


def _given(newest: int | None) -> tuple[int, ...]:
    return () if newest is None else (newest,)


def _act(row: sqlite3.Row) -> Act:
    return Act(
        id=row["id"],
        joined=row["joined"],
        report=row["report"],
        told=_day(row["told"]),
        start=_day(row["start"]) if row["start"] else None,
        end=_day(row["end"]) if row["end"] else None,
        type=row["type"],
        status=row["status"],
        intensity=row["intensity"],
        actors=_codes(row["actors"]),
        recipients=_codes(row["recipients"]),
    )


@lru_cache(maxsize=16384)
def _day(given: str) -> date:
    return date.fromisoformat(given)


@lru_cache(maxsize=4096)
def _codes(given: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.split())) if given else ()
