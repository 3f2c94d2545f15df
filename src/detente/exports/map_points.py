"""Acts by where they were: one point for all acts of a place, with how precisely the place is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from detente.archive.answers import EventRow
from detente.exports.located import Precision, located
from detente.relations.weights import weights


@dataclass(frozen=True, slots=True)
class MapPoint:
    """All acts of one place: its degrees, name and state, how precisely it is known, the tension they sum to."""

    latitude: float
    longitude: float
    name: str
    country: str | None
    precision: Precision
    tension: float
    acts: tuple[EventRow, ...]

    @property
    def key(self) -> str:
        """Names the point in an address: degrees north and east."""
        return f"{self.latitude:.4f},{self.longitude:.4f}"


def points_of(events: Iterable[EventRow]) -> list[MapPoint]:
    """One point a place that has degrees, the busiest first; its acts stay in the order given."""
    by_place: dict[tuple[float, float], list[EventRow]] = {}
    for event in events:
        if event.latitude is not None and event.longitude is not None:
            by_place.setdefault((event.latitude, event.longitude), []).append(event)
    points = [_point(place, acts) for place, acts in by_place.items()]
    return sorted(points, key=lambda point: (-len(point.acts), point.name, point.key))


def _point(place: tuple[float, float], acts: list[EventRow]) -> MapPoint:
    where = located(acts[0])
    precision: Precision = where.precision if where else "area"
    status = weights().status
    tension = sum(-(act.intensity or 0.0) / 10 * status[act.status] for act in acts)
    name = (where.name if where else None) or acts[0].place or ""
    return MapPoint(*place, name, acts[0].place_country, precision, round(tension, 6), tuple(acts))
