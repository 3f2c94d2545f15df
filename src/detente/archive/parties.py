"""Questions about parties: what a state or a person did, deals with, and speaks through."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.archive.members import members_of, rarer_first
from detente.archive.standing import doing, newest_by_kind, suffering
from detente.archive.told import acts_among

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
    db: sqlite3.Connection, *, code: str | None, name: str, side: str, limit: int
) -> dict[str, tuple[list[int], int]]:
    """Kind of act → the newest on one `side` of a state by its code, or of a party by its whole name, and how many.

    The kinds are ``happened``, ``denied`` and, planned or possible, ``planned``. Each act stands once, by its event's
    number; those without a day come last. Events judged wrong are left out.
    """
    if code:
        return newest_by_kind(db, doing(code) if side == "actor" else suffering(code), limit)
    wanted = (
        "WHERE event.n IN (SELECT event FROM event_party party WHERE party.name = ? COLLATE NOCASE AND party.side = ?)"
        " AND event.verdict IS NOT 'wrong'"
    )
    rows = db.execute(
        "SELECT kind, n, total FROM (SELECT kind, n, count(*) OVER (PARTITION BY kind) AS total,"
        " row_number() OVER (PARTITION BY kind ORDER BY day IS NULL, day DESC, n DESC) AS turn FROM ("
        "SELECT act.n, CASE status WHEN 'possible' THEN 'planned' ELSE status END AS kind, act.day"
        f" FROM ({acts_among(wanted)}) act JOIN event ON event.n = act.n)) WHERE turn <= ? ORDER BY kind, turn",
        (name, side, limit),
    )
    found: dict[str, tuple[list[int], int]] = {}
    for kind, number, total in rows:
        found.setdefault(kind, ([], total))[0].append(number)
    return found


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
    """On whose word acts between two parties are told, by type, the commonest first."""
    first, second = rarer_first(db, members_of(db, (one, other)))
    rows = db.execute(
        "SELECT event.said_by AS name, event.type, count(*) AS times, max(event.day) AS last, max(event.id) AS event"
        " FROM event WHERE event.said_by IS NOT NULL AND event.verdict IS NOT 'wrong'"
        f" AND event.n IN (SELECT a.event FROM event_party a WHERE {first.meets('a')}"
        f" AND EXISTS (SELECT 1 FROM event_party b WHERE b.event = a.event AND {second.meets('+b')}))"
        " GROUP BY 1, 2 ORDER BY times DESC, name, event.type LIMIT ?",
        (first.key, second.key, limit),
    )
    return [Teller(*row) for row in rows]
