"""Answers of a language model on file: recorded from a server, or one file a request from a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from detente.coding.llm.budget import tokens_in
from detente.coding.llm.kept import Reply
from detente.coding.llm.prompt import Message
from detente.coding.llm.server import Answers
from detente.errors import NotKept

_SEAL = re.compile(r"<report ([0-9a-f]{12})>")


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: which text it is about, by the seal around it, and whether it is the first or the repaired one."""

    seal: str
    turn: int
    reply: str
    sent: int = 0
    written: int = 0


def seal_of(messages: Sequence[Message]) -> str:
    """The seal around the report of a request."""
    found = _SEAL.search(messages[1]["content"])
    assert found is not None
    return found[1]


def turn_of(messages: Sequence[Message]) -> int:
    """1 for a request, 2 where the answer is to be repaired."""
    return len(messages) // 2


class Recording:
    """A server whose answers are written to a cassette as they come."""

    def __init__(self, server: Answers, path: Path) -> None:
        self._server = server
        self._path = path
        self._lock = Lock()

    def ask(self, messages: Sequence[Message]) -> Reply:
        """The server's answer, recorded."""
        reply = self._server.ask(messages)
        line = Line(seal_of(messages), turn_of(messages), reply.words, reply.sent, reply.written)
        with self._lock, self._path.open("a", encoding="utf-8") as sink:
            sink.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
        return reply


class Replaying:
    """Answers from a cassette, or from a folder of answers (``<seal>`` of the request in its name's stead)."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = {(line.seal, line.turn): line for line in lines}

    def ask(self, messages: Sequence[Message]) -> Reply:
        """The recorded answer; raises `NotKept` where there is none."""
        line = self._lines.get((seal_of(messages), turn_of(messages)))
        if line is None:
            raise NotKept("no such answer was recorded")
        sent = line.sent or sum(tokens_in(m["content"]) for m in messages)
        return Reply(line.reply, sent, line.written or tokens_in(line.reply))


def cassette(path: Path) -> list[Line]:
    """The lines of a cassette."""
    return [Line(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
