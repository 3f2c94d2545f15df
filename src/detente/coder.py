"""The path from a report to its record."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from functools import cache, cached_property
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from spacy.language import Language
from spacy.tokens import Doc

from detente import __version__
from detente.checks import check_report
from detente.did import find_events
from detente.did.acts import acts_of
from detente.did.explain import Explanation, explain_event
from detente.errors import DetenteError
from detente.knowledge import Knowledge, home_of, load_knowledge
from detente.language import DEFAULT_MODEL, load_pipeline, parse_many
from detente.language.gate import names_beyond
from detente.language.pipeline import BATCH_SIZE
from detente.reading.language_of import ENGLISH, detect_language
from detente.record import Check, CoderId, Failure, Record, Report, ReportDate, Statement, Time, sha256_of
from detente.said import dated, find_statements
from detente.when import find_report_date, find_times
from detente.where import PlaceMention, find_places
from detente.who import Cast, find_parties

UNSUPPORTED = "unsupported"
"""`Record.language` of a report that is not in English: it is kept, and nothing in it is guessed at."""

Item = Report | Failure
_Found = tuple[tuple[Time, ...], Cast, tuple[PlaceMention, ...], tuple[Statement, ...], date | None]
Result = Record | Failure


class Coder:
    """Codes reports. The model and the tables are loaded once, when the first report comes.

    `model` names a spaCy pipeline (a package or a path), `knowledge` a CSV of the user's own entries. Where other
    processes do the work, this one loads neither. What is wrong with them is raised as `ModelError` or `DataError`.
    """

    def __init__(self, model: str = DEFAULT_MODEL, knowledge: Path | None = None) -> None:
        self.model = model
        self.knowledge_path = knowledge

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline."""
        return load_pipeline(self.model)

    @cached_property
    def knowledge(self) -> Knowledge:
        """The tables."""
        return load_knowledge(self.knowledge_path)

    @cached_property
    def id(self) -> CoderId:
        """What its records say of it."""
        meta = self.nlp.meta
        return CoderId("rules", __version__, f"{meta['lang']}_{meta['name']} {meta['version']}")

    def code(self, report: Report) -> Record:
        """The record of one report."""
        language = detect_language(report.text)
        if language != ENGLISH:
            return _not_coded(report, language, self.id)
        return self.record_of(report, self.parsed([report.text])[0])

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`.

        Reports are coded in batches cut by their order alone, so that any number of `workers` gives the same bytes.
        Memory is bounded by a few batches, however long the stream.
        """
        batches = _batches(reports)
        if workers <= 1:
            for batch in batches:
                yield from self._code_batch(batch)
            return
        with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent) as pool:
            waiting: deque[Future[list[Result]]] = deque()
            for batch in batches:
                waiting.append(pool.submit(_code_in_worker, self.model, self.knowledge_path, batch))
                if len(waiting) > 2 * workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()

    def parsed(self, texts: Sequence[str]) -> list[Doc]:
        """The Docs of `texts`, in order, as `record_of` takes them."""
        return list(parse_many(self.nlp, texts, names_beyond(self.knowledge.longest_at)))

    def record_of(self, report: Report, doc: Doc) -> Record:
        """The record of an English report whose text is already parsed."""
        report_date, found = self._stages(report, doc)
        times, _, _, statements, _ = found
        events = find_events(doc, *found)
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
            checks=(*report.checks, *check_report(report, report_date, doc, times, self.knowledge)),
            times=times,
            statements=statements,
            events=events,
            acts=acts_of(events),
            coder=self.id,
        )

    def explain(self, report: Report, event_id: str) -> Explanation | None:
        """Why an event of an English report reads as it does; null where the report has no such event."""
        doc = self.parsed([report.text])[0]
        return explain_event(event_id, doc, *self._stages(report, doc)[1])

    def _stages(self, report: Report, doc: Doc) -> tuple[ReportDate, _Found]:
        """What comes before the events, in the order in which they ask for it."""
        report_date = find_report_date(report, doc)
        day = date.fromisoformat(report_date.date) if report_date.date else None
        times = find_times(doc, day)
        cast = find_parties(doc, day, self.knowledge, home_of(report.url))
        statements = dated(find_statements(doc, cast), doc, times, day)
        return report_date, (times, cast, find_places(doc, cast), statements, day)

    def _code_batch(self, batch: Sequence[Item]) -> Iterator[Result]:
        languages = [detect_language(item.text) for item in batch if isinstance(item, Report)]
        texts = [item.text for item in batch if isinstance(item, Report)]
        docs = iter(self.parsed([text for text, code in zip(texts, languages, strict=True) if code == ENGLISH]))
        codes = iter(languages)
        for item in batch:
            if isinstance(item, Failure):
                yield item
            elif (code := next(codes)) == ENGLISH:
                yield self._coded(item, next(docs))
            else:
                yield _not_coded(item, code, self.id)

    def _coded(self, report: Report, doc: Doc) -> Result:
        try:
            return self.record_of(report, doc)
        except DetenteError as error:
            return Failure(report.id, report.origin, error.code, str(error))
        except Exception as error:  # noqa: BLE001  one report must never cost the batch; the row says what broke
            return Failure(report.id, report.origin, "internal", f"{type(error).__name__}: {error}")


def _end_with_parent() -> None:
    """End this worker when the process it works for is gone, however that ended; Ctrl-C is for that one to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)


@cache
def _worker_coder(model: str, knowledge: Path | None) -> Coder:
    return Coder(model, knowledge)


def _code_in_worker(model: str, knowledge: Path | None, batch: Sequence[Item]) -> list[Result]:
    return list(_worker_coder(model, knowledge)._code_batch(batch))


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, BATCH_SIZE)):
        yield batch


def _not_coded(report: Report, language: str, coder: CoderId) -> Record:
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
