"""Acts that several reports tell, as linking found them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.archive.answers import EventRow
from detente.archive.events import EventQuestion, conditions_of, rows_of

MOST_SHOWN = 60
"""Tellings of one act that are shown."""


@dataclass(frozen=True, slots=True)
class ToldAct:
    """One act and its tellings, the first told first.

    `statuses` are those of the tellings in their order, each once.
    """

    id: str
    type: str
    day: str | None
    tellings: tuple[EventRow, ...]

    @property
    def first(self) -> EventRow:
        """The telling that came first."""
        return self.tellings[0]

    @property
    def statuses(self) -> tuple[str, ...]:
        """What the tellings say of the act, each once."""
        return tuple(dict.fromkeys(telling.status for telling in self.tellings))


def find_acts(db: sqlite3.Connection, question: EventQuestion, limit: int | None = None) -> list[ToldAct]:
    """Acts with two tellings or more, one of which answers `question`, by the day of their first telling."""
    where = conditions_of(db, question)
    inner = f"SELECT event.n FROM event {where.sql}"
    rows = db.execute(
        f"SELECT telling.act, min(day) AS day FROM telling JOIN event ON event.n = telling.event WHERE telling.act IN "
        f"(SELECT act FROM telling WHERE event IN ({inner})) GROUP BY telling.act ORDER BY day, telling.act LIMIT ?",
        (*where.values, -1 if limit is None else limit),
    )
    return [act_of(db, row["act"]) for row in rows.fetchall()]


def how_many(db: sqlite3.Connection, question: EventQuestion) -> int:
    """How many acts `find_acts` finds without a limit."""
    where = conditions_of(db, question)
    inner = f"SELECT event.n FROM event {where.sql}"
    query = f"SELECT count(DISTINCT act) FROM telling WHERE event IN ({inner})"
    return int(db.execute(query, where.values).fetchone()[0])


def act_of(db: sqlite3.Connection, act: str) -> ToldAct:
    """The act with that id."""
    rows = db.execute("SELECT event FROM telling WHERE act = ?", (act,)).fetchall()
    tellings = sorted(rows_of(db, [row["event"] for row in rows]), key=told_in_order)
    return ToldAct(act, tellings[0].type, tellings[0].day, tuple(tellings))


def told_in_order(event: EventRow) -> tuple[str, str, str]:
    """Sorts tellings by when they were told: the report's day, then what its page says of the hour."""
    return event.source.report_date or "", event.source.published or "", event.id


def tellings_of(db: sqlite3.Connection, event: str) -> list[EventRow]:
    """All tellings of the act that the event with that id tells, the first told first; empty where there is one."""
    numbers = db.execute(
        "SELECT other.event FROM telling own JOIN telling other ON other.act = own.act"
        " JOIN event ON event.n = own.event JOIN event theirs ON theirs.n = other.event"
        " JOIN report ON report.n = theirs.report"
        " WHERE event.id = ? ORDER BY report.report_date, other.event LIMIT ?",
        (event, MOST_SHOWN),
    )
    return rows_of(db, [n for (n,) in numbers])
