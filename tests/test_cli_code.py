"""The command line as a person or a script meets it: output, exit codes, reasons, help."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from detente.record import Record

TEXT = (
    "OSLO, June 9 – The foreign ministers of Norway and Chile met in Oslo on Wednesday.\n\n"
    "Norway will not expel the ambassador, a spokesman said."
)


def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "detente", *args], input=stdin, capture_output=True, check=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.jsonl"
    rows = [json.dumps({"id": "a", "text": TEXT}), "{broken", json.dumps({"id": "b", "text": TEXT})]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_report_comes_out_as_one_line_of_json(report: Path) -> None:
    done = run("code", str(report), "--format", "jsonl", "--date", "2023-06-09")
    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = done.stdout.decode().splitlines()
    record = Record.from_json(line)
    assert record.text == TEXT
    assert record.report_date.date == "2023-06-09"


def test_a_broken_line_makes_exit_code_1_a_reason_and_a_row(mixed: Path) -> None:
    done = run("code", str(mixed), "--format", "jsonl")
    assert done.returncode == 1
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row["id"] for row in rows] == ["a", None, "b"]
    assert rows[1]["error"]["code"] == "broken-line"
    assert f"{mixed}:2" in done.stderr.decode()
    assert "2 coded, 1 failed" in done.stderr.decode()


def test_a_coder_that_is_not_there_is_wrong_use_and_the_others_are_named(report: Path) -> None:
    done = run("code", str(report), "--coder", "oracle")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "There is no coder 'oracle'. There are: " in done.stderr.decode()
    assert "rules" in done.stderr.decode()


def test_json_is_one_array_and_csv_has_a_row_for_the_failure(mixed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run("code", str(mixed), "-o", str(out)).returncode == 1
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 3
    rows = list(csv.DictReader(io.StringIO(run("code", str(mixed), "-f", "csv", "-q").stdout.decode())))
    assert any(row["error"] == "broken-line" and row["reason"] for row in rows)


def test_standard_input_is_read_for_a_dash() -> None:
    done = run("code", "-", "-f", "jsonl", stdin=TEXT.encode())
    assert done.returncode == 0
    assert Record.from_json(done.stdout).text == TEXT


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("code", "no-such-file.txt"), "no-such-file.txt"),
        (("code", "{report}", "--date", "9 June"), "YYYY-MM-DD"),
        (("code", "{report}", "--format", "xml"), "--format"),
        (("code", "{report}", "--model", "no_such_model"), "no_such_model"),
        (("code", "{report}", "-o", "no/such/folder/x.jsonl"), "make it first"),
        (("code", "{report}", "-f", "jsonl", "--excel"), "--excel is for --format csv"),
        (("code",), "PATH"),
        (("frobnicate",), "frobnicate"),
    ],
)
def test_wrong_use_is_exit_code_2_and_one_clear_message(report: Path, args: tuple[str, ...], told: str) -> None:
    done = run(*(a.replace("{report}", str(report)) for a in args))
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("what was there", encoding="utf-8")
    assert run("code", str(tmp_path / "nowhere"), "-o", str(out)).returncode == 2
    assert out.read_text(encoding="utf-8") == "what was there"


def test_a_text_in_another_language_is_kept_and_said_to_be_unsupported() -> None:
    text = "Der Außenminister sagte am Mittwoch in Genf, dass die Gespräche in der nächsten Woche weitergehen werden."
    record = Record.from_json(run("code", "-", "-f", "jsonl", stdin=text.encode()).stdout)
    assert (record.language, record.events, record.statements) == ("unsupported", (), ())


def test_help_does_not_pay_for_the_model() -> None:
    code = (
        "import sys; sys.argv = ['detente', '--help']\n"
        "from detente.cli import main\n"
        "try: main()\n"
        "finally: print('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "False"


def test_the_schema_describes_the_record() -> None:
    schema = json.loads(run("schema").stdout)
    keys = set(schema["$defs"]["Record"]["properties"])
    assert {"id", "text", "events", "acts", "statements", "checks", "times", "coder"} <= keys


def test_the_demo_prints_a_record_and_what_to_try_next() -> None:
    done = run("demo")
    assert done.returncode == 0
    shown = done.stdout.decode()
    for words in ("Statements (", "Events (", "Report date", "Odd", "Three things to try next"):
        assert words in shown


def test_a_file_is_not_written_over_itself(mixed: Path, tmp_path: Path) -> None:
    before = mixed.read_bytes()
    (tmp_path / "link.jsonl").hardlink_to(mixed)
    for out in (mixed, tmp_path / "link.jsonl"):
        done = run("code", str(mixed), "-o", str(out))
        assert (done.returncode, b"is what is read" in done.stderr) == (2, True)
    assert mixed.read_bytes() == before
