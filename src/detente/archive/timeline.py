"""All acts in the order of their days: reckoned once for an archive, then asked for any time of it."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from detente.archive.answers import Answer, EventRow
from detente.archive.events import Where, between, rows_of
from detente.archive.told import acts_among
from detente.record import days_of


class Timeline:
    """The acts of an archive, each by the telling that stands for it: those with a day by it, the others by number.

    `EventQuestion(once=True)` without conditions finds the same.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute(acts_among("WHERE event.verdict IS NOT 'wrong'", told=True)).fetchall()
        self._days, self._dated = _columns(sorted((day, n) for n, _, day, _ in rows if day is not None))
        self._told, self._undated = _columns(sorted((told or "", n) for n, _, day, told in rows if day is None))

    def newest(
        self, db: sqlite3.Connection, since: str | None, until: str | None, limit: int | None, offset: int = 0
    ) -> Answer[EventRow]:
        """The acts with a day from `since` to `until`, each a day, month or year, the newest first."""
        low, high = _bounds(self._days, since, until)
        last = max(low, high - offset)
        first = low if limit is None else max(low, last - limit)
        return Answer(rows_of(db, self._dated[first:last][::-1]), high - low, EventRow)

    def undated(
        self, db: sqlite3.Connection, since: str | None, until: str | None, limit: int | None
    ) -> Answer[EventRow]:
        """The acts without a day, told from `since` to `until`, those added last first."""
        low, high = _bounds(self._told, since, until) if since or until else (0, len(self._told))
        numbers = sorted(self._undated[low:high], reverse=True)
        return Answer(rows_of(db, numbers[:limit]), high - low, EventRow)


def _columns(rows: Iterable[tuple[str, int]]) -> tuple[list[str], Sequence[int]]:
    held = list(rows)
    return [day for day, _ in held], array("q", (n for _, n in held))


def _bounds(days: Sequence[str], since: str | None, until: str | None) -> tuple[int, int]:
    between(Where(), "day", since, until)  # refuses what is no day
    first, last = days_of(since)[0] or "0000", days_of(until)[1] or "9999-12-31"
    low = bisect_left(days, first)
    return low, max(low, bisect_right(days, last))
