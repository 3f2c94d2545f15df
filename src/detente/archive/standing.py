"""Questions about acts that `counting` keeps ready: newest and oldest of a scope, and sums over pairs of states."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.archive.conditions import Where, between
from detente.archive.counting import recount
from detente.archive.told import ACT, DAY, FROM

ALL = ""
"""The scope of all acts; a state's code is the scope of its own."""

STATUSES = ("happened", "planned", "possible", "denied")


def doing(code: str) -> str:
    """The scope of what a state does."""
    return f"{code}>"


def suffering(code: str) -> str:
    """The scope of what is done to a state."""
    return f">{code}"


class Part(NamedTuple):
    """Some of the acts asked for, by the numbers of the events that stand for them, and how many there are in all."""

    numbers: list[int]
    total: int


class PairSum(NamedTuple):
    """Acts of one status between two states: those with a day, the sums of what is hostile and of what is friendly
    about these (both of PLOVER's intensity, both positive), and those without a day."""

    one: str
    other: str
    status: str
    dated: int
    hostile: float
    friendly: float
    undated: int


def acts_of(
    db: sqlite3.Connection,
    scope: str,
    since: str | None = None,
    until: str | None = None,
    *,
    undated: bool | None = None,
    limit: int | None = None,
    offset: int = 0,
    newest: bool = False,
    last: str | None = None,
) -> Part:
    """Acts of a scope from `since` to `until`, each a day, month or year, by day; those without one by their report's.

    The `newest` first, or the oldest; acts without a day come last among the newest and first among the oldest, alone
    or not at all as `undated` says. With `last` what is after that day comes after all other days.
    """
    recount(db)
    numbers: list[int] = []
    total, skip = 0, offset
    for where in _segments(scope, since, until, undated, newest, last):
        count = int(db.execute(f"SELECT count(*) FROM standing {where.sql}", where.values).fetchone()[0])
        total += count
        left = -1 if limit is None else limit - len(numbers)
        if count > skip and left:
            turn = "DESC" if newest else "ASC"
            query = f"SELECT event FROM standing {where.sql} ORDER BY day {turn}, event {turn} LIMIT ? OFFSET ?"
            numbers += [n for (n,) in db.execute(query, (*where.values, left, skip))]
        skip = max(0, skip - count)
    return Part(numbers, total)


def _segments(
    scope: str, since: str | None, until: str | None, undated: bool | None, newest: bool, last: str | None
) -> list[Where]:
    """The acts asked for in pieces that are each in order by the key of the table, in the order of the pieces."""
    with_day, without = Where(), Where()
    for where in (with_day, without):
        where.add("scope = ?", scope)
    with_day.add("day > ''")
    between(with_day, "day", since, until)
    without.add("day = ''")
    between(without, "told", since, until)
    dated = [with_day]
    if newest and last is not None:
        dated = [with_day.and_also("day <= ?", last), with_day.and_also("day > ?", last)]
    found = ([*dated] if undated is not True else []) + ([without] if undated is not False else [])
    return found if newest else found[::-1]


def newest_by_kind(db: sqlite3.Connection, scope: str, limit: int) -> dict[str, tuple[list[int], int]]:
    """Kind of act (``happened``, ``denied``; ``planned``, possible ones too) → its newest acts, and how many.

    Acts without a day come last; kinds without an act are left out.
    """
    recount(db)
    found = {}
    for kind, statuses in (("denied", ("denied",)), ("happened", ("happened",)), ("planned", ("planned", "possible"))):
        wanted = f"FROM standing WHERE scope = ? AND status IN ({', '.join('?' * len(statuses))})"
        total = int(db.execute(f"SELECT count(*) {wanted}", (scope, *statuses)).fetchone()[0])
        if total:
            query = f"SELECT event {wanted} ORDER BY day DESC, event DESC LIMIT ?"
            found[kind] = ([n for (n,) in db.execute(query, (scope, *statuses, limit))], total)
    return found


def pair_sums(
    db: sqlite3.Connection, since: str | None = None, until: str | None = None, code: str | None = None
) -> Iterator[PairSum]:
    """What the acts between states come to, of all pairs or of those with `code`, between two days, both included.

    Acts without a day count in the time their report is of.
    """
    recount(db)
    time = Where()
    between(time, "CASE day WHEN '' THEN told ELSE day END", since, until)
    sums = ", ".join(
        f"count(*) FILTER (WHERE status = '{status}' AND day > ''),"
        f" sum(max(0.0, -intensity)) FILTER (WHERE status = '{status}' AND day > ''),"
        f" sum(max(0.0, intensity)) FILTER (WHERE status = '{status}' AND day > ''),"
        f" count(*) FILTER (WHERE status = '{status}' AND day = '')"
        for status in STATUSES
    )
    for side in ("one", "other") if code else (None,):
        where = time.and_also(f"{side} = ?", code) if side else time
        for one, other, *counted in db.execute(
            f"SELECT one, other, {sums} FROM pair_act {where.sql} GROUP BY one, other", where.values
        ):
            for place, status in enumerate(STATUSES):
                dated, hostile, friendly, undated = counted[4 * place : 4 * place + 4]
                if dated or undated:
                    yield PairSum(one, other, status, dated, hostile or 0.0, friendly or 0.0, undated)


_PAIR_ROWS = f"""
SELECT event.id, {ACT} AS act, report.id AS report, report.report_date AS told, {DAY} AS day,
       event.date_start AS start, event.date_end AS end, event.type, event.status, event.intensity, tellings,
       (SELECT group_concat(country, char(31)) FROM (SELECT country FROM event_party
        WHERE event = event.n AND side = 'actor' ORDER BY position)) AS actors,
       (SELECT group_concat(country, char(31)) FROM (SELECT country FROM event_party
        WHERE event = event.n AND side = 'recipient' ORDER BY position)) AS recipients
FROM (SELECT event AS number, tellings FROM pair_act WHERE one = ? AND other = ?)
     CROSS JOIN {FROM} WHERE event.n = number
"""


def pair_rows(db: sqlite3.Connection, codes: Sequence[str]) -> Iterator[sqlite3.Row]:
    """The acts between two states, by the telling that stands for each: columns as of `series.act_rows`, and how many
    tellings there are."""
    recount(db)
    yield from db.execute(_PAIR_ROWS, sorted(codes))
