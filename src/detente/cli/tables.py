"""Answers as a person reads them at a terminal: tables and cards, every row with its words and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from detente.archive.answers import EventRow, Hit, ReportRow, Side, Source, StatementRow
from detente.archive.attachments import Orphan
from detente.archive.corrections import Correction
from detente.archive.doubts import ArchiveCheck
from detente.exports.pretty import STATUS, WIDTH, in_words, plain, short

LONGEST_WORDS = 240
"""Characters of evidence in a row: two or three lines of a wide terminal."""

AROUND = 200
"""Characters of the report shown before and after the evidence of one event."""


def print_parts(parts: Iterable[RenderableType], out: TextIO) -> None:
    """Print `parts`, in colour where `out` is a terminal."""
    console = Console(file=out, width=None if out.isatty() else WIDTH, highlight=False, emoji=False, markup=False)
    for part in parts:
        console.print(part)


def event_table(rows: Iterable[EventRow]) -> Table:
    """Events: the day, the act, the words it rests on, the source."""
    table = table_of(("Day", 10), ("Act", None), ("Words", None), ("Source", None))
    for row in rows:
        act = event_act(row)
        act.append(f"\n{row.id}", style="dim")
        table.add_row(row.day or "unknown", act, event_words(row), source_line(row.source))
    return table


def statement_table(rows: Iterable[StatementRow]) -> Table:
    """Statements: the day, who speaks, what is said, the source."""
    table = table_of(("Day", 10), ("Who", None), ("What", None), ("Source", None))
    for row in rows:
        who = _speaker(row)
        who.append(f"\n{row.id}", style="dim")
        table.add_row(row.day or "unknown", who, _content(row), source_line(row.source))
    return table


def hit_table(rows: Iterable[Hit]) -> Table:
    """Reports found by their words: the day, the words in context, the source."""
    table = table_of(("Day", 10), ("Words", None), ("Source", None))
    for row in rows:
        words = Text(plain(row.snippet))
        for start, end in row.marks:
            words.stylize("bold reverse", start, end)
        table.add_row(row.source.report_date or "unknown", words, source_line(row.source))
    return table


def timeline_month(month: str, rows: Sequence[EventRow]) -> Table:
    """The events of one month."""
    table = table_of(("", 10), ("", None), ("", None))
    table.show_header = False
    table.title = in_words(month)
    table.title_justify, table.title_style = "left", "bold"
    for row in rows:
        table.add_row(row.counted_on or "", event_act(row), event_words(row))
    return table


def event_act(row: EventRow) -> Text:
    """Who did what to whom, with status, voice and place."""
    mark, colour = STATUS[row.status]
    line = _names(row.actors, "nobody named").append(" → ")
    line.append(row.type + (f" {row.mode}" if row.mode else ""), style=f"bold {colour}")
    if row.recipients:
        line.append(" → ").append(_names(row.recipients, ""))
    line.append(f"\n{mark} {row.status}", style=colour)
    if row.place:
        line.append(f" · {plain(row.place)}")
    if row.said_by:
        line.append(f" · says {plain(row.said_by)}", style="blue")
    if row.score is not None:
        line.append(f" · {row.score:.0%} likely", style="dim")
    if row.verdict or row.corrected:
        line.append(f" · judged {row.verdict}" if row.verdict else " · corrected", style="magenta")
    return line


def event_words(row: EventRow, longest: int = LONGEST_WORDS) -> Text:
    """The evidence with its trigger set off, cut around the trigger where it is long."""
    at = row.trigger_start - row.evidence_start
    start = max(0, at - longest // 2)
    end = min(len(row.evidence), max(start + longest, at + len(row.trigger)))
    words = Text("…" if start else "")
    words.append(plain(row.evidence[start:at]))
    words.append(plain(row.trigger), style="bold underline")
    words.append(plain(row.evidence[at + len(row.trigger) : end]) + ("…" if end < len(row.evidence) else ""))
    return words


def event_lines(row: EventRow, history: Sequence[Correction], text: str) -> Iterator[RenderableType]:
    """One event in full: act, date, words in their report, source, corrections."""
    yield event_act(row)
    told = f"{in_words(row.date)}{' (the day of the report)' if row.date_is_report else ''}" if row.date else "not told"
    yield _field("Date", told)
    yield _field("Intensity", "unknown" if row.intensity is None else f"{row.intensity:+.1f}")
    before = text[max(0, row.evidence_start - AROUND) : row.evidence_start]
    after = text[row.evidence_end : row.evidence_end + AROUND]
    context = Text.assemble((plain(before), "dim"), event_words(row, len(row.evidence) * 2), (plain(after), "dim"))
    yield Text("\n").append(context).append("\n")
    yield _field("Source", f"{_named(row.source)} · {row.source.report}")
    for line in history:
        yield Text(f"Correction {line.n}: {correction_words(line)}", style="magenta")


def statement_lines(row: StatementRow) -> Iterator[RenderableType]:
    """One statement in full."""
    yield _speaker(row)
    yield _content(row)
    yield _field("Date", in_words(row.date) if row.date else "not told")
    yield _field("Source", f"{_named(row.source)} · {row.source.report}")


def report_lines(row: ReportRow) -> Iterator[RenderableType]:
    """How a report lies in the archive."""
    yield _field("Report", f"{row.id} ({row.record_id}), read at {plain(row.origin or 'an unknown place')}")
    coder = " ".join(part for part in (row.coder.name, row.coder.version) if part) if row.coder else "an unknown coder"
    model = f" with {row.coder.model}" if row.coder and row.coder.model else ""
    yield _field("Kept", f"{row.added}; original {row.original or 'not kept'}")
    yield _field("Coder", f"{coder}{model}")
    if row.topics:
        yield _field("Topics", "; ".join(row.topics))
    if row.cited:
        yield _field("Cites", "; ".join(row.cited))


def check_lines(checks: Sequence[ArchiveCheck]) -> Iterator[RenderableType]:
    """What only the archive finds odd about a report."""
    yield from (Text(plain(f"{check.code}: {check.message}"), style="yellow") for check in checks)


def correction_words(line: Correction) -> str:
    """One line of the history, in words."""
    if line.undoes is not None:
        what = f"took correction {line.undoes} back"
    elif line.verdict:
        what = f"judged it {line.verdict}"
    else:
        what = f"{line.field}: {line.old or 'unknown'} → {line.new or 'unknown'}"
    return plain(f"{what} ({line.who}, {line.at})")


def orphan_words(orphan: Orphan) -> str:
    """Corrections that hold for no event, in words."""
    many = "1 correction" if orphan.lines == 1 else f"{orphan.lines} corrections"
    at = f" at “{orphan.words}” in report {orphan.report}" if orphan.report else ""
    return plain(f"{orphan.event}: {many}{at} wait for an event: the last coding has none there")


def table_of(*columns: tuple[str, int | None]) -> Table:
    """An empty table with these columns, each with its width or null for a share of what is left."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 1, 0), header_style="bold", expand=True)
    for name, width in columns:
        ratio = {
            "Words": 5,
            "What": 5,
            "Announced": 5,
            "What came": 4,
            "One says": 5,
            "The other says": 5,
            "Source": 2,
        }.get(name, 3)
        table.add_column(name, width=width, ratio=None if width else ratio, overflow="fold")
    return table


