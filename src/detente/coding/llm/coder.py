"""The coder that asks a language model: the house parses, the model tells, the text and dated knowledge decide."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec

from spacy.tokens import Doc

from detente import __version__
from detente.coding.llm.addressed import addressed_in, check_of
from detente.coding.llm.asking import Conversation, Part
from detente.coding.llm.budget import Estimate, Meter, read_budget
from detente.coding.llm.grounding import Grounding
from detente.coding.llm.kept import Kept
from detente.coding.llm.prompt import prompt_hash
from detente.coding.llm.server import Answers, Server
from detente.coding.llm.settings import Asking
from detente.coding.pipeline import Found, Pipeline, not_coded
from detente.coding.protocol import Item, Result, Settings
from detente.coding.workers import batches
from detente.did import assembled, find_candidates, find_events
from detente.did.explain import Explanation, explain_event
from detente.errors import DetenteError, UsageError
from detente.language.pipeline import BATCH_SIZE
from detente.reading.language_of import ENGLISH, detect_language
from detente.record import Check, CoderId, Failure, Record, Report, ReportDate

UNFOUNDED = "llm-unfounded"
"""The code of the check that counts what the model told and the text or the ontology does not have."""

HALF = "llm-half"
"""The code of the check on a record that rests on half an answer."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    report: Report
    doc: Doc
    report_date: ReportDate
    found: Found
    parts: Future[tuple[Part, ...]]


class LlmCoder:
    """Codes by asking a server. Requests are open several at once; records come in the order of the reports."""

    name = "llm"

    def __init__(self, settings: Settings, server: Answers | None = None) -> None:
        asking = settings.asking or Asking()
        asking = replace(asking, model=settings.model or asking.model)
        self.asking = asking
        self.version = f"{__version__}+{prompt_hash()}"
        self.meter = Meter(asking.price(), read_budget(asking.budget) if asking.budget else None)
        self._conversation = Conversation(asking, Kept(asking.cache), self.meter, server or _server_for(asking))
        stages = Settings(None, settings.knowledge, seconds=settings.seconds, memory=settings.memory)
        self._pipeline = Pipeline(self.name, stages, version=self.version)

    @cached_property
    def id(self) -> CoderId:
        """What its records say of it: the hash of the prompt is part of the version."""
        return CoderId(self.name, self.version, f"{self.asking.model}; {self._pipeline.id.model}")

    def code(self, report: Report) -> Record:
        """The record of one report; raises `AskingError` where the model gives no coding."""
        if (language := detect_language(report.text)) != ENGLISH:
            return not_coded(report, language, self.id)
        doc = self._pipeline.parsed([report.text])[0]
        report_date, found = self._pipeline.stages(report, doc)
        return self._record(report, doc, report_date, found, self._conversation.about(report.text, report_date.date))

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`.

        `workers` are requests open at once, where they are more than the settings say.
        """
        waiting: deque[Result | _Parsed] = deque()
        pool = ThreadPoolExecutor(max(workers, self.asking.requests))
        try:
            for batch in batches(reports):
                for prepared in self._prepared(batch, pool):
                    waiting.append(prepared)
                    if len(waiting) > BATCH_SIZE:
                        yield self._finished(waiting.popleft())
            while waiting:
                yield self._finished(waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def explain(self, report: Report, event_id: str) -> Explanation | None:
        """How an event reads in the model's answer; null where the report has no such event."""
        doc = self._pipeline.parsed([report.text])[0]
        report_date, found = self._pipeline.stages(report, doc)
        grounding = Grounding(doc, found, self._conversation.about(report.text, report_date.date), addressed_in(doc))
        candidates = find_candidates(doc, *_with(found, grounding), proposer=grounding)
        events = assembled(doc, candidates, grounding)
        return explain_event(event_id, doc, found[0], grounding.candidates, candidates, events)

    def estimate(self, reports: Sequence[Report]) -> Estimate:
        """What coding `reports` may cost."""
        return self._conversation.estimate(reports)

    def spent(self) -> str:
        """The account so far, in words."""
        return str(self.meter)

    def _prepared(self, batch: Sequence[Item], pool: ThreadPoolExecutor) -> Iterator[Result | _Parsed]:
        """A batch parsed, each report already asked about."""
        languages = {id(item): detect_language(item.text) for item in batch if isinstance(item, Report)}
        english = [item for item in batch if isinstance(item, Report) and languages[id(item)] == ENGLISH]
        docs = dict(zip(map(id, english), self._pipeline.parsed([item.text for item in english]), strict=True))
        for item in batch:
            if isinstance(item, Failure):
                yield item
            elif id(item) in docs:
                yield self._asked(item, docs[id(item)], pool)
            else:
                yield not_coded(item, languages[id(item)], self.id)

    def _asked(self, report: Report, doc: Doc, pool: ThreadPoolExecutor) -> Failure | _Parsed:
        try:
            with self._pipeline.budget():
                report_date, found = self._pipeline.stages(report, doc)
        except Exception as error:  # noqa: BLE001  one report must never cost the batch; the row says what broke
            return _broken(report, error)
        return _Parsed(
            report, doc, report_date, found, pool.submit(self._conversation.about, report.text, report_date.date)
        )

    def _finished(self, waiting: Result | _Parsed) -> Result:
        if not isinstance(waiting, _Parsed):
            return waiting
        try:
            parts = waiting.parts.result()
            with self._pipeline.budget():
                return self._record(waiting.report, waiting.doc, waiting.report_date, waiting.found, parts)
        except DetenteError as error:
            return Failure(waiting.report.id, waiting.report.origin, error.code, str(error))
        except Exception as error:  # noqa: BLE001  as above
            return _broken(waiting.report, error)

    def _record(
        self, report: Report, doc: Doc, report_date: ReportDate, found: Found, parts: tuple[Part, ...]
    ) -> Record:
        barred = addressed_in(doc)
        grounding = Grounding(doc, found, parts, barred)
        events = find_events(doc, *_with(found, grounding), proposer=grounding)
        record = self._pipeline.record_with(report, doc, report_date, found, grounding.statements, events)
        checks = [check_of(barred)] if barred else []
        if grounding.faults:
            checks.append(_counted(grounding.faults))
        if not all(part.answer.whole for part in parts):
            checks.append(Check(HALF, "The model's answer ends in the middle; what it told before was coded."))
        return replace(record, checks=(*record.checks, *checks), coder=self.id)


def llm_coder(settings: Settings) -> LlmCoder:
    """The coder that asks a language model; raises `UsageError` where no server or model is told."""
    return LlmCoder(settings)


def _server_for(asking: Asking) -> Answers | None:
    if asking.offline:
        if asking.cache is None:
            raise UsageError("--offline answers from a cache only: name it with --cache FILE.")
        return None
    if find_spec("openai") is None:
        raise UsageError("The coder llm needs the client of the servers: pip install 'detente[llm]'.")
    return Server(asking)


def _with(found: Found, grounding: Grounding) -> Found:
    """What was found, with the statements of the model."""
    times, cast, places, _, day = found
    return times, cast, places, grounding.statements, day


def _counted(faults: Counter[str]) -> Check:
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(faults.items()))
    return Check(UNFOUNDED, f"{faults.total()} claims of the model were left out ({reasons}).")


def _broken(report: Report, error: Exception) -> Failure:
    return Failure(report.id, report.origin, "internal", f"{type(error).__name__}: {error}")
