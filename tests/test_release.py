"""What a release is tried with: no index and no network to fall back on, and a list of what is in it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from scripts.check_release import ALONE, alone, list_parts, offline


def can_be_alone() -> bool:
    return bool(shutil.which(ALONE[0])) and not subprocess.run([*ALONE, "true"], capture_output=True).returncode


def test_nothing_has_pip_look_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PYTHONPATH"):
        monkeypatch.setenv(name, "elsewhere")
    assert "elsewhere" not in offline().values()


@pytest.mark.skipif(not can_be_alone(), reason="this system lets nobody take the network away")
def test_a_command_that_runs_alone_reaches_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        asks = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        with pytest.raises(SystemExit, match="ended with 1"):
            alone([sys.executable, "-c", asks], tmp_path)
        assert alone([sys.executable, "-c", "print(1 + 1)"], tmp_path) == "2\n"


def test_what_is_in_an_environment_is_listed_in_the_same_bytes_each_time(tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    lists = [tmp_path / "one.json", tmp_path / "two.json"]
    for out in lists:
        list_parts(tmp_path / "venv", out)
    told = json.loads(lists[0].read_bytes())
    assert (told["bomFormat"], told["metadata"]["component"]["name"]) == ("CycloneDX", "detente")
    assert lists[0].read_bytes() == lists[1].read_bytes()
