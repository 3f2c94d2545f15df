"""Disputes: accounts of one act that cannot both hold, as linking found them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from detente.archive.answers import EventRow
from detente.archive.events import EventQuestion, conditions_of, rows_of
from detente.archive.sentences import sentences_of


class Kind(StrEnum):
    """What the accounts disagree on."""

    DENIED = "denied"
    CHANGED_WORD = "changed-word"
    DATE = "date"
    SIDES = "sides"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two accounts of an act, `one` said before `other`, and what they disagree on, both values in `what`.

    The words are the whole sentences.
    """

    kind: Kind
    what: str
    one: EventRow
    one_words: str
    other: EventRow
    other_words: str


@dataclass(frozen=True, slots=True)
class OtherAccount:
    """What another event disputes of one: what they disagree on, and the other's id."""

    kind: str
    what: str
    event: str


def find_disputes(
    db: sqlite3.Connection,
    question: EventQuestion,
    kind: str | None = None,
    limit: int | None = None,
    *,
    offset: int = 0,
    newest: bool = False,
) -> list[Dispute]:
    """Disputes one account of which answers `question`, by the day the second was said."""
    where = conditions_of(db, question)
    turn = "DESC" if newest else "ASC"
    where.add("(? IS NULL OR kind = ?)", kind, kind)
    rows = db.execute(
        "SELECT DISTINCT dispute.*, report_date FROM dispute CROSS JOIN event ON event.n IN (one, other)"
        " JOIN event later ON later.n = other JOIN report ON report.n = later.report"
        f" {where.sql} ORDER BY report_date {turn}, one {turn}, other {turn}, kind LIMIT ? OFFSET ?",
        (*where.values, -1 if limit is None else limit, offset),
    ).fetchall()
    numbers = sorted({row[side] for row in rows for side in ("one", "other")})
    found = dict(zip(numbers, rows_of(db, numbers), strict=True))
    words = sentences_of(db, numbers)
    return [
        Dispute(Kind(kind), what, found[one], words[one], found[other], words[other])
        for one, other, kind, what, _ in rows
    ]


def how_many(db: sqlite3.Connection, question: EventQuestion, kind: str | None = None) -> int:
    """How many disputes `find_disputes` finds without a limit."""
    where = conditions_of(db, question)
    where.add("(? IS NULL OR kind = ?)", kind, kind)
    query = (
        "SELECT count(*) FROM (SELECT DISTINCT dispute.* FROM dispute CROSS JOIN event ON event.n IN (one, other)"
        f" {where.sql})"
    )
    return int(db.execute(query, where.values).fetchone()[0])


def disputes_of(db: sqlite3.Connection, event: str) -> list[OtherAccount]:
    """The accounts that dispute the event with that id, by their day."""
    rows = db.execute(
        "SELECT dispute.kind, dispute.what, CASE WHEN one.id = ?1 THEN other.id ELSE one.id END AS event"
        " FROM dispute JOIN event one ON one.n = dispute.one JOIN event other ON other.n = dispute.other"
        " WHERE ?1 IN (one.id, other.id) ORDER BY other.day",
        (event,),
    )
    return [OtherAccount(*row) for row in rows]
