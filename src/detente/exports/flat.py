"""Flat CSV of the events of an archive: lowercase columns in the habit of ACLED and UCDP; data/flat.yaml says what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from detente.archive.answers import EventRow, Side, Source

Cell = str | int | float | None
BETWEEN = "; "

_PRECISIONS = ((1, 1), (7, 2), (31, 3), (366, 4))
"""Days an act may lie in, at most → how precise that is, after UCDP's date_prec."""


def source_cells(source: Source) -> dict[str, Cell]:
    """The cells of the report that a row rests on."""
    return {
        "source": source.publisher,
        "source_date": source.report_date,
        "source_headline": source.title,
        "source_url": source.url,
        "report_id": source.report,
        "source_id": source.record_id,
    }


def row_of(event: EventRow) -> dict[str, Cell]:
    """The cells of one event; null for what is unknown."""
    source = event.source
    return {
        "event_id": event.id,
        "event_date": event.date_start,
        "event_date_end": event.date_end,
        "date_prec": precision(event.date_start, event.date_end),
        "year": int(event.date_start[:4]) if event.date_start else None,
        "date_is_source_date": str(event.date_is_report).lower(),
        "event_type": event.type,
        "sub_event_type": event.mode,
        "contexts": BETWEEN.join(event.contexts) or None,
        "status": event.status,
        "quad_class": event.quad,
        "intensity": event.intensity,
        "score": event.score,
        **_side("actor1", event.actors),
        **_side("actor2", event.recipients),
        "location": event.place,
        "country": event.place_country,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "said_by": event.said_by,
        "statement_id": event.statement,
        **source_cells(source),
        "trigger": event.trigger,
        "notes": event.evidence,
        "notes_start": event.evidence_start,
        "notes_end": event.evidence_end,
        "same_as": event.same_as,
        "act": event.act,
        "act_id": event.act_id,
        "verdict": event.verdict,
    }


def precision(start: str | None, end: str | None) -> int | None:
    """How precise the days from `start` to `end` are, 1 (a day) to 5 (more than a year)."""
    if start is None or end is None:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return next((precise for most, precise in _PRECISIONS if days <= most), 5)


def _side(name: str, sides: Sequence[Side]) -> dict[str, Cell]:
    return {
        name: joined(side.name for side in sides),
        f"{name}_country": joined(side.country for side in sides),
        f"{name}_sector": joined(side.sector for side in sides),
    }


def joined(values: Iterable[str | None]) -> str | None:
    """Values in one cell, an empty one where one is unknown; null where all are."""
    found = [value or "" for value in values]
    return BETWEEN.join(found) if any(found) else None
