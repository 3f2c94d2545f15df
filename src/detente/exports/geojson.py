"""GeoJSON (RFC 7946): a feature for each event that has a place, a point where its degrees are known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

from detente.archive.answers import EventRow
from detente.exports.flat import row_of as flat_row
from detente.exports.located import located

_PROPERTIES = (
    "event_date", "event_date_end", "date_prec", "event_type", "sub_event_type", "status", "intensity", "score",
    "actor1", "actor1_country", "actor2", "actor2_country", "location", "country", "said_by", "source", "source_date",
    "source_url", "notes", "act_id",
)  # fmt: skip


def write_features(events: Iterable[EventRow], out: IO[bytes]) -> None:
    """Write one collection, a feature a line."""
    before = b'{"type": "FeatureCollection", "features": [\n'
    for event in events:
        if event.place is not None:
            out.write(before + json.dumps(feature_of(event), ensure_ascii=False).encode())
            before = b",\n"
    out.write(b'{"type": "FeatureCollection", "features": []}\n' if before.startswith(b"{") else b"\n]}\n")


def feature_of(event: EventRow) -> dict[str, Any]:
    """One event as a feature; `place_precision` is town, district, region, area or state, null where none is known."""
    where, cells = located(event), flat_row(event)
    point = None
    if event.latitude is not None and event.longitude is not None:
        point = {"type": "Point", "coordinates": [event.longitude, event.latitude]}
    properties = {
        **{name: cells[name] for name in _PROPERTIES},
        "place_precision": where.precision if where else None,
        "geonames_id": where.geonames if where else None,
    }
    return {"type": "Feature", "id": event.id, "geometry": point, "properties": properties}
