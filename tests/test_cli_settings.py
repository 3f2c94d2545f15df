"""What a person sets up once: a settings file, completion of the shell, and Excel where it is asked for."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.cli.app import app, click_command
from detente.cli.settings_file import default_map
from detente.errors import UsageError
from detente.exports import write
from detente.exports.csv_events import COLUMNS
from tests.golden import example
from tests.made_records import expulsion

TEXT = "Norway expelled two envoys of Chile on Friday, the ministry said."


def run(folder: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, **environment}
    if "PYTHONPATH" in given:
        given["PYTHONPATH"] = os.pathsep.join(str(Path(p).resolve()) for p in given["PYTHONPATH"].split(os.pathsep))
    command = [sys.executable, "-m", "detente", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "detente.toml").write_text('[code]\nformat = "jsonl"\ndate = "2023-06-10"\n', encoding="utf-8")
    return tmp_path


def test_the_file_says_what_the_command_line_does_not(folder: Path) -> None:
    told = run(folder, "code", "report.txt")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith('{"id"')
    assert '"date":"2023-06-10"' in told.stdout
    overruled = run(folder, "code", "report.txt", "--format", "csv")
    assert overruled.stdout.startswith("report_id,")


def test_a_file_may_be_named_or_switched_off(folder: Path) -> None:
    other = folder / "other.toml"
    other.write_text('[code]\nformat = "csv"\n', encoding="utf-8")
    assert run(folder, "code", "report.txt", DETENTE_SETTINGS="other.toml").stdout.startswith("report_id,")
    assert "━" in run(folder, "code", "report.txt", DETENTE_SETTINGS="").stdout
    missing = run(folder, "code", "report.txt", DETENTE_SETTINGS="none.toml")
    assert missing.returncode == 2
    assert "none.toml" in missing.stderr


def settings(tmp_path: Path, text: str) -> dict[str, object]:
    path = tmp_path / "detente.toml"
    path.write_text(text, encoding="utf-8")
    return default_map(path, click_command())


def test_what_stands_before_all_tables_is_for_every_command_that_has_the_option(tmp_path: Path) -> None:
    told = settings(tmp_path, 'knowledge = "mine.csv"\nmin-score = 0.5\n[add]\nworkers = 2\n')
    assert told["who"] == {"knowledge": str(tmp_path / "mine.csv")}
    assert told["events"] == {"min_score": 0.5}
    assert told["add"] == {"knowledge": str(tmp_path / "mine.csv"), "workers": 2}
    assert "doctor" not in told


def test_watches_stand_in_the_file(tmp_path: Path) -> None:
    told = settings(tmp_path, '[watch]\nfeeds = ["https://example.org/feed.xml"]\nevery = 30\n')
    assert told["watch"] == {"feeds": ["https://example.org/feed.xml"], "every": 30}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[coed]\n", "no command 'coed'"),
        ("[code]\nworker = 2\n", "no option 'worker'"),
        ("colour = 2\n", "no command has the option 'colour'"),
        ("workers = \n", "cannot be read as TOML"),
    ],
)
def test_what_is_no_option_is_told_with_the_file(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        settings(tmp_path, text)


def test_the_shell_completes_commands(tmp_path: Path) -> None:
    told = run(tmp_path, _DETENTE_COMPLETE="complete_bash", COMP_WORDS="detente eve", COMP_CWORD="1")
    assert told.stdout.split() == ["events"]


def test_an_ending_that_nothing_is_written_as_is_refused_before_any_work(folder: Path) -> None:
    for name in ("out.docx", "out.jsonl.gz", "out.parquet"):
        told = run(folder, "code", "report.txt", "-o", name, DETENTE_SETTINGS="")
        assert told.returncode == 2
        assert "give one of .jsonl, .json, .csv, .xlsx" in told.stderr
        assert not (folder / name).exists()


def test_excel_has_the_columns_of_the_csv_with_days_as_days(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    whole = [io.BytesIO(), io.BytesIO()]
    for out in whole:
        stream = io.TextIOWrapper(out)
        write(example(), stream, "xlsx")
        stream.detach()
    assert whole[0].getvalue() == whole[1].getvalue()
    (sheet,) = openpyxl.load_workbook(whole[0]).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert tuple(rows[0]) == COLUMNS
    first = dict(zip(COLUMNS, rows[1], strict=True))
    assert first["date_start"].isoformat() == "2023-06-14T00:00:00"
    assert (first["score"], first["actor"], first["date"]) == (0.75, "Norway; Chile", "2023-06-14")
    assert dict(zip(COLUMNS, rows[3], strict=True))["error"] == "broken-line"


def test_excel_without_its_library_says_how_to_get_it(folder: Path) -> None:
    (folder / "xlsxwriter.py").write_text("raise ImportError\n", encoding="utf-8")
    told = run(folder, "code", "report.txt", "-o", "out.xlsx", DETENTE_SETTINGS="")
    assert told.returncode == 2
    assert "pip install 'detente[excel]'" in told.stderr
    assert not (folder / "out.xlsx").exists()


def test_commands_that_tell_something_tell_it_as_json_too(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
        event = archive.events()[0].id

    def told(*args: str) -> Any:
        done = CliRunner().invoke(app, [args[0], str(tmp_path / "a.db"), *args[1:], "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    assert told("join")["events"] == 2
    (line,) = told("correct", event, "--right", "--by", "Mia")
    assert (line["event"], line["verdict"], line["who"]) == (event, "right", "Mia")
    assert told("history", event) == [line]
    assert told("history") == []
    state = told("doctor")
    assert state["counts"]["event"] == 2
    assert [finding["faults"] for finding in state["findings"]] == [[]] * len(state["findings"])


def test_an_explanation_is_json_too(folder: Path) -> None:
    report = str(folder / "report.txt")
    done = CliRunner().invoke(app, ["explain", report, "--event", "e1", "--date", "2023-06-10", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    start, end = told["trigger"]
    assert (told["event"]["id"], TEXT[start:end]) == ("e1", "expelled")
