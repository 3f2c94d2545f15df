"""All pairs at once: how many acts, how tense, in a window of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.knowledge import BEYOND_STATES
from detente.relations.acts import DyadAct, is_of_time, once, pairs_of
from detente.relations.gathering import tellings_of


@dataclass(frozen=True, slots=True)
class Cell:
    """Two states: acts between them that have a day, the tension these sum to, conflict and cooperation apart.

    `undated` counts the acts without a day, which are in no sum.
    """

    one: str
    other: str
    acts: int
    tension: float
    cold: float
    warm: float
    undated: int


def cells_of(tellings: Iterable[DyadAct], since: date | None = None, until: date | None = None) -> list[Cell]:
    """One cell a pair of states with acts in the window, the busiest first; acts without a day by the day of telling.

    `tellings` are not joined yet: which of them stands for an act is another question for each pair.
    """
    held: dict[tuple[str, str], list[DyadAct]] = {}
    for telling in tellings:
        for pair in pairs_of(telling):
            if BEYOND_STATES.isdisjoint(pair):
                held.setdefault(pair, []).append(telling)
    cells = [_cell(pair, [act for act in once(found) if is_of_time(act, since, until)]) for pair, found in held.items()]
    found = [cell for cell in cells if cell.acts or cell.undated]
    return sorted(found, key=lambda cell: (-cell.acts, -cell.undated, cell.one, cell.other))


def tellings_between_states(archive: Archive, since: date | None = None) -> list[DyadAct]:
    """All tellings of acts between two or more parties; `since` may leave out earlier acts."""
    return tellings_of(archive, (), since=since, shared=True)


def cells_with(archive: Archive, code: str) -> list[Cell]:
    """The cells of one state with every other, the busiest first."""
    return [cell for cell in cells_of(tellings_of(archive, (code,))) if code in (cell.one, cell.other)]


def _cell(pair: tuple[str, str], acts: Iterable[DyadAct]) -> Cell:
    dated, undated, cold, warm = 0, 0, 0.0, 0.0
    for act in acts:
        if act.counted_on is None:
            undated += 1
            continue
        dated += 1
        weight = act.weight()
        cold, warm = cold + max(0.0, weight), warm - min(0.0, weight)
    return Cell(*pair, dated, round(cold - warm, 6), round(cold, 6), round(warm, 6), undated)
