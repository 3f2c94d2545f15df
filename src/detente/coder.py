"""The path from a report to its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from detente.checks import check_report
from detente.did import find_events
from detente.errors import DetenteError
from detente.knowledge import load_knowledge
from detente.language import DEFAULT_MODEL, load_pipeline, parse_many
from detente.language.pipeline import BATCH_SIZE
from detente.record import Failure, Record, Report, sha256_of
from detente.said import find_statements
from detente.when import find_report_date, find_times
from detente.where import find_places
from detente.who import find_parties


class Coder:
    """Codes reports. Loading the model and the tables happens once, at construction.

    `model` names a spaCy pipeline (a package or a path), `knowledge` a CSV of the user's own entries.
    """

    def __init__(self, model: str = DEFAULT_MODEL, knowledge: Path | None = None) -> None:
        self.nlp = load_pipeline(model)
        self.knowledge = load_knowledge(knowledge)

    def code(self, report: Report) -> Record:
        """The record of one report."""
        return self.record_of(report, self.nlp(report.text))

    def stream(self, reports: Iterable[Report | Failure]) -> Iterator[Record | Failure]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`."""
        source = iter(reports)
        while batch := list(islice(source, BATCH_SIZE)):
            docs = parse_many(self.nlp, (r.text for r in batch if isinstance(r, Report)))
            for item in batch:
                yield item if isinstance(item, Failure) else self._coded(item, next(docs))

    def _coded(self, report: Report, doc: Doc) -> Record | Failure:
        try:
            return self.record_of(report, doc)
        except DetenteError as error:
            return Failure(report.id, report.origin, error.code, str(error))

    def record_of(self, report: Report, doc: Doc) -> Record:
        """The record of a report whose text is already parsed."""
        report_date = find_report_date(report)
        day = date.fromisoformat(report_date.date) if report_date.date else None
        times = find_times(doc, day)
        cast = find_parties(doc, day, self.knowledge)
        places = find_places(doc, cast)
        statements = find_statements(doc, cast)
        events = find_events(doc, times, cast, places, statements, day)
        checks = check_report(report, report_date, doc, times)
        return Record(
            id=report.id,
            title=report.title,
            url=report.url,
            publisher=report.publisher,
            language="en",
            published=report.published,
            report_date=report_date,
            text=report.text,
            text_sha256=sha256_of(report.text),
            checks=checks,
            times=times,
            statements=statements,
            events=events,
        )
