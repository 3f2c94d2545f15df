"""All acts in the order of their days, and those without a day."""

from __future__ import annotations

import sqlite3

from detente.archive.answers import Answer, EventRow
from detente.archive.events import rows_of
from detente.archive.standing import ALL, Part, acts_of


def newest_of_all(
    db: sqlite3.Connection, since: str | None, until: str | None, limit: int | None, offset: int = 0
) -> Answer[EventRow]:
    """The acts with a day from `since` to `until`, each a day, month or year, the newest first.

    Days after the last report come in their turn, before all others.
    """
    return _rows(db, acts_of(db, ALL, since, until, undated=False, limit=limit, offset=offset, newest=True))


def undated_of_all(db: sqlite3.Connection, since: str | None, until: str | None, limit: int | None) -> Answer[EventRow]:
    """The acts without a day, told from `since` to `until`, those added last first."""
    return _rows(db, acts_of(db, ALL, since, until, undated=True, limit=limit, newest=True))


def _rows(db: sqlite3.Connection, part: Part) -> Answer[EventRow]:
    return Answer(rows_of(db, part.numbers), part.total, EventRow)
