"""Measuring a language model: requests on file are those that are sent, answers on file are scored like a server's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench import llm
from bench.cassettes import Line, Recording, Replaying, cassette, seal_of

from detente.coding.llm.kept import Reply
from detente.coding.llm.prompt import Message, instructions, messages_for
from detente.coding.llm.settings import Asking
from detente.errors import NotKept


def test_the_requests_on_file_are_those_of_the_prompt() -> None:
    names = {path.stem for path in llm.FOLDER.glob("*.txt")}
    assert len(names) == 46
    assert (llm.FOLDER / "instructions.txt").read_text(encoding="utf-8") == instructions() + "\n", (
        "write them again: python -m bench.llm --write-requests"
    )


def test_the_requests_on_file_are_those_of_the_dev_sets(shared: Path) -> None:
    for name, most in llm.REQUESTS.items():
        for row in llm.rows(name, most):
            (request,) = llm.requests_of(row, Asking().longest)
            kept = (llm.FOLDER / f"{request.name}.txt").read_text(encoding="utf-8")
            assert kept == request.messages[1]["content"] + "\n"


class Saying:
    def ask(self, messages: list[Message] | tuple[Message, ...] | object) -> Reply:
        return Reply('{"events": []}', 10, 5)


def test_a_recorded_answer_is_replayed(tmp_path: Path) -> None:
    messages = messages_for("Chad left.", "2023-06-09")
    path = tmp_path / "tape.jsonl"
    first = Recording(Saying(), path).ask(messages)
    assert cassette(path) == [Line(seal_of(messages), 1, '{"events": []}', 10, 5)]
    assert Replaying(cassette(path)).ask(messages) == first
    with pytest.raises(NotKept):
        Replaying(cassette(path)).ask(messages_for("Chad stayed.", "2023-06-09"))


def test_answers_made_by_hand_are_found_by_the_names_of_the_requests(tmp_path: Path) -> None:
    request = next(path for path in sorted(llm.FOLDER.glob("*.txt")) if path.stem != "instructions")
    (tmp_path / f"{request.stem}.json").write_text("{}", encoding="utf-8")
    (tmp_path / f"{request.stem}.again.json").write_text('{"events": []}', encoding="utf-8")
    assert [(line.turn, line.reply) for line in llm.by_hand(tmp_path)] == [(1, "{}"), (2, '{"events": []}')]


def test_answers_are_scored_on_the_texts_they_were_asked_about(shared: Path, tmp_path: Path) -> None:
    row = llm.rows("sentences", 1)[0]
    event = row["events"][0]
    told = {"type": event["type"], "mode": event["mode"], "status": event["status"], "trigger": event["trigger_text"]}
    (tmp_path / f"{row['id']}.json").write_text(json.dumps({"events": [told]}), encoding="utf-8")
    command = [sys.executable, "-m", "bench.llm", "sentences", "--answers", str(tmp_path), "--model", "hand"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=llm.FOLDER.parents[2])
    last = done.stdout.splitlines()[-1]
    assert last.startswith("| hand | sentences, 40 |")
    assert "| 39 |" in last
