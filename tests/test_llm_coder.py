"""The coder llm before a server that behaves well or badly: what it records, keeps, pays, and does not believe."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.coding import Settings, make_coder
from detente.coding.llm.coder import HALF, UNFOUNDED, LlmCoder
from detente.coding.llm.prompt import prompt_hash
from detente.coding.llm.settings import Asking
from detente.coding.validate import Gate
from detente.errors import UsageError
from detente.record import Failure, Party, Record, Report
from tests.chat_server import ChatServer, Play, cassette, playing

pytest.importorskip("openai")


def coder_for(server: ChatServer | None, **told: Any) -> Gate:
    asking = Asking(**{"server": server and server.url, "model": "made", "retries": 2, "timeout": 5.0, **told})
    return make_coder("llm", Settings(asking=asking))


def report_of(name: str) -> Report:
    tape = cassette(name)
    return Report(name, tape.text, date=tape.date)


def coded(name: str, **told: Any) -> tuple[Record | Failure, ChatServer]:
    with playing(*cassette(name).plays) as server:
        (result,) = coder_for(server, **told).stream([report_of(name)])
    return result, server


def countries(side: tuple[Party, ...]) -> list[str | None]:
    return [party.country for party in side]


def record_of(name: str, **told: Any) -> Record:
    result, _ = coded(name, **told)
    assert isinstance(result, Record), result
    return result


def test_a_good_answer_becomes_a_record_whose_days_and_states_come_from_the_house() -> None:
    record = record_of("good")
    text = record.text
    told = [
        (e.type, e.mode, e.status, e.trigger.of(text), countries(e.actors), countries(e.recipients), e.date)
        for e in record.events
    ]
    assert told == [
        ("SANCTION", "expel", "happened", "expelled", ["NOR"], ["CHL"], "2023-06-08"),
        ("ACCUSE", "disapprove", "happened", "condemned", ["CHL"], ["NOR"], "2023-06-09"),
        ("SANCTION", "withdraw", "possible", "close", ["CHL"], [], None),
        ("PROTEST", "demo", "happened", "marched", ["CHL"], ["NOR"], "2023-05-29/2023-06-04"),
    ]
    boric = record.events[1].actors[0]
    assert (boric.name, boric.role, boric.id) == ("Gabriel Boric", "President of Chile", boric.id)
    assert boric.id is not None
    assert record.events[1].date_is_report
    assert [(s.source and s.source.name, s.kind, s.content[0].of(text)[:14]) for s in record.statements] == [
        ("foreign ministry", "indirect", "Norway expelle"),
        ("spokesman", "direct", "We were left n"),
        ("Gabriel Boric", "indirect", "the envoys wou"),
    ]
    voice = record.events[2].said_by
    assert voice is not None
    assert (voice.name, voice.statement) == ("Gabriel Boric", "s3")
    assert not [c for c in record.checks if c.code.startswith("llm")]


def test_the_record_names_the_model_and_the_prompt() -> None:
    record = record_of("good")
    assert record.coder is not None
    assert record.coder.name == "llm"
    assert record.coder.version.endswith(f"+{prompt_hash()}")
    assert record.coder.model is not None
    assert record.coder.model.startswith("made; en_core_web_sm")


def test_the_server_is_asked_for_json_at_temperature_0_with_a_seed() -> None:
    _, server = coded("good")
    (body,) = server.asked
    assert (body["temperature"], body["seed"], body["model"]) == (0, 1, "made")
    assert body["response_format"]["json_schema"]["strict"]


def test_a_server_that_cannot_bind_answers_is_asked_plainly() -> None:
    with playing(*cassette("good").plays) as server:
        server.only_plain = True
        (first, second) = coder_for(server).stream([report_of("good")] * 2)
    assert first == second
    assert all("response_format" not in body for body in server.asked)


def test_what_is_not_in_the_text_is_dropped_and_counted() -> None:
    record = record_of("invented")
    (event,) = record.events
    assert (event.type, event.mode, event.date, event.place, event.said_by) == ("SANCTION", None, None, None, None)
    assert [p.text for p in event.actors] == ["Norway"]
    assert [(p.country, p.sector) for p in event.recipients] == [("CHL", "GOV")]
    assert not record.statements
    (check,) = [c for c in record.checks if c.code == UNFOUNDED]
    for reason in (
        "content-not-found 1", "malformed 1", "mention-not-found 2", "name-not-found 1", "state-not-found 1",
        "trigger-not-found 3", "unknown-mode 1", "unknown-sector 1", "unknown-status 1", "unknown-type 1",
        "when-not-found 1", "where-not-found 1",
    ):  # fmt: skip
        assert reason in check.message, check.message


def test_broken_json_is_asked_for_once_again() -> None:
    result, server = coded("broken")
    assert isinstance(result, Record)
    assert [e.trigger.of(result.text) for e in result.events] == ["expelled"]
    assert len(server.asked) == 2
    assert [m["role"] for m in server.asked[1]["messages"]] == ["system", "user", "assistant", "user"]


def test_a_refusal_is_a_failure_with_its_reason() -> None:
    result, server = coded("refusal")
    assert isinstance(result, Failure)
    assert result.code == "llm-answer"
    assert "I'm sorry" in result.reason
    assert len(server.asked) == 2


def test_half_an_answer_is_coded_as_far_as_it_goes_and_the_record_says_so() -> None:
    result, server = coded("half")
    assert isinstance(result, Record)
    assert [e.trigger.of(result.text) for e in result.events] == ["expelled"]
    assert [c.code for c in result.checks if c.code.startswith("llm")] == [HALF]
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again(status: int) -> None:
    with playing(Play(status=status), Play(status=status), *cassette("good").plays) as server:
        (result,) = coder_for(server).stream([report_of("good")])
    assert isinstance(result, Record)
    assert len(server.asked) == 3


def test_a_server_that_hangs_is_given_up_after_the_retries() -> None:
    with playing(Play(wait=1.0)) as server:
        (result,) = coder_for(server, timeout=0.1, retries=0).stream([report_of("good")])
    assert isinstance(result, Failure)
    assert (result.code, result.reason) == ("llm-server", f"{server.url} gave no answer in 0.1 seconds")


def test_a_refused_key_is_told_once_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_LLM_KEY", "sk-secret")
    with playing(Play(status=401)) as server:
        results = list(coder_for(server, requests=1).stream([report_of("good")] * 3))
    assert server.keys == ["Bearer sk-secret"]
    assert {r.reason for r in results if isinstance(r, Failure)} == {f"{server.url} refuses the key (401)"}


def test_a_server_that_is_not_there_costs_one_wait() -> None:
    with playing(Play()) as server:
        pass
    results = list(coder_for(server, requests=1, retries=0).stream([report_of("good")] * 3))
    assert [r.code for r in results if isinstance(r, Failure)] == ["llm-server"] * 3


@pytest.mark.parametrize("body", ["<html>", "{}", '{"choices": []}', "[1]", '{"choices": [{}]}'])
def test_what_is_no_chat_is_a_failure(body: str) -> None:
    with playing(Play(body=body)) as server:
        (result,) = coder_for(server, retries=0).stream([report_of("good")])
    assert isinstance(result, Failure)
    assert result.code in ("llm-server", "llm-answer")


def test_a_replay_from_the_cache_gives_equal_bytes_without_a_server(tmp_path: Path) -> None:
    first = record_of("good", cache=tmp_path / "answers.db")
    offline = coder_for(None, cache=tmp_path / "answers.db", offline=True)
    (again,) = offline.stream([report_of("good")])
    assert isinstance(again, Record)
    assert again.to_json() == first.to_json()
    (unknown,) = offline.stream([report_of("half")])
    assert isinstance(unknown, Failure)
    assert unknown.code == "llm-offline"


def test_a_run_that_was_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    reports = [Report(str(n), f"{cassette('good').text} {n}", date="2023-06-09") for n in range(3)]
    with playing(*cassette("good").plays) as server:
        coder = coder_for(server, cache=tmp_path / "answers.db", budget="16k", requests=1)
        first = list(coder.stream(reports))
        more = list(coder_for(server, cache=tmp_path / "answers.db", requests=1).stream(reports))
    assert [type(r) for r in first] == [Record, Record, Failure]
    assert isinstance(first[2], Failure)
    assert first[2].code == "llm-budget"
    assert all(isinstance(r, Record) for r in more)
    assert len(server.asked) == 3


def test_requests_are_open_at_once_but_no_more_than_allowed_and_records_come_in_order() -> None:
    reports = [Report(str(n), f"{cassette('good').text} {n}", date="2023-06-09") for n in range(9)]
    with playing(Play(cassette("good").plays[0].words, wait=0.1)) as server:
        records = list(coder_for(server, requests=3).stream(reports))
    assert [r.id for r in records] == [r.id for r in reports]
    assert server.most_open == 3


def test_a_long_report_is_asked_about_in_parts_that_know_the_earlier_parties() -> None:
    text = "Norway expelled two envoys of Chile on Thursday.\n\nThe kingdom later expelled a third."
    told = {"type": "SANCTION", "mode": "expel", "status": "happened", "trigger": "expelled", "actors": ["Norway"]}
    first = json.dumps({"events": [{**told, "recipients": ["two envoys of Chile"]}]})
    second = json.dumps({"events": [{**told, "actors": ["The kingdom"]}]})
    with playing(Play(first), Play(second)) as server:
        (record,) = coder_for(server, longest=60).stream([Report("long", text, date="2023-06-09")])
    assert isinstance(record, Record)
    assert [e.trigger.start for e in record.events] == [text.index("expelled"), text.rindex("expelled")]
    assert 'Named earlier in it: ["Norway","two envoys of Chile"]' in server.asked[1]["messages"][1]["content"]


def test_what_is_asked_can_be_estimated_before(tmp_path: Path) -> None:
    with playing(*cassette("good").plays) as server:
        gate = coder_for(server, cache=tmp_path / "answers.db")
        list(gate.stream([report_of("good")]))
        assert isinstance(gate.coder, LlmCoder)
        estimate = gate.coder.estimate([report_of("good"), report_of("half")])
        assert (estimate.reports, estimate.requests, estimate.kept) == (2, 1, 1)
        assert 5_000 < estimate.sent < 8_000
        assert "no price is known" in str(estimate)
        assert gate.coder.spent() == "1 asked, 6,200 tokens"


def test_the_coder_says_how_it_came_to_an_event() -> None:
    with playing(*cassette("good").plays) as server:
        explained = coder_for(server).explain(report_of("good"), "e1")
    assert explained is not None
    assert explained.sense == "told by the model"


def test_a_report_in_another_language_is_not_sent_anywhere() -> None:
    german = Report(
        "g", "Die Außenminister von Norwegen und Chile haben sich am Mittwoch in Oslo getroffen und verhandelt."
    )
    with playing(Play()) as server:
        (record,) = coder_for(server).stream([german])
    assert isinstance(record, Record)
    assert record.language == "unsupported"
    assert not server.asked


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"server": None}, "--server"),
        ({"model": None}, "--model"),
        ({"offline": True}, "--cache"),
        ({"budget": "1 USD"}, "price"),
    ],
)
def test_what_is_missing_is_wrong_use_before_any_work(told: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        make_coder("llm", Settings(asking=Asking(**{"server": "http://localhost:1/v1", "model": "m", **told})))
