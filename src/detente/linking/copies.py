"""Near texts among the reports of an archive, and the page dates they put in doubt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from detente.archive.answers import Source
from detente.archive.events import SOURCE_COLUMNS, Where, source_of
from detente.archive.writing import chunked
from detente.checks import page_day
from detente.checks.copies import COPIES, Likeness, Version, compare
from detente.checks.fingerprints import BANDS, CROWDED, ROWS, algorithm, fingerprint
from detente.checks.numbering import Numbering, number_in

OTHER_DATE = 14
"""Days between the page dates of copies from which one of them is in doubt: re-posts follow within two weeks."""

FEWEST_WORDS = 40
"""Words of a text whose second appearance under another date is no accident: short sentences come again every year."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A check that only the archive can make: `report` and `beside` are numbers of reports."""

    report: int
    code: str
    message: str
    beside: int | None = None


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
    where = Where()
    if kind:
        where.add("kind = ?", kind)
    else:
        where.add(f"kind IN ({', '.join('?' * len(COPIES))})", *sorted(COPIES))
    if report:
        ids = "(SELECT n FROM report WHERE id = ? OR record_id = ?)"
        where.add(f"(one IN {ids} OR other IN {ids})", *[report] * 4)
    rows = db.execute(
        f"SELECT copy.* FROM copy JOIN report ON report.n = one {where.sql} ORDER BY report_date, one, other LIMIT ?",
        (*where.values, -1 if limit is None else limit),
    ).fetchall()
    return [
        Copy(Likeness(r["kind"]), r["overlap"], r["exchanged"], _source(db, r["one"]), _source(db, r["other"]))
        for r in rows
    ]


def _source(db: sqlite3.Connection, number: int) -> Source:
    return source_of(db.execute(f"SELECT {SOURCE_COLUMNS} FROM report WHERE n = ?", (number,)).fetchone())


def join_copies(db: sqlite3.Connection) -> tuple[int, int]:
    """Find the near texts of reports that came since the last time, and doubts about page dates.

    Returns how many reports were looked at and how many pairs of near texts were found, look-alikes included.
    """
    fresh = _add_fingerprints(db)
    pairs = 0
    doubts: list[Doubt] = []
    if fresh:
        version = lru_cache(maxsize=4096)(lambda number: _version(db, number))
        for one, other in _candidates(db, fresh):
            found = compare(version(one), version(other))
            if found.kind is None:
                continue
            pairs += 1
            row = (one, other, found.kind, round(found.overlap, 4), round(found.exchanged, 4))
            db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?, ?)", row)
            if found.kind in COPIES:
                doubts += _other_dates(db, one, version(one), other, version(other))
        doubts += _out_of_order(db, fresh)
    db.executemany("INSERT OR REPLACE INTO archive_check VALUES (:report, :code, :message, :beside)", map(_row, doubts))
    return len(fresh), pairs


def _row(doubt: Doubt) -> dict[str, object]:
    return {"report": doubt.report, "code": doubt.code, "message": doubt.message, "beside": doubt.beside}


def _add_fingerprints(db: sqlite3.Connection) -> set[int]:
    """Make the fingerprints that are missing; the numbers of their reports."""
    made_by = algorithm()
    db.execute("DELETE FROM fingerprint WHERE algorithm <> ?", (made_by,))
    missing = [
        int(row[0])
        for row in db.execute("SELECT n FROM report WHERE n NOT IN (SELECT report FROM fingerprint) ORDER BY n")
    ]
    for batch in chunked(missing):
        marks = ", ".join("?" * len(batch))
        rows = db.execute(f"SELECT n, text FROM report WHERE n IN ({marks})", batch).fetchall()
        prints = ((n, made_by, fingerprint(text)) for n, text in rows)
        db.executemany("INSERT INTO fingerprint VALUES (?, ?, ?)", prints)
    return set(missing)


def _candidates(db: sqlite3.Connection, fresh: set[int]) -> list[tuple[int, int]]:
    """Pairs of reports that share a bucket, one of them fresh, in order.

    A bucket brings its first `CROWDED` reports together with each later one, whenever they are looked at.
    """
    rows = db.execute("SELECT report, print FROM fingerprint WHERE length(print) > 0 ORDER BY report").fetchall()
    if not rows:
        return []
    numbers = np.array([row[0] for row in rows])
    prints = np.frombuffer(b"".join(row[1] for row in rows), dtype="<u4").reshape(len(rows), BANDS, ROWS)
    is_fresh = np.isin(numbers, np.fromiter(fresh, dtype=np.int64))
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        keys = np.ascontiguousarray(prints[:, band, :]).view(np.dtype((np.void, 4 * ROWS))).ravel()
        order = np.argsort(keys, kind="stable")
        bounds = np.flatnonzero(keys[order][1:] != keys[order][:-1]) + 1
        for bucket in np.split(order, bounds):
            if len(bucket) > 1:
                found.update(_pairs(bucket.tolist(), is_fresh))
    return sorted((int(numbers[a]), int(numbers[b])) for a, b in found)


def _pairs(bucket: list[int], is_fresh: np.typing.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    for place, later in enumerate(bucket):
        for earlier in bucket[: min(place, CROWDED)]:
            if is_fresh[later] or is_fresh[earlier]:
                yield earlier, later


def _version(db: sqlite3.Connection, number: int) -> Version:
    row = db.execute("SELECT text, title, url, publisher, published FROM report WHERE n = ?", (number,)).fetchone()
    return Version(row["text"], row["title"], row["url"], row["publisher"], page_day(row["published"]))


def _other_dates(db: sqlite3.Connection, one: int, first: Version, other: int, second: Version) -> Iterable[Doubt]:
    """One text under two dates: which of them is right the archive cannot tell, so that both are told of."""
    if not (first.day and second.day) or abs((first.day - second.day).days) <= OTHER_DATE:
        return
    if min(len(first.words), len(second.words)) < FEWEST_WORDS:
        return
    yield Doubt(one, "page-date-copy", _two_dates(db, first.day, other, second), other)
    yield Doubt(other, "page-date-copy", _two_dates(db, second.day, one, first), one)


def _two_dates(db: sqlite3.Connection, page: date, beside: int, version: Version) -> str:
    assert version.day is not None
    row = db.execute("SELECT id, basis FROM report WHERE n = ?", (beside,)).fetchone()
    whose = f" of {version.publisher}" if version.publisher else ""
    return (
        f"The page is dated {_words(page)}; report {row[0]}{whose} has nearly the same text "
        f"and is dated {_words(version.day)} ({row[1]})."
    )


def _out_of_order(db: sqlite3.Connection, fresh: set[int]) -> Iterable[Doubt]:
    """Page dates that do not fit the running number in the address."""
    rows = db.execute("SELECT n, url, published FROM report WHERE url IS NOT NULL ORDER BY n")
    pages = [(n, url, day) for n, url, published in rows if number_in(url) and (day := page_day(published))]
    numbering = Numbering((str(n), url, day) for n, url, day in pages)
    for n, url, day in pages:
        if n in fresh and (check := numbering.check(str(n), url, day)):
            yield Doubt(n, check.code, check.message)


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
