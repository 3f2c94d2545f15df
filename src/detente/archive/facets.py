"""How the events asked for fall into types, statuses, states and outlets."""

from __future__ import annotations

import sqlite3

from detente.archive.events import EventQuestion, conditions_of

_COUNTED = {
    "type": "SELECT event.type, count(*) FROM event {where} GROUP BY 1",
    "status": "SELECT event.status, count(*) FROM event {where} GROUP BY 1",
    "party": "SELECT party.country, count(DISTINCT party.event) FROM event_party party "
    "JOIN event ON event.n = party.event {where} AND party.country IS NOT NULL GROUP BY 1",
    "publisher": "SELECT report.publisher, count(*) FROM event JOIN report ON report.n = event.report {where} "
    "AND report.publisher IS NOT NULL GROUP BY 1",
}


def facets_of(db: sqlite3.Connection, question: EventQuestion, most: int = 12) -> dict[str, list[tuple[str, int]]]:
    """Counts of the events asked for by type, status, state (``party``) and outlet, the commonest first."""
    where = conditions_of(question)
    where.add("1")
    found = {}
    for name, query in _COUNTED.items():
        rows = db.execute(f"{query.format(where=where.sql)} ORDER BY 2 DESC, 1 LIMIT ?", (*where.values, most))
        found[name] = [(str(value), int(count)) for value, count in rows]
    return found
