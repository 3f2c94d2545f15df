"""From a record to its rows in the dataset: the same ids and values as in an archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

import pyarrow as pa

from detente.archive.ids import id_of_report, ids_of_events, ids_of_statements
from detente.archive.sentences import LONGEST_SENTENCE
from detente.archive.writing import columns_of
from detente.bulk.columns import TABLES
from detente.checks.fingerprints import fingerprint
from detente.codebook.plover import quad_of
from detente.knowledge import BEYOND_STATES
from detente.record import Event, Failure, Party, Record, Report, Span, Statement, days_of

Row = dict[str, Any]

MOST_PARTS = 1 << 20
"""Events or statements a report may have: numbers of the second follow on those of the first."""

AROUND = LONGEST_SENTENCE // 2 + 2
"""Characters on either side of a trigger that a comparison may look at, and two more for the edge of a word."""

ONLY_IN_SHARDS: dict[str, tuple[Any, ...]] = {
    "reports": (pa.field("print", pa.binary()),),
    "events": (
        pa.field("published", pa.string()),
        pa.field("window", pa.string()),
        pa.field("window_start", pa.int64()),
    ),
    "parties": (pa.field("report_date", pa.date32()),),
}
"""Columns that shards have and the dataset has not: what is compared over the whole set. A `window` are the words of
the report around an event, as many as a comparison looks at."""


@dataclass(slots=True)
class Rows:
    """The rows of some reports, by table."""

    tables: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})

    def add(self, number: int, record: Record, report: Report | None) -> None:
        """Add what `record` holds; `number` is that of the report in the input."""
        report_id = id_of_report(record)
        day = _day(record.report_date.date)
        statement_ids = ids_of_statements(record, report_id)
        links = {s.id: i for s, i in zip(record.statements, statement_ids, strict=True)}
        shared = {"report": report_id, "report_date": day}
        self.tables["events"] += self._events(number, record, report_id, links, shared)
        self.tables["statements"] += [
            {**shared, "id": id_, "n": number * MOST_PARTS + i, **_statement(statement, record.text, day)}
            for i, (statement, id_) in enumerate(zip(record.statements, statement_ids, strict=True))
        ]
        self.tables["checks"] += [
            {**shared, "n": number, "position": i, "code": c.code, "message": c.message, "spans": _spans(c.spans)}
            for i, c in enumerate(record.checks)
        ]
        self.tables["reports"].append(_report(number, record, report, report_id))

    def refuse(self, number: int, failure: Failure, outcome: str) -> None:
        """Add why an item gave no record."""
        self.tables["failures"].append(
            {
                "n": number,
                "record_id": failure.id,
                "origin": failure.origin,
                "outcome": outcome,
                "code": failure.code,
                "reason": failure.reason,
            }
        )

    def _events(
        self, number: int, record: Record, report_id: str, statements: dict[str, str], shared: Row
    ) -> Iterable[Row]:
        ids = ids_of_events(record, report_id)
        known_as = {e.id: i for e, i in zip(record.events, ids, strict=True)}
        for place, (event, id_) in enumerate(zip(record.events, ids, strict=True)):
            row = _event(event, record)
            told = event.said_by.statement if event.said_by else None
            row |= {
                "id": id_,
                "n": number * MOST_PARTS + place,
                "statement": statements.get(told) if told else None,
                "same_as": known_as.get(event.same_as) if event.same_as else None,
                "published": record.published,
                **_window(event, record.text),
            }
            beside = {"event": id_, "n": row["n"], "day": row["day"], "report_date": shared["report_date"]}
            for side, parties in (("actor", event.actors), ("recipient", event.recipients)):
                self.tables["parties"] += [
                    {**beside, "side": side, "position": i, **_party(party)} for i, party in enumerate(parties)
                ]
            yield {**shared, **row}


def _report(number: int, record: Record, report: Report | None, report_id: str) -> Row:
    told, coder = record.report_date, record.coder
    sources = (s.source for s in record.statements if s.source)
    parties = chain(sources, *((*e.actors, *e.recipients) for e in record.events))
    return {
        "id": report_id,
        "n": number,
        "record_id": record.id,
        "title": record.title,
        "url": record.url,
        "publisher": record.publisher,
        "published": record.published,
        "report_date": _day(told.date),
        "certain": told.certain,
        "basis": told.basis,
        "language": record.language,
        "topics": list(report.topics) if report else [],
        "cited": list(report.cited) if report else [],
        "origin": report.origin if report else None,
        "coder": coder.name if coder else None,
        "coder_version": coder.version if coder else None,
        "coder_model": coder.model if coder else None,
        "countries": sorted({party.country for party in parties if party.country}),
        "events": len(record.events),
        "text": record.text,
        "text_sha256": record.text_sha256,
        "record": replace(record, text="").to_json(),
        "print": fingerprint(record.text),
    }


def _event(event: Event, record: Record) -> Row:
    actors, recipients = _codes(event.actors), _codes(event.recipients)
    row = columns_of(event, record.report_date.date)
    return {
        **row,
        "local": event.id,
        "contexts": list(event.contexts),
        "quad": quad_of(event.type),
        "date_start": _day(row["date_start"]),
        "date_end": _day(row["date_end"]),
        "date_is_report": event.date_is_report,
        "day": _day(row["day"]),
        "pair": _pair(actors, recipients),
        "actors": actors,
        "recipients": recipients,
        "countries": sorted({*actors, *recipients}),
        "trigger": event.trigger.of(record.text),
        "evidence": event.evidence.of(record.text),
    }


def _window(event: Event, text: str) -> Row:
    start = max(0, min(event.trigger.start - AROUND, event.evidence.start))
    end = max(event.trigger.end + AROUND, event.evidence.end)
    return {"window": text[start:end], "window_start": start}


def _statement(statement: Statement, text: str, day: date | None) -> Row:
    source = statement.source
    return {
        "day": _day(days_of(statement.date)[0]) or day,
        "kind": statement.kind,
        "date": statement.date,
        "speaker": source.name if source else None,
        "speaker_country": source.country if source else None,
        "speaker_sector": source.sector if source else None,
        "speaker_entity": source.id if source else None,
        "speaker_role": source.role if source else None,
        "cue": statement.cue.of(text) if statement.cue else None,
        "addressee": statement.addressee.of(text) if statement.addressee else None,
        "content": [span.of(text) for span in statement.content],
        "spans": _spans(statement.content),
        "local": statement.id,
    }


def _party(party: Party) -> Row:
    return {
        "name": party.name,
        "country": party.country,
        "sector": party.sector,
        "entity": party.id,
        "role": party.role,
        "text": party.text,
        "start": party.span.start,
        "end": party.span.end,
    }


def _codes(parties: Sequence[Party]) -> list[str]:
    return [party.country for party in parties if party.country]


def _pair(actors: Sequence[str], recipients: Sequence[str]) -> str | None:
    """The first two states of an act: an actor and a recipient, or two that act together."""
    states = [code for code in (*actors[:1], *recipients, *actors[1:]) if code not in BEYOND_STATES]
    first = list(dict.fromkeys(states))[:2]
    return "-".join(sorted(first)) if len(first) == 2 else None


def _spans(spans: Iterable[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
