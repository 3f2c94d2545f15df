"""The archive on the command line: added to, asked, corrected, looked over, written out."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.archive.disputes import Kind
from detente.archive.promises import Outcome
from detente.checks.copies import Likeness
from detente.cli.app import app
from detente.cli.joins_commands import CopyChoice, DisputeChoice, OutcomeChoice
from detente.errors import ArchiveError, UsageError
from tests.golden_archive import example

TEXTS = (
    "Russia expelled two American diplomats on Thursday, the foreign ministry said.",
    "President Joe Biden will meet Vladimir Putin in Geneva on Wednesday, the White House announced.",
    "Police in Minsk arrested dozens of protesters. The European Union condemned the arrests.",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    example(tmp_path).close()
    return tmp_path / "a.db"


def detente(*args: str | Path) -> str:
    """What the command prints; errors of detente's own are raised."""
    done = CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_events_are_a_table_for_people(path: Path) -> None:
    shown = detente("events", path, "--actor", "RUS", "--recipient", "USA", "--type", "SANCTION")
    for part in ("2021-06-10", "Russia (RUS)", "SANCTION", "happened", "expelled", "Baltic Wire", "1 of 1"):
        assert part in shown


def test_events_are_json_and_csv_for_machines(path: Path) -> None:
    rows = json.loads(detente("events", path, "--pair", "USA", "RUS", "--json", "--oldest"))
    assert [row["trigger"] for row in rows] == ["expelled", "met", "talks"]
    assert rows[0]["evidence"] == "Moscow expelled two American diplomats on Thursday."
    assert rows[0]["source"]["url"] == "https://news.example/envoys"
    (row,) = csv.DictReader(io.StringIO(detente("events", path, "--status", "planned", "--csv")))
    assert (row["actor_country"], row["evidence"][:11]) == ("USA; RUS", "The leaders")


def test_events_come_the_newest_first_and_a_limit_is_told(path: Path) -> None:
    shown = detente("events", path, "--limit", "1")
    assert "talks" in shown
    assert "1 of 4: --limit 0 shows all" in shown


def test_statements_are_found_by_their_speaker(path: Path) -> None:
    shown = detente("statements", path, "--speaker", "Peskov", "--kind", "direct")
    assert "“It is an answer,”" in shown
    (row,) = json.loads(detente("statements", path, "--words", "hacked", "--json"))
    assert row["speaker"]["role"] == "spokesman"


def test_words_are_shown_in_context(path: Path) -> None:
    assert "expelled two American diplomats" in detente("search", path, "american", "diplomats")
    (row,) = json.loads(detente("search", path, '"two American"', "--json"))
    assert row["marks"]


def test_nothing_found_is_said(path: Path) -> None:
    assert detente("events", path, "--actor", "FJI") == "Nothing in the archive answers that.\n"
    assert detente("events", path, "--actor", "FJI", "--json") == "[]\n"
    assert detente("search", path, "zzz", "--csv") == ""


def test_anything_is_shown_by_its_id(path: Path) -> None:
    with Archive.open(path) as archive:
        event, statement = archive.events(type="COERCE")[0], archive.statements()[0]
    shown = detente("show", path, event.id)
    for part in ("says Dmitry Peskov", "hacked", "Correction 2: judged it right (Mia"):
        assert part in shown
    assert json.loads(detente("show", path, event.id, "--json"))["history"][1]["verdict"] == "right"
    assert "It is an answer" in detente("show", path, statement.id)
    assert json.loads(detente("show", path, statement.id, "--json"))["id"] == statement.id
    assert "Envoys sent home" in detente("show", path, "r1")
    assert json.loads(detente("show", path, "r1", "--json"))["record"]["title"] == "Envoys sent home"
    with pytest.raises(ArchiveError, match="no event, statement or report"):
        detente("show", path, "r99")


def test_a_timeline_goes_from_month_to_month(path: Path) -> None:
    shown = detente("timeline", path, "--pair", "USA", "RUS")
    assert shown.index("June 2021") < shown.index("expelled") < shown.index("talks")
    assert "July 2021" not in shown, "a plan stands on the day it was told"
    with pytest.raises(UsageError, match="--pair"):
        detente("timeline", path)


def test_an_event_is_corrected_and_its_history_shown(path: Path) -> None:
    with Archive.open(path) as archive:
        event = archive.events(type="SANCTION")[0].id
    assert detente("history", path, event) == f"Nobody corrected {event}.\n"
    detente("correct", path, event, "--set", "status=planned", "--set", "actors=USA", "--by", "Mia")
    detente("correct", path, event, "--right", "--by", "Jon")
    detente("correct", path, event, "--undo", "--by", "Jon")
    shown = detente("history", path, event)
    assert "status: happened → planned (Mia" in shown
    assert "took correction 5 back (Jon" in shown
    with Archive.open(path) as archive:
        assert (archive.event(event).status, archive.event(event).verdict) == ("planned", None)


@pytest.mark.parametrize(
    "options",
    [(), ("--right", "--wrong"), ("--set", "status"), ("--wrong", "--set", "status=planned"), ("--set", "status=x")],
)
def test_a_judgement_that_is_none_is_refused_whole(path: Path, options: tuple[str, ...]) -> None:
    with Archive.open(path) as archive:
        event = archive.events(type="SANCTION")[0].id
    with pytest.raises(UsageError):
        detente("correct", path, event, "--by", "Mia", *options)
    assert "Nobody" in detente("history", path, event)


