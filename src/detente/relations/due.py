"""What is due between two states: promises still to come, and those of which nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

from detente.archive import Archive
from detente.archive.events import EventQuestion
from detente.archive.promises import Outcome, Promise, find_promises
from detente.archive.reports import ReadDays


def asked_of(codes: Sequence[str], min_score: float | None = None) -> EventQuestion:
    """The question for all events, or for those between two states, that are at least so likely right."""
    pair = (codes[0], codes[1]) if len(codes) == 2 else None
    return EventQuestion(pair=pair, min_score=min_score)


def coming(
    archive: Archive,
    codes: Sequence[str] = (),
    limit: int = 8,
    min_score: float | None = None,
    read: ReadDays | None = None,
) -> list[Promise]:
    """Promises still open, the soonest due first, then those past their day, the latest due first.

    Those without a day come last. `read` may bring the counted reports along.
    """
    question, counted = asked_of(codes, min_score), read or ReadDays(archive.db)
    still_open = find_promises(archive.db, question, Outcome.OPEN, limit, "soonest", read=counted)
    past = find_promises(archive.db, question, Outcome.NOTHING_FOUND, limit, "latest", read=counted)
    return sorted([*still_open, *past], key=lambda promise: promise.due[1] is None)[:limit]
