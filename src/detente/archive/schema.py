"""The file of an archive: opening it, and bringing an older one up to the schema of today.

A migration is a file ``data/schema/NNNN_name.sql``; the archive's ``user_version`` is the number of the last one it
has gone through. A migration that was released is never edited: the next change is a new file.
"""

from __future__ import annotations

import logging
import sqlite3
from functools import cache
from importlib.resources import files
from pathlib import Path

from detente.archive.counting import recount
from detente.errors import ArchiveError, DataError

APPLICATION_ID = 0x64746E74
"""``dtnt`` in ASCII: tells an archive from other SQLite files."""

_log = logging.getLogger(__name__)

BUSY_SECONDS = 30
"""How long a writer waits for another: a batch of reports is written in far less."""

NOTICE_SECONDS = 2
"""After how long waiting for another process that brings the archive up to date is told of."""

UPDATING_SECONDS = 1_800
"""How long that is waited for: it took 90 s for a million events, and no adding takes as long."""

CACHE_KILOBYTES = 256_000
"""Pages kept in memory while much is written: those of the indexes, which every report touches all over."""

MAPPED_BYTES = 2**31
"""What is read as it lies in the system's memory, without being copied: as much as SQLite lets be."""

WAITING_PAGES = 8_000
"""Pages that wait beside the file before they are written into it: what every report touches is then written once."""

ANALYSED_ROWS = 1_000
"""Rows of an index that are looked at for the planner's statistics, as SQLite's manual advises."""


@cache
def migrations() -> tuple[str, ...]:
    """The SQL of every migration in order; raises `DataError` where one is missing."""
    found = sorted((f for f in (files(__package__) / "data" / "schema").iterdir() if f.name.endswith(".sql")), key=str)
    for number, file in enumerate(found, 1):
        if not file.name.startswith(f"{number:04d}_"):
            raise DataError(f"Schema migration {number} should come next, but there is {file.name!r}.")
    return tuple(file.read_text(encoding="utf-8") for file in found)


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the archive at `path`, brought up to date; raises `ArchiveError` where that cannot be."""
    if path.name == ":memory:":
        raise ArchiveError("An archive is a file, so that it can be kept and asked by others: give it a name.")
    if not create and not path.is_file():
        raise ArchiveError(f"There is no archive {str(path)!r}: check the path, or make one with `detente add`.")
    if create and not path.absolute().parent.is_dir():
        raise ArchiveError(f"There is no folder {str(path.parent)!r} to keep the archive in: make it first.")
    uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    try:
        # Autocommit: transactions are begun and ended by name, in `Archive.transaction`.
        db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise ArchiveError(f"{str(path)!r} cannot be opened: {error}.") from error
    try:
        _prepare(db, path)
    except sqlite3.Error as error:
        db.close()
        if _is_busy(error):
            raise ArchiveError(
                f"{str(path)!r} is in use by another process, which may be bringing it up to date: "
                "open it again when that is done."
            ) from error
        raise ArchiveError(f"{str(path)!r} is no archive that can be used: {error}.") from error
    except ArchiveError:
        db.close()
        raise
    db.row_factory = sqlite3.Row
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA cache_size = -{CACHE_KILOBYTES}")
    db.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
    db.execute(f"PRAGMA analysis_limit = {ANALYSED_ROWS}")
    version = _version(db)
    if _application(db) != APPLICATION_ID and (version or _has_tables(db)):
        raise ArchiveError(f"{str(path)!r} is an SQLite file, but no archive of detente: choose another path.")
    if version > len(migrations()):
        raise ArchiveError(
            f"{str(path)!r} has schema {version}, this detente knows {len(migrations())}: use the newer detente."
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA wal_autocheckpoint = {WAITING_PAGES}")
    db.execute("PRAGMA synchronous = NORMAL")  # with WAL a crash of the machine may cost the last batch, never the file
    _bring_up_to_date(db, path)


def _bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    """Migrate and reckon what waits for it; another process that does so, or writes, is waited for."""
    db.execute(f"PRAGMA busy_timeout = {round(NOTICE_SECONDS * 1_000)}")
    try:
        _update(db)
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        _log.warning(f"{str(path)!r} is in use by another process: waiting, to bring it up to date or find it so")
        db.execute(f"PRAGMA busy_timeout = {round(UPDATING_SECONDS * 1_000)}")
        _update(db)
    db.execute(f"PRAGMA busy_timeout = {round(BUSY_SECONDS * 1_000)}")


def _update(db: sqlite3.Connection) -> None:
    if _version(db) < len(migrations()):
        migrate(db)
    recount(db)


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def migrate(db: sqlite3.Connection, to: int | None = None) -> None:
    """Take the archive through the migrations it lacks, up to number `to`, each whole or not at all."""
    wanted = len(migrations()) if to is None else to
    while (version := _version(db)) < wanted:
        script = migrations()[version]
        # The version is looked at again under the lock: two processes may open a new archive at once.
        db.execute("BEGIN IMMEDIATE")
        try:
            if _version(db) == version:
                for statement in _statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {version + 1}")
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit after each."""
    found, begun = [], ""
    for line in script.splitlines(keepends=True):
        begun += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return found


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _application(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def _has_tables(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
