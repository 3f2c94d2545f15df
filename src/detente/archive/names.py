"""The names that a report tells: its people, its bodies, its places, as events and statements have them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from detente.knowledge import BEYOND_STATES

_NAMES = """
SELECT DISTINCT report.id, name, country, role FROM (
  SELECT event.report AS n, party.name, party.country, party.role FROM event_party party
  JOIN event ON event.n = party.event WHERE event.verdict IS NOT 'wrong'
  UNION SELECT report, source_name, source_country, source_role FROM statement WHERE source_name IS NOT NULL
) JOIN report USING (n) WHERE role IS NOT NULL OR country IN ('IGO', 'NGO', 'MNC') ORDER BY 1, 2
"""
_PLACES = """
SELECT DISTINCT report.id, place FROM event JOIN report ON report.n = event.report
WHERE place IS NOT NULL AND verdict IS NOT 'wrong' ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Names:
    """Persons known by a post, international bodies, organisations and companies, and places of acts, each sorted."""

    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


NO_NAMES = Names()


def names_by_report(db: sqlite3.Connection) -> dict[str, Names]:
    """The names of each report by its id; reports that tell none are left out."""
    found: dict[str, tuple[list[str], list[str], list[str]]] = defaultdict(lambda: ([], [], []))
    for report, name, country, _ in db.execute(_NAMES):
        names = found[report][1 if country in BEYOND_STATES else 0]
        if name not in names:
            names.append(name)
    for report, place in db.execute(_PLACES):
        found[report][2].append(place)
    return {report: Names(*map(tuple, names)) for report, names in found.items()}
