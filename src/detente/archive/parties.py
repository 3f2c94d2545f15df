"""Questions about parties: what a state or a person did, deals with, and speaks through."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from detente.archive.answers import Answer, EventRow
from detente.archive.events import rows_of
from detente.archive.told import ACT, DAY, FROM, STANDING

MOST_SPEAKERS = 12
"""Speakers that stand beside a state."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for a state, with the post told most fully, and in how many statements."""

    name: str
    role: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells of acts of one type between two states: how often, last on what day, and one such event."""

    name: str
    type: str
    times: int
    last: str | None
    event: str


def newest_acts(
    db: sqlite3.Connection, *, code: str | None, name: str, side: str, statuses: Sequence[str], limit: int
) -> Answer[EventRow]:
    """The newest acts on one `side` of a state by its code, or of a party by its whole name, each act once.

    Acts without a day come last. Events judged wrong are left out.
    """
    party = "party.country = ?" if code else "party.name = ? COLLATE NOCASE"
    rows = db.execute(
        f"SELECT n, count(*) OVER () AS total FROM (SELECT event.n, event.status, {DAY} AS day,"
        f" row_number() OVER (PARTITION BY {ACT} ORDER BY {STANDING}) AS place FROM {FROM}"
        f" WHERE event.n IN (SELECT event FROM event_party party WHERE {party} AND party.side = ?)"
        " AND event.verdict IS NOT 'wrong')"
        f" WHERE place = 1 AND status IN ({', '.join('?' * len(statuses))}) "
        " ORDER BY day IS NULL, day DESC, n DESC LIMIT ?",
        (code or name, side, *statuses, limit),
    ).fetchall()
    return Answer(rows_of(db, [row["n"] for row in rows]), rows[0]["total"] if rows else 0)


def is_speaker(db: sqlite3.Connection, name: str) -> bool:
    """Whether somebody of that whole name says anything."""
    query = "SELECT 1 FROM statement WHERE source_name = ? COLLATE NOCASE LIMIT 1"
    return db.execute(query, (name,)).fetchone() is not None


def speakers_of(db: sqlite3.Connection, code: str) -> list[Speaker]:
    """Who speaks most for a state."""
    rows = db.execute(
        "SELECT source_name AS name, max(source_role) AS role, count(*) AS times FROM statement"
        " WHERE source_country = ? AND source_name IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ?",
        (code, MOST_SPEAKERS),
    )
    return [Speaker(*row) for row in rows]


def tellers_between(db: sqlite3.Connection, one: str, other: str, limit: int = 8) -> list[Teller]:
    """On whose word acts between two states are told, by type, the commonest first."""
    rows = db.execute(
        "SELECT event.said_by AS name, event.type, count(*) AS times, max(event.day) AS last, max(event.id) AS event"
        " FROM event WHERE event.said_by IS NOT NULL AND event.verdict IS NOT 'wrong'"
        " AND event.n IN (SELECT event FROM event_party WHERE country = ?)"
        " AND event.n IN (SELECT event FROM event_party WHERE country = ?)"
        " GROUP BY 1, 2 ORDER BY times DESC, name, event.type LIMIT ?",
        (one, other, limit),
    )
    return [Teller(*row) for row in rows]
