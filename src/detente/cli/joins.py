"""``detente join``, ``acts``, ``copies``, ``disputes``, ``promises`` and ``stories``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from detente.archive import Archive, acts, copies, disputes, promises, stories
from detente.archive.acts import ToldAct, find_acts
from detente.archive.answers import Answer, EventRow, Source
from detente.archive.copies import Copy, find_copies
from detente.archive.disputes import Dispute, find_disputes
from detente.archive.events import EventQuestion
from detente.archive.promises import Outcome, Promise, find_promises
from detente.archive.stories import ToldStory, find_stories
from detente.cli.answering import NOTHING, how_far, limit_of, tell_limit, write_csv
from detente.cli.output import opened, write_json
from detente.cli.tables import event_act, event_words, print_parts, source_line, table_of
from detente.exports.pretty import short
from detente.linking.acts import numbers_of
from detente.linking.joining import join, unjoined

LONGEST_SENTENCE = 320
"""Characters of a sentence shown in a table."""

SHOWN_TELLINGS, SHOWN_REPORTS = 4, 3

_ONE_EVENT = ("id", "type", "status", "date", "actor", "recipient", "said_by", "evidence")
_ONE_REPORT = ("report", "record_id", "report_date", "publisher", "title", "url")


def run(path: Path, as_json: bool = False) -> None:
    """Join the archive and say what was found."""
    with Archive.open(path) as archive, opened(None, machine=as_json) as out:
        found = join(archive)
        if as_json:
            write_json(asdict(found), out)
            return
        out.write(
            f"Compared {found.reports:,} reports and {found.events:,} events that were new. "
            f"Found {found.near_texts:,} near texts, {found.links:,} pairs that tell one act, "
            f"{found.disputes:,} disputes. In all {found.promises:,} promises, {found.stories:,} stories.\n"
        )


def list_acts(path: Path, asked: dict[str, Any], limit: int | None, *, as_json: bool, as_csv: bool) -> None:
    """Print acts with several tellings."""

    def find(archive: Archive, limit: int | None) -> Sequence[ToldAct]:
        return find_acts(archive.db, EventQuestion(**asked), limit)

    def count(archive: Archive) -> int:
        return acts.how_many(archive.db, EventQuestion(**asked))

    def flat(act: ToldAct) -> Iterable[dict[str, Any]]:
        for telling in act.tellings:
            yield {"act": act.id, **_event(telling), "numbers": json.dumps(numbers_of(act))}

    _list(path, find, count, flat, _act_table, limit, as_json=as_json, as_csv=as_csv)


def list_promises(
    path: Path, asked: dict[str, Any], outcome: str | None, limit: int | None, *, as_json: bool, as_csv: bool
) -> None:
    """Print promises with what came of them."""

    def find(archive: Archive, limit: int | None) -> Sequence[Promise]:
        return find_promises(archive.db, EventQuestion(**asked), outcome, limit)

    def count(archive: Archive) -> int:
        return promises.how_many(archive.db, EventQuestion(**asked), outcome)

    def flat(promise: Promise) -> Iterable[dict[str, Any]]:
        due = {"outcome": str(promise.outcome), "due_start": promise.due[0], "due_end": promise.due[1]}
        due |= {f"looked_{name}": value for name, value in asdict(promise.looked).items()}
        made, answer = {"made_words": promise.made_words}, {"answer_words": promise.answer_words}
        yield {**due, **made, **_event(promise.made, "made_"), **answer, **_event(promise.answer, "answer_")}

    _list(path, find, count, flat, _promise_table, limit, as_json=as_json, as_csv=as_csv)


def list_disputes(
    path: Path, asked: dict[str, Any], kind: str | None, limit: int | None, *, as_json: bool, as_csv: bool
) -> None:
    """Print accounts that cannot both hold."""

    def find(archive: Archive, limit: int | None) -> Sequence[Dispute]:
        return find_disputes(archive.db, EventQuestion(**asked), kind, limit)

    def count(archive: Archive) -> int:
        return disputes.how_many(archive.db, EventQuestion(**asked), kind)

    def flat(dispute: Dispute) -> Iterable[dict[str, Any]]:
        what = {"kind": str(dispute.kind), "what": dispute.what}
        one, other = {"one_words": dispute.one_words}, {"other_words": dispute.other_words}
        yield {**what, **one, **_event(dispute.one, "one_"), **other, **_event(dispute.other, "other_")}

    _list(path, find, count, flat, _dispute_table, limit, as_json=as_json, as_csv=as_csv)


def list_stories(path: Path, asked: dict[str, Any], limit: int | None, *, as_json: bool, as_csv: bool) -> None:
    """Print stories."""

    def find(archive: Archive, limit: int | None) -> Sequence[ToldStory]:
        return find_stories(archive.db, limit=limit, **asked)

    def count(archive: Archive) -> int:
        return stories.how_many(archive.db, **asked)

    def flat(story: ToldStory) -> Iterable[dict[str, Any]]:
        named = {"story": story.id, "first": story.first, "last": story.last, "words": " ".join(story.words)}
        yield from ({**named, **_report(report)} for report in story.reports)

    _list(path, find, count, flat, _story_table, limit, as_json=as_json, as_csv=as_csv)


def list_copies(
    path: Path, kind: str | None, report: str | None, limit: int | None, *, as_json: bool, as_csv: bool
) -> None:
    """Print pairs of near texts."""

    def find(archive: Archive, limit: int | None) -> Sequence[Copy]:
        return find_copies(archive.db, kind, report, limit)

    def count(archive: Archive) -> int:
        return copies.how_many(archive.db, kind, report)

    def flat(copy: Copy) -> Iterable[dict[str, Any]]:
        how = {"kind": str(copy.kind), "overlap": copy.overlap, "exchanged": copy.exchanged}
        yield {**how, **_report(copy.one, "one_"), **_report(copy.other, "other_")}

    _list(path, find, count, flat, _copy_table, limit, as_json=as_json, as_csv=as_csv)


def _list(
    path: Path,
    find: Callable[[Archive, int | None], Sequence[Any]],
    count: Callable[[Archive], int],
    flat: Callable[[Any], Iterable[dict[str, Any]]],
    table: Callable[[Sequence[Any]], Table],
    limit: int | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    shown = limit_of(limit, as_json, as_csv)
    with Archive.open(path) as archive, opened(None, machine=as_json or as_csv) as out:
        rows = find(archive, shown)
        total = count(archive) if len(rows) == shown else len(rows)
        if as_json or as_csv:
            tell_limit(len(rows), total)
        if as_json:
            json.dump([_plain(row) for row in rows], out, ensure_ascii=False, indent=1)
            out.write("\n")
        elif as_csv:
            write_csv([line for row in rows for line in flat(row)], out)
        else:
            _print(rows, table, total, unjoined(archive), out)


def _print(rows: Sequence[Any], table: Callable[[Sequence[Any]], Table], total: int, waiting: int, out: TextIO) -> None:
    parts: list[Any] = [table(rows), how_far(len(rows), total)] if rows else [NOTHING]
    if waiting:
        parts.append(f"{waiting:,} events have not been compared yet: run `detente join`.")
    print_parts(parts, out)


def _plain(row: Any) -> dict[str, Any]:
    assert is_dataclass(row)
    assert not isinstance(row, type)
    more = {"statuses": row.statuses, "numbers": numbers_of(row)} if isinstance(row, ToldAct) else {}
    return {**asdict(row), **more}


def _event(event: EventRow | None, before: str = "") -> dict[str, Any]:
    columns = (*_ONE_EVENT, *_ONE_REPORT)
    values = Answer([event]).to_flat()[0] if event else {}
    return {f"{before}{column}": values.get(column) for column in columns}


def _report(source: Source, before: str = "") -> dict[str, Any]:
    values = asdict(source)
    return {f"{before}{column}": values[column] for column in _ONE_REPORT}


def _telling(event: EventRow) -> Text:
    day = event.source.report_date or "unknown"
    line = Text(f"{day}  ", style="dim").append(event_words(event))
    return line.append("\n").append(source_line(event.source))


def _said(event: EventRow, words: str | None) -> Text:
    """The whole sentence of an event, with the day it was said and by which report."""
    line = Text(f"{event.source.report_date or 'unknown'}  ", style="dim")
    line.append(short(words or event.evidence, LONGEST_SENTENCE), style="not dim")
    return line.append("\n").append(source_line(event.source))


def _act_table(acts: Sequence[ToldAct]) -> Table:
    table = table_of(("Day", 10), ("Act", None), ("Words", None))
    for act in acts:
        what = event_act(act.first)
        if len(act.statuses) > 1:
            what.append(f"\n{' / '.join(act.statuses)}", style="yellow")
        for kind, numbers in numbers_of(act).items():
            what.append(f"\n{kind}: {', '.join(map(str, numbers))}")
        what.append(f"\n{act.id}", style="dim")
        told = Text("\n").join(map(_telling, act.tellings[:SHOWN_TELLINGS]))
        if len(act.tellings) > SHOWN_TELLINGS:
            told.append(f"\nand {len(act.tellings) - SHOWN_TELLINGS} more", style="dim")
        table.add_row(act.day or "unknown", what, told)
    return table


def _promise_table(promises: Sequence[Promise]) -> Table:
    table = table_of(("Outcome", 13), ("Announced", None), ("What came", None))
    for promise in promises:
        made = event_act(promise.made).append("\n").append(_said(promise.made, promise.made_words))
        came = _said(promise.answer, promise.answer_words) if promise.answer else _looked(promise)
        due = promise.due[0] or ""
        until = f"–{promise.due[1]}" if promise.due[1] and promise.due[1] != promise.due[0] else ""
        table.add_row(f"{promise.outcome.replace('-', ' ')}\n{due}{until}", made, came)
    return table


def _looked(promise: Promise) -> Text:
    """That nothing is told of a promise, where it was looked for, and in how many reports."""
    looked = promise.looked
    told = "still to come" if promise.outcome is Outcome.OPEN else "nothing found"
    if looked.until:
        told += f": looked for {looked.type} in {looked.reports:,} reports of {looked.since} to {looked.until}"
    return Text(told, style="dim")


def _dispute_table(disputes: Sequence[Dispute]) -> Table:
    table = table_of(("Dispute", 14), ("One says", None), ("The other says", None))
    for dispute in disputes:
        sides = [
            event_act(event).append("\n").append(_said(event, words))
            for event, words in ((dispute.one, dispute.one_words), (dispute.other, dispute.other_words))
        ]
        table.add_row(f"{dispute.kind}\n{dispute.what}", *sides)
    return table


def _story_table(stories: Sequence[ToldStory]) -> Table:
    table = table_of(("Days", 10), ("Story", None), ("Reports", None))
    for story in stories:
        named = Text(", ".join(story.words), style="bold").append(f"\n{story.id}", style="dim")
        told = Text(f"{len(story.reports):,} reports")
        for source in story.reports[:SHOWN_REPORTS]:
            told.append(f"\n{source.report_date}  ").append(source_line(source))
        table.add_row(f"{story.first}\n{story.last}", named, told)
    return table


def _copy_table(copies: Sequence[Copy]) -> Table:
    table = table_of(("Kind", 10), ("One", None), ("Other", None))
    for copy in copies:
        sides = [
            Text(f"{s.report_date}  ").append(source_line(s)).append(f"\n{s.report}") for s in (copy.one, copy.other)
        ]
        table.add_row(f"{copy.kind}\n{copy.overlap:.0%} shared", *sides)
    return table
