"""Looking an archive over: is the file whole, does the account balance, is every original where it should be?"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.archive.archive import Archive
from detente.archive.corrections import apply
from detente.archive.rollups import differences, make_anew
from detente.errors import ArchiveError
from detente.record import days_of

SETTLED_SECONDS = 3_600
"""Age from which an original no report has is left over: a run saves it some batches before its report is kept."""

RESCUE = "take a copy you have, or save what can be read with `sqlite3 ARCHIVE .recover`"

MADE_ANEW = "`detente doctor --repair` makes it anew"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check: what was looked at, and what is wrong with it; nothing where all is well."""

    check: str
    faults: tuple[str, ...] = ()


def examine(archive: Archive, *, deep: bool = False) -> Iterator[Finding]:
    """Every check in turn.

    `deep` reads every original, and compares every corrected event with its corrections and what is kept ready with a
    recount.
    """
    checks: dict[str, Callable[[Archive], Iterator[str]]] = {
        "the file is whole": _file,
        "rows refer to rows that are there": _references,
        "the full-text index holds what the reports hold": _index,
        "the account balances": _balance,
        "evidence lies in its text": _evidence,
        "originals are where they should be": _originals,
        "no original is left over": _orphans,
    }
    if deep:
        checks |= {
            "originals have the bytes they had": _digests,
            "corrections are applied": _corrections,
            "what is kept ready is what a recount gives": _kept_ready,
            "dates are days of the calendar": _dates,
        }
    for name, check in checks.items():
        yield Finding(name, tuple(_faults(check, archive)))


def _faults(check: Callable[[Archive], Iterator[str]], archive: Archive) -> Iterator[str]:
    """What a check finds; where the file is so damaged that it cannot go on, that too."""
    try:
        yield from check(archive)
    except sqlite3.DatabaseError as error:
        yield f"it could not be looked at to the end ({error}): {RESCUE}"


def sweep(archive: Archive) -> int:
    """Remove the originals no report has, left by runs that were cut off; return how many there were."""
    orphans = list(_left_over(archive))
    for path in orphans:
        path.unlink()
    return len(orphans)


def repair(archive: Archive) -> list[str]:
    """Make anew what is kept beside its source and does not fit it; return the names of these tables."""
    indexes, tables = list(_unfit_indexes(archive.db)), list(differences(archive.db))
    with archive.transaction() as db:
        for index in indexes:
            db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
        make_anew(db, tables)
    return indexes + tables


def _file(archive: Archive) -> Iterator[str]:
    for (line,) in archive.db.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield str(line)


def _references(archive: Archive) -> Iterator[str]:
    for table, number, parent, _ in archive.db.execute("PRAGMA foreign_key_check"):
        yield f"row {number} of {table} refers to a row of {parent} that is not there"


def _index(archive: Archive) -> Iterator[str]:
    for table in _unfit_indexes(archive.db):
        yield f"{table} does not hold what it should: {MADE_ANEW}"


def _unfit_indexes(db: sqlite3.Connection) -> Iterator[str]:
    for table in ("report_fts", "event_fts"):
        try:
            db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError:
            yield table


def _kept_ready(archive: Archive) -> Iterator[str]:
    for told in differences(archive.db).values():
        yield from (f"{difference}: {MADE_ANEW}" for difference in told)


def _balance(archive: Archive) -> Iterator[str]:
    db = archive.db
    reports = db.execute("SELECT count(*) FROM report").fetchone()[0]
    coded = db.execute("SELECT count(*), count(DISTINCT report) FROM intake WHERE outcome = 'coded'").fetchone()
    if tuple(coded) != (reports, reports):
        yield f"there are {reports:,} reports, but {coded[0]:,} places where one was coded"
    unreasoned = "SELECT count(*) FROM intake WHERE outcome IN ('skipped', 'failed') AND (code = '' OR reason = '')"
    if count := db.execute(unreasoned).fetchone()[0]:
        yield f"{count:,} places were skipped or failed without a reason"
    strange = "SELECT count(*) FROM intake JOIN report ON report.n = intake.report WHERE report.id <> intake.item"
    if count := db.execute(strange).fetchone()[0]:
        yield f"{count:,} places name another report than they lead to"


def _evidence(archive: Archive) -> Iterator[str]:
    outside = (
        "SELECT event.id FROM event JOIN report ON report.n = event.report WHERE evidence_end > length(text) "
        "OR trigger_end > length(text) OR trigger_start >= trigger_end OR evidence_start >= evidence_end"
    )
    for (event,) in archive.db.execute(f"{outside} LIMIT 20"):
        yield f"event {event} points outside its text"


def _originals(archive: Archive) -> Iterator[str]:
    for (digest,) in archive.db.execute("SELECT DISTINCT original FROM report WHERE original IS NOT NULL ORDER BY 1"):
        if not archive.originals.path_of(digest).is_file():
            yield f"the original {digest} is missing"


def _orphans(archive: Archive) -> Iterator[str]:
    for path in _left_over(archive):
        yield f"no report has the original {path.parent.name}/{path.name}: `detente doctor --clean` removes it"


def _left_over(archive: Archive) -> Iterator[Path]:
    """Originals of no report, and files that were not written to their end, older than any run under way."""
    latest = time.time() - SETTLED_SECONDS
    wanted = "SELECT 1 FROM report WHERE original = ? LIMIT 1"
    for digest in archive.originals.digests():
        path = archive.originals.path_of(digest)
        if path.stat().st_mtime < latest and archive.db.execute(wanted, (digest,)).fetchone() is None:
            yield path
    yield from (path for path in archive.originals.torn() if path.stat().st_mtime < latest)


def _digests(archive: Archive) -> Iterator[str]:
    for digest in archive.originals.digests():
        try:
            archive.originals.read(digest)
        except ArchiveError as error:
            yield str(error)


def _dates(archive: Archive) -> Iterator[str]:
    """Days that cannot be, as versions before took them from corrections."""
    lines = "SELECT n, event, new FROM correction WHERE field = 'date' AND new IS NOT NULL ORDER BY n"
    for number, event, given in archive.db.execute(lines):
        if days_of(given)[0] is None:
            yield f"correction {number} of event {event} gives the date {given!r}, which is none: correct it once more"
    events = "SELECT id, date_start, date_end FROM event WHERE date_start IS NOT NULL ORDER BY n"
    for event, start, end in archive.db.execute(events):
        if days_of(f"{start}/{end or start}")[0] is None:
            yield f"event {event} has the date {start}/{end}, which is none: correct it once more"


def _corrections(archive: Archive) -> Iterator[str]:
    """Apply the corrections of every corrected event anew, inside a transaction that is taken back."""
    query = "SELECT DISTINCT event FROM attachment WHERE event IS NOT NULL ORDER BY 1"
    kept = [event for (event,) in archive.db.execute(query)]
    before = {event: archive.event(event) for event in kept}
    archive.db.execute("BEGIN IMMEDIATE")
    try:
        for event in kept:
            apply(archive.db, event)
        wrong = [event for event in kept if archive.event(event) != before[event]]
    finally:
        archive.db.execute("ROLLBACK")
    for event in wrong:
        yield f"event {event} does not show its corrections: correct it once more"
