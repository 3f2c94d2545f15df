"""What an extra brings is missed only by what needs it, and then with the command that gets it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.errors import UsageError
from detente.extras import EXTRAS, wanted
from tests.made_records import expulsion

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder in which no library of an extra can be imported."""
    for library in EXTRAS:
        (tmp_path / f"{library}.py").write_text(f"raise ModuleNotFoundError(name={library!r})\n", encoding="utf-8")
    return tmp_path


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(folder), str(ROOT / "src")])
    given = {**os.environ, "PYTHONPATH": paths, "DETENTE_SETTINGS": ""}
    command = [sys.executable, "-m", "detente", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=given)


def test_without_any_extra_reports_are_coded_kept_and_asked_about(bare: Path) -> None:
    (bare / "report.txt").write_text("Norway expelled two envoys of Chile on Friday.", encoding="utf-8")
    added = run(bare, "add", "a.db", "report.txt", "--date", "2023-06-10", "--quiet")
    assert (added.returncode, added.stderr) == (0, "")
    assert "SANCTION" in run(bare, "events", "a.db", "--csv").stdout
    assert run(bare, "relations", "a.db", "NOR", "CHL", "--json").returncode == 0
    assert run(bare, "export", "a.db", "--to", "csv", "-o", "out").returncode == 0


@pytest.mark.parametrize("args", [("export", "a.db", "--to", "parquet", "-o", "out"), ("bulk", "--out", "news", "in")])
def test_a_command_that_needs_an_extra_says_how_to_get_it(bare: Path, args: tuple[str, ...]) -> None:
    with Archive.open(bare / "a.db", create=True) as archive:
        archive.add_record(expulsion())
    told = run(bare, *args)
    assert told.returncode == 2
    assert "pip install 'detente[bulk]'" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_parquet_file_is_a_reason_where_it_cannot_be_read(bare: Path) -> None:
    (bare / "in.parquet").write_bytes(b"PAR1")
    told = run(bare, "code", "in.parquet")
    assert told.returncode == 1
    assert "in.parquet: unreadable: it is a Parquet file: pyarrow is not installed here" in told.stderr


def test_a_library_of_no_extra_is_told_by_its_own_name() -> None:
    with pytest.raises(UsageError, match="pip install no_such_library"):
        wanted("no_such_library")


def test_every_extra_that_is_named_is_there_and_brings_its_library() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for library, extra in EXTRAS.items():
        assert any(line.lower().startswith(library) for line in project["optional-dependencies"][extra]), library
        assert not any(line.lower().startswith(library) for line in project["dependencies"]), library
