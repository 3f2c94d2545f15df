"""The events of an archive with the columns of UCDP's georeferenced events: flat, with precision codes.

UCDP counts deaths in organised violence; here every act that happened has a row, of PLOVER's type, and no deaths are
counted. data/ucdp.yaml says what each column holds.
"""

from __future__ import annotations

from datetime import date

from detente.archive.answers import EventRow
from detente.exports.flat import Cell, joined
from detente.exports.located import Located, located
from detente.relations.names import state_name

_DATES = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
"""Days an act may lie in, at most → UCDP's date_prec: the day, two to six days, the week, the month, the year."""

_PLACES = {"town": 1, "district": 3, "region": 4, "area": 5, "state": 6}
"""How a place is known → UCDP's where_prec."""


def row_of(event: EventRow) -> dict[str, Cell] | None:
    """The cells of one event; null where it did not happen or no year is told."""
    precise = date_prec(event.date_start, event.date_end)
    if event.status != "happened" or event.date_start is None or precise is None:
        return None
    where = located(event)
    return {
        "id": event.id,
        "relid": event.source.report,
        "year": int(event.date_start[:4]),
        "event_type": event.type,
        "event_mode": event.mode,
        "side_a": joined(side.name for side in event.actors),
        "side_a_country": joined(side.country for side in event.actors),
        "side_b": joined(side.name for side in event.recipients),
        "side_b_country": joined(side.country for side in event.recipients),
        "source_article": event.source.url,
        "source_office": event.source.publisher,
        "source_date": event.source.report_date,
        "source_headline": event.source.title,
        "source_original": event.said_by,
        "where_prec": _PLACES[where.precision] if where else None,
        "where_coordinates": event.place,
        "adm_1": _named(where, "region"),
        "adm_2": _named(where, "district"),
        "latitude": event.latitude,
        "longitude": event.longitude,
        "geom_wkt": None if event.latitude is None else f"POINT ({event.longitude} {event.latitude})",
        "country": state_name(event.place_country) if event.place_country else None,
        "event_clarity": 1 if precise == 1 else 2,
        "date_prec": precise,
        "date_start": event.date_start,
        "date_end": event.date_end,
        "notes": event.evidence,
        "score": event.score,
        "act_id": event.act_id,
    }


def date_prec(start: str | None, end: str | None) -> int | None:
    """UCDP's code for the days from `start` to `end`; null for more than a year."""
    if start is None or end is None:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return next((code for most, code in _DATES if days <= most), None)


def _named(where: Located | None, precision: str) -> str | None:
    return where.name if where and where.precision == precision else None
