"""From a record to the rows of the archive, and back."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from detente.archive.ids import ids_of_events, ids_of_statements
from detente.codebook.plover import quad_of
from detente.record import Event, Party, Record, Span, Statement, days_of

T = TypeVar("T")
Values = dict[str, Any]


def insert(db: sqlite3.Connection, table: str, values: Values) -> int:
    """Insert one row and return its number."""
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    return int(db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())).lastrowid or 0)


def write_report(db: sqlite3.Connection, record: Record, report_id: str, more: Values) -> int:
    """Write the row of a report, `more` being what the record does not tell of it; return its number."""
    return insert(
        db,
        "report",
        {
            "id": report_id,
            "record_id": record.id,
            "title": record.title,
            "url": record.url,
            "publisher": record.publisher,
            "published": record.published,
            "text_sha256": record.text_sha256,
            "text": record.text,
            **_coded(record),
            **more,
        },
    )


def rewrite_report(db: sqlite3.Connection, record: Record, report: int) -> None:
    """Replace what was coded in a report by what `record` holds; the report itself stays."""
    # Before the report's row changes: the words of events are taken out of the index by their place in its text.
    for table in ("event", "statement", "record", "report_check"):
        db.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
    values = _coded(record)
    setting = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE report SET {setting} WHERE n = ?", (*values.values(), report))


def write_coding(db: sqlite3.Connection, record: Record, report: int, report_id: str) -> None:
    """Write the checks, statements and events of a record, and the record itself."""
    packed = zlib.compress(replace(record, text="").to_json().encode("utf-8"))
    db.execute("INSERT INTO record (report, json) VALUES (?, ?)", (report, packed))
    db.executemany(
        "INSERT INTO report_check (report, position, code, message, spans) VALUES (?, ?, ?, ?, ?)",
        ((report, i, c.code, c.message, json.dumps(c.spans)) for i, c in enumerate(record.checks)),
    )
    day = record.report_date.date
    statement_ids = ids_of_statements(record, report_id)
    for statement, statement_id in zip(record.statements, statement_ids, strict=True):
        _write_statement(db, statement, {"id": statement_id, "report": report}, day)
    event_ids = ids_of_events(record, report_id)
    said_in = {s.id: i for s, i in zip(record.statements, statement_ids, strict=True)}
    known_as = {e.id: i for e, i in zip(record.events, event_ids, strict=True)}
    for event, event_id in zip(record.events, event_ids, strict=True):
        told = event.said_by.statement if event.said_by else None
        links = {
            "id": event_id,
            "report": report,
            "local": event.id,
            "statement": said_in.get(told) if told else None,
            "same_as": known_as.get(event.same_as) if event.same_as else None,
        }
        number = insert(db, "event", {**links, **columns_of(event, day)})
        write_parties(db, number, "actor", event.actors)
        write_parties(db, number, "recipient", event.recipients)


def columns_of(event: Event, report_day: str | None) -> Values:
    """The columns of an event that its record tells, without its ids and sides."""
    start, end = days_of(event.date)
    place, voice = event.place, event.said_by
    return {
        "type": event.type,
        "mode": event.mode,
        "contexts": json.dumps(event.contexts),
        "status": event.status,
        "quad": quad_of(event.type),
        "intensity": event.intensity,
        "score": event.score,
        "act": event.act,
        "date": event.date,
        "date_start": start,
        "date_end": end,
        "date_is_report": int(event.date_is_report),
        "day": start or report_day,
        **_span("trigger", event.trigger),
        **_span("evidence", event.evidence),
        "place": place.text if place else None,
        "place_country": place.country if place else None,
        **_span("place", place.span if place else None),
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "said_by": voice.name if voice else None,
        "said_by_text": voice.text if voice else None,
        **_span("said_by", voice.span if voice else None),
    }


def write_parties(db: sqlite3.Connection, event: int, side: str, parties: Sequence[Party]) -> None:
    """Write the parties of one side of an event, in order."""
    rows = ((event, side, i, *p.span, p.text, p.name, p.country, p.sector, p.id, p.role) for i, p in enumerate(parties))
    db.executemany("INSERT INTO event_party VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def unpacked(packed: bytes, text: str) -> Record:
    """The record as it was coded, with the text of its report."""
    return replace(Record.from_json(zlib.decompress(packed)), text=text)


def chunked(values: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """`values` in lists short enough for one query."""
    batch: list[T] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _coded(record: Record) -> Values:
    told, coder = record.report_date, record.coder
    return {
        "coder_name": coder.name if coder else None,
        "coder_version": coder.version if coder else None,
        "coder_model": coder.model if coder else None,
        "report_date": told.date,
        "certain": int(told.certain),
        "basis": told.basis,
        "language": record.language,
    }


def _write_statement(db: sqlite3.Connection, statement: Statement, links: Values, report_day: str | None) -> None:
    source = statement.source
    values = {
        **links,
        "local": statement.id,
        "kind": statement.kind,
        "date": statement.date,
        "day": days_of(statement.date)[0] or report_day,
        **_span("cue", statement.cue),
        **_span("addressee", statement.addressee),
        **_span("source", source.span if source else None),
    }
    if source:
        values |= {
            "source_text": source.text,
            "source_name": source.name,
            "source_country": source.country,
            "source_sector": source.sector,
            "source_entity": source.id,
            "source_role": source.role,
        }
    number = insert(db, "statement", values)
    spans = ((number, i, *span) for i, span in enumerate(statement.content))
    db.executemany("INSERT INTO statement_span VALUES (?, ?, ?, ?)", spans)


def _span(name: str, span: Span | None) -> Values:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}