def test_the_doctor_says_that_all_is_well_or_what_is_not(path: Path) -> None:
    shown = detente("doctor", path, "--deep")
    assert "✕" not in shown
    assert "2 read = 2 coded + 0 known + 0 skipped + 0 failed" in shown
    with Archive.open(path) as archive:
        orphan = archive.originals.path_of(archive.originals.add(b"nobody's"))
        os.utime(orphan, (0, 0))
    done = CliRunner().invoke(app, ["doctor", str(path)])
    assert done.exit_code == 1
    assert "✕ no original is left over" in done.stdout
    assert detente("doctor", path, "--clean").startswith("1 originals removed")


def test_an_archive_is_written_out(path: Path, tmp_path: Path) -> None:
    detente("export", path, "--to", "csv", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "events.csv").read_text(encoding="utf-8").startswith("event_id,event_date")


def test_a_question_to_no_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="There is no archive"):
        detente("events", tmp_path / "none.db")


def run(*args: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "detente", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False)


def reports(path: Path, count: int) -> Path:
    rows = (
        {"id": f"r{n}", "text": f"{TEXTS[n % 3]} It was the {n}th day.", "date": f"2021-06-{n % 28 + 1:02d}"}
        for n in range(count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def content(path: Path) -> list[tuple[object, ...]]:
    tables = {
        "report": "id, record_id, published, report_date, original, origin, text",
        "event": "id, type, mode, status, date, day, trigger_start, evidence_end, intensity, place, said_by, same_as",
        "statement": "id, kind, day, cue_start, source_name",
        "intake": "place, item, outcome, code, reason",
    }
    with Archive.open(path) as archive:
        found = [
            tuple(row)
            for table, columns in tables.items()
            for row in archive.db.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
        ]
        parties = archive.db.execute(
            "SELECT id, side, position, name, country FROM event JOIN event_party ON event = n ORDER BY 1, 2, 3"
        )
        return found + [tuple(row) for row in parties]


def test_adding_with_two_workers_and_again_gives_what_one_gives(tmp_path: Path) -> None:
    source = reports(tmp_path / "in.jsonl", 70)
    for name, workers in (("one.db", "1"), ("two.db", "2")):
        done = run("add", tmp_path / name, source, "--workers", workers)
        assert done.returncode == 0, done.stderr
        assert b"70 read = 70 coded + 0 known + 0 skipped + 0 failed" in done.stderr
    assert content(tmp_path / "one.db") == content(tmp_path / "two.db")
    again = run("add", tmp_path / "one.db", source)
    assert b"70 read = 0 coded + 70 known + 0 skipped + 0 failed" in again.stderr


def test_a_run_that_is_killed_three_times_ends_like_one_that_was_not(tmp_path: Path) -> None:
    source = reports(tmp_path / "in.jsonl", 160)
    run("add", tmp_path / "whole.db", source, "-q")
    command = [sys.executable, "-m", "detente", "add", str(tmp_path / "cut.db"), str(source), "-q"]
    for kills, wanted in enumerate((0, 32, 64)):
        running = subprocess.Popen([*command, "--workers", str(1 + kills % 2)])
        while running.poll() is None and _kept(tmp_path / "cut.db") < wanted:
            time.sleep(0.01)
        time.sleep(0.05)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
    assert _kept(tmp_path / "cut.db") < 160
    assert run("add", tmp_path / "cut.db", source).returncode == 0
    assert content(tmp_path / "cut.db") == content(tmp_path / "whole.db")
    assert b"\xe2\x9c\x95" not in run("doctor", tmp_path / "cut.db", "--deep").stdout


def _kept(path: Path) -> int:
    try:
        with Archive.open(path) as archive:
            return archive.counts()["report"]
    except ArchiveError:
        return 0


def test_what_comes_on_standard_input_is_kept_with_its_bytes(tmp_path: Path) -> None:
    done = run("add", tmp_path / "a.db", "-", stdin=TEXTS[0].encode())
    assert done.returncode == 0, done.stderr
    with Archive.open(tmp_path / "a.db") as archive:
        (row,) = archive.db.execute("SELECT origin, original FROM report")
        assert row["origin"] == "stdin"
        assert archive.originals.read(row["original"]) == TEXTS[0].encode()


def test_what_fails_is_told_and_an_inner_address_is_not_fetched(tmp_path: Path) -> None:
    done = run("add", tmp_path / "a.db", "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data")
    assert done.returncode == 1
    assert b"2 read = 0 coded + 0 known + 0 skipped + 2 failed" in done.stderr
    assert done.stderr.count(b"refused-address") == 2
    assert run("retry", tmp_path / "a.db").returncode == 1


def test_what_may_be_asked_for_is_what_linking_finds() -> None:
    assert [choice.value for choice in OutcomeChoice] == list(Outcome)
    assert [choice.value for choice in DisputeChoice] == list(Kind)
    assert [choice.value for choice in CopyChoice] == list(Likeness)


def test_an_export_leaves_out_what_is_less_likely_than_asked_for(path: Path, tmp_path: Path) -> None:
    with Archive.open(path) as archive:
        archive.db.execute("UPDATE event SET score = CASE type WHEN 'SANCTION' THEN 0.4 ELSE 0.9 END")
        (unlikely,) = (event.id for event in archive.events(type=["SANCTION"]))
    for form in ("csv", "polecat", "jsonld", "annotations", "ftm"):
        whole, part = tmp_path / "whole", tmp_path / "part"
        detente("export", path, "--to", form, "-o", whole)
        detente("export", path, "--to", form, "-o", part, "--min-score", "0.5")
        (file,) = (name for name in whole.iterdir() if name.name != "datapackage.json")
        assert unlikely in file.read_text(encoding="utf-8"), form
        assert unlikely not in (part / file.name).read_text(encoding="utf-8"), form
        file.unlink()
    with pytest.raises(UsageError, match="as they were coded"):
        detente("export", path, "--to", "jsonl", "-o", tmp_path / "out", "--min-score", "0.5")
