"""Acts on a map: a mark for each place, as large as it has acts, drawn by how precisely the place is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from detente.charts.atlas import Box, load_ground
from detente.charts.projection import equal_earth
from detente.charts.svg import element, label, link, picture, screen, words
from detente.exports.map_points import MapPoint

WIDTH, HEIGHT = 1180.0, 540.0
NARROW, TALL = 390.0, 260.0
NORTH, SOUTH = 84.0, -57.0
LEAST_WIDE = 1300.0
"""Units that a map is wide at least (about 2,000 km): a single town is shown with the lands around it."""
MARGIN = 0.14
"""Share of the points' own extent that is left around them."""
WORLD = 0.6
"""Share of the world's width from which the whole world is shown."""
NAMED, NAMED_NARROW, LETTER = 14, 5, 6.6
"""Places whose names are written, at most, on a wide and on a narrow screen, and the width of a letter."""
SMALLEST, LARGEST = 3.2, 17.0

RING = 4.0

FINE = frozenset({"town"})
"""Precisions of which the mark stands for the very place; of others it stands in the middle, with a ring around."""

Address = Callable[[MapPoint], str]


def act_map_chart(
    points: Sequence[MapPoint],
    *,
    title: str,
    address: Address | None = None,
    standalone: bool = False,
    is_narrow: bool = False,
) -> Markup:
    """The drawing, of that part of the world where the points lie; `address` gives the link of a point."""
    width, height = (NARROW, TALL) if is_narrow else (WIDTH, HEIGHT)
    box = _box([equal_earth(point.longitude, point.latitude) for point in points], width / height)
    scale = width / (box[2] - box[0])
    drawn = sorted(points, key=lambda point: (-len(point.acts), point.key))
    most = len(drawn[0].acts) if drawn else 1
    places = {point.key: _place(point, box, scale) for point in drawn}
    sizes = {point.key: _radius(len(point.acts), most, is_narrow) for point in drawn}
    return picture(
        width,
        height,
        title,
        *_ground(box, scale, (width, height), "narrow" if is_narrow else "wide"),
        *(_mark(point, places[point.key], sizes[point.key], address) for point in drawn),
        *_names(drawn, places, sizes, width, NAMED_NARROW if is_narrow else NAMED),
        standalone=standalone,
        size=screen(is_narrow, standalone),
    )


def _box(spots: Sequence[tuple[float, float]], shape: float) -> Box:
    """The part of the map with all spots, `shape` times as wide as high."""
    edge = equal_earth(180.0, 0.0)[0]
    top, bottom = equal_earth(0.0, NORTH)[1], equal_earth(0.0, SOUTH)[1]
    if not spots:
        return _shaped((-edge, top, edge, bottom), shape)
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if wide > WORLD * 2 * edge:
        return _shaped((-edge, min(top, min(ys)), edge, max(bottom, max(ys))), shape)
    aside = max(MARGIN * max(wide, high), (LEAST_WIDE - wide) / 2)
    above = max(MARGIN * max(wide, high), (LEAST_WIDE / shape - high) / 2)
    return _shaped((min(xs) - aside, min(ys) - above, max(xs) + aside, max(ys) + above), shape)


def _shaped(box: Box, shape: float) -> Box:
    left, top, right, bottom = box
    wide = max(right - left, (bottom - top) * shape)
    high = max(bottom - top, (right - left) / shape)
    x, y = (left + right) / 2, (top + bottom) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _ground(box: Box, scale: float, size: tuple[float, float], name: str) -> Iterator[str]:
    """Sea, land and borders; the world ends at its outline, a part of it at the edges of the picture."""
    is_far = box[2] - box[0] > equal_earth(180.0, 0.0)[0]
    land, borders = load_ground("far" if is_far else "near").paths(box)
    drawn = [
        element("path", d=land, class_="land", stroke_width=f"{0.6 / scale:.2f}"),
        element("path", d=borders, class_="border", stroke_width=f"{0.8 / scale:.2f}"),
    ]
    if is_far:
        yield element("clipPath", element("path", d=_outline()), id=f"globe-{name}")
        globe = element("g", *drawn, clip_path=f"url(#globe-{name})")
        drawn = [element("path", d=_outline(), class_="sea"), globe]
    else:
        yield element("rect", x=0, y=0, width=size[0], height=size[1], class_="sea")
    move = f"scale({scale:.5f}) translate({-box[0]:.1f} {-box[1]:.1f})"
    yield element("g", *drawn, transform=move, aria_hidden="true")


def _outline() -> str:
    """The edge of the world on the map, as the ``d`` of a path."""
    latitudes = range(-90, 91, 5)
    spots = [equal_earth(180.0, y) for y in latitudes] + [equal_earth(-180.0, y) for y in reversed(latitudes)]
    return f"M{'L'.join(f'{x:.0f} {y:.0f}' for x, y in spots)}z"


def _place(point: MapPoint, box: Box, scale: float) -> tuple[float, float]:
    x, y = equal_earth(point.longitude, point.latitude)
    return round((x - box[0]) * scale, 1), round((y - box[1]) * scale, 1)


def _radius(acts: int, most: int, is_narrow: bool) -> float:
    shrunk = 0.6 if is_narrow else 1.0
    share = math.sqrt((acts - 1) / (most - 1)) if most > 1 else 0.2
    return round(shrunk * (SMALLEST + (LARGEST - SMALLEST) * share), 1)


def _mark(point: MapPoint, place: tuple[float, float], radius: float, address: Address | None) -> str:
    x, y = place
    warmth = "colder" if point.tension > 0 else "warmer"
    many = "act" if len(point.acts) == 1 else "acts"
    told = f"{point.name} ({point.precision}): {len(point.acts)} {many}, tension {point.tension:+.1f}"
    shape = element("circle", cx=x, cy=y, r=radius, class_=f"place {warmth} {'fine' if _is_fine(point) else 'coarse'}")
    if not _is_fine(point):
        shape = element("circle", cx=x, cy=y, r=radius + RING, class_=f"around {warmth}") + shape
    if address is None:
        return element("g", element("title", words(told)), shape)
    return link(address(point), told, shape, data_of=f"at-{point.key}")


def _is_fine(point: MapPoint) -> bool:
    return point.precision in FINE


def _names(
    points: Sequence[MapPoint],
    places: dict[str, tuple[float, float]],
    sizes: dict[str, float],
    width: float,
    most: int,
) -> Iterator[str]:
    """The names of the busiest places, where they lie on no other name and within the picture."""
    taken: list[tuple[float, float, float]] = []
    for point in points:
        if len(taken) >= most:
            return
        (x, y), long = places[point.key], LETTER * len(point.name)
        aside = sizes[point.key] + 4 + RING * (not _is_fine(point))
        is_right = x + aside + long < width - 4
        start = x + aside if is_right else x - aside - long
        if any(abs(y - v) < 14 and start < u + w and u < start + long for u, v, w in taken):
            continue
        taken.append((start, y, long))
        yield label(
            point.name, round(x + aside if is_right else x - aside, 1), y + 4, "label name haloed",
            "start" if is_right else "end",
        )  # fmt: skip
