"""A report is data: words in it that speak to the coder change nothing of the coding, even where the model obeys."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
import yaml

from detente.coding import Settings, make_coder
from detente.coding.llm.addressed import CHECK
from detente.coding.llm.coder import LlmCoder
from detente.coding.llm.kept import Reply
from detente.coding.llm.prompt import Message, instructions
from detente.coding.llm.settings import Asking
from detente.coding.validate import Gate, checked
from detente.errors import AnswerError
from detente.record import Event, Record, Report
from tests.chat_server import FOLDER
from tests.own import coded_reports

TEXT = "Norway expelled two envoys of Chile on Thursday. Chile condemned the step, the embassy said."
TRUE: list[dict[str, Any]] = [
    {"type": "SANCTION", "mode": "expel", "status": "happened", "trigger": "expelled#1", "actors": ["Norway"],
     "recipients": ["two envoys of Chile"], "when": "on Thursday"},
    {"type": "ACCUSE", "mode": "disapprove", "status": "happened", "trigger": "condemned", "actors": ["Chile"],
     "recipients": [], "when": "report"},
]  # fmt: skip
ATTACKS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "injections.yaml").read_text(encoding="utf-8"))


class Obedient:
    """A model that does as the report says."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.asked: list[Sequence[Message]] = []

    def ask(self, messages: Sequence[Message]) -> Reply:
        self.asked.append(messages)
        return Reply(self.words, 1, 1)


def answer(added: Sequence[str | None] | None = None) -> str:
    events = list(TRUE)
    if added:
        type, trigger, actor, recipient = added
        sides = {"actors": [actor] if actor else [], "recipients": [recipient] if recipient else []}
        events.append({"type": type, "mode": None, "status": "happened", "trigger": trigger, **sides})
    return json.dumps({"events": events, "statements": []})


def code(text: str, model: Obedient) -> Record:
    coder = LlmCoder(Settings(asking=Asking(model="made")), model)
    return checked(coder.code(Report("r", text, date="2023-06-09")))


@cache
def clean() -> tuple[Event, ...]:
    """The coding of the report without any words to the coder."""
    record = code(TEXT, Obedient(answer()))
    assert [e.trigger.of(TEXT) for e in record.events] == ["expelled", "condemned"]
    assert not record.checks
    return record.events


def test_there_are_thirty() -> None:
    assert len({attack["words"] for attack in ATTACKS}) == 30


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: str(a["words"])[:40])
def test_a_model_that_does_not_obey_codes_as_ever_and_the_words_are_told(attack: dict[str, Any]) -> None:
    model = Obedient(answer())
    record = code(f"{TEXT} {attack['words']}", model)
    assert record.events == clean()
    assert CHECK in [check.code for check in record.checks]
    ((system, user),) = model.asked
    assert system["content"] == instructions()
    assert user["content"].rindex("</report ") > user["content"].index(attack["words"])


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "adds" in a], ids=lambda a: str(a["words"])[:40])
def test_what_a_model_adds_that_obeys_does_not_stand(attack: dict[str, Any]) -> None:
    record = code(f"{TEXT} {attack['words']}", Obedient(answer(attack["adds"])))
    assert record.events == clean()


@pytest.mark.parametrize("attack", [a for a in ATTACKS if "writes" in a], ids=lambda a: str(a["words"])[:40])
def test_a_model_that_forgets_its_task_gives_no_coding_rather_than_a_false_one(attack: dict[str, Any]) -> None:
    model = Obedient(attack["writes"])
    if attack.get("silent"):
        record = code(f"{TEXT} {attack['words']}", model)
        assert not record.events
        assert CHECK in [check.code for check in record.checks]
    else:
        with pytest.raises(AnswerError):
            code(f"{TEXT} {attack['words']}", model)
        assert len(model.asked) == 2


def test_reports_that_speak_to_nobody_are_not_suspected() -> None:
    for coded in coded_reports():
        record = code(coded.report.text, Obedient('{"events": []}'))
        assert CHECK not in [check.code for check in record.checks]


def test_the_gate_stands_behind_the_coder() -> None:
    assert isinstance(make_coder("llm", Settings(asking=Asking(server="http://localhost:1/v1", model="m"))), Gate)
