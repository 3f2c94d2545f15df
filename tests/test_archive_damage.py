"""An archive with damaged pages is told of in words, by the doctor too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.cli.app import app
from tests.made_records import expulsion

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for number in range(30):
            archive.add_record(expulsion(f"r{number}", url=f"https://harbour.example/{number}"))
        archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tmp_path / "a.db"


def damage(path: Path, first: int, count: int, what: bytes) -> None:
    """Overwrite pages, numbered from 0, or from the last where `first` is negative."""
    data = bytearray(path.read_bytes())
    first %= len(data) // PAGE
    for page in range(first, min(first + count, len(data) // PAGE)):
        data[page * PAGE : page * PAGE + len(what)] = what
    path.write_bytes(data)


@pytest.mark.parametrize("what", [b"\0" * PAGE, b"\xff" * PAGE, b"\x0d\x00\x00\xff\xff" * 700])
@pytest.mark.parametrize("first", [1, -8])
def test_the_doctor_tells_of_damaged_pages(path: Path, first: int, what: bytes) -> None:
    damage(path, first, 7, what)
    done = CliRunner().invoke(app, ["doctor", str(path), "--deep"], catch_exceptions=False)
    assert done.exit_code == 1
    assert "✕ the file is whole" in done.output or (first > 0 and ".recover" in done.output)


@pytest.mark.parametrize("what", [b"\0" * PAGE, b"\xff" * PAGE, b"\x0d\x00\x00\xff\xff" * 700])
@pytest.mark.parametrize("table", ["event_party", "standing", "record"])
def test_the_doctor_tells_of_a_damaged_table(path: Path, table: str, what: bytes) -> None:
    with Archive.open(path) as archive:
        (page,) = archive.db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    damage(path, page - 1, 1, what)
    done = CliRunner().invoke(app, ["doctor", str(path), "--deep"], catch_exceptions=False)
    assert done.exit_code == 1
    assert "✕ the file is whole" in done.output


def test_a_damaged_archive_is_told_of_in_one_line(path: Path) -> None:
    damage(path, 1, 7, b"\0" * PAGE)
    done = subprocess.run([sys.executable, "-m", "detente", "events", str(path)], capture_output=True, check=False)
    assert done.returncode == 2
    assert b"malformed" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_doctor_tells_of_a_file_that_was_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 20 * PAGE + 77])
    done = CliRunner().invoke(app, ["doctor", str(path)], catch_exceptions=False)
    assert done.exit_code == 1
    assert ".recover" in done.output
