"""Acts and counts of reports taken out of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from detente.archive import Archive
from detente.relations.acts import Act, once

_SIDES = """
SELECT event.n, event.id, COALESCE(telling.act, event.same_as, event.id) AS joined, report.id AS report,
       report.report_date AS told,
       event.date_start AS start, event.date_end AS end, event.type, event.status, event.intensity,
       party.side, party.country
FROM event JOIN report ON report.n = event.report JOIN event_party party ON party.event = event.n
     LEFT JOIN event first ON first.id = event.same_as LEFT JOIN telling ON telling.event = COALESCE(first.n, event.n)
WHERE event.verdict IS NOT 'wrong' AND party.country IS NOT NULL AND {wanted}
ORDER BY event.n, party.side, party.position
"""
_OF_ONE = "event.n IN (SELECT event FROM event_party WHERE country = ?)"
_MENTIONING = """
SELECT event.report FROM event_party party JOIN event ON event.n = party.event WHERE party.country = ?
UNION SELECT report FROM statement WHERE source_country = ?
"""


def acts_of(archive: Archive, codes: Sequence[str], *, newest: int | None = None) -> list[Act]:
    """All acts, joined, that have every one of `codes` among their sides; those of all states without any.

    `newest` is the number of the last report taken into account, in the order they were added.
    """
    conditions = [_OF_ONE] * len(codes) + ([] if newest is None else ["report.n <= ?"])
    rows = archive.db.execute(_SIDES.format(wanted=" AND ".join(conditions) or "1"), (*codes, *_given(newest)))
    return once(_acts(rows))


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


def _acts(rows: Iterable[sqlite3.Row]) -> Iterable[Act]:
    number, sides, last = None, _no_sides(), None
    for row in rows:
        if row["n"] != number:
            if last is not None and (act := _act(last, sides)):
                yield act
            number, sides, last = row["n"], _no_sides(), row
        sides[row["side"]].append(row["country"])
    if last is not None and (act := _act(last, sides)):
        yield act


def _no_sides() -> dict[str, list[str]]:
    return {"actor": [], "recipient": []}


def _act(row: sqlite3.Row, sides: Mapping[str, list[str]]) -> Act | None:
    told = row["told"] or row["start"]
    if told is None or row["intensity"] is None:
        return None
    return Act(
        id=row["id"],
        joined=row["joined"],
        report=row["report"],
        told=date.fromisoformat(told),
        start=_day(row["start"]),
        end=_day(row["end"]),
        type=row["type"],
        status=row["status"],
        intensity=row["intensity"],
        actors=tuple(dict.fromkeys(sides["actor"])),
        recipients=tuple(dict.fromkeys(sides["recipient"])),
    )


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None
