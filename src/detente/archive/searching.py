"""Full-text search: words in their context."""

from __future__ import annotations

import re
import sqlite3

from detente.archive.answers import Answer, Hit
from detente.archive.conditions import Where, between
from detente.archive.events import SOURCE_COLUMNS, fts_query, of_report, source_of

SNIPPET_TOKENS = 32
"""Words of context in a hit: two lines on a screen; FTS5 allows 64."""

_OPEN, _CLOSE = "\x02", "\x03"  # no report has them: cleaning made them spaces
_MARKED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def search_reports(
    db: sqlite3.Connection,
    words: str,
    *,
    since: str | None = None,
    until: str | None = None,
    publisher: str | None = None,
    limit: int | None = 20,
    offset: int = 0,
) -> Answer[Hit]:
    """Reports that hold all of `words`, best first; words in ``"…"`` must follow each other.

    Nothing else is an operator. Raises `UsageError` for a date of another form.
    """
    if not (match := fts_query(words)):
        return Answer((), kind=Hit)
    where = Where()
    where.add("report_fts MATCH ?", match)
    between(where, "report.report_date", since, until)
    of_report(db, where, "report.n", None, publisher)
    narrow = "JOIN report ON report.n = report_fts.rowid" if len(where.conditions) > 1 else ""
    best = db.execute(
        f"SELECT report_fts.rowid AS n, rank FROM report_fts {narrow} {where.sql} ORDER BY rank, n LIMIT ? OFFSET ?",
        (*where.values, -1 if limit is None else limit, offset),
    ).fetchall()
    total = len(best) + offset
    if len(best) == limit:
        counted = db.execute(f"SELECT count(*) FROM report_fts {narrow} {where.sql}", where.values)
        total = int(counted.fetchone()[0])
    return Answer([_hit(db, match, row["n"], row["rank"]) for row in best], total, Hit)


def _hit(db: sqlite3.Connection, match: str, number: int, rank: float) -> Hit:
    # Snippets are cut for the rows that are shown only: cutting them for all that match is what is slow.
    row = db.execute(
        f"SELECT snippet(report_fts, -1, ?, ?, '…', {SNIPPET_TOKENS}) AS snippet, {SOURCE_COLUMNS} "
        "FROM report_fts JOIN report ON report.n = report_fts.rowid WHERE report_fts MATCH ? AND report_fts.rowid = ?",
        (_OPEN, _CLOSE, match, number),
    ).fetchone()
    snippet, marks = _unmarked(row["snippet"])
    return Hit(snippet, marks, rank, source_of(row))


def _unmarked(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    marks = []
    for taken, match in enumerate(_MARKED.finditer(snippet)):
        start = match.start() - 2 * taken  # each mark before it was two characters
        marks.append((start, start + len(match[1])))
    return _MARKED.sub(r"\1", snippet), tuple(marks)
