"""Reports with near texts, as linking found them, and the fingerprints they are found by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.archive.answers import Source
from detente.archive.conditions import Where
from detente.archive.events import SOURCE_COLUMNS, source_of
from detente.archive.writing import chunked
from detente.checks.copies import COPIES, Likeness

Text = tuple[str, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports with near texts; the numbers are those of `checks.copies.Comparison`."""

    kind: Likeness
    overlap: float
    exchanged: float
    one: Source
    other: Source


def find_copies(
    db: sqlite3.Connection, kind: str | None = None, report: str | None = None, limit: int | None = None
) -> list[Copy]:
    """Pairs of near texts by the day of the first: of one `kind`, else all but look-alikes; of one report by its id."""
    where = _asked(kind, report)
    rows = db.execute(
        f"SELECT copy.* FROM copy JOIN report ON report.n = one {where.sql} ORDER BY report_date, one, other LIMIT ?",
        (*where.values, -1 if limit is None else limit),
    ).fetchall()
    return [
        Copy(Likeness(r["kind"]), r["overlap"], r["exchanged"], _source(db, r["one"]), _source(db, r["other"]))
        for r in rows
    ]


def how_many(db: sqlite3.Connection, kind: str | None = None, report: str | None = None) -> int:
    """How many pairs `find_copies` finds without a limit."""
    where = _asked(kind, report)
    return int(db.execute(f"SELECT count(*) FROM copy {where.sql}", where.values).fetchone()[0])


def _asked(kind: str | None, report: str | None) -> Where:
    where = Where()
    if kind:
        where.add("kind = ?", kind)
    else:
        where.add(f"kind IN ({', '.join('?' * len(COPIES))})", *sorted(COPIES))
    if report:
        ids = "(SELECT n FROM report WHERE id = ? OR record_id = ?)"
        where.add(f"(one IN {ids} OR other IN {ids})", *[report] * 4)
    return where


def _source(db: sqlite3.Connection, number: int) -> Source:
    return source_of(db.execute(f"SELECT {SOURCE_COLUMNS} FROM report WHERE n = ?", (number,)).fetchone())


def keep_copy(db: sqlite3.Connection, one: int, other: int, kind: Likeness, overlap: float, exchanged: float) -> None:
    """Write that two reports have near texts, by their numbers; what was known of the two is replaced."""
    db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)", (one, other, kind, overlap, exchanged))


def drop_fingerprints_but(db: sqlite3.Connection, algorithm: str) -> None:
    """Remove the fingerprints that another algorithm made."""
    db.execute("DELETE FROM fingerprint WHERE algorithm <> ?", (algorithm,))


def without_fingerprint(db: sqlite3.Connection) -> list[int]:
    """The numbers of the reports that have no fingerprint."""
    return [int(n) for (n,) in db.execute("SELECT report FROM unprinted ORDER BY report")]


def texts_of(db: sqlite3.Connection, reports: Sequence[int]) -> list[tuple[int, str]]:
    """Number and text of reports; the caller asks for some at a time."""
    found: list[tuple[int, str]] = []
    for batch in chunked(reports):
        marks = ", ".join("?" * len(batch))
        found += [(n, text) for n, text in db.execute(f"SELECT n, text FROM report WHERE n IN ({marks})", batch)]
    return found


def keep_fingerprints(db: sqlite3.Connection, algorithm: str, prints: Iterable[tuple[int, bytes]]) -> None:
    """Write the fingerprints of reports by number."""
    db.executemany("INSERT INTO fingerprint VALUES (?, ?, ?)", ((n, algorithm, made) for n, made in prints))


def fingerprints(db: sqlite3.Connection) -> list[tuple[int, bytes]]:
    """All fingerprints that are not empty, by the number of their report."""
    rows = db.cursor()
    rows.row_factory = None  # plain tuples: there may be millions
    return rows.execute("SELECT report, print FROM fingerprint WHERE length(print) > 0 ORDER BY report").fetchall()


def text_to_compare(db: sqlite3.Connection, report: int) -> Text:
    """Text, title, address, outlet and page date of a report."""
    row = db.execute("SELECT text, title, url, publisher, published FROM report WHERE n = ?", (report,)).fetchone()
    text, title, url, publisher, published = row
    return text, title, url, publisher, published


def addresses_of(db: sqlite3.Connection, reports: Sequence[int]) -> list[tuple[int, str]]:
    """Number and address of those of the reports that have one."""
    found: list[tuple[int, str]] = []
    for batch in chunked(reports):
        marks = ", ".join("?" * len(batch))
        query = f"SELECT n, url FROM report WHERE n IN ({marks}) AND url IS NOT NULL"
        found += [(n, url) for n, url in db.execute(query, batch)]
    return found


def pages_below(db: sqlite3.Connection, stem: str) -> list[tuple[int, str, str | None]]:
    """Number, address and page date of the reports whose address begins with `stem`, in the order they were added."""
    # The addresses are compared, not matched, so that the index on them is used.
    rows = db.execute("SELECT n, url, published FROM report WHERE url >= ? AND url < ? ORDER BY n", (stem, f"{stem}:"))
    return [(n, url, published) for n, url, published in rows]
