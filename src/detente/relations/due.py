"""Promises of a pair or of all: what was announced, when it was due, and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.archive.answers import EventRow
from detente.archive.events import rows_of

OUTCOMES = ("overdue", "open", "moved", "broken", "kept")


@dataclass(frozen=True, slots=True)
class Promise:
    """An announced act, the days it was due between, and the event that kept, moved or broke it, where one did."""

    event: EventRow
    due_start: date | None
    due_end: date | None
    outcome: str
    answer: EventRow | None


def promises_of(
    archive: Archive,
    codes: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[Promise]:
    """Promises in which every one of `codes` takes part, the latest due first; those without a day last."""
    conditions = ["event.verdict IS NOT 'wrong'"]
    conditions += ["event.n IN (SELECT event FROM event_party WHERE country = ?)"] * len(codes)
    if outcomes:
        conditions.append(f"promise.outcome IN ({', '.join('?' * len(outcomes))})")
    rows = archive.db.execute(
        "SELECT promise.* FROM promise JOIN event ON event.n = promise.event"
        " WHERE event.verdict IS NOT 'wrong'"
        + "".join(f" AND {c}" for c in conditions)
        + " ORDER BY promise.due_end IS NULL, promise.due_end DESC, promise.event LIMIT ? OFFSET ?",
        (*codes, *outcomes, -1 if limit is None else limit, offset),
    ).fetchall()
    numbers = dict.fromkeys(n for row in rows for n in (row["event"], row["answer"]) if n is not None)
    known = dict(zip(numbers, rows_of(archive.db, list(numbers)), strict=True))
    return [
        Promise(
            known[row["event"]],
            _day(row["due_start"]),
            _day(row["due_end"]),
            row["outcome"],
            known.get(row["answer"]),
        )
        for row in rows
    ]


def coming(archive: Archive, codes: Sequence[str] = (), limit: int = 8) -> list[Promise]:
    """What is due next or overdue, as of the newest report."""
    return promises_of(archive, codes, ("open", "overdue"), limit=limit)


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given[:10]) if given else None
