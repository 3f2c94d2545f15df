"""``detente events``, ``statements``, ``search``, ``show`` and ``timeline``: questions to an archive, answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from detente.archive import Archive
from detente.archive.answers import Answer, EventRow, Hit, StatementRow
from detente.archive.doubts import checks_of
from detente.archive.events import EventQuestion, count_events
from detente.cli.answering import NOTHING, how_far, limit_of, tell_limit, write_csv
from detente.cli.output import opened, silence_stdout
from detente.cli.tables import (
    check_lines,
    event_lines,
    event_table,
    hit_table,
    print_parts,
    report_lines,
    statement_lines,
    statement_table,
    timeline_month,
)
from detente.errors import ArchiveError, UsageError
from detente.exports import write

Rows = Answer[EventRow] | Answer[StatementRow] | Answer[Hit]


def list_events(
    path: Path, asked: dict[str, Any], limit: int | None, *, newest: bool, as_json: bool, as_csv: bool
) -> None:
    """Print the events asked for."""
    with Archive.open(path) as archive:
        answer = archive.events(limit=limit_of(limit, as_json, as_csv), newest=newest, **asked)
        _print(answer, lambda: [event_table(answer)], as_json, as_csv)


def list_statements(
    path: Path, asked: dict[str, Any], limit: int | None, *, newest: bool, as_json: bool, as_csv: bool
) -> None:
    """Print the statements asked for."""
    with Archive.open(path) as archive:
        answer = archive.statements(limit=limit_of(limit, as_json, as_csv), newest=newest, **asked)
        _print(answer, lambda: [statement_table(answer)], as_json, as_csv)


def find_words(path: Path, words: str, options: dict[str, Any], *, as_json: bool, as_csv: bool) -> None:
    """Print the reports that hold `words`, with the words in their context."""
    with Archive.open(path) as archive:
        answer = archive.search(words, **options)
        _print(answer, lambda: [hit_table(answer)], as_json, as_csv)


def tell_timeline(path: Path, asked: dict[str, Any], limit: int | None, *, as_json: bool, as_csv: bool) -> None:
    """Print events in order of time, month by month; raises `UsageError` where nobody is named."""
    if not asked["pair"] and not asked["party"]:
        raise UsageError("A timeline is of somebody: give --pair USA RUS or --party RUS.")
    with Archive.open(path) as archive:
        answer = archive.events(limit=limit_of(limit, as_json, as_csv), **asked, once=True, undated=False)
        undated = count_events(archive.db, EventQuestion(**asked, once=True, undated=True))
        _print(answer, lambda: _months(answer, undated), as_json, as_csv)


def show_one(path: Path, id: str, *, as_json: bool) -> None:
    """Print what has the id `id`; raises `ArchiveError` where nothing has."""
    with Archive.open(path) as archive, _stdout(machine=as_json) as out:
        if id.startswith("ev"):
            event, lines = archive.event(id), archive.history(id)
            if as_json:
                _dump({**asdict(event), "history": [asdict(line) for line in lines]}, out)
            else:
                print_parts(event_lines(event, lines, archive.text(event.source.report)), out)
        elif id.startswith("st"):
            statement = archive.statement(id)
            if as_json:
                _dump(asdict(statement), out)
            else:
                print_parts(statement_lines(statement), out)
        else:
            _show_report(archive, id, as_json, out)


def _show_report(archive: Archive, id: str, as_json: bool, out: TextIO) -> None:
    try:
        report = archive.report(id)
    except ArchiveError as error:
        raise ArchiveError(f"There is no event, statement or report {id!r} in the archive.") from error
    checks = checks_of(archive.db, report.id)
    if as_json:
        beside = [asdict(check) for check in checks]
        _dump({**asdict(report), "archive_checks": beside, "record": archive.record(id).to_dict()}, out)
        return
    print_parts([*report_lines(report), *check_lines(checks)], out)
    write([archive.record(id)], out, "pretty")


def _months(answer: Answer[EventRow], undated: int) -> list[Any]:
    months = groupby(answer, key=lambda row: (row.counted_on or "")[:7])
    tables: list[Any] = [timeline_month(month, list(rows)) for month, rows in months]
    if undated:
        tables.append(f"{undated:,} more without a day, which stand in no time: `detente events --once` lists them.")
    return tables


def _print(answer: Rows, tables: Callable[[], Sequence[Any]], as_json: bool, as_csv: bool) -> None:
    with _stdout(machine=as_json or as_csv) as out:
        if as_json or as_csv:
            tell_limit(len(answer), answer.total)
        if as_json:
            _dump_rows(answer, out)
        elif as_csv:
            write_csv(answer.to_flat(), out)
        elif not len(answer):
            print_parts([NOTHING], out)
        else:
            print_parts([*tables(), how_far(len(answer), answer.total)], out)


def _dump_rows(answer: Rows, out: TextIO) -> None:
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in answer.to_dicts())
    out.write(f"[\n{rows}\n]\n" if rows else "[]\n")


def _dump(value: dict[str, Any], out: TextIO) -> None:
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def _stdout(*, machine: bool) -> Any:
    try:
        with opened(None, machine=machine) as out:
            yield out
    except BrokenPipeError:
        silence_stdout()
