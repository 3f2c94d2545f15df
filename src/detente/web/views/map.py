"""The map: acts by where they were, with how precisely the place is known; each place leads to its acts."""

from __future__ import annotations

from typing import Any

from detente.archive.events import EventQuestion, count_events
from detente.charts.act_map import act_map_chart
from detente.charts.svg import for_any_screen
from detente.exports.geojson import feature_of
from detente.exports.map_points import MapPoint, points_of
from detente.relations.weights import STATUSES
from detente.web.pages import Asked, WebPage
from detente.web.views.lists import TYPES, asked_acts, scores
from detente.web.views.rows import Row, event_rows

MOST = 5_000
"""Acts that a map shows, the newest of those asked for."""
LISTED, SHOWN_ACTS = 60, 40
"""Places in the table of the page, and acts of a place beside it; the twins have all."""


def act_map(asked: Asked) -> WebPage:
    """Acts with a place, each once; ``at`` names the place whose acts stand below."""
    given, question = asked_acts(asked)
    db = asked.archive.db
    answer = asked.archive.events(**question, once=True, located=True, limit=MOST, newest=True)
    every, placed = (count_events(db, EventQuestion(**question, once=True, located=is_)) for is_ in (None, True))
    points = points_of(answer)
    at = next((point for point in points if point.key == asked.text("at")), points[0] if points else None)
    drawing = for_any_screen(
        lambda is_narrow: act_map_chart(
            points, title="Acts on a map", address=lambda point: _address(asked, point), is_narrow=is_narrow
        )
    )
    rows = [_row(asked, point) for point in points]
    data: dict[str, Any] = {
        "points": rows, "listed": LISTED, "given": given, "one": asked.text("one"), "other": asked.text("other"),
        "acts": placed, "drawn": len(answer), "elsewhere": every - placed, "types": TYPES, "statuses": STATUSES,
        "at": at and _shown(asked, at),
        "timeline": asked.beside_query("timeline"), "search": asked.beside_query("search"), **scores(asked),
    }  # fmt: skip
    features = [feature_of(act) for act in answer]
    return WebPage(
        "map.html", "Map", data, [_flat(row) for row in rows], {"map": drawing}, part="point", features=features
    )


def _address(asked: Asked, point: MapPoint) -> str:
    return asked.here(at=point.key) + "#point"


def _row(asked: Asked, point: MapPoint) -> Row:
    return {
        "key": point.key,
        "name": point.name,
        "country": point.country,
        "precision": point.precision,
        "latitude": point.latitude,
        "longitude": point.longitude,
        "acts": len(point.acts),
        "tension": point.tension,
        "address": _address(asked, point),
        "timeline": asked.beside_query("timeline", place=point.acts[0].place),
    }


def _shown(asked: Asked, point: MapPoint) -> Row:
    acts = event_rows(point.acts[:SHOWN_ACTS])
    return {**_row(asked, point), "events": acts, "more": len(point.acts) - len(acts)}


def _flat(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("key", "address", "timeline")}
