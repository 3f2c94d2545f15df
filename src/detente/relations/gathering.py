"""Acts and counts of reports taken out of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations

from detente.archive import Archive
from detente.archive.series import BETWEEN_SIDES, act_rows, mentions_by_day, reports_by_day
from detente.archive.standing import pair_rows
from detente.archive.states import code_of
from detente.relations.acts import DyadAct, between, directed, once


def tellings_of(
    archive: Archive,
    codes: Sequence[str],
    *,
    newest: int | None = None,
    since: date | None = None,
    shared: bool = False,
    min_score: float | None = None,
) -> list[DyadAct]:
    """Every telling of an act that has all of `codes` among its sides; of all acts without any.

    `newest` is the number of the last report taken into account, in the order they were added; `since` may leave out
    acts of earlier days, `shared` those that have fewer than two codes on their sides, `min_score` those that their
    coder finds less likely right.
    """
    rows = act_rows(archive.db, codes, newest=newest, since=since, shared=shared, min_score=min_score)
    return [_act(row) for row in rows]


def acts_among(
    archive: Archive,
    members: Sequence[str],
    *,
    newest: int | None = None,
    is_directed: bool = False,
    min_score: float | None = None,
) -> list[DyadAct]:
    """The acts of a pair, or between any two of a group: each once, told so by at least one of its tellings.

    This is what "the acts of a pair" means everywhere. With `is_directed`, those of the first state towards the second.
    """
    if is_directed:
        one, other = members
        return once(directed(tellings_of(archive, members, newest=newest, min_score=min_score), one, other))
    if len(members) == 2 and newest is None and min_score is None and all(code_of(code) == code for code in members):
        return once(replace(_act(row), tellings=row["tellings"]) for row in pair_rows(archive.db, members))
    found: dict[str, DyadAct] = {}
    for pair in combinations(members, 2):
        told = tellings_of(archive, pair, newest=newest, min_score=min_score)
        found |= {act.id: act for act in between(told, *pair)}
    return once(found.values())


def read_by_day(archive: Archive, *, newest: int | None = None) -> dict[date, int]:
    """Reports in the archive by their day; those of no known day are in none."""
    return reports_by_day(archive.db, newest)


def mentioning_by_day(archive: Archive, codes: Sequence[str]) -> dict[date, int]:
    """Reports by day in which every one of `codes` takes part in an act or speaks."""
    return mentions_by_day(archive.db, codes) if codes else read_by_day(archive)


def _act(row: sqlite3.Row) -> DyadAct:
    return DyadAct(
        id=row["id"],
        joined=row["act"],
        report=row["report"],
        told=_day(row["told"]) if row["told"] else None,
        start=_day(row["start"]) if row["start"] else None,
        end=_day(row["end"]) if row["end"] else None,
        type=row["type"],
        status=row["status"],
        intensity=row["intensity"] or 0.0,
        actors=_codes(row["actors"]),
        recipients=_codes(row["recipients"]),
    )


@lru_cache(maxsize=16384)
def _day(given: str) -> date:
    return date.fromisoformat(given)


@lru_cache(maxsize=4096)
def _codes(given: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(given.split(BETWEEN_SIDES))) if given else ()
