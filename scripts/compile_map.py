"""Compile the shores and borders behind the map of acts: ``python -m scripts.compile_map FOLDER``.

The vectors are those of Natural Earth 4.1 (naturalearthdata.com), which are in the public domain, as the npm package
``world-atlas@2.0.2`` (ISC) packs them; FOLDER is the ``package`` folder that ``npm pack world-atlas@2.0.2`` brings.
Borders are drawn as Natural Earth has them: by who holds the ground, which is no judgement of whose it is.

``world.json.gz`` has two scales, ``far`` (1:110 million) and ``near`` (1:50 million, thinned): ``land`` are shores as
closed rings, ``borders`` the lines that two states share, each in the units of `detente.charts.projection`, the first
point whole, then steps. What lies across 180 degrees is there twice, once beyond each edge of the map. Antarctica is
left out.
"""

from __future__ import annotations

import gzip
import heapq
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from detente.charts.projection import equal_earth

OUT = Path(__file__).resolve().parents[1] / "src" / "detente" / "charts" / "data" / "world.json.gz"
SCALES = {"far": ("countries-110m.json", 0.0), "near": ("countries-50m.json", 14.0)}
"""The file of each scale, and the area in square units of the map that a bend must have to be kept."""

ANTARCTIC = -60.0
TURN = 360.0
FEWEST = 4
"""Points of a ring; what is smaller after thinning is no more than a dot."""

Degrees = tuple[float, float]
Point = tuple[int, int]


def main() -> None:
    """Write the data file from the folder given."""
    folder = Path(sys.argv[1])
    scales = {name: _scale(json.loads((folder / file).read_bytes()), least) for name, (file, least) in SCALES.items()}
    OUT.write_bytes(gzip.compress(json.dumps(scales, separators=(",", ":")).encode(), 9, mtime=0))


def _scale(topology: dict[str, Any], least: float) -> dict[str, Any]:
    arcs = [list(_in_degrees(arc, topology["transform"])) for arc in topology["arcs"]]
    land = topology["objects"]["land"]
    rings = [_joined(arcs, ring) for part in land.get("geometries", [land]) for ring in _rings(part)]
    shores = [_thinned(line, least) for ring in rings for line in _projected(ring)]
    used = Counter(
        number
        for country in topology["objects"]["countries"]["geometries"]
        for number in {n if n >= 0 else ~n for ring in _rings(country) for n in ring}
    )
    shared = (arcs[number] for number, times in sorted(used.items()) if times > 1)
    borders = [_thinned(line, least) for arc in shared for line in _projected(arc)]
    return {
        "land": [_steps(line) for line in shores if len(line) >= FEWEST],
        "borders": [_steps(line) for line in borders],
    }


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry.get("arcs", [])]
    for polygon in polygons:
        yield from polygon


def _in_degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Degrees]:
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    for x, y in accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]]):
        yield left + wide * x, low + high * y


def _joined(arcs: Sequence[Sequence[Degrees]], numbers: Iterable[int]) -> list[Degrees]:
    """A ring of arcs, ``~n`` standing for arc n backwards."""
    ring: list[Degrees] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _projected(line: Sequence[Degrees]) -> Iterator[list[Point]]:
    """The line on the map, without jumps from edge to edge."""
    turned, whole = 0.0, [line[0]]
    for (before, _), (x, y) in pairwise(line):
        turned += TURN * (before - x > TURN / 2) - TURN * (x - before > TURN / 2)
        whole.append((x + turned, y))
    if min(y for _, y in whole) < ANTARCTIC:
        return
    for shift in (-TURN, 0.0, TURN):
        moved = [(x + shift, y) for x, y in whole]
        if any(-TURN / 2 <= x <= TURN / 2 for x, _ in moved):
            yield [(round(u), round(v)) for u, v in (equal_earth(x, y) for x, y in moved)]


def _thinned(points: list[Point], least: float) -> list[Point]:
    """A line without its smallest bends (Visvalingam and Whyatt, 1993); its ends stay."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    areas = {i: _area(points[i - 1], points[i], points[i + 1]) for i in range(1, len(points) - 1)}
    heap = [(area, i) for i, area in areas.items()]
    heapq.heapify(heap)
    while heap and heap[0][0] < least:
        area, i = heapq.heappop(heap)
        if areas.get(i) != area:
            continue
        del areas[i]
        one, other = before[i], after[i]
        after[one], before[other] = other, one
        for j in (one, other):
            if j in areas:
                areas[j] = max(area, _area(points[before[j]], points[j], points[after[j]]))
                heapq.heappush(heap, (areas[j], j))
    return [point for i, point in enumerate(points) if i in areas or i in (0, len(points) - 1)]


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _steps(points: Iterable[Point]) -> list[int]:
    known = list(points)
    steps = [number for (x, y), (u, v) in pairwise(known) if (u, v) != (x, y) for number in (u - x, v - y)]
    return [*known[0], *steps]


if __name__ == "__main__":
    main()
