"""FollowTheMoney: reports as articles, parties as persons and bodies, events with whom they involve; JSON Lines.

Where its library is installed (``pip install detente[followthemoney]``) every entity is checked by it before it is
written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from detente.archive import Archive
from detente.archive.answers import EventRow, ReportRow, Side
from detente.errors import DataError
from detente.exports.each_report import ReadReport, each_report, told_in_a_line
from detente.exports.located import codes_of

Entity = dict[str, Any]

BODIES = {"IGO": "Organization", "NGO": "Organization", "MNC": "Company"}
"""What stands for a country → what kind of entity that is."""


def write_entities(archive: Archive, out: IO[bytes]) -> None:
    """Write each entity once, a line each; raises `DataError` where the library finds one invalid."""
    check, written = _checker(), set()
    for read in each_report(archive):
        for entity in entities_of(read):
            if entity["id"] not in written:
                written.add(entity["id"])
                check(entity)
                out.write(json.dumps(entity, ensure_ascii=False).encode() + b"\n")


def entities_of(read: ReadReport) -> Iterator[Entity]:
    """The entities of one report: the article, the parties of its events, the events."""
    yield _article(read.report)
    for event in read.events:
        yield from map(_party, (*event.actors, *event.recipients))
        yield _event(event)


def _article(report: ReportRow) -> Entity:
    return _entity(
        _article_id(report.id),
        "Article",
        title=[report.title],
        sourceUrl=[report.url],
        publisher=[report.publisher],
        publishedAt=[report.report_date],
        language=["eng"],
        recordId=[],
    )


def _party(side: Side) -> Entity:
    schema = BODIES.get(side.country or "") or ("Person" if side.role else "LegalEntity")
    post = {"position": [side.role]} if schema == "Person" else {}
    entity = side.entity if (side.entity or "")[:1] == "Q" else None
    alpha2 = codes_of(side.country).alpha2
    country = alpha2.lower() if alpha2 else None
    return _entity(_party_id(side), schema, name=[side.name], country=[country], wikidataId=[entity], **post)


def _event(event: EventRow) -> Entity:
    place = codes_of(event.place_country).alpha2
    return _entity(
        f"detente-{event.id}",
        "Event",
        name=[told_in_a_line(event)],
        date=[event.date_start if event.date_start == event.date_end else None],
        startDate=[event.date_start],
        endDate=[event.date_end],
        location=[event.place],
        country=[place.lower() if place else None],
        organizer=_ids(event.actors),
        involved=_ids(event.recipients),
        description=[event.evidence],
        keywords=[event.type, event.mode, event.status],
        publisher=[event.source.publisher],
        sourceUrl=[event.source.url],
        recordId=[event.id],
        proof=[_article_id(event.source.report)],
    )


def _entity(id_: str, schema: str, **properties: Sequence[str | None]) -> Entity:
    told = {name: [v for v in dict.fromkeys(values) if v] for name, values in properties.items()}
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in told.items() if values}}


def _ids(sides: Sequence[Side]) -> list[str | None]:
    return [_party_id(side) for side in sides]


def _party_id(side: Side) -> str:
    same = "\x1f".join((side.entity or "", side.name, side.country or "", side.role or ""))
    return f"detente-party-{hashlib.sha256(same.encode()).hexdigest()[:16]}"


def _article_id(report: str) -> str:
    return f"detente-report-{report}"


def _checker() -> Callable[[Entity], None]:
    try:
        from followthemoney import model
        from followthemoney.exc import InvalidData
    except ImportError:
        return lambda entity: None

    def check(entity: Entity) -> None:
        schema = model.get(entity["schema"])
        try:
            if schema is None:
                raise InvalidData(f"there is no schema {entity['schema']}")
            if unknown := sorted(set(entity["properties"]) - set(schema.properties)):
                raise InvalidData(f"{schema.name} has no {', '.join(unknown)}")
            schema.validate({"properties": entity["properties"]})
        except InvalidData as error:
            raise DataError(f"{entity['id']} is no valid entity of FollowTheMoney: {error}") from error

    return check
