"""How rare the acts of a point are: each type of act against what the pair's own past makes likely.

For each type, with only earlier points known:

    mean       m = volume × (a·w + faded sum of counts) / (w + faded sum of volumes)
    rarity     −log10 P(at least so many), negative binomial with mean m and shape r

`a` acts a point are usual of any type between any two states, and worth `w` points of the pair's own past: a pair
without one is judged by what all pairs are like. Volume is reading as a ratio to the usual of the half year before.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from detente.codebook import quad_of
from detente.relations.series import SeriesPoint

USUAL, WORTH = 0.03, 8.0
"""Acts of a type a week between any two states, and the weeks of a pair's own past that they weigh as much as."""

SHAPE = 0.6
"""Shape of the negative binomial: acts come in bursts. At .3 and 1.5 as many turns are found."""

HALF_LIFE = 26
"""Points after which a count weighs half."""

LEAST = 26
"""Points read before anything is rare."""

RAREST = 12.0
"""Where rarity ends: what is rarer is beyond what floats can tell."""


def rarities_of(points: Sequence[SeriesPoint]) -> list[tuple[float, float] | None]:
    """The rarity of each point's rarest type of conflict, and of cooperation; null where too little was read."""
    types = sorted({type_ for point in points for type_ in point.types})
    past: dict[str, float] = dict.fromkeys(types, 0.0)
    known, reads = 0.0, [point.read for point in points if point.read]
    found: list[tuple[float, float] | None] = []
    order = 0
    for point in points:
        if not point.read:
            found.append(None)
            continue
        before = reads[max(0, order - LEAST) : order] or [point.read]
        volume = point.read * len(before) / sum(before)
        means = {type_: volume * (USUAL * WORTH + past[type_]) / (WORTH + known) for type_ in types}
        found.append(_of_sides(point.types, means) if order >= LEAST else None)
        fade = 0.5 ** (1 / HALF_LIFE)
        past = {type_: fade * past[type_] + point.types.get(type_, 0) for type_ in types}
        known = fade * known + volume
        order += 1
    return found


def _of_sides(counts: Mapping[str, int], means: Mapping[str, float]) -> tuple[float, float]:
    rarest = [0.0, 0.0]
    for type_, count in counts.items():
        side = 0 if quad_of(type_) > 2 else 1
        rarest[side] = max(rarest[side], rarity(count, means[type_]))
    return rarest[0], rarest[1]


def rarity(count: int, mean: float, shape: float = SHAPE) -> float:
    """−log10 of the probability of `count` or more where `mean` is expected; 0 for none, at most `RAREST`."""
    success = shape / (shape + mean)
    term, below = success**shape, 0.0
    for n in range(count):
        below += term
        term *= (shape + n) / (n + 1) * (1 - success)
    return min(RAREST, max(0.0, -math.log10(max(1 - below, 10**-RAREST))))
