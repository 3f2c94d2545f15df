"""All pairs at once: how many acts, how tense, in a window of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from detente.archive import Archive
from detente.archive.standing import PairSum, pair_sums
from detente.archive.states import code_of
from detente.knowledge import BEYOND_STATES
from detente.relations.acts import DyadAct, once, pairs_of
from detente.relations.gathering import tellings_of
from detente.relations.weights import weights


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


def cells_in(
    archive: Archive, since: date | None = None, until: date | None = None, code: str | None = None
) -> list[Cell]:
    """One cell a pair of states with acts in the window, the busiest first; acts without a day by the day of telling.

    With `code` only the pairs of that state.
    """
    held: dict[tuple[str, str], list[PairSum]] = {}
    first, last = (day.isoformat() if day else None for day in (since, until))
    for found in pair_sums(archive.db, first, last, code):
        if BEYOND_STATES.isdisjoint((found.one, found.other)):
            held.setdefault((found.one, found.other), []).append(found)
    return _busiest_first(_summed(pair, sums) for pair, sums in held.items())


def _summed(pair: tuple[str, str], sums: Iterable[PairSum]) -> Cell:
    weight = weights().status
    dated, undated, cold, warm = 0, 0, 0.0, 0.0
    for found in sums:
        dated, undated = dated + found.dated, undated + found.undated
        cold += found.hostile / 10 * weight[found.status]
        warm += found.friendly / 10 * weight[found.status]
    return Cell(*pair, dated, round(cold - warm, 6), round(cold, 6), round(warm, 6), undated)


def _busiest_first(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda cell: (-cell.acts, -cell.undated, cell.one, cell.other))


def tellings_between_states(archive: Archive, since: date | None = None) -> list[DyadAct]:
    """All tellings of acts between two or more parties; `since` may leave out earlier acts."""
    return tellings_of(archive, (), since=since, shared=True)


def cells_with(archive: Archive, code: str) -> list[Cell]:
    """The cells of one state, body or group with every other, the busiest first."""
    if code_of(code) == code:
        return cells_in(archive, code=code)
    held: dict[tuple[str, str], list[DyadAct]] = {}
    for telling in tellings_of(archive, (code,)):
        for pair in pairs_of(telling):
            if code in pair and BEYOND_STATES.isdisjoint(pair):
                held.setdefault(pair, []).append(telling)
    # The tellings are not joined yet: which of them stands for an act is another question for each pair.
    return _busiest_first(_cell(pair, once(found)) for pair, found in held.items())


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
