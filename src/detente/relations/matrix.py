"""All pairs at once: how many acts, how tense, in a window of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.knowledge import COUNTRY_CODES_BEYOND_STATES
from detente.relations.acts import DyadAct
from detente.relations.gathering import acts_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Two states: acts between them, the tension these sum to, conflict and cooperation apart."""

    one: str
    other: str
    acts: int
    tension: float
    cold: float
    warm: float


def cells_of(acts: list[DyadAct], since: date | None = None, until: date | None = None) -> list[Cell]:
    """One cell a pair of states with acts in the window, the busiest first."""
    sums: dict[tuple[str, str], list[float]] = {}
    for act in acts:
        day = act.day("month") or act.told
        if (since and day < since) or (until and day > until):
            continue
        weight = act.weight()
        for pair in _pairs(act):
            held = sums.setdefault(pair, [0, 0.0, 0.0])
            held[0] += 1
            held[1 if weight > 0 else 2] += weight
    cells = [
        Cell(*pair, int(n), round(cold + warm, 6), round(cold, 6), round(-warm, 6))
        for pair, (n, cold, warm) in sums.items()
    ]
    return sorted(cells, key=lambda cell: (-cell.acts, cell.one, cell.other))


def all_acts(archive: Archive, since: date | None = None) -> list[DyadAct]:
    """All joined acts between two or more parties since a day: the matter of the matrix."""
    return [act for act in acts_of(archive, (), since=since) if len({*act.actors, *act.recipients}) > 1]


def _pairs(act: DyadAct) -> set[tuple[str, str]]:
    others = [code for code in act.recipients or act.actors if code not in COUNTRY_CODES_BEYOND_STATES]
    actors = [code for code in act.actors if code not in COUNTRY_CODES_BEYOND_STATES]
    return {(min(a, b), max(a, b)) for a in actors for b in others if a != b}
