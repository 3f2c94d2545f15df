"""The path from a report to its record, with the language and the tables of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from detente import __version__
from detente.checks import check_report
from detente.checks.bounds import bounds_checks
from detente.coding.budget import budget
from detente.coding.protocol import UNSUPPORTED, Item, Result, Settings
from detente.coding.workers import across_workers, batches
from detente.did import Proposer, assembled, find_events
from detente.did.acts import acts_of
from detente.did.assemble import standing
from detente.did.candidate import likely
from detente.did.explain import Explanation, explain_event
from detente.did.rules import RuleProposer
from detente.errors import DetenteError
from detente.knowledge import Knowledge, home_of, load_knowledge
from detente.language import DEFAULT_MODEL, parse_many
from detente.language.gate import names_beyond
from detente.language.pipeline import fresh_pipeline, has_outgrown
from detente.reading.language_of import ENGLISH, detect_language
from detente.record import Check, CoderId, Event, Failure, Record, Report, ReportDate, Statement, Time, sha256_of
from detente.said import dated, find_statements
from detente.when import find_report_date, find_times, with_gatherings
from detente.where import PlaceMention, find_places
from detente.who import Cast, find_parties

Found = tuple[tuple[Time, ...], Cast, tuple[PlaceMention, ...], tuple[Statement, ...], date | None]
"""What the stages before the events find: times, parties, places, statements, and the day of the report."""


class Pipeline:
    """A coder that parses a report and runs the stages over it; `proposer` makes what finds the acts.

    The model and the tables are loaded once, when the first report comes; where other processes do the work, this one
    loads neither. What is wrong with them is raised as `ModelError` or `DataError`.
    """

    def __init__(
        self,
        name: str = "rules",
        settings: Settings | None = None,
        proposer: Callable[[], Proposer] = RuleProposer,
        version: str = __version__,
    ) -> None:
        self.name = name
        self.version = version
        self.settings = settings or Settings()
        self._make_proposer = proposer

    @cached_property
    def proposer(self) -> Proposer:
        """What finds the acts."""
        return self._make_proposer()

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline."""
        return fresh_pipeline(self.settings.model or DEFAULT_MODEL)

    @cached_property
    def knowledge(self) -> Knowledge:
        """The tables."""
        return load_knowledge(self.settings.knowledge)

    @cached_property
    def id(self) -> CoderId:
        """What its records say of it."""
        meta = self.nlp.meta
        models = (f"{meta['lang']}_{meta['name']} {meta['version']}", self.proposer.model)
        return CoderId(self.name, self.version, "; ".join(m for m in models if m is not None))

    def code(self, report: Report) -> Record:
        """The record of one report."""
        language = detect_language(report.text)
        if language != ENGLISH:
            return not_coded(report, language, self.id)
        doc = self.parsed([report.text])[0]
        with self.budget():
            return self.record_of(report, doc)

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`.

        Any number of `workers` gives the same bytes; memory is bounded, however long the stream.
        """
        if workers > 1:
            yield from across_workers(self.name, self.settings, reports, workers)
            return
        for batch in batches(reports):
            yield from self._code_batch(batch)

    def parsed(self, texts: Sequence[str]) -> list[Doc]:
        """The Docs of `texts`, in order, as `record_of` takes them."""
        if has_outgrown(self.nlp):
            self.__dict__.pop("nlp", None)  # it is loaded anew when it is asked for next
        known = self.knowledge.longest_at
        return list(parse_many(self.nlp, texts, names_beyond(known), known))

    def record_of(self, report: Report, doc: Doc) -> Record:
        """The record of an English report whose text is already parsed."""
        report_date, found = self.stages(report, doc)
        events = find_events(doc, *found, proposer=self.proposer, min_score=self.settings.min_score)
        return self.record_with(report, doc, report_date, found, found[3], events)

    def record_with(
        self,
        report: Report,
        doc: Doc,
        report_date: ReportDate,
        found: Found,
        statements: tuple[Statement, ...],
        events: tuple[Event, ...],
    ) -> Record:
        """The record of a parsed report that holds what was found in it, with what is odd about the report."""
        times, cast = found[:2]
        odd = check_report(report, report_date, doc, times, self.knowledge)
        return Record(
            id=report.id,
            title=report.title,
            url=report.url,
            publisher=report.publisher,
            language=ENGLISH,
            published=report.published,
            report_date=report_date,
            text=report.text,
            text_sha256=sha256_of(report.text),
            checks=(*report.checks, *odd, *bounds_checks(doc, cast)),
            times=times,
            statements=statements,
            events=events,
            acts=acts_of(events),
            coder=self.id,
        )

    def budget(self) -> AbstractContextManager[None]:
        """What coding one report may take, as its settings say; see `detente.coding.budget`."""
        return budget(self.settings.seconds, self.settings.memory)

    def explain(self, report: Report, event_id: str) -> Explanation | None:
        """Why an event of an English report reads as it does; null where the report has no such event."""
        doc = self.parsed([report.text])[0]
        found = self.stages(report, doc)[1]
        proposed = self.proposer.propose(doc, *found)
        stand = standing(doc, proposed, found[0], found[1], found[3], found[4])
        candidates = [c for c in stand if likely(c.score, self.settings.min_score)]
        events = assembled(doc, candidates, self.proposer)
        return explain_event(event_id, doc, found[0], proposed, candidates, events)

    def stages(self, report: Report, doc: Doc) -> tuple[ReportDate, Found]:
        """What comes before the events, in the order in which they ask for it."""
        report_date = find_report_date(report, doc, self.knowledge.calendar)
        day = date.fromisoformat(report_date.date) if report_date.date else None
        times = with_gatherings(find_times(doc, day), doc, day, self.knowledge.calendar)
        cast = find_parties(doc, day, self.knowledge, home_of(report.url))
        statements = dated(find_statements(doc, cast), doc, times, day)
        return report_date, (times, cast, find_places(doc, cast), statements, day)

    def _code_batch(self, batch: Sequence[Item]) -> Iterator[Result]:
        languages = [detect_language(item.text) for item in batch if isinstance(item, Report)]
        texts = [item.text for item in batch if isinstance(item, Report)]
        docs = iter(self._parses([text for text, code in zip(texts, languages, strict=True) if code == ENGLISH]))
        codes = iter(languages)
        for item in batch:
            if isinstance(item, Failure):
                yield item
            elif (code := next(codes)) == ENGLISH:
                yield self._coded(item, next(docs))
            else:
                yield not_coded(item, code, self.id)

    def _parses(self, texts: Sequence[str]) -> list[Doc | Exception]:
        """The Docs of a batch; where the batch cannot be parsed, of each text its own or what broke it."""
        try:
            return [*self.parsed(texts)]
        except DetenteError:
            raise  # the model is missing: no report can be parsed
        except Exception as error:  # noqa: BLE001  one report must never cost the batch
            return [error] if len(texts) == 1 else [doc for text in texts for doc in self._parses([text])]

    def _coded(self, report: Report, doc: Doc | Exception) -> Result:
        try:
            if isinstance(doc, Exception):
                raise doc
            with self.budget():
                return self.record_of(report, doc)
        except DetenteError as error:
            return Failure(report.id, report.origin, error.code, str(error))
        except Exception as error:  # noqa: BLE001  one report must never cost the batch; the row says what broke
            return Failure(report.id, report.origin, "internal", f"{type(error).__name__}: {error}")


def rule_coder(settings: Settings) -> Pipeline:
    """The coder that codes by grammar, lexicons and tables alone."""
    return Pipeline("rules", settings)


def not_coded(report: Report, language: str, coder: CoderId) -> Record:
    """The record of a report in another language than English: kept, with nothing in it coded."""
    message = f"The text is not in English (it looks like {language!r}), so nothing in it was coded."
    return Record(
        id=report.id,
        title=report.title,
        url=report.url,
        publisher=report.publisher,
        language=UNSUPPORTED,
        published=report.published,
        report_date=find_report_date(report),
        text=report.text,
        text_sha256=sha256_of(report.text),
        checks=(*report.checks, Check("language", message)),
        coder=coder,
    )
