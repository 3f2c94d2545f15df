"""The events of an archive with the columns of ACLED: flat, with precision codes; data/acled.yaml says what.

ACLED codes violence and protest by its own types, and only what happened. Here the types are PLOVER's, and what is
planned, possible or denied is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from detente.archive.answers import EventRow, Side
from detente.exports.flat import BETWEEN, Cell, joined
from detente.exports.located import codes_of, located
from detente.relations.names import state_name

_TIME = ((1, 1), (7, 2), (31, 3))
"""Days an act may lie in, at most → ACLED's time_precision: the day, the week, the month. It has no more."""

_PLACE = {"town": 1, "district": 2, "region": 3}
"""How a place is known → ACLED's geo_precision: a town, part of a region, a larger region."""


def row_of(event: EventRow) -> dict[str, Cell] | None:
    """The cells of one event; null where it did not happen or no day, week or month is told."""
    precise = time_precision(event.date_start, event.date_end)
    if event.status != "happened" or event.date_start is None or precise is None:
        return None
    where = located(event)
    return {
        "event_id_cnty": event.id,
        "event_date": event.date_start,
        "year": int(event.date_start[:4]),
        "time_precision": precise,
        "event_type": event.type,
        "sub_event_type": event.mode,
        **_side(1, event.actors),
        **_side(2, event.recipients),
        "iso": codes_of(event.place_country).numeric,
        "country": state_name(event.place_country) if event.place_country else None,
        "admin1": where.name if where and where.precision == "region" else None,
        "admin2": where.name if where and where.precision == "district" else None,
        "location": event.place,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "geo_precision": _PLACE.get(where.precision) if where else None,
        "source": event.source.publisher,
        "notes": event.evidence,
        "tags": BETWEEN.join(event.contexts) or None,
        "source_url": event.source.url,
        "score": event.score,
        "act_id": event.act_id,
    }


def time_precision(start: str | None, end: str | None) -> int | None:
    """ACLED's code for the days from `start` to `end`; null for more than a month."""
    if start is None or end is None:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return next((code for most, code in _TIME if days <= most), None)


def _side(number: int, sides: Sequence[Side]) -> dict[str, Cell]:
    return {
        f"actor{number}": sides[0].name if sides else None,
        f"assoc_actor_{number}": joined(side.name for side in sides[1:]),
        f"actor{number}_country": sides[0].country if sides else None,
    }
