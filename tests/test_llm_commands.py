"""Language models from the command line: options, estimate, account, the archive, and two coders at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.cli.app import app
from detente.coding import Settings, make_coder, registry
from detente.coding.both import UNANSWERED, read_choosing
from detente.coding.llm.prompt import prompt_hash
from detente.coding.llm.settings import Asking
from detente.coding.protocol import Item, Result
from detente.errors import UsageError
from detente.record import CoderId, Event, Record, Report, Span
from tests.chat_server import Play, cassette, playing
from tests.made_records import event, party, record

pytest.importorskip("openai")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "reports.jsonl"
    tape = cassette("good")
    path.write_text(json.dumps({"id": "a", "text": tape.text, "date": tape.date}) + "\n", encoding="utf-8")
    return path


def run(*args: object, code: int = 0) -> Any:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == code, result.output
    return result


def test_reports_are_coded_by_a_server_and_the_account_is_told(report: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "out.jsonl", tmp_path / "answers.db"
    with playing(*cassette("good").plays) as server:
        asked = ("code", report, "--coder", "llm", "--server", server.url, "--model", "made", "--cache", cache)
        first = run(*asked, "-o", out)
        bytes_of_first = out.read_bytes()
        run(*asked, "-o", out, "--offline")
    assert "1 requests for 1 reports, about 6," in first.stderr
    assert "1 coded, 0 failed; 1 asked, 6,200 tokens" in first.stderr
    assert out.read_bytes() == bytes_of_first
    assert len(server.asked) == 1
    assert [e.type for e in Record.from_json(bytes_of_first).events] == ["SANCTION", "ACCUSE", "SANCTION", "PROTEST"]


def test_an_estimate_asks_nothing(report: Path) -> None:
    with playing(Play()) as server:
        told = run("code", report, "--coder", "llm", "--server", server.url, "--model", "made", "--estimate")
    assert "1 requests for 1 reports" in told.stderr
    assert not told.stdout
    assert not server.asked
    with pytest.raises(UsageError, match="costs nothing"):
        CliRunner().invoke(app, ["code", str(report), "--estimate"], catch_exceptions=False)


def test_the_archive_keeps_the_model_and_the_hash_of_the_prompt(report: Path, tmp_path: Path) -> None:
    settings = tmp_path / "llm.yaml"
    with playing(*cassette("good").plays) as server:
        settings.write_text(f"server: {server.url}\nmodel: made\n", encoding="utf-8")
        run("add", tmp_path / "news.db", report, "--coder", "llm", "--llm", settings)
    with Archive.open(tmp_path / "news.db") as archive:
        coder = archive.report("a").coder
    assert coder is not None
    assert (coder.name, coder.version.partition("+")[2]) == ("llm", prompt_hash())
    assert str(coder.model).startswith("made; ")


TEXT = "Norway expelled two envoys of Chile. Chile protested."


def scored(score: float | None, type: str = "SANCTION") -> Event:
    sides = [party(TEXT, "Norway", "NOR")], [party(TEXT, "two envoys of Chile", "CHL")]
    return event(TEXT, type, "expelled", *sides, score=score)


@pytest.mark.parametrize(
    ("told", "chosen"),
    [
        ("all", [True, True, True, True]),
        ("unsure", [True, False, True, False]),
        ("score<0.9", [True, False, False, False]),
        ("score>0.9", [False, True, False, False]),
        ("type=ACCUSE,SANCTION", [True, True, True, False]),
        ("pair=CHL-NOR", [True, True, True, False]),
        ("pair=CHL-SWE", [False, False, False, False]),
        ("pair=CHL-SWE score<0.9", [True, False, False, False]),
    ],
)
def test_reports_that_matter_are_chosen_by_score_type_and_pair(told: str, chosen: list[bool]) -> None:
    codings = [record(TEXT, events) for events in ([scored(0.5)], [scored(0.95)], [scored(None)], [])]
    assert [read_choosing(told).holds(coding) for coding in codings] == chosen


@pytest.mark.parametrize("told", ["", "often", "type=WISH", "score=1", "pair=CHL"])
def test_a_choice_that_is_none_is_wrong_use(told: str) -> None:
    with pytest.raises(UsageError, match="--ask"):
        read_choosing(told)


class Sure:
    """A first coder that is sure of all but what is long."""

    name, version = "sure", "1"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def code(self, report: Report) -> Record:
        mine = record(report.text, [_first(report.text)], id=report.id)
        return Record(**{**{f: getattr(mine, f) for f in mine.__dataclass_fields__}, "coder": CoderId("sure", "1")})

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        return (self.code(item) if isinstance(item, Report) else item for item in reports)


def _first(text: str) -> Event:
    end = text.index(" ")
    return Event("e1", "AGREE", "happened", Span(0, end), Span(0, end), (), (), score=0.5 if len(text) > 100 else 0.99)


def test_both_coders_ask_the_model_only_where_the_first_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._OWN, "sure", f"{__name__}:Sure")
    reports = [Report("short", TEXT), Report("long", cassette("good").text, date="2023-06-09"), Report("brief", TEXT)]
    with playing(*cassette("good").plays) as server:
        asking = Asking(server=server.url, model="made", first="sure")
        records = list(make_coder("both", Settings(asking=asking)).stream(reports))
    assert [(r.id, r.coder and r.coder.name) for r in records if isinstance(r, Record)] == [
        ("short", "sure"),
        ("long", "llm"),
        ("brief", "sure"),
    ]
    assert len(server.asked) == 1


def test_where_the_model_gives_no_coding_the_first_stays_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._OWN, "sure", f"{__name__}:Sure")
    long = Report("long", cassette("good").text, date="2023-06-09")
    with playing(Play("I will not.")) as server:
        coder = make_coder("both", Settings(asking=Asking(server=server.url, model="made", first="sure")))
        (streamed,) = coder.stream([long])
        single = coder.code(long)
    assert isinstance(streamed, Record)
    assert streamed.to_json() == single.to_json()
    assert streamed.coder == CoderId("sure", "1")
    assert [check.code for check in streamed.checks] == [UNANSWERED]
