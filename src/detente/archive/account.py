"""The account: what became of everything that was ever read, place by place."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Literal

from detente.archive.clock import now

Outcome = Literal["coded", "known", "skipped", "failed"]

FAILED_BEFORE = "failed-before"


@dataclass(frozen=True, slots=True)
class Note:
    """What became of one thing read: a row of ``intake``."""

    place: str
    item: str
    source: str
    outcome: Outcome
    code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What became of everything that was ever read: ``read = coded + known + skipped + failed``."""

    coded: int = 0
    known: int = 0
    skipped: int = 0
    failed: int = 0

    @property
    def read(self) -> int:
        """How many things were read."""
        return self.coded + self.known + self.skipped + self.failed

    def __str__(self) -> str:
        parts = f"{self.coded:,} coded + {self.known:,} known + {self.skipped:,} skipped + {self.failed:,} failed"
        return f"{self.read:,} read = {parts}"


def account_of(db: sqlite3.Connection) -> Account:
    """The account over all runs."""
    counts = dict(db.execute("SELECT outcome, count(*) FROM intake GROUP BY outcome").fetchall())
    return Account(**counts)


def reasons_of(db: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Why things were skipped or failed: outcome, code, and how many."""
    query = (
        "SELECT outcome, code, count(*) FROM intake WHERE outcome IN ('skipped', 'failed') GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return [(outcome, code, count) for outcome, code, count in db.execute(query)]


def knows_address(db: sqlite3.Connection, url: str) -> bool:
    """Whether the page of an address was read and kept."""
    query = "SELECT 1 FROM intake WHERE place = ? AND outcome IN ('coded', 'known')"
    return db.execute(query, (url,)).fetchone() is not None


def why_failed(db: sqlite3.Connection, report_id: str) -> str | None:
    """Why a report could not be coded before; null where it did not fail."""
    row = db.execute("SELECT reason FROM intake WHERE item = ? AND outcome = 'failed'", (report_id,)).fetchone()
    return None if row is None else str(row["reason"])


def read_at(db: sqlite3.Connection, report_id: str) -> str | None:
    """Where a report was read that is kept; null where none is."""
    row = db.execute("SELECT origin FROM report WHERE id = ?", (report_id,)).fetchone()
    return None if row is None else row["origin"] or "an unknown place"


def item_at(db: sqlite3.Connection, place: str) -> str | None:
    """The id of the report that was read at a place."""
    row = db.execute("SELECT item FROM intake WHERE place = ? AND item <> ''", (place,)).fetchone()
    return None if row is None else str(row["item"])


def given_day(db: sqlite3.Connection, report: int) -> str | None:
    """The report date that was given for a report by number, when it was read."""
    row = db.execute("SELECT day FROM intake WHERE report = ? AND outcome = 'coded'", (report,)).fetchone()
    return row["day"] if row else None


def sources_failed(db: sqlite3.Connection) -> list[tuple[str, str | None]]:
    """The sources in which something failed, each with the report date given for it."""
    query = "SELECT DISTINCT source, day FROM intake WHERE outcome = 'failed' ORDER BY source, day"
    return [(source, day) for source, day in db.execute(query)]


def places_failed(db: sqlite3.Connection, source: str, day: str | None) -> frozenset[str]:
    """The places of a source where something failed."""
    query = "SELECT place FROM intake WHERE outcome = 'failed' AND source = ? AND day IS ?"
    return frozenset(place for (place,) in db.execute(query, (source, day)))


def forget_source(db: sqlite3.Connection, source: str) -> None:
    """Remove what was said of a source as a whole: it was read, and what is in it has rows of its own."""
    db.execute("DELETE FROM intake WHERE place = ? AND item = ''", (source,))


def forget_trouble(db: sqlite3.Connection, place: str) -> None:
    """Remove what failed or was skipped at a place before."""
    db.execute("DELETE FROM intake WHERE place = ? AND outcome IN ('failed', 'skipped')", (place,))


def write_coded(db: sqlite3.Connection, place: str, item: str, source: str, day: str | None, report: int) -> None:
    """Write that a report, by id and number, was read at a place and coded."""
    forget_trouble(db, place)
    db.execute(
        "INSERT INTO intake (place, item, source, day, outcome, report, at) VALUES (?, ?, ?, ?, 'coded', ?, ?)",
        (place, item, source, day, report, now()),
    )


def is_noted(db: sqlite3.Connection, note: Note) -> bool:
    """Whether the account says this of the place already, or more."""
    row = db.execute(
        "SELECT outcome, code, reason FROM intake WHERE place = ? AND item = ?", (note.place, note.item)
    ).fetchone()
    if row is None:
        return False
    if note.outcome == "known":
        return row["outcome"] in ("coded", "known")
    if note.code == FAILED_BEFORE:
        return True  # why it failed is written there
    return (row["outcome"], row["code"], row["reason"]) == (note.outcome, note.code, note.reason)


def write_note(db: sqlite3.Connection, note: Note, day: str | None) -> None:
    """Write what became of one thing read; `day` is the report date given for it."""
    if is_noted(db, note):
        return
    report = None
    if note.outcome in ("coded", "known"):
        row = db.execute("SELECT n FROM report WHERE id = ?", (note.item,)).fetchone()
        if row is None:
            # The report it repeats failed to be coded after all: so did this one.
            note = replace(
                note, outcome="failed", code=FAILED_BEFORE, reason="the report it repeats could not be coded"
            )
        else:
            report = row["n"]
            forget_trouble(db, note.place)
    db.execute(
        "INSERT OR REPLACE INTO intake (place, item, source, day, outcome, code, reason, report, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (note.place, note.item, note.source, day, note.outcome, note.code, note.reason, report, now()),
    )
