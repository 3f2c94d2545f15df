"""``detente explain``: how an event came about, as a person reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from detente.errors import UsageError

TEXT = (
    "OSLO, June 9 – Norway expelled two Russian diplomats on Tuesday.\n\n"
    "Chile may impose sanctions on Belarus, the Chilean foreign minister said."
)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    rows = [{"id": "a", "text": "Nobody met."}, {"id": "b", "text": TEXT, "date": "2021-06-09"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def shown(*args: str) -> str:
    done = CliRunner().invoke(app, ["explain", *args, "--coder", "rules"])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_an_act_is_explained_by_its_trigger_sides_status_and_date(report: Path) -> None:
    out = shown(str(report), "--report", "b", "--event", "e1")
    assert "SANCTION (expel)  happened" in out
    assert "“expelled” in the sense  expel (verb); object" in out
    assert "“Norway” (NOR) by subject" in out
    assert "(RUS) by object" in out
    assert "2021-06-08 from “Tuesday”" in out


def test_the_words_that_change_a_status_are_named(report: Path) -> None:
    assert "“may” makes it possible" in shown(str(report), "--report", "b", "--event", "e2")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--report", "b", "--event", "e9"), "has no event 'e9': it has e1 to e2"),
        (("--report", "a", "--event", "e1"), "it has no events"),
        (("--report", "c", "--event", "e1"), "holds no report 'c'"),
    ],
)
def test_what_is_not_there_is_told(report: Path, args: tuple[str, ...], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        shown(str(report), *args)


def test_the_learned_coder_tells_what_it_weighed_and_what_the_rules_say(report: Path) -> None:
    done = CliRunner().invoke(app, ["explain", str(report), "--report", "b", "--event", "e1", "--coder", "learned"])
    assert done.exit_code == 0
    assert "type: SANCTION" in done.stdout
    assert "actor: Norway (NOR)" in done.stdout
    assert "the rules say SANCTION happened: Norway (NOR) → " in done.stdout
