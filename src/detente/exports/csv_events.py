"""CSV: one row an event, flat, with lowercase columns in the habit of ACLED and UCDP.

Several parties stand in one cell with ``; `` between them, in one order in `actor`, `actor_country` and
`actor_sector`. A report without events has no row; a failure has one, with `error` and `reason` alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from detente.exports.cells import safe_row
from detente.record import Event, Failure, Party, Place, Record, days_of

COLUMNS = (
    "report_id",
    "title",
    "publisher",
    "url",
    "published",
    "report_date",
    "event_id",
    "type",
    "mode",
    "contexts",
    "status",
    "date",
    "date_start",
    "date_end",
    "date_is_report",
    "actor",
    "actor_country",
    "actor_sector",
    "recipient",
    "recipient_country",
    "recipient_sector",
    "place",
    "place_country",
    "latitude",
    "longitude",
    "said_by",
    "statement_id",
    "intensity",
    "score",
    "act",
    "same_as",
    "trigger",
    "trigger_start",
    "trigger_end",
    "evidence",
    "evidence_start",
    "evidence_end",
    "error",
    "reason",
)
BETWEEN = "; "

Cell = str | int | float | bool | None


def write(results: Iterable[Record | Failure], out: TextIO) -> None:
    """Write the header and one row an event or failure."""
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for result in results:
        if isinstance(result, Failure):
            failed = {"report_id": result.id or result.origin, "error": result.code, "reason": result.reason}
            rows.writerow(safe_row(failed))
        else:
            rows.writerows(safe_row(row_of(event, result)) for event in result.events)


def row_of(event: Event, record: Record) -> dict[str, Cell]:
    """The cells of one event; those that are unknown are left out."""
    start, end = days_of(event.date)
    return {
        "report_id": record.id,
        "title": record.title,
        "publisher": record.publisher,
        "url": record.url,
        "published": record.published,
        "report_date": record.report_date.date,
        "event_id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": BETWEEN.join(event.contexts),
        "status": event.status,
        "date": event.date,
        "date_start": start,
        "date_end": end,
        "date_is_report": str(event.date_is_report).lower(),
        **_side("actor", event.actors),
        **_side("recipient", event.recipients),
        **_place(event.place),
        "said_by": event.said_by.name if event.said_by else None,
        "statement_id": event.said_by.statement if event.said_by else None,
        "intensity": event.intensity,
        "score": event.score,
        "act": event.act,
        "same_as": event.same_as,
        **_words("trigger", event.trigger, record.text),
        **_words("evidence", event.evidence, record.text),
    }


def _side(side: str, parties: Sequence[Party]) -> dict[str, Cell]:
    return {
        side: BETWEEN.join(party.name for party in parties),
        f"{side}_country": BETWEEN.join(party.country or "" for party in parties),
        f"{side}_sector": BETWEEN.join(party.sector or "" for party in parties),
    }


def _place(place: Place | None) -> dict[str, Cell]:
    if place is None:
        return {}
    return {
        "place": place.text,
        "place_country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _words(name: str, span: tuple[int, int], text: str) -> dict[str, Cell]:
    start, end = span
    return {name: text[start:end], f"{name}_start": start, f"{name}_end": end}
