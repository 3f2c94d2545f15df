"""What a person sets up once: a settings file, completion of the shell, and Excel where it is asked for."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scripts.write_cli_docs import commands
from typer.testing import CliRunner

from detente.archive import Archive
from detente.cli.app import app, click_command
from detente.cli.logs import Lines
from detente.cli.settings_file import NAMED_ONLY, Found, default_map
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
    assert (told.returncode, told.stderr) == (0, f"detente: settings of {folder / 'detente.toml'}\n")
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


def settings(tmp_path: Path, text: str, *, named: bool = False) -> dict[str, object]:
    path = tmp_path / "detente.toml"
    path.write_text(text, encoding="utf-8")
    return default_map(Found(path, named), click_command())


def test_what_stands_before_all_tables_is_for_every_command_that_has_the_option(tmp_path: Path) -> None:
    told = settings(tmp_path, 'knowledge = "mine.csv"\nmin-score = 0.5\n[add]\nworkers = 2\n')
    assert told["who"] == {"knowledge": str(tmp_path / "mine.csv")}
    assert told["events"] == {"min_score": 0.5}
    assert told["add"] == {"knowledge": str(tmp_path / "mine.csv"), "workers": 2}
    assert "doctor" not in told


@pytest.mark.parametrize(
    "text",
    [
        'model = "./other"\n',
        '[code]\nserver = "http://192.0.2.7/v1"\n',
        '[serve]\nallow-host = ["desk.example"]\n',
        '[code]\noutput = "report.txt"\n',
        '[watch]\nwebhook = ["https://example.org/hook"]\n',
    ],
)
def test_a_file_that_only_lies_in_the_folder_loads_sends_opens_and_writes_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="only lies in this folder: say DETENTE_SETTINGS="):
        settings(tmp_path, text)
    assert settings(tmp_path, text, named=True)


def test_every_option_that_only_a_named_file_may_set_is_one() -> None:
    options = {param.name for _, command in commands(click_command()) for param in command.params}
    assert options >= NAMED_ONLY


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
    assert told("retry") == {"account": {"coded": 0, "failed": 0, "known": 0, "skipped": 0}, "failures": [], "gone": {}}
    assert told("recode")["coded"] == 1
    written = told("export", "--to", "csv", "-o", str(tmp_path / "out"))
    assert (written["form"], written["bytes"]) == ("csv", (tmp_path / "out" / "events.csv").stat().st_size)
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


def test_what_was_added_is_told_as_json_with_what_failed_and_why(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    done = run(tmp_path, "add", "a.db", "good.txt", "bad.json", "--date", "2023-06-10", "--json", "--coder", "rules")
    told = json.loads(done.stdout)
    assert (done.returncode, told["account"]["coded"], told["account"]["failed"]) == (1, 1, 1)
    assert [failure["place"] for failure in told["failures"]] == ["bad.json:1"]


NO_ANSWER = {"code", "schema", "demo", "serve", "mcp", "bulk", "watch"}
"""Commands with forms of their own for machines (code, schema, watch), none (demo), or which serve or run for hours."""


def test_every_command_that_answers_has_json() -> None:
    bare = {name for name, command in commands(click_command()) if "as_json" not in {p.name for p in command.params}}
    assert bare <= NO_ANSWER


def test_an_address_is_sent_to_the_command_that_fetches(tmp_path: Path) -> None:
    told = run(tmp_path, "code", "https://reader:secret@example.org/a.html")
    assert told.returncode == 2
    assert "`detente add ARCHIVE https://example.org/a.html` fetches and keeps it" in told.stderr
    assert "secret" not in told.stderr


def test_what_is_done_is_told_as_lines_of_json_where_that_is_asked_for(folder: Path) -> None:
    done = run(folder, "-v", "code", "report.txt", "--coder", "rules")
    first, *rest = done.stderr.splitlines()
    told = [json.loads(line) for line in (first, *rest) if line.startswith("{")]
    assert [line["what"] for line in told] == ["started", "coder made", "report coded"]
    assert all({"time", "level", "room", "what"} <= set(line) for line in told)
    assert (told[-1]["room"], told[-1]["events"]) == ("cli.progress", 1)
    assert done.stdout.startswith('{"id"')


def test_a_line_of_the_log_holds_no_command_to_the_terminal() -> None:
    record = logging.LogRecord("detente.reading", logging.INFO, "", 0, "read\x1b[2J", (), None)
    record.told = {"place": "a\nb\u202e.txt"}
    line = Lines().format(record)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["place"] == "a\nb\u202e.txt"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_is_given_what_it_needs_to_complete(tmp_path: Path, shell: str) -> None:
    told = run(tmp_path, _DETENTE_COMPLETE=f"source_{shell}")
    assert "_DETENTE_COMPLETE" in told.stdout
