"""What a pair's own past and the volume of reporting make likely, and what falls outside.

For each point, with only earlier points known:

    rate       r = tension / volume,  volume = reports read / what was usual (smoothed)
    expected   m = volume × smoothed r
    spread     s = sqrt(volume × smoothed (r - smoothed r)² + least spread²)
    surprise   z = (tension - m) / s,  |z| ≥ threshold

Smoothing is simple exponential smoothing with a fixed half life, so that no point sees its future.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from detente.relations.acts import DyadAct
from detente.relations.series import SeriesPoint
from detente.relations.weights import By, Weights, weights


@dataclass(frozen=True, slots=True)
class Band:
    """What was likely at one point: `low` to `high` around `expected`; `volume` is reading as a ratio to the usual."""

    start: date
    expected: float
    spread: float
    low: float
    high: float
    volume: float


@dataclass(frozen=True, slots=True)
class Surprise:
    """A point outside its band, with its numbers and the acts that made it, the weightiest first."""

    start: date
    end: date
    direction: str
    tension: float
    expected: float
    spread: float
    z: float
    volume: float
    read: int
    acts: tuple[DyadAct, ...]

    @property
    def formula(self) -> str:
        """The sum and the quotient, written out."""
        terms = " ".join(f"{act.weight():+.2f}" for act in self.acts[:8])
        rest = f" … ({len(self.acts)} acts)" if len(self.acts) > 8 else ""
        return (
            f"tension {terms}{rest} = {self.tension:+.2f}; expected {self.expected:+.2f}, spread {self.spread:.2f} "
            f"at {self.volume:.2f} × the usual reading; ({self.tension:+.2f} − {self.expected:+.2f}) / "
            f"{self.spread:.2f} = {self.z:+.1f}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The surprise as plain values; acts by their ids."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "direction": self.direction,
            "tension": round(self.tension, 4),
            "expected": round(self.expected, 4),
            "spread": round(self.spread, 4),
            "z": round(self.z, 3),
            "volume": round(self.volume, 3),
            "read": self.read,
            "formula": self.formula,
            "acts": [act.id for act in self.acts],
        }


def bands_of(points: Sequence[SeriesPoint], by: By = "week", given: Weights | None = None) -> list[Band | None]:
    """One band a point: null where nothing was read, or too little before it."""
    chosen = given or weights()
    seen = [i for i, point in enumerate(points) if point.tension is not None]
    bands: list[Band | None] = [None] * len(points)
    if len(seen) <= chosen.least_readings[by]:
        return bands
    import numpy as np

    half_life = chosen.half_life[by]
    read = np.array([max(points[i].read, 1) for i in seen], dtype=float)
    volume = read / _smoothed(read, half_life, start=float(read[: chosen.least_readings[by]].mean()))
    rate = np.array([points[i].tension for i in seen], dtype=float) / volume
    mean = _smoothed(rate, half_life, start=0.0)
    variance = _smoothed((rate - mean) ** 2, half_life, start=0.0)
    expected = volume * mean
    spread = np.sqrt(volume * variance + chosen.least_spread[by] ** 2)
    for order, i in enumerate(seen):
        if order < chosen.least_readings[by]:
            continue
        m, s = float(expected[order]), float(spread[order])
        reach = chosen.surprise_at * s
        bands[i] = Band(points[i].start, m, s, m - reach, m + reach, float(volume[order]))
    return bands


def surprises_of(
    points: Sequence[SeriesPoint], bands: Sequence[Band | None], given: Weights | None = None
) -> list[Surprise]:
    """The points outside their bands, in order of time."""
    found = []
    threshold = (given or weights()).surprise_at
    for point, band in zip(points, bands, strict=True):
        if band is None or point.tension is None:
            continue
        z = (point.tension - band.expected) / band.spread
        if abs(z) >= threshold:
            found.append(_surprise(point, point.tension, band, z))
    return found


def _surprise(point: SeriesPoint, tension: float, band: Band, z: float) -> Surprise:
    side = math.copysign(1, z)
    return Surprise(
        start=point.start,
        end=point.end,
        direction="colder" if z > 0 else "warmer",
        tension=tension,
        expected=band.expected,
        spread=band.spread,
        z=z,
        volume=band.volume,
        read=point.read,
        acts=tuple(sorted(point.acts, key=lambda act: (-side * act.weight(), act.id))),
    )


def _smoothed(values: Any, half_life: float, start: float) -> Any:
    """What simple exponential smoothing expected of each value, from the values before it alone."""
    import numpy as np

    part = 1 - 0.5 ** (1 / half_life)
    return np.array([*accumulate(values[:-1], lambda level, value: part * value + (1 - part) * level, initial=start)])