def _names(sides: Sequence[Side], nobody: str) -> Text:
    line = Text()
    for number, side in enumerate(sides):
        line.append(", " if number else "").append(plain(side.name), style="bold")
        if side.country and side.country != side.name:
            line.append(f" ({side.country})", style="dim")
    return line if sides else Text(nobody, style="dim")


def _speaker(row: StatementRow) -> Text:
    line = _names((row.speaker,) if row.speaker else (), "someone unnamed")
    if row.cue:
        line.append(f" {plain(row.cue)}", style="blue")
    if row.addressee:
        line.append(f" → {plain(row.addressee)}")
    return line


def _content(row: StatementRow) -> Text:
    return Text("“" + " … ".join(short(part, LONGEST_WORDS) for part in row.content) + "”", style="italic")


def source_line(source: Source) -> Text:
    """Outlet, title and id of a report, dimmed."""
    return Text(_named(source), style="dim")


def _named(source: Source) -> str:
    outlet = source.publisher or (f"citing {', '.join(source.cited)}" if source.cited else None)
    parts = (outlet, source.title and short(source.title, 60), source.record_id)
    return plain(" · ".join(part for part in parts if part))


def _field(name: str, value: str) -> Text:
    return Text.assemble((f"{name:<10}", "bold"), plain(value))
