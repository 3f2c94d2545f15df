"""JSON-LD in the words of schema.org: reports as articles, events as actions; what it has no word for is `detente:`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

from detente.archive import Archive
from detente.archive.answers import EventRow, ReportRow, Side
from detente.exports.each_report import each_report, told_in_a_line
from detente.knowledge import BEYOND_STATES

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "detente": "urn:detente:term:",
    "url": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "subjectOf": {"@type": "@id"},
}
"""Stands in the file, so that nobody has to fetch it."""

"""What stands for a country of a body that belongs to none."""

DONE = {
    "happened": "https://schema.org/CompletedActionStatus",
    "planned": "https://schema.org/PotentialActionStatus",
    "possible": "https://schema.org/PotentialActionStatus",
}
"""Status → that of an action; what is denied has none there."""


def write_graph(archive: Archive, out: IO[bytes]) -> None:
    """Write one graph, a node a line."""
    out.write(f'{{"@context": {json.dumps(CONTEXT)}, "@graph": ['.encode())
    before = "\n"
    for read in each_report(archive):
        for node in (_article(read.report), *map(action_of, read.events)):
            out.write((before + json.dumps(node, ensure_ascii=False)).encode())
            before = ",\n"
    out.write(b"\n]}\n")


def action_of(event: EventRow) -> dict[str, Any]:
    """One event as an action."""
    node = {
        "@id": f"urn:detente:{event.id}",
        "@type": "Action",
        "name": told_in_a_line(event),
        "description": event.evidence,
        "actionStatus": DONE.get(event.status),
        "agent": _parties(event.actors),
        "participant": _parties(event.recipients),
        "startTime": event.date_start,
        "endTime": event.date_end,
        "location": _place(event),
        "subjectOf": f"urn:detente:report:{event.source.report}",
        "detente:type": event.type,
        "detente:mode": event.mode,
        "detente:status": event.status,
        "detente:intensity": event.intensity,
        "detente:score": event.score,
        "detente:saidBy": event.said_by,
        "detente:act": event.act_id,
    }
    return _known(node)


def _article(report: ReportRow) -> dict[str, Any]:
    node = {
        "@id": f"urn:detente:report:{report.id}",
        "@type": "NewsArticle",
        "headline": report.title,
        "url": report.url,
        "datePublished": report.report_date,
        "publisher": {"@type": "Organization", "name": report.publisher} if report.publisher else None,
    }
    return _known(node)


def _parties(sides: Sequence[Side]) -> list[dict[str, Any]]:
    return [
        _known(
            {
                "@type": "Organization" if side.country in BEYOND_STATES else "Person" if side.role else None,
                "name": side.name,
                "jobTitle": side.role,
                "sameAs": f"http://www.wikidata.org/entity/{side.entity}" if (side.entity or "")[:1] == "Q" else None,
                "detente:country": side.country,
                "detente:sector": side.sector,
            }
        )
        for side in sides
    ]


def _place(event: EventRow) -> dict[str, Any] | None:
    if event.place is None:
        return None
    point = {"@type": "GeoCoordinates", "latitude": event.latitude, "longitude": event.longitude}
    known = event.latitude is not None
    return _known({"@type": "Place", "name": event.place, "geo": point if known else None})


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value not in (None, [])}
