"""Questions about statements: who says what."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from detente.archive.answers import Answer, Side, StatementRow
from detente.archive.asked import chosen, sector_asked
from detente.archive.conditions import Where, between
from detente.archive.events import SOURCE_COLUMNS, called, fts_query, of_report, part, source_of
from detente.archive.hits import holds_all
from detente.archive.states import NONE, code_of
from detente.archive.writing import chunked
from detente.record import Kind, Span


@dataclass(frozen=True, slots=True)
class StatementQuestion:
    """Which statements are asked for; what is null does not matter.

    `speaker` is a state by code or name, or part of a name or post, with its sector after a colon if wanted. `words`
    are looked for in the reports, and then in what is said.
    """

    speaker: str | None = None
    kind: str | None = None
    since: str | None = None
    until: str | None = None
    publisher: str | None = None
    report: str | None = None
    words: str | None = None


def find_statements(
    db: sqlite3.Connection,
    question: StatementQuestion,
    *,
    limit: int | None = None,
    offset: int = 0,
    newest: bool = False,
) -> Answer[StatementRow]:
    """The statements asked for, by day; raises `UsageError` for a date of another form."""
    where = _conditions(db, question)
    db.create_function("holds_all", 2, holds_all, deterministic=True)
    turn = "DESC" if newest else "ASC"
    wanted = db.execute(
        f"SELECT statement.n FROM statement {where.sql} ORDER BY day {turn}, n {turn} LIMIT ? OFFSET ?",
        (*where.values, -1 if limit is None else limit, offset),
    )
    numbers = [int(row[0]) for row in wanted]
    total = len(numbers) + offset
    if limit is not None and len(numbers) == limit:
        total = int(db.execute(f"SELECT count(*) FROM statement {where.sql}", where.values).fetchone()[0])
    return Answer(rows_of(db, numbers), total, StatementRow)


def rows_of(db: sqlite3.Connection, numbers: Sequence[int]) -> list[StatementRow]:
    """The rows of statements by number, in the order given."""
    found: dict[int, StatementRow] = {}
    for batch in chunked(numbers):
        marks = ", ".join("?" * len(batch))
        spans: dict[int, list[Span]] = defaultdict(list)
        query = f"SELECT statement, start, end FROM statement_span WHERE statement IN ({marks}) ORDER BY 1, position"
        for number, start, end in db.execute(query, batch):
            spans[number].append(Span(start, end))
        rows = db.execute(
            f"SELECT statement.*, report.text AS report_text, {SOURCE_COLUMNS} FROM statement "
            f"JOIN report ON report.n = statement.report WHERE statement.n IN ({marks})",
            batch,
        )
        for row in rows:
            found[row["n"]] = _statement(row, spans[row["n"]])
    return [found[number] for number in numbers if number in found]


def _conditions(db: sqlite3.Connection, question: StatementQuestion) -> Where:
    where = Where()
    if question.speaker:
        _speaker(where, question.speaker)
    if question.kind:
        where.add("statement.kind = ?", chosen("kind", question.kind, get_args(Kind)))
    between(where, "statement.day", question.since, question.until)
    of_report(db, where, "statement.report", question.report, question.publisher)
    if question.words and (match := fts_query(question.words)):
        where.add("statement.report IN (SELECT rowid FROM report_fts WHERE report_fts MATCH ?)", match)
        where.add(
            "holds_all((SELECT group_concat(substr(report.text, span.start + 1, span.end - span.start), ' ')"
            " FROM statement_span span JOIN report ON report.n = statement.report"
            " WHERE span.statement = statement.n), ?)",
            question.words,
        )
    return where


def _speaker(where: Where, asked: str) -> None:
    state, _, sector = (piece.strip() for piece in asked.partition(":"))
    if country := code_of(state):
        where.add("statement.source_country IS ?", None if country == NONE else country)
    elif state:
        _, value = part("source_name", state)
        where.add(called("source_name", "source_role"), *[value] * 4)
    if sector:
        where.add("statement.source_sector = ?", sector_asked(sector))


def _statement(row: sqlite3.Row, spans: Sequence[Span]) -> StatementRow:
    text = row["report_text"]
    names = ("start", "end", "text", "name", "country", "sector", "entity", "role")
    speaker = Side(*(row[f"source_{name}"] for name in names)) if row["source_text"] is not None else None
    return StatementRow(
        id=row["id"],
        kind=row["kind"],
        date=row["date"],
        day=row["day"],
        speaker=speaker,
        cue=_words(row, "cue", text),
        addressee=_words(row, "addressee", text),
        content=tuple(span.of(text) for span in spans),
        spans=tuple((span.start, span.end) for span in spans),
        source=source_of(row),
    )


def _words(row: sqlite3.Row, name: str, text: str) -> str | None:
    start = row[f"{name}_start"]
    return None if start is None else text[start : row[f"{name}_end"]]
