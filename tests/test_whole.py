"""A file that is written has its name when it is whole; what runs that were cut off left of it goes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from detente.whole import whole

KILLED = """
import os, signal, sys
from pathlib import Path
from detente.whole import whole
with whole(Path(sys.argv[1])) as out:
    out.write(b"half")
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def parts(folder: Path) -> list[Path]:
    return sorted(folder.glob(".*.part"))


@pytest.mark.parametrize("name", ["events.csv", "a [b]*.jsonl", "ж.csv"])
def test_what_a_killed_run_left_goes_when_the_file_is_written_again(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    (tmp_path / ".other.csv.x.part").write_bytes(b"of another file")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not path.exists()
    assert len(parts(tmp_path)) == 2
    with whole(path) as out:
        out.write(b"all of it")
    assert path.read_bytes() == b"all of it"
    assert parts(tmp_path) == [tmp_path / ".other.csv.x.part"]


def test_the_half_of_a_run_that_still_writes_stays(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    with whole(path) as slow:
        slow.write(b"slow")
        with whole(path) as quick:
            quick.write(b"quick")
        assert path.read_bytes() == b"quick"
        assert len(parts(tmp_path)) == 1
    assert path.read_bytes() == b"slow"
    assert parts(tmp_path) == []


def test_what_breaks_leaves_the_file_as_it_was_and_no_half(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_bytes(b"before")
    path.chmod(0o640)
    with pytest.raises(TypeError), whole(path) as out:
        out.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert path.read_bytes() == b"before"
    assert parts(tmp_path) == []
    with whole(path) as out:
        out.write(b"after")
    assert path.stat().st_mode & 0o777 == 0o640
