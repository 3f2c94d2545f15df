"""How the events asked for fall into types, statuses, states and outlets."""

from __future__ import annotations

import sqlite3

from detente.archive.events import EventQuestion, conditions_of

# BETWEEN and a query in the place of a column, as the planner would go through all parties and reports for a filter
# before it looked up those of a few events.
_COUNTED = {
    "type": "SELECT type, count(*) FROM found GROUP BY 1",
    "status": "SELECT status, count(*) FROM found GROUP BY 1",
    "party": "SELECT country, count(DISTINCT event) FROM found CROSS JOIN event_party"
    " ON event BETWEEN found.n AND found.n WHERE country IS NOT NULL GROUP BY 1",
    "publisher": "SELECT * FROM (SELECT (SELECT publisher FROM report WHERE report.n = found.report) AS publisher,"
    " count(*) FROM found GROUP BY 1) WHERE publisher IS NOT NULL",
}


def facets_of(db: sqlite3.Connection, question: EventQuestion, most: int = 12) -> dict[str, list[tuple[str, int]]]:
    """Counts of all events asked for: by type, status, state (``party``), outlet; the commonest first."""
    where = conditions_of(db, question)
    # Found once, not once for each facet: conditions on words and parties cost more than the counting.
    found = f"WITH found AS MATERIALIZED (SELECT event.n, type, status, report FROM event {where.sql})"
    parts = (
        f"SELECT * FROM (SELECT '{name}', * FROM ({query} ORDER BY 2 DESC, 1 LIMIT ?))"
        for name, query in _COUNTED.items()
    )
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in _COUNTED}
    values = (*where.values, *[most] * len(_COUNTED))
    for name, value, count in db.execute(f"{found} {' UNION ALL '.join(parts)}", values):
        facets[name].append((str(value), int(count)))
    return facets
