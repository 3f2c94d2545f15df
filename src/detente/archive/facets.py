"""How the events asked for fall into types, statuses, states and outlets."""

from __future__ import annotations

import sqlite3

from detente.archive.events import EventQuestion, conditions_of

NEWEST = 2_000
"""Events counted, the newest of those asked for: enough to narrow a search by, and the same work for any question."""

_COUNTED = {
    "type": "SELECT type, count(*) FROM found JOIN event USING (n) GROUP BY 1",
    "status": "SELECT status, count(*) FROM found JOIN event USING (n) GROUP BY 1",
    "party": "SELECT country, count(DISTINCT event) FROM found JOIN event_party ON event = found.n"
    " WHERE country IS NOT NULL GROUP BY 1",
    "publisher": "SELECT publisher, count(*) FROM found JOIN event USING (n) JOIN report ON report.n = event.report"
    " WHERE publisher IS NOT NULL GROUP BY 1",
}


def facets_of(db: sqlite3.Connection, question: EventQuestion, most: int = 12) -> dict[str, list[tuple[str, int]]]:
    """Counts among the `NEWEST` events asked for: by type, status, state (``party``), outlet; the commonest first."""
    where = conditions_of(db, question)
    newest = db.execute(
        f"SELECT event.n FROM event {where.sql} ORDER BY day DESC, n DESC LIMIT ?", (*where.values, NEWEST)
    ).fetchall()
    # Found once, not once for each facet: conditions on words and parties cost more than the counting.
    listed = ", ".join(f"({row[0]})" for row in newest) or "(NULL)"
    facets = {}
    for name, query in _COUNTED.items():
        counted = f"WITH found (n) AS (VALUES {listed}) {query} ORDER BY 2 DESC, 1 LIMIT ?"
        facets[name] = [(str(value), int(count)) for value, count in db.execute(counted, (most,))]
    return facets
