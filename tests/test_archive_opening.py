"""Opening an archive that another process brings up to date, or writes to: it is waited for, or told of in words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from detente.archive import Archive, schema
from detente.archive.schema import migrate, migrations
from detente.errors import ArchiveError


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive of the second schema."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        migrate(db, to=2)
    return path


@contextmanager
def migrating(path: Path, seconds: float) -> Iterator[None]:
    """Somebody who takes that long for the next step of the schema, and then does the others."""
    begun = threading.Event()

    def slowly() -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            begun.set()
            time.sleep(seconds)
            db.execute("ROLLBACK")
            migrate(db)

    other = threading.Thread(target=slowly)
    other.start()
    begun.wait()
    yield
    other.join()


def test_an_older_archive_that_another_brings_up_to_date_is_waited_for(
    old: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(schema, "NOTICE_SECONDS", 0.1)
    with migrating(old, 1.0), Archive.open(old) as archive:
        assert archive.db.execute("PRAGMA user_version").fetchone()[0] == len(migrations())
        assert archive.db.execute("PRAGMA busy_timeout").fetchone()[0] == 50
    (told,) = caplog.messages
    assert "old.db" in told
    assert "waiting" in told


def test_nothing_is_told_of_where_nobody_is_in_the_way(old: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Archive.open(old) as archive:
        assert archive.db.execute("PRAGMA busy_timeout").fetchone()[0] == schema.BUSY_SECONDS * 1_000
    assert caplog.messages == []


def test_an_older_archive_that_is_not_let_go_is_told_of_in_words(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "NOTICE_SECONDS", 0.05)
    monkeypatch.setattr(schema, "UPDATING_SECONDS", 0.1)
    with migrating(old, 1.0), pytest.raises(ArchiveError) as told:
        Archive.open(old)
    assert "bringing it up to date: open it again when that is done" in str(told.value)
    assert "locked" not in str(told.value)


def test_what_another_reckons_after_migrating_is_waited_for_too(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(schema, "NOTICE_SECONDS", 0.1)
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        migrate(db)
        db.execute("INSERT INTO uncounted VALUES (1)")
    with migrating(old, 1.0), Archive.open(old) as archive:
        assert archive.db.execute("SELECT count(*) FROM uncounted").fetchone()[0] == 0


def test_a_current_archive_is_opened_and_read_while_another_writes(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as writer:
        writer.db.execute("BEGIN IMMEDIATE")
        with Archive.open(tmp_path / "a.db") as reader:
            assert reader.counts()["report"] == 0
        writer.db.execute("ROLLBACK")


def test_an_older_archive_is_opened_by_several_processes_at_once(old: Path) -> None:
    command = [sys.executable, "-m", "detente", "doctor", str(old), "--deep"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    for run in runs:
        out, err = run.communicate(timeout=120)
        assert (run.returncode, err) == (0, b""), out


def test_the_command_line_says_in_one_line_that_an_archive_is_in_use(old: Path) -> None:
    program = (
        "import sys; from detente.archive import schema; from detente.cli import main;"
        " schema.NOTICE_SECONDS = 0.05; schema.UPDATING_SECONDS = 0.1;"
        " sys.argv[1:] = ['events', sys.argv[1]]; main()"
    )
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        done = subprocess.run([sys.executable, "-c", program, str(old)], capture_output=True, check=False)
        db.execute("ROLLBACK")
    assert done.returncode == 2
    waiting, told = done.stderr.decode().splitlines()
    assert "waiting" in waiting
    assert told.startswith("detente: ")
    assert "in use by another process" in told
    assert "locked" not in told
