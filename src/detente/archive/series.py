"""What series are made of: acts between states as plain columns, and reports counted by day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from detente.archive.counting import recount
from detente.archive.members import Member, members_of, rarer_first
from detente.archive.told import ACT, DAY, FROM, STANDING

_ACTS = f"""
SELECT event.id, {ACT} AS act, report.id AS report, report.report_date AS told, {DAY} AS day,
       event.date_start AS start, event.date_end AS end, event.type, event.status, event.intensity,
       (SELECT group_concat(party, char(31)) FROM (SELECT {{party}} AS party FROM event_party
        WHERE event = event.n AND side = 'actor' ORDER BY position)) AS actors,
       (SELECT group_concat(party, char(31)) FROM (SELECT {{party}} AS party FROM event_party
        WHERE event = event.n AND side = 'recipient' ORDER BY position)) AS recipients
FROM {FROM}
WHERE event.verdict IS NOT 'wrong' AND {{wanted}}
ORDER BY {ACT}, {STANDING}
"""
_SHARED = (
    "EXISTS (SELECT 1 FROM event_party a JOIN event_party b ON b.event = a.event AND b.country > a.country"
    " WHERE a.event = event.n)"
)
BETWEEN_SIDES = "\x1f"
"""What stands between the parties of a side in `act_rows`."""
_SINCE = (
    f"(COALESCE({DAY}, report.report_date) >= ? OR telling.act IS NOT NULL OR event.same_as IS NOT NULL"
    " OR event.id IN (SELECT same_as FROM event WHERE same_as IS NOT NULL))"
)
"""Of that day on, or told more than once: then the telling that stands for the act may be another."""
_PAIRS = """
SELECT DISTINCT min(one.country, other.country) AS one, max(one.country, other.country) AS other
FROM event JOIN event_party one ON one.event = event.n
     JOIN event_party other ON other.event = event.n AND other.country <> one.country
WHERE event.report > ? ORDER BY 1, 2
"""


def act_rows(
    db: sqlite3.Connection,
    codes: Sequence[str],
    *,
    newest: int | None = None,
    since: date | None = None,
    shared: bool = False,
    min_score: float | None = None,
) -> Iterator[sqlite3.Row]:
    """Every telling of an act that has all of `codes` among its sides, sides as codes with `BETWEEN_SIDES` between.

    By act, the telling that stands for it first. Of what is asked for by name the name stands where its country would.
    `newest` is the number of the last report taken into account, `since` may leave out acts of earlier days, `shared`
    those with fewer than two codes, `min_score` those less likely right. Events judged wrong are left out.
    """
    members = members_of(db, codes)
    named = [member.key for member in members if not member.is_state]
    party = "country"
    if named:
        cases = " ".join(f"WHEN name = ?{i} COLLATE NOCASE THEN ?{i}" for i in range(1, len(named) + 1))
        party = f"CASE {cases} ELSE country END"
    conditions = [f"event.n IN (SELECT event FROM event_party WHERE {member.meets()})" for member in members]
    conditions += [_SHARED] if shared else []
    values: list[str | int | float] = [*named, *codes]
    if min_score is not None:
        conditions.append("(event.score IS NULL OR event.score >= ?)")
        values.append(min_score)
    if newest is not None:
        conditions.append("report.n <= ?")
        values.append(newest)
    if since is not None:
        conditions.append(_SINCE)
        values.append(since.isoformat())
    yield from db.execute(_ACTS.format(party=party, wanted=" AND ".join(conditions) or "1"), values)


def reports_by_day(db: sqlite3.Connection, newest: int | None = None) -> dict[date, int]:
    """Reports by their day, up to report number `newest`; those of no known day are in none."""
    rows = db.execute(
        "SELECT report_date, count(*) FROM report WHERE report_date IS NOT NULL AND (?1 IS NULL OR n <= ?1)"
        " GROUP BY report_date",
        (newest,),
    )
    return {date.fromisoformat(day): count for day, count in rows}


def mentions_by_day(db: sqlite3.Connection, codes: Sequence[str]) -> dict[date, int]:
    """Reports by day in which every one of `codes` takes part in an act or speaks."""
    members = members_of(db, codes)
    rows = _mentions_of_states(db, codes) if all(m.is_state for m in members) else _mentions_looked_for(db, members)
    return {date.fromisoformat(day): count for day, count in rows}


def _mentions_of_states(db: sqlite3.Connection, codes: Sequence[str]) -> sqlite3.Cursor:
    """Days and reports that name all of these states, as they are kept ready."""
    recount(db)
    counted = "SELECT count(*) FROM mention WHERE country = ?"
    often = {code: db.execute(counted, (code,)).fetchone()[0] for code in codes}
    rarest, *others = sorted(often, key=lambda code: int(often[code]))
    beside = "".join(
        f" CROSS JOIN mention AS m{i} ON m{i}.country = ? AND m{i}.day = m.day AND m{i}.report = m.report"
        for i, _ in enumerate(others)
    )
    return db.execute(
        f"SELECT m.day, count(*) FROM mention AS m{beside} WHERE m.country = ? AND m.day > '' GROUP BY m.day",
        (*others, rarest),
    )


def _mentions_looked_for(db: sqlite3.Connection, members: Sequence[Member]) -> sqlite3.Cursor:
    """The same where one of them is asked for by its name, looked for among acts and statements."""
    first, *others = rarer_first(db, members)
    beside = "".join(f" AND {_is_mentioned(member)}" for member in others)
    # CROSS JOIN and the plus keep the planner from walking through all reports, and through all parties of the others.
    return db.execute(
        f"SELECT report_date, count(*) FROM ({_mentioning(first)}) AS named"
        f" CROSS JOIN report ON report.n = named.report WHERE report_date IS NOT NULL{beside}"
        " GROUP BY report_date ORDER BY report_date",
        [member.key for member in (first, *others) for _ in range(2)],
    )


def _mentioning(member: Member) -> str:
    return (
        "SELECT event.report FROM event_party party JOIN event ON event.n = party.event"
        f" WHERE {member.meets('party')} UNION SELECT report FROM statement WHERE {member.meets(prefix='source_')}"
    )


def _is_mentioned(member: Member) -> str:
    return (
        "(EXISTS (SELECT 1 FROM event CROSS JOIN event_party party ON party.event = event.n"
        f" WHERE event.report = named.report AND {member.meets('+party')})"
        f" OR EXISTS (SELECT 1 FROM statement WHERE report = named.report AND {member.meets('+statement', 'source_')}))"
    )


def pairs_since(db: sqlite3.Connection, after: int) -> list[tuple[str, str]]:
    """The pairs of states that share an act in a report added after report number `after`."""
    return [(one, other) for one, other in db.execute(_PAIRS, (after,))]


def newest_number(db: sqlite3.Connection) -> int:
    """The number of the report added last; 0 in an empty archive."""
    return int(db.execute("SELECT COALESCE(max(n), 0) FROM report").fetchone()[0])
