"""Which event of today a person's corrections hold for, after a report was coded anew.

Corrections name the event they were made on. Another coding may find the same act at another place, or not at all: the
lines then go to the event whose trigger shares most of the words they were made on, or wait until one comes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from detente.record import Span


@dataclass(frozen=True, slots=True)
class Attachment:
    """Lines on the event `coded`, whose trigger stood at `span`, and the event they hold for; nulls for unknown."""

    coded: str
    span: Span | None
    event: str | None


@dataclass(frozen=True, slots=True)
class Orphan:
    """Corrections that wait for an event: how many `lines` were made on `event`, at which `words` of which report."""

    event: str
    lines: int
    report: str | None
    words: str | None


def attach(db: sqlite3.Connection, event: str) -> None:
    """Let lines on an event that is in the archive hold for it."""
    db.execute(
        "INSERT INTO attachment (coded, report, start, end, event)"
        " SELECT id, report, trigger_start, trigger_end, id FROM event WHERE id = ?"
        " ON CONFLICT (coded) DO UPDATE SET report = excluded.report, start = excluded.start, end = excluded.end,"
        " event = excluded.event",
        (event,),
    )


def reattach(db: sqlite3.Connection, report: int) -> list[str]:
    """Let the lines on a report that was just coded anew hold for its events; the events that have some."""
    rows = db.execute(
        "SELECT coded, start, end, event FROM attachment"
        " WHERE report = ?1 OR coded IN (SELECT id FROM event WHERE report = ?1) ORDER BY coded",
        (report,),
    ).fetchall()
    if not rows:
        return []
    held = [Attachment(coded, None if start is None else Span(start, end), event) for coded, start, end, event in rows]
    found = db.execute("SELECT id, trigger_start, trigger_end FROM event WHERE report = ? ORDER BY n", (report,))
    matched = match(held, [(id_, Span(start, end)) for id_, start, end in found])
    db.executemany("UPDATE attachment SET event = ? WHERE coded = ?", ((event, coded) for coded, event in matched))
    return sorted({event for _, event in matched if event})


def match(held: Sequence[Attachment], events: Sequence[tuple[str, Span]]) -> list[tuple[str, str | None]]:
    """Each of `held` with the event it holds for now, null where none has its place.

    The event of the very same place comes first, then the one whose trigger shares most characters. Lines that held for
    different events never come together: what is less near waits.
    """
    by_id = dict(events)
    chosen: dict[str, str | None] = {}
    owners: dict[str, str] = {}
    wishes: list[tuple[int, str, str, str]] = []
    for lines in held:
        owner = lines.event or lines.coded
        if lines.coded in by_id:
            chosen[lines.coded] = lines.coded
            owners.setdefault(lines.coded, owner)
        elif lines.span:
            wishes += [(-shared, lines.coded, id_, owner) for id_, at in events if (shared := _shared(lines.span, at))]
    for _, coded, event, owner in sorted(wishes):
        if coded not in chosen and owners.setdefault(event, owner) == owner:
            chosen[coded] = event
    return [(lines.coded, chosen.get(lines.coded)) for lines in held]


def orphans(db: sqlite3.Connection) -> list[Orphan]:
    """The corrections that hold for no event of today, by report and place."""
    rows = db.execute(
        "SELECT coded, (SELECT count(*) FROM correction WHERE correction.event = coded) AS lines, report.id,"
        " substr(report.text, start + 1, end - start) FROM attachment LEFT JOIN report ON report.n = attachment.report"
        " WHERE attachment.event IS NULL ORDER BY report.n, start, coded"
    )
    return [Orphan(*row) for row in rows]


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
