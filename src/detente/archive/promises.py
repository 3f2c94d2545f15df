"""Promises: planned acts, and what came of them, as linking found it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from detente.archive.answers import EventRow
from detente.archive.events import EventQuestion, conditions_of, rows_of
from detente.archive.sentences import sentences_of


class Outcome(StrEnum):
    """What came of a promise; `OVERDUE` is open past its day."""

    KEPT = "kept"
    MOVED = "moved"
    BROKEN = "broken"
    OVERDUE = "overdue"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Promise:
    """A planned act: `made` is the event that announces it, `answer` the one that tells what came; null if none.

    `due` is the first and last day it was announced for, nulls where none was named; the words are whole sentences.
    """

    outcome: Outcome
    due: tuple[str | None, str | None]
    made: EventRow
    made_words: str
    answer: EventRow | None
    answer_words: str | None


def find_promises(
    db: sqlite3.Connection,
    question: EventQuestion,
    outcome: str | None = None,
    limit: int | None = None,
    *,
    offset: int = 0,
    newest: bool = False,
) -> list[Promise]:
    """Promises whose announcement answers `question`, by the day they were given."""
    where = conditions_of(db, question)
    where.add("(? IS NULL OR outcome = ?)", outcome, outcome)
    turn = "DESC" if newest else "ASC"
    rows = db.execute(
        "SELECT promise.* FROM promise CROSS JOIN event ON event.n = promise.event"
        f" CROSS JOIN report ON report.n = event.report {where.sql} "
        f"ORDER BY report_date {turn}, event.day {turn}, event.n {turn} LIMIT ? OFFSET ?",
        (*where.values, -1 if limit is None else limit, offset),
    ).fetchall()
    numbers = [row["event"] for row in rows] + [row["answer"] for row in rows if row["answer"]]
    found = dict(zip(numbers, rows_of(db, numbers), strict=True))
    words = sentences_of(db, numbers)
    return [
        Promise(
            outcome=Outcome(row["outcome"]),
            due=(row["due_start"], row["due_end"]),
            made=found[row["event"]],
            made_words=words[row["event"]],
            answer=found[row["answer"]] if row["answer"] else None,
            answer_words=words[row["answer"]] if row["answer"] else None,
        )
        for row in rows
    ]


def how_many(db: sqlite3.Connection, question: EventQuestion, outcome: str | None = None) -> int:
    """How many promises `find_promises` finds without a limit."""
    where = conditions_of(db, question)
    where.add("(? IS NULL OR outcome = ?)", outcome, outcome)
    query = f"SELECT count(*) FROM promise CROSS JOIN event ON event.n = promise.event {where.sql}"
    return int(db.execute(query, where.values).fetchone()[0])


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of the promise that an event makes: the day it is due, and the id of the event that answers it."""

    outcome: str
    due_start: str | None
    due_end: str | None
    answer: str | None


def promise_of(db: sqlite3.Connection, event: str) -> Settled | None:
    """What came of the promise that the event with that id makes; null where it makes none."""
    row = db.execute(
        "SELECT outcome, due_start, due_end, answer.id AS answer FROM promise JOIN event ON event.n = promise.event"
        " LEFT JOIN event answer ON answer.n = promise.answer WHERE event.id = ?",
        (event,),
    ).fetchone()
    return Settled(*row) if row else None


def count_outcomes(db: sqlite3.Connection, question: EventQuestion | None = None) -> dict[str, int]:
    """How many promises, of those whose announcement answers `question`, came to each outcome."""
    where = conditions_of(db, question or EventQuestion())
    query = (
        "SELECT outcome, count(*) FROM promise CROSS JOIN event ON event.n = promise.event"
        f" {where.sql} GROUP BY outcome"
    )
    counts = Counter(dict(db.execute(query, where.values).fetchall()))
    return {str(outcome): counts[outcome] for outcome in Outcome}
