"""Promises: planned acts, and what came of them, as linking found it."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from detente.archive.answers import EventRow
from detente.archive.conditions import Where
from detente.archive.events import EventQuestion, conditions_of, rows_of
from detente.archive.reports import ReadDays
from detente.archive.sentences import sentences_of
from detente.archive.writing import chunked


class Outcome(StrEnum):
    """What came of a promise, by what reports tell.

    `NOTHING_FOUND` says that no report that was read tells what came, not that nothing did; `OPEN` is still to come.
    """

    KEPT = "kept"
    MOVED = "moved"
    BROKEN = "broken"
    NOTHING_FOUND = "nothing-found"
    OPEN = "open"


PromiseOrder = Literal["oldest", "newest", "soonest", "latest"]
"""Which of promises comes first: by the day they were given, or due the soonest or latest."""

_ORDERS: Mapping[PromiseOrder, str] = MappingProxyType({
    "oldest": "report_date, event.day, event.n",
    "newest": "report_date DESC, event.day DESC, event.n DESC",
})  # fmt: skip


FEW = 1_000
"""Promises of all parties that are found one by one, the newest first."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A planned act: `made` is the event that announces it, `answer` the one that tells what came; null if none.

    `due` is the first and last day it was announced for, nulls where none was named; the words are whole sentences.
    `looked` tells where an answer was looked for.
    """

    outcome: Outcome
    due: tuple[str | None, str | None]
    made: EventRow
    made_words: str
    answer: EventRow | None
    answer_words: str | None
    looked: Looked


@dataclass(frozen=True, slots=True)
class Looked:
    """Where an answer to a promise was looked for: acts of `type` in the reports of the days `since` to `until`.

    `until` is no later than the last report; `reports` is how many reports of that time were read. Nulls where the day
    of the report is not known.
    """

    type: str
    since: str | None
    until: str | None
    reports: int


def find_promises(
    db: sqlite3.Connection,
    question: EventQuestion,
    outcome: str | None = None,
    limit: int | None = None,
    order: PromiseOrder = "oldest",
    answered_after: int = 0,
    read: ReadDays | None = None,
) -> list[Promise]:
    """Promises whose announcement answers `question`, in that order: those without a day on which they are due last.

    With `answered_after` only those whose announcement or answer stands in a report added after that number. `read`
    may bring the counted reports along.
    """
    numbers = numbers_of(db, question, outcome, limit, order, answered_after)
    return promises_by_number(db, numbers, read or ReadDays(db))


def numbers_of(
    db: sqlite3.Connection,
    question: EventQuestion,
    outcome: str | None = None,
    limit: int | None = None,
    order: PromiseOrder = "oldest",
    answered_after: int = 0,
) -> Sequence[int]:
    """The numbers of the events that make the promises `find_promises` finds, in their order."""
    where = conditions_of(db, question)
    if outcome:
        where.add("outcome = ?", outcome)
    if answered_after:
        later = "event.report > ? OR answer IN (SELECT n FROM event WHERE report > ?)"
        where.add(f"({later})", answered_after, answered_after)
    if order in ("soonest", "latest"):
        return _by_due(db, where, order, limit)
    tables = "promise CROSS JOIN event ON event.n = promise.event CROSS JOIN report ON report.n = event.report"
    if question.pair:  # whose events are few
        tables = "event CROSS JOIN promise ON promise.event = event.n CROSS JOIN report ON report.n = event.report"
    if order == "newest" and limit is not None and not answered_after and are_near(question, outcome, limit):
        # Back along the index of days: sorting them all takes longer.
        tables = "report CROSS JOIN event ON event.report = report.n CROSS JOIN promise ON promise.event = event.n"
    rows = db.execute(
        f"SELECT promise.event FROM {tables} {where.sql} ORDER BY {_ORDERS[order]} LIMIT ?",
        (*where.values, -1 if limit is None else limit),
    )
    return array("q", (n for (n,) in rows))


def are_near(question: EventQuestion, outcome: str | None, last: int) -> bool:
    """Whether the `last` newest promises are found one by one: of all parties and outcomes, and not too many."""
    return question == EventQuestion() and not outcome and last <= FEW


def _by_due(db: sqlite3.Connection, where: Where, order: PromiseOrder, limit: int | None) -> Sequence[int]:
    """By the day they are due, along its index; those without one last."""
    found = array("q")
    for condition, turn in (
        ("due_end IS NOT NULL", "ASC" if order == "soonest" else "DESC"),
        ("due_end IS NULL", "ASC"),
    ):
        wanted = where.and_also(condition)
        rows = db.execute(
            f"SELECT promise.event FROM promise CROSS JOIN event ON event.n = promise.event {wanted.sql}"
            f" ORDER BY due_end {turn}, promise.event DESC LIMIT ?",
            (*wanted.values, -1 if limit is None else limit - len(found)),
        )
        found.extend(n for (n,) in rows)
    return found


def promises_by_number(db: sqlite3.Connection, events: Sequence[int], read: ReadDays) -> list[Promise]:
    """The promises that these events make, in the order given."""
    kept = {
        row["event"]: row
        for batch in chunked(events)
        for row in db.execute(f"SELECT * FROM promise WHERE event IN ({', '.join('?' * len(batch))})", batch)
    }
    rows = [kept[event] for event in events if event in kept]
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
            looked=_looked(found[row["event"]], row["looked_until"], read),
        )
        for row in rows
    ]


def _looked(made: EventRow, until: str | None, read: ReadDays) -> Looked:
    since = made.source.report_date
    if since is None or until is None:
        return Looked(made.type, None, None, 0)
    last = min(until, read.last) if read.last else until
    return Looked(made.type, since, last, read.between(since, last))


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
    asked = question or EventQuestion()
    counts = Counter[str]()
    if asked == EventQuestion():  # all of them, which an index counts, without the few judged wrong
        counts.update(dict(db.execute("SELECT outcome, count(*) FROM promise GROUP BY outcome").fetchall()))
        judged = (
            "SELECT outcome, count(*) FROM event INDEXED BY event_judged JOIN promise ON promise.event = event.n"
            " WHERE verdict = 'wrong' GROUP BY outcome"
        )
        counts.subtract(dict(db.execute(judged).fetchall()))
    else:
        where = conditions_of(db, asked)
        query = (
            "SELECT outcome, count(*) FROM promise CROSS JOIN event ON event.n = promise.event"
            f" {where.sql} GROUP BY outcome"
        )
        counts.update(dict(db.execute(query, where.values).fetchall()))
    return {str(outcome): counts[outcome] for outcome in Outcome}
