"""``detente explain``: how one event of a report came about, for whoever must defend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from detente.cli.coders import Choice
from detente.cli.output import opened, write_json
from detente.errors import DetenteError, UsageError
from detente.reading import STDIN, read_reports
from detente.reading.fields import day_in
from detente.record import Failure, Report, Span

if TYPE_CHECKING:
    from rich.text import Text

    from detente.did.explain import Explanation, SideReason

_STYLE = {"trigger": "bold reverse", "actor": "bold green", "recipient": "bold cyan", "status": "bold yellow"}


def run(
    path: str,
    report_id: str | None,
    event: str,
    date: str | None,
    choice: Choice,
    as_json: bool = False,
) -> None:
    """Print the explanation; raises `UsageError` where the file has no such report or event."""
    day = day_in(date)
    report = _chosen(path, report_id, read_reports([path], day))
    coder = choice.make()
    explanation = coder.explain(report, event)
    if explanation is None:
        known = [e.id for e in coder.code(report).events]
        has = f"it has {known[0]} to {known[-1]}" if known else "it has no events"
        raise UsageError(f"report {report.id!r} has no event {event!r}: {has}")
    with opened(None, machine=as_json) as out:
        if as_json:
            write_json(asdict(explanation), out)
            return
        from rich.console import Console

        width = None if out.isatty() else 100
        console = Console(file=out, width=width, highlight=False, emoji=False, markup=False)
        for line in _lines(explanation, report.text):
            console.print(line)


def _chosen(path: str, report_id: str | None, items: Iterator[Report | Failure]) -> Report:
    for item in items:
        if report_id is not None and item.id != report_id:
            continue
        if isinstance(item, Failure):
            raise DetenteError(item.reason)
        return item
    where = "standard input" if path == STDIN else path
    raise UsageError(f"{where} holds no report" + (f" {report_id!r}" if report_id is not None else ""))


def _lines(explanation: Explanation, text: str) -> Iterator[Text]:
    from rich.text import Text

    event = explanation.event
    mode = f" ({event.mode})" if event.mode else ""
    yield Text.assemble((f"{event.id}  {event.type}{mode}", "bold"), f"  {event.status}, intensity {event.intensity}")
    yield Text("")
    yield _sentence(explanation, text)
    yield Text("")
    yield _line("trigger", f"“{event.trigger.of(text)}” in the sense  {explanation.sense}")
    yield from _side("actors", "who acts is not told", explanation.actors)
    yield from _side("recipients", "nobody is told on the receiving side", explanation.recipients)
    reasons = [f"“{r.text}” makes it {r.status}" for r in explanation.status] or [
        "told as it stands: no word changes it"
    ]
    yield from _listed("status", reasons)
    yield _line("date", _dated(explanation, text))
    yield from _weighed(explanation)
    if explanation.changes:
        yield from _listed("settled", explanation.changes)
    if event.said_by is not None:
        yield _line("said by", f"“{event.said_by.text}” ({event.said_by.name})")
    if event.same_as is not None:
        yield _line("same as", f"{event.same_as}, which tells this act before")


def _sentence(explanation: Explanation, text: str) -> Text:
    """The sentence with its trigger, sides and status words marked."""
    from rich.text import Text

    whole = explanation.sentence
    shown = Text(whole.of(text).replace("\n", " "))
    marks: list[tuple[Span, str]] = [(r.span, "status") for r in explanation.status]
    marks += [(s.span, "recipient") for s in explanation.recipients] + [(s.span, "actor") for s in explanation.actors]
    for span, kind in (*marks, (explanation.trigger, "trigger")):
        if whole.start <= span.start and span.end <= whole.end:
            shown.stylize(_STYLE[kind], span.start - whole.start, span.end - whole.start)
    shown.rstrip()
    return shown


def _weighed(explanation: Explanation) -> Iterator[Text]:
    """What a learned coder weighed: a line a question, its answers with their chances."""
    questions = dict.fromkeys(w.question for w in explanation.weights)
    told = [
        f"{question}: " + ", ".join(f"{w.answer} {w.chance:.2f}" for w in explanation.weights if w.question == question)
        for question in questions
        if question != "rules"
    ]
    told += [f"the rules say {w.answer}" for w in explanation.weights if w.question == "rules"]
    return _listed("weighed", told)


def _side(name: str, nobody: str, side: Sequence[SideReason]) -> Iterator[Text]:
    return _listed(name, [f"“{s.text}” ({s.country or 'country unknown'}) by {s.path}" for s in side] or [nobody])


def _listed(name: str, entries: Sequence[str]) -> Iterator[Text]:
    for number, entry in enumerate(entries):
        yield _line("" if number else name, entry)


def _line(name: str, words: str) -> Text:
    from rich.text import Text

    return Text.assemble((f"{name:>10}  ", "dim"), words)


def _dated(explanation: Explanation, text: str) -> str:
    event = explanation.event
    if event.date is None:
        return "unknown: no time is told with it"
    if explanation.date is not None:
        return f"{event.date} from “{explanation.date.span.of(text)}”"
    return f"{event.date}, the report's own day" if event.date_is_report else event.date
