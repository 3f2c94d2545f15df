"""Shores and borders as paths: Natural Earth (public domain), compiled by ``scripts/compile_map.py``."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.errors import DataError

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in units of `detente.charts.projection`."""

Line = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under a map at one scale: shores of land as closed rings, borders between states as lines."""

    land: tuple[Line, ...]
    borders: tuple[Line, ...]

    def paths(self, box: Box) -> tuple[str, str]:
        """What of land and of borders lies in `box`, as the ``d`` of two SVG paths in whole units."""
        land = "".join(f"{_drawn(ring)}z" for ring in self.land if _meets(ring, box))
        return land, "".join(_drawn(line) for line in self.borders if _meets(line, box))


@cache
def load_ground(scale: str) -> Ground:
    """The ground of the scale ``far`` (the world) or ``near`` (a part of it); raises `DataError` where it is broken."""
    packed = files(__package__).joinpath("data", "world.json.gz").read_bytes()
    try:
        given = json.loads(gzip.decompress(packed))[scale]
        return Ground(tuple(map(_points, given["land"])), tuple(map(_points, given["borders"])))
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise DataError(
            f"charts/data/world.json.gz: expected arcs, land and borders of {scale!r}: {error!r}"
        ) from error


def _points(steps: Sequence[int]) -> Line:
    x = y = 0
    found = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x, y))
    return found


def _meets(line: Line, box: Box) -> bool:
    left, top, right, bottom = box
    return (
        min(x for x, _ in line) <= right
        and max(x for x, _ in line) >= left
        and min(y for _, y in line) <= bottom
        and max(y for _, y in line) >= top
    )


def _drawn(line: Line) -> str:
    (x, y), *others = line
    parts = [f"M{x} {y}l"]
    for u, v in others:
        parts.append(f"{u - x} {v - y} ")
        x, y = u, v
    return "".join(parts).rstrip()
