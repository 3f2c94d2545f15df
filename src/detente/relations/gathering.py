"""Acts and counts of reports taken out of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from detente.archive import Archive
from detente.archive.series import act_rows, mentions_by_day, reports_by_day
from detente.relations.acts import DyadAct, once


def acts_of(
    archive: Archive, codes: Sequence[str], *, newest: int | None = None, since: date | None = None
) -> list[DyadAct]:
    """All acts, joined, that have every one of `codes` among their sides; those of all states without any.

    `newest` is the number of the last report taken into account, in the order they were added; `since` leaves out acts
    of earlier days.
    """
    return once(_act(row) for row in act_rows(archive.db, codes, newest=newest, since=since))


def read_by_day(archive: Archive, *, newest: int | None = None) -> dict[date, int]:
    """Reports in the archive by their day; those of no known day are in none."""
    return reports_by_day(archive.db, newest)


def mentioning_by_day(archive: Archive, codes: Sequence[str]) -> dict[date, int]:
    """Reports by day in which every one of `codes` takes part in an act or speaks."""
    return mentions_by_day(archive.db, codes) if codes else read_by_day(archive)


def _act(row: sqlite3.Row) -> DyadAct:
    return DyadAct(
        id=row["id"],
        joined=row["joined"],
        report=row["report"],
        told=_day(row["told"]),
        start=_day(row["start"]) if row["start"] else None,
        end=_day(row["end"]) if row["end"] else None,
        type=row["type"],
        status=row["status"],
        intensity=row["intensity"],
        actors=_codes(row["actors"]),
        recipients=_codes(row["recipients"]),
    )


@lru_cache(maxsize=16384)
def _day(given: str) -> date:
    return date.fromisoformat(given)


@lru_cache(maxsize=4096)
def _codes(given: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.split())) if given else ()
