"""The tension of a pair over time: warm above, cold below, the expected band, surprises, turns, and what was read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from detente.charts.svg import Days, Scale, element, label, link, picture, polygon, polyline, screen
from detente.relations.expected import Band, Surprise
from detente.relations.series import SeriesPoint
from detente.relations.turns import TurningPoint

WIDTH, NARROW, HEIGHT = 1180.0, 390.0, 340.0
LEFT, EDGE, TOP, BOTTOM = 48.0, 12.0, 26.0, 262.0
READ_TOP, READ_BOTTOM = 282.0, 312.0
NAMED = 4
"""Surprises with their words in the picture; the others are marks, and rows of the table."""

TICK = 90.0
"""Width between two days named below, in units of the picture, at least."""

APART = 62.0
"""Width of such words, in units of the picture."""

Address = Callable[[date], str]


def tension_chart(
    points: Sequence[SeriesPoint],
    bands: Sequence[Band | None],
    surprises: Sequence[Surprise],
    turns: Sequence[TurningPoint] = (),
    *,
    title: str,
    address: Address | None = None,
    standalone: bool = False,
    is_narrow: bool = False,
) -> Markup:
    """The drawing; `address` gives the link of the point that starts on a day, `is_narrow` makes it for a phone."""
    width, size = (NARROW if is_narrow else WIDTH), screen(is_narrow, standalone)
    if not points:
        nothing = label("No report read in this time.", LEFT, 34)
        return picture(width, 60, title, nothing, standalone=standalone, size=size)
    days = Days(points[0].start, points[-1].end, LEFT, width - EDGE)
    heights = [-p.tension for p in points if p.tension is not None]
    edges = [edge for band in bands if band for edge in (-band.low, -band.high)]
    reach = max(1.0, *(abs(v) for v in (*heights, *edges)))
    up = Scale(-_squeezed(reach), _squeezed(reach), BOTTOM, TOP)

    def height(tension: float) -> float:
        return up(_squeezed(-tension))

    return picture(
        width,
        HEIGHT,
        title,
        *_frame(days, height, reach),
        *_band(points, bands, days, height),
        *(_turn(turn, days) for turn in turns),
        label("warm", LEFT + 6, TOP + 6, "label side haloed"),
        label("cold", LEFT + 6, BOTTOM, "label side haloed"),
        *_line(points, days, height),
        *_dots(points, surprises, days, height, address),
        *_marks(surprises, days, height, address),
        *_reading(points, days),
        standalone=standalone,
        size=size,
    )


def _squeezed(value: float) -> float:
    # A war and a harsh word share one picture: signed square root, told beside the axis.
    return math.copysign(math.sqrt(abs(value)), value)


def _frame(days: Days, height: Callable[[float], float], reach: float) -> Iterator[str]:
    for day, text in days.ticks(max(4, int((days.right - days.left) / TICK))):
        x = days(day)
        yield element("line", x1=x, x2=x, y1=TOP, y2=READ_BOTTOM, class_="grid")
        yield label(text, x, HEIGHT - 12, anchor="middle")
    yield element("line", x1=LEFT, x2=days.right, y1=height(0), y2=height(0), class_="axis")
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10**6) if reach / s <= 3)
    for i in range(1, int(reach / step) + 1):
        for tension in (i * step, -i * step):
            yield label(f"{tension:+d}", LEFT - 8, height(tension) + 4, "label number", "end")


def _band(
    points: Sequence[SeriesPoint], bands: Sequence[Band | None], days: Days, height: Callable[[float], float]
) -> Iterator[str]:
    for known, run in groupby(zip(points, bands, strict=True), key=lambda pair: pair[1] is not None):
        if not known:
            continue
        pairs = [(days(_middle(point)), band) for point, band in run if band]
        upper = [(x, height(band.low)) for x, band in pairs]
        lower = [(x, height(band.high)) for x, band in reversed(pairs)]
        yield polygon([*upper, *lower], "band")


def _line(points: Sequence[SeriesPoint], days: Days, height: Callable[[float], float]) -> Iterator[str]:
    for read, run in groupby(points, key=lambda point: point.tension is not None):
        spots = [(days(_middle(p)), height(p.tension or 0.0)) for p in run]
        if read:
            yield polyline(spots, "tension")


def _dots(
    points: Sequence[SeriesPoint],
    surprises: Sequence[Surprise],
    days: Days,
    height: Callable[[float], float],
    address: Address | None,
) -> Iterator[str]:
    marked = {surprise.start for surprise in surprises}
    for point in points:
        if not point.acts or point.tension is None or address is None or point.start in marked:
            continue
        dot = element("circle", cx=days(_middle(point)), cy=height(point.tension), r=2.8, class_="dot")
        many = "act" if len(point.acts) == 1 else "acts"
        yield link(address(point.start), f"{_period(point.start, point.end)}: {len(point.acts)} {many}", dot)


def _marks(
    surprises: Sequence[Surprise], days: Days, height: Callable[[float], float], address: Address | None
) -> Iterator[str]:
    named = _named(surprises, days)
    for surprise in surprises:
        x, y = days(_midday(surprise.start, surprise.end)), height(surprise.tension)
        colder = surprise.direction == "colder"
        shape = (
            element("circle", cx=x, cy=y, r=6.0, class_="mark colder")
            if colder
            else element("path", d=f"M{x} {y - 7:.1f}l7 7l-7 7l-7 -7z", class_="mark warmer")
        )
        name = f"{_period(surprise.start, surprise.end)}: {surprise.direction} than expected, z {surprise.z:+.1f}"
        yield link(address(surprise.start), name, shape) if address else element("g", element("title", name), shape)
        if surprise.start in named:
            anchor = "end" if x > days.right - 90 else "start" if x < LEFT + 90 else "middle"
            yield label(surprise.start.isoformat()[:7], x, y + (20 if colder else -12), "label named", anchor)


def _named(surprises: Sequence[Surprise], days: Days) -> set[date]:
    """The strongest surprises whose words do not run into each other."""
    chosen: list[Surprise] = []
    for surprise in sorted(surprises, key=lambda s: (-abs(s.z), s.start)):
        if len(chosen) < NAMED and all(abs(days(surprise.start) - days(other.start)) > APART for other in chosen):
            chosen.append(surprise)
    return {surprise.start for surprise in chosen}


def _turn(turn: TurningPoint, days: Days) -> str:
    x = days(turn.start)
    name = f"{turn.start}: turned {turn.direction}, mean {turn.before:+.2f} to {turn.after:+.2f}"
    line = element("line", element("title", name), x1=x, x2=x, y1=TOP, y2=BOTTOM, class_=f"turn {turn.direction}")
    arrow = f"M{x - 4:.1f} {TOP - 12}h8l-4 8z" if turn.direction == "colder" else f"M{x - 4:.1f} {TOP - 4}h8l-4 -8z"
    return line + element("path", d=arrow, class_=f"turnmark {turn.direction}")


def _reading(points: Sequence[SeriesPoint], days: Days) -> Iterator[str]:
    most = max(1, *(point.read for point in points))
    tall = Scale(0, math.sqrt(most), READ_BOTTOM, READ_TOP)
    spots = [(days(_middle(p)), tall(math.sqrt(p.read))) for p in points]
    yield polygon([(spots[0][0], READ_BOTTOM), *spots, (spots[-1][0], READ_BOTTOM)], "read")
    named = [(days(_middle(p)), tall(math.sqrt(min(p.mentioning, p.read)))) for p in points]
    yield polygon([(named[0][0], READ_BOTTOM), *named, (named[-1][0], READ_BOTTOM)], "naming")
    for unread, run in groupby(points, key=lambda point: not point.read):
        gap = list(run)
        if unread:
            left, right = days(gap[0].start), days(gap[-1].end)
            yield element(
                "rect", x=left, y=READ_TOP, width=max(1.0, right - left), height=READ_BOTTOM - READ_TOP, class_="unread"
            )
    yield label("read", LEFT - 8, READ_BOTTOM - 10, "label side", "end")


def _middle(point: SeriesPoint) -> date:
    return _midday(point.start, point.end)


def _midday(start: date, end: date) -> date:
    return start + (end - start) // 2


def _period(start: date, end: date) -> str:
    return start.isoformat() if start == end else f"{start} to {end}"
