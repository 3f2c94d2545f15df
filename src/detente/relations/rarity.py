"""How rare a point is: its acts of conflict and of cooperation against what the pair's own past makes likely.

For either side, with only earlier points known:

    mean       m = volume × (a·w + faded sum of counts) / (w + faded sum of volumes)
    rarity     −log10 P(at least so many), negative binomial with mean m and shape r

`a` acts of a side a point are usual between any two states, and worth `w` points of the pair's own past: a pair without
one is judged by what all pairs are like. Volume is reading as a ratio to the usual of the half year before.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from detente.relations.series import SeriesPoint

USUAL, WORTH = 0.15, 8.0
"""Acts of a side a week between any two states, and the weeks of a pair's own past that they weigh as much as."""

SHAPE = 0.6
"""Shape of the negative binomial: acts come in bursts. At .3 and 1.5 about as many turns are found."""

HALF_LIFE = 26
"""Points after which a count weighs half."""

LEAST = 26
"""Points read before anything is rare."""

RAREST = 12.0
"""Where rarity ends: what is rarer is beyond what floats can tell."""

SIDES = ("conflict", "cooperation")


def rarities_of(points: Sequence[SeriesPoint]) -> list[tuple[float, float] | None]:
    """The rarity of each point's acts of conflict, and of cooperation; null where nothing was read, or too little."""
    past = [0.0, 0.0]
    known, order = 0.0, 0
    reads = [point.read for point in points if point.read]
    found: list[tuple[float, float] | None] = []
    for point in points:
        if not point.read:
            found.append(None)
            continue
        before = reads[max(0, order - LEAST) : order] or [point.read]
        volume = point.read * len(before) / sum(before)
        counts = [_of_side(point.quads, side) for side in SIDES]
        means = [volume * (USUAL * WORTH + side) / (WORTH + known) for side in past]
        one, other = (rarity(count, mean) for count, mean in zip(counts, means, strict=True))
        found.append((one, other) if order >= LEAST else None)
        fade = 0.5 ** (1 / HALF_LIFE)
        past = [fade * side + count for side, count in zip(past, counts, strict=True)]
        known = fade * known + volume
        order += 1
    return found


def _of_side(quads: Mapping[str, int], side: str) -> int:
    return sum(count for quad, count in quads.items() if quad.endswith(side))


def rarity(count: int, mean: float, shape: float = SHAPE) -> float:
    """−log10 of the probability of `count` or more where `mean` is expected; 0 for none, at most `RAREST`."""
    success = shape / (shape + mean)
    term, below = success**shape, 0.0
    for n in range(count):
        below += term
        term *= (shape + n) / (n + 1) * (1 - success)
    return min(RAREST, max(0.0, -math.log10(max(1 - below, 10**-RAREST))))
