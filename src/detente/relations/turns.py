"""Turns: the points where a pair's tension settles on another level (change points of least cost)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from detente.relations.acts import DyadAct
from detente.relations.series import SeriesPoint

LEAST_POINTS = 4
"""Points a level must last."""

PENALTY = 3.0
"""A new level costs PENALTY × log(points) × variance: the usual BIC has 2, and 3 keeps sparse pairs still."""

LASTING = 0.5
"""Share of a change that must remain without the most extreme point on either side: one bad week is no level."""


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """The first point of a new level, the mean tension before and after, and the weightiest acts of its time."""

    start: date
    before: float
    after: float
    acts: tuple[DyadAct, ...]

    @property
    def direction(self) -> str:
        """Whether things grew colder or warmer."""
        return "colder" if self.after > self.before else "warmer"

    def to_dict(self) -> dict[str, Any]:
        """The turn as plain values; acts by their ids."""
        return {
            "start": self.start.isoformat(),
            "direction": self.direction,
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "acts": [act.id for act in self.acts],
        }


def turns_of(points: Sequence[SeriesPoint]) -> list[TurningPoint]:
    """The turns of a series, in order of time; none in a series too short or without change."""
    seen = [point for point in points if point.tension is not None]
    if len(seen) < 2 * LEAST_POINTS:
        return []
    import numpy as np

    signal = np.array([point.tension for point in seen], dtype=float)
    variance = float(np.var(signal))
    if variance == 0:
        return []
    edges = _lasting(signal, levels_of(signal, PENALTY * math.log(len(seen)) * variance))
    means = [float(signal[left:right].mean()) for left, right in pairwise(edges)]
    found = []
    for edge, (before, after) in zip(edges[1:-1], pairwise(means), strict=True):
        acts = _weightiest(seen[max(0, edge - 1) : edge + 2], after - before)
        found.append(TurningPoint(seen[edge].start, before, after, acts))
    return found


def levels_of(signal: Any, penalty: float, shortest: int = LEAST_POINTS) -> list[int]:
    """Where levels begin, and the end: the division with the least squared distance from its means plus penalties.

    Exact, by optimal partitioning (Jackson et al. 2005): the best division up to each point extends one before it.
    """
    import numpy as np

    size = len(signal)
    centred = signal - signal.mean()
    sums, squares = (np.concatenate(([0.0], np.cumsum(part))) for part in (centred, centred**2))
    best, before = np.full(size + 1, np.inf), np.zeros(size + 1, dtype=int)
    best[0] = -penalty
    for end in range(shortest, size + 1):
        starts = np.arange(end - shortest + 1)
        spread = squares[end] - squares[starts] - (sums[end] - sums[starts]) ** 2 / (end - starts)
        costs = best[starts] + spread + penalty
        before[end] = chosen = int(costs.argmin())
        best[end] = costs[chosen]
    edges = [size]
    while edges[-1]:
        edges.append(int(before[edges[-1]]))
    return edges[::-1]


def _lasting(signal: Any, edges: list[int]) -> list[int]:
    """The edges between levels that still differ by half without the most extreme point of each."""
    levels = [(float(part.mean()), _trimmed(part)) for part in (signal[a:b] for a, b in pairwise(edges))]
    inner = [
        edge
        for edge, ((mean, trim), (next_mean, next_trim)) in zip(edges[1:-1], pairwise(levels), strict=True)
        if (next_trim - trim) / (next_mean - mean) >= LASTING
    ]
    return [0, *inner, edges[-1]]


def _trimmed(part: Any) -> float:
    far = abs(part - part.mean()).argmax()
    return float((part.sum() - part[far]) / (len(part) - 1))


def _weightiest(points: Sequence[SeriesPoint], change: float, most: int = 5) -> tuple[DyadAct, ...]:
    side = math.copysign(1, change)
    acts = [act for point in points for act in point.acts if side * act.weight() > 0]
    return tuple(sorted(acts, key=lambda act: (-side * act.weight(), act.id))[:most])
