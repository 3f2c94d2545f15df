"""A coder for tests of bulk: it knows the sentences of `made_archive`, loads nothing, and dies when a text tells it to.

Worker processes find it by its entry point, as any coder that was added.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from detente.coding.protocol import Item, Result, Settings
from detente.record import (
    CoderId,
    Event,
    Failure,
    Party,
    Record,
    Report,
    ReportDate,
    Span,
    Statement,
    Voice,
    sha256_of,
)
from tests.made_archive import COLD, STATES, WARM

DEADLY, DEADLY_ONCE, BROKEN, SLOW = "(deadly)", "(deadly once)", "(broken)", "(slow)"
"""Words that end the worker, end the first worker that meets them, raise an error, and take a while."""

CRYPT = "DETENTE_TEST_CRYPT"
"""Names the folder in which a text that is deadly once leaves its mark."""

_SENTENCE = re.compile(r"[^.]+\.")
_NAMES = re.compile("|".join(state.name for state in STATES))
_CODES = {state.name: state.code for state in STATES}
_FORMS = {form.trigger: form for form in (*COLD, *WARM)}
_SAID = re.compile(r"\b(?:said|denied) that ")


class MadeCoder:
    """Codes the sentences of `made_archive`."""

    name = "made"
    version = "1"

    def code(self, report: Report) -> Record:
        """The record of one report."""
        _obey(report.text)
        events: list[Event] = []
        statements: list[Statement] = []
        for sentence in _SENTENCE.finditer(report.text):
            said = _SAID.search(sentence[0])
            voice = None
            if said:
                statement = _statement(len(statements) + 1, report.text, sentence.start(), sentence.end(), said)
                statements.append(statement)
                voice = _voice(statement)
            if event := _event(len(events) + 1, report, sentence, said.end() if said else 0, voice):
                events.append(event)
        return Record(
            id=report.id,
            title=report.title,
            url=report.url,
            publisher=report.publisher,
            language="en",
            published=report.published,
            report_date=ReportDate(report.date or report.published, "the page date", True),
            text=report.text,
            text_sha256=sha256_of(report.text),
            checks=report.checks,
            statements=tuple(statements),
            events=tuple(events),
            coder=CoderId("made", "1", None),
        )

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """A record or failure a report, in order."""
        for item in reports:
            if isinstance(item, Failure):
                yield item
            elif BROKEN in item.text:
                yield Failure(item.id, item.origin, "internal", "the text is broken")
            else:
                yield self.code(item)


def make(settings: Settings) -> MadeCoder:
    """The coder, whatever its settings."""
    return MadeCoder()


@pytest.fixture
def made_coder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the made coder, which workers find too."""
    site = tmp_path / "site"
    info = site / "made_coder-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: made_coder\nVersion: 1\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[detente.coders]\nmade = tests.made_coder:make\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    root = str(Path(__file__).resolve().parent.parent)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(site), root, os.environ.get("PYTHONPATH", ""))))
    monkeypatch.setenv(CRYPT, str(tmp_path))
    return "made"


def _obey(text: str) -> None:
    mark = Path(os.environ.get(CRYPT, ".")) / "died"
    if DEADLY_ONCE in text and not mark.exists():
        mark.touch()
        os._exit(7)
    if DEADLY in text:
        os._exit(9)
    if SLOW in text:
        time.sleep(0.05)


def _event(number: int, report: Report, sentence: re.Match[str], start: int, voice: Voice | None) -> Event | None:
    names = list(_NAMES.finditer(sentence[0], start))
    trigger = next((word for word in _FORMS if word in sentence[0][start:]), None)
    if trigger is None or len(names) < 2 or names[0][0] == names[1][0]:
        return None
    form, base = _FORMS[trigger], sentence.start()
    at = base + sentence[0].index(trigger, start)
    first, second = (Party(Span(base + m.start(), base + m.end()), m[0], m[0], _CODES[m[0]], "GOV") for m in names[:2])
    day = report.published if form.status != "planned" and date.fromisoformat(report.published or "") else None
    return Event(
        f"e{number}",
        form.type,
        form.status,  # type: ignore[arg-type]
        Span(at, at + len(trigger)),
        Span(base + start, sentence.end()),
        (first,) if form.type != "CONSULT" else (first, second),
        (second,) if form.type != "CONSULT" else (),
        mode=form.mode,
        date=day,
        date_is_report=form.status == "happened",
        said_by=voice,
        intensity=form.weight,
    )


def _statement(number: int, text: str, start: int, end: int, said: re.Match[str]) -> Statement:
    words = text[start : start + said.start()].strip(" —\n")
    name = words.partition(",")[0].rpartition("— ")[2]
    at = text.index(name, start)
    state = next((state for state in STATES if state.spokesman == name), None)
    source = Party(Span(at, at + len(name)), name, name, state.code if state else None, "GOV")
    cue = Span(start + said.start(), start + said.start() + len(said[0].split()[0]))
    return Statement(f"s{number}", source, cue, (Span(start + said.end(), end - 1),), "indirect")


def _voice(statement: Statement) -> Voice | None:
    source = statement.source
    return Voice(source.span, source.text, source.name, statement.id) if source else None
