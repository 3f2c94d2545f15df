"""Near texts among the reports of an archive, and the page dates they put in doubt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from detente.archive.copies import (
    addresses_of,
    drop_fingerprints_but,
    fingerprints,
    keep_copy,
    keep_fingerprints,
    pages_below,
    text_to_compare,
    texts_of,
    without_fingerprint,
)
from detente.archive.doubts import Doubt, keep_doubts, names_of
from detente.archive.writing import chunked
from detente.checks import page_day
from detente.checks.copies import COPIES, Version, compare
from detente.checks.fingerprints import BANDS, CROWDED, ROWS, algorithm, fingerprint
from detente.checks.numbering import Numbering, number_in

OTHER_DATE = 14
"""Days between the page dates of copies from which one of them is in doubt: re-posts follow within two weeks."""

HELD = 4096
"""Texts held while they are compared."""

_BITS = 0xFFFF

FEWEST_WORDS = 40
"""Words of a text whose second appearance under another date is no accident: short sentences come again every year."""


def join_copies(db: sqlite3.Connection) -> tuple[int, int]:
    """Find the near texts of reports that came since the last time, and doubts about page dates.

    Returns how many reports were looked at and how many pairs of near texts were found, look-alikes included.
    """
    fresh = _add_fingerprints(db)
    pairs = 0
    doubts: list[Doubt] = []
    if fresh:
        doubted: list[tuple[tuple[int, int], Doubt]] = []
        version = lru_cache(maxsize=HELD)(lambda number: _version(db, number))
        # By the later report: the first ones of a bucket, which all others are compared with, stay in memory.
        for one, other in sorted(_candidates(db, fresh), key=lambda pair: (pair[1], pair[0])):
            found = compare(version(one), version(other))
            if found.kind is None:
                continue
            pairs += 1
            keep_copy(db, one, other, found.kind, round(found.overlap, 4), round(found.exchanged, 4))
            if found.kind in COPIES:
                doubted += (((one, other), d) for d in _other_dates(db, one, version(one), other, version(other)))
        doubts += (doubt for _, doubt in sorted(doubted, key=lambda found: found[0]))
        doubts += _out_of_order(db, fresh)
    keep_doubts(db, doubts)
    return len(fresh), pairs


def _add_fingerprints(db: sqlite3.Connection) -> set[int]:
    """Make the fingerprints that are missing; the numbers of their reports."""
    made_by = algorithm()
    drop_fingerprints_but(db, made_by)
    missing = without_fingerprint(db)
    for batch in chunked(missing):
        keep_fingerprints(db, made_by, ((n, fingerprint(text)) for n, text in texts_of(db, batch)))
    return set(missing)


def _candidates(db: sqlite3.Connection, fresh: set[int]) -> list[tuple[int, int]]:
    """Pairs of reports that share a bucket, one of them fresh, in order.

    A bucket brings its first `CROWDED` reports together with each later one, whenever they are looked at.
    """
    numbers, prints = _prints(db)
    is_fresh = np.isin(numbers, np.fromiter(fresh, dtype=np.int64))
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        met = _meeting(prints[:, band, :], is_fresh)
        keys = np.ascontiguousarray(prints[met, band, :]).view(np.dtype((np.void, 4 * ROWS))).ravel()
        order = np.argsort(keys, kind="stable")
        bounds = np.flatnonzero(keys[order][1:] != keys[order][:-1]) + 1
        for bucket in np.split(met[order], bounds):
            if len(bucket) > 1:
                found.update(_pairs(bucket.tolist(), is_fresh))
    return sorted((int(numbers[a]), int(numbers[b])) for a, b in found)


def _prints(db: sqlite3.Connection) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
    """The numbers of all reports with a fingerprint, and these by report, band and row."""
    rows = fingerprints(db)
    numbers = np.array([row[0] for row in rows], dtype=np.int64)
    return numbers, np.frombuffer(b"".join(row[1] for row in rows), dtype="<u4").reshape(len(rows), BANDS, ROWS)


def _meeting(band: npt.NDArray[np.uint32], is_fresh: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Places of the reports that may share a bucket with a fresh one, in order: to sort all takes seconds a band.

    A table of the last bits of the fresh ones leaves so few of the others that these can be looked up.
    """
    first = band[:, 0]
    wanted = np.unique(first[is_fresh])
    known = np.zeros(_BITS + 1, dtype=np.bool_)
    known[wanted & _BITS] = True
    near = np.flatnonzero(known[first & _BITS])
    return near[np.isin(first[near], wanted)]


def _pairs(bucket: list[int], is_fresh: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    for place, report in enumerate(bucket):
        if is_fresh[report]:
            yield from ((earlier, report) for earlier in bucket[: min(place, CROWDED)])
            if place < CROWDED:
                yield from ((report, later) for later in bucket[place + 1 :])


def _version(db: sqlite3.Connection, number: int) -> Version:
    text, title, url, publisher, published = text_to_compare(db, number)
    return Version(text, title, url, publisher, page_day(published))


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
    report, basis = names_of(db, beside)
    whose = f" of {version.publisher}" if version.publisher else ""
    return (
        f"The page is dated {_words(page)}; report {report}{whose} has nearly the same text "
        f"and is dated {_words(version.day)} ({basis})."
    )


def _out_of_order(db: sqlite3.Connection, fresh: set[int]) -> Iterable[Doubt]:
    """Page dates that do not fit the running number in the address."""
    places = {n: place for n, url in addresses_of(db, sorted(fresh)) if (place := number_in(url))}
    pages = {
        n: (url, day)
        for stem in {stem for stem, _ in places.values()}
        for n, url, published in pages_below(db, stem)
        if (day := page_day(published))
    }
    numbering = Numbering((str(n), url, day) for n, (url, day) in pages.items())
    for n in sorted(places.keys() & pages.keys()):
        url, day = pages[n]
        if check := numbering.check(str(n), url, day):
            yield Doubt(n, check.code, check.message)


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
