"""What the machine refuses is told in one line: a full disk, a lock, a damaged file, no memory."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from detente import cli

REPORT = '{"text": "The foreign ministers of Norway and Chile met in Oslo on Wednesday."}\n'


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("form", ["jsonl", "csv", "json"])
def test_a_full_disk_is_told(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(REPORT)
    command = [sys.executable, "-m", "detente", "code", str(tmp_path / "a.jsonl"), "-f", form]
    with Path("/dev/full").open("wb") as full:
        outcomes = [
            subprocess.run([*command, "-o", "/dev/full"], stderr=subprocess.PIPE, check=False),
            subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False),
        ]
    for done in outcomes:
        assert done.returncode != 0
        assert b"No space left on device" in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (sqlite3.OperationalError("database is locked"), "in use by another process"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "may not be written"),
        (sqlite3.DatabaseError("database disk image is malformed"), "detente doctor"),
        (sqlite3.OperationalError("database or disk is full"), "no space left"),
        (PermissionError(13, "Permission denied", "/some\x1b[31mwhere"), "Permission denied: /some\\x1b[31mwhere"),
        (MemoryError(), "not enough memory"),
    ],
)
def test_what_the_machine_refuses_is_one_line(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr("detente.cli.app.app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert told in lines[0]
