"""Pretty: a record for a person at a terminal, every claim with its words from the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as day_of_year
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from detente.record import Check, Event, Failure, Party, Record, Statement

WIDTH = 100
"""Columns where the output is no terminal."""

MARGIN = 4
"""Columns before a line for the id of what it tells."""

LONGEST_QUOTE = 320
"""Characters of the text shown as evidence of one claim."""

STATUS = {
    "happened": ("●", "green"),
    "planned": ("○", "yellow"),
    "possible": ("◌", "magenta"),
    "denied": ("✕", "red"),
}
"""Status → its mark and colour: the word always stands beside them."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f]+")
_GAP = Text(" · ", style="dim")


def write(results: Iterable[Record | Failure], out: TextIO) -> None:
    """Print `results`; in colour where `out` is a terminal."""
    console = Console(file=out, width=None if out.isatty() else WIDTH, highlight=False, emoji=False, markup=False)
    for number, result in enumerate(results):
        if number:
            console.print()
        for part in _failure(result) if isinstance(result, Failure) else _record(result):
            console.print(part, soft_wrap=False)


def _failure(failure: Failure) -> Iterator[RenderableType]:
    where = failure.origin or failure.id or "a report"
    yield Text.assemble(("✕ not coded  ", "bold red"), plain(f"{where}: {failure.code}: {failure.reason}"))


def _record(record: Record) -> Iterator[RenderableType]:
    yield from _header(record)
    if record.statements:
        yield _heading("Statements", len(record.statements))
        for statement in record.statements:
            yield _line(statement.id, _statement(statement, record.text))
            yield _quote(_contents(statement, record.text))
    if record.events:
        yield _heading("Events", len(record.events))
        for event in record.events:
            yield _line(event.id, _event(event, record.text))
            yield _quote(_evidence(event, record.text))
    if not record.statements and not record.events:
        yield Text("\nNothing in this report was coded.", style="dim")


def _header(record: Record) -> Iterator[RenderableType]:
    yield Rule(Text(plain(record.title or "Report without a title"), style="bold"), align="left", characters="━")
    page = f"page dated {in_words(record.published)}" if record.published else "page without a date"
    yield Text(plain(" · ".join(filter(None, (record.publisher, page, record.url)))), style="dim")
    told = record.report_date
    sure = "" if told.certain else " (not certain)"
    yield Text.assemble(
        ("Report date  ", "bold"), (in_words(told.date) if told.date else "unknown") + sure, (f" · {told.basis}", "dim")
    )
    for check in record.checks:
        yield _check(check, record.text)


def _check(check: Check, text: str) -> Text:
    words = " … ".join(f"“{short(span.of(text), 60)}”" for span in check.spans[:3])
    line = Text.assemble(("Odd          ", "bold yellow"), plain(check.message))
    return line.append(f"  {words}", style="italic dim") if words else line


def _heading(name: str, count: int) -> Text:
    return Text(f"\n{name} ({count})", style="bold")


def _line(name: str, parts: Text) -> RenderableType:
    """A name in the margin, and the parts wrapped beside it."""
    grid = Table.grid(padding=0)
    grid.add_column(width=MARGIN, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(name, parts)
    return grid


def _quote(words: Text) -> RenderableType:
    return Padding(words, (0, 0, 0, MARGIN), expand=False)


def _statement(statement: Statement, text: str) -> Text:
    line = _parties((statement.source,) if statement.source else (), "someone unnamed")
    if statement.cue:
        line.append(" ").append(plain(statement.cue.of(text)), style="blue")
    if statement.addressee:
        line.append(" → ").append(plain(statement.addressee.of(text)))
    line.append(_GAP).append(statement.kind)
    if statement.date:
        line.append(_GAP).append(in_words(statement.date))
    return line


def _contents(statement: Statement, text: str) -> Text:
    words = " … ".join(short(span.of(text), LONGEST_QUOTE) for span in statement.content)
    return Text(f"“{words}”", style="italic")


def _event(event: Event, text: str) -> Text:
    mark, colour = STATUS[event.status]
    what = event.type + (f" {event.mode}" if event.mode else "")
    line = _parties(event.actors, "nobody named").append(" → ")
    line.append(what, style=f"bold {colour}").append(f" “{short(event.trigger.of(text), 40)}”")
    if event.recipients:
        line.append(" → ").append(_parties(event.recipients, ""))
    when = in_words(event.date) if event.date else "no date told"
    line.append(_GAP).append(when + (" (the report's day)" if event.date_is_report else ""))
    if event.place:
        country = f" ({event.place.country})" if event.place.country else ""
        line.append(_GAP).append(plain(event.place.text) + country)
    line.append(_GAP).append(f"{mark} {event.status}", style=colour)
    if event.said_by:
        line.append(_GAP).append("on the word of ").append(plain(event.said_by.name), style="blue")
    if event.score is not None:
        line.append(_GAP).append(f"{event.score:.0%} likely", style="dim")
    if event.same_as:
        line.append(_GAP).append(f"same act as {event.same_as}", style="dim")
    return line


def _evidence(event: Event, text: str) -> Text:
    """The evidence with its trigger set off, cut around the trigger where it is long."""
    start = max(event.evidence.start, event.trigger.start - LONGEST_QUOTE // 2)
    end = min(event.evidence.end, max(start + LONGEST_QUOTE, event.trigger.end))
    before = ("…" if start > event.evidence.start else "") + text[start : event.trigger.start]
    after = text[event.trigger.end : end] + ("…" if end < event.evidence.end else "")
    return Text.assemble(
        ("“" + plain(before), "italic"),
        (plain(event.trigger.of(text)), "italic bold underline"),
        (plain(after) + "”", "italic"),
    )


def _parties(parties: Sequence[Party], nobody: str) -> Text:
    line = Text()
    for number, party in enumerate(parties):
        line.append(", " if number else "").append(plain(party.name), style="bold")
        if party.country and party.country != party.name:
            line.append(f" ({party.country})", style="dim")
    return line if parties else Text(nobody, style="dim")


def in_words(date: str) -> str:
    """``2021-06-16`` as 16 June 2021, ``2021-04`` as April 2021, ``start/end`` with a dash; else as it is."""
    first, slash, last = date.partition("/")
    return f"{_day_in_words(first)} – {_day_in_words(last)}" if slash else _day_in_words(date)


def _day_in_words(date: str) -> str:
    try:
        if len(date) == 7:
            return f"{day_of_year.fromisoformat(date + '-01'):%B %Y}"
        day = day_of_year.fromisoformat(date[:10])
    except ValueError:
        return plain(date)
    return f"{day.day} {day:%B %Y}"


def short(words: str, longest: int) -> str:
    """`words` on one line, cut where they are longer than `longest`."""
    words = plain(words)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def plain(words: str) -> str:
    """`words` on one line, without anything a terminal would obey."""
    return _UNSEEN.sub(" ", words)
