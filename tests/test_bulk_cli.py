"""Bulk on the command line: what is read, what is said of it, what may be asked, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from detente.archive import Archive
from detente.cli import bulking
from detente.cli.app import app
from detente.errors import MissingFile, UsageError
from tests.made_coder import BROKEN, made_coder
from tests.test_bulk_runs import HerePool, rows, write_lines

__all__ = ["made_coder"]


@pytest.fixture(autouse=True)
def here(made_coder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is done in this process: tests/test_bulk_runs.py has workers."""
    monkeypatch.setattr(bulking, "LocalPool", lambda workers: HerePool())


def detente(*args: object) -> Result:
    """The command run here; errors of detente's own are raised."""
    return CliRunner().invoke(app, [str(arg) for arg in args], catch_exceptions=False)


def bulk(out: Path, *args: object) -> Result:
    return detente("bulk", "--out", out, "--coder", "made", "--workers", 1, "--shard", 32, *args)


def told(result: Result) -> str:
    """Standard error, without line ends that a terminal adds."""
    return " ".join(result.stderr.split())


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A dataset of sixty reports and more, and the run that made it."""
    lines = write_lines(tmp_path / "reports.jsonl", rows(60))
    assert bulk(tmp_path / "news", lines).exit_code == 0
    return tmp_path / "news"


def test_the_closing_line_gives_an_account_and_quiet_gives_none(tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "reports.jsonl", rows(20))
    assert "22 read = 22 coded + 0 skipped + 0 failed" in told(bulk(tmp_path / "told", lines))
    quiet = bulk(tmp_path / "quiet", lines, "--quiet")
    assert (quiet.exit_code, quiet.output) == (0, "")


def test_what_failed_is_the_exit_code_and_a_row_with_its_reason(tmp_path: Path) -> None:
    made = rows(20)
    made[4]["text"] += f" {BROKEN}"
    result = bulk(tmp_path / "out", write_lines(tmp_path / "reports.jsonl", made))
    assert result.exit_code == 1
    assert "21 coded + 0 skipped + 1 failed" in told(result)
    (row,) = json.loads(detente("sql", tmp_path / "out", "select * from failures", "--json").stdout)
    assert (row["record_id"], row["code"], row["reason"]) == (made[4]["id"], "internal", "the text is broken")


def test_what_cannot_be_read_is_a_row_and_the_rest_is_coded(tmp_path: Path) -> None:
    crawl = tmp_path / "crawl"
    (crawl / "empty").mkdir(parents=True)
    os.mkfifo(crawl / "pipe")
    (crawl / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    (crawl / "torn.jsonl.gz").write_bytes(write_lines(tmp_path / "whole.jsonl.gz", rows(20)).read_bytes()[:-200])
    write_lines(crawl / "good.jsonl", rows(20, seed=4))
    result = bulk(tmp_path / "out", crawl, crawl / "pipe", crawl / "empty")
    assert result.exit_code == 1
    found = json.loads(detente("sql", tmp_path / "out", "select origin, code from failures", "--json").stdout)
    codes = {Path(row["origin"]).name.partition(":")[0]: row["code"] for row in found}
    assert codes == {
        "pipe": "not-a-file",
        "gone.jsonl": "missing-file",
        "torn.jsonl.gz": "unreadable",
        "empty": "empty",
    }
    (counts,) = json.loads(detente("sql", tmp_path / "out", "select count(*) n from reports", "--json").stdout)
    assert counts["n"] > 22


def test_a_run_goes_on_with_its_own_input_and_other_input_is_refused(made: Path, tmp_path: Path) -> None:
    again = bulk(made)
    assert "66 read = 66 coded" in told(again)
    with pytest.raises(UsageError, match="other input"):
        bulk(made, write_lines(tmp_path / "other.jsonl", rows(5)))
    with pytest.raises(UsageError, match="other settings"):
        bulk(made, "--min-score", 0.4, tmp_path / "reports.jsonl")
    with pytest.raises(MissingFile, match=r"absent\.jsonl"):
        bulk(tmp_path / "new", tmp_path / "absent.jsonl")


def test_the_settings_of_a_language_model_are_read_before_any_work(tmp_path: Path) -> None:
    settings = tmp_path / "llm.yaml"
    settings.write_text("servre: http://localhost:1/v1\n", encoding="utf-8")
    with pytest.raises(UsageError, match="servre: no such setting"):
        bulk(tmp_path / "out", write_lines(tmp_path / "reports.jsonl", rows(5)), "--llm", settings)
    assert not (tmp_path / "out").exists()


def test_an_answer_is_a_table_for_people_and_json_or_csv_for_machines(made: Path) -> None:
    question = "select id, actors, day from events order by n"
    shown = detente("sql", made, question, "--limit", 2).stdout
    assert "actors" in shown
    assert "2 rows of" in shown
    found = json.loads(detente("sql", made, question, "--json").stdout)
    assert isinstance(found[0]["actors"], list)
    table = list(csv.DictReader(io.StringIO(detente("sql", made, question, "--csv").stdout)))
    assert [row["id"] for row in table] == [row["id"] for row in found]
    assert table[0]["actors"] == "; ".join(found[0]["actors"])


def test_views_answer_and_what_is_no_question_is_refused(made: Path, tmp_path: Path) -> None:
    weeks = "select sum(acts) as acts from pair_weeks"
    (counted,) = json.loads(detente("sql", made, weeks, "--json").stdout)
    assert isinstance(counted["acts"], int)
    assert counted["acts"] > 0
    with pytest.raises(UsageError, match="cannot be answered"):
        detente("sql", made, "select nothing from nowhere")
    with pytest.raises(UsageError, match="no whole dataset"):
        detente("sql", tmp_path, "select 1")


def test_a_slice_goes_into_an_archive_by_pair_time_and_sample(made: Path, tmp_path: Path) -> None:
    result = bulk(made, "--into", tmp_path / "news.db", "--pair", "ARG", "FIN", "--since", "2023-06")
    assert "`detente join" in told(result)
    with Archive.open(tmp_path / "news.db") as archive:
        (first,) = archive.db.execute("SELECT min(report_date) FROM report").fetchone()
        events = archive.events(pair=("ARG", "FIN"))
        assert first >= "2023-06-01"
        assert {event.source.report for event in events} == {
            row["id"] for row in archive.db.execute("SELECT id FROM report")
        }
    bulk(made, "--into", tmp_path / "sample.db", "--sample", 5)
    with Archive.open(tmp_path / "sample.db") as archive:
        assert archive.counts()["report"] == 5


def test_what_chooses_a_slice_needs_an_archive_to_bring_it_into(made: Path) -> None:
    for option in (("--pair", "ARG", "FIN"), ("--since", "2023"), ("--until", "2023"), ("--sample", 3)):
        with pytest.raises(UsageError, match="name an archive"):
            bulk(made, *option)
