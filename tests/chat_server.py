"""A chat server on loopback that plays a cassette: what it answers, how, and what it was asked."""

from __future__ import annotations

import json
import threading
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from tests.serving import served

FOLDER = Path(__file__).with_name("cassettes")


@dataclass(frozen=True, slots=True)
class Play:
    """One answer: what the model writes, or an HTTP `status`; `wait` seconds before it."""

    words: str | None = ""
    status: int = 200
    wait: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Cassette:
    """A report of our own, and what a model answers about it, time after time; the last answer goes on."""

    date: str
    text: str
    plays: tuple[Play, ...]


def cassette(name: str) -> Cassette:
    """The cassette of that name; an answer that is no string is written as JSON."""
    row = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Cassette(str(row["date"]), row["text"].strip(), tuple(_play(play) for play in row["plays"]))


def _play(row: dict[str, Any]) -> Play:
    words = row.get("words", "")
    written = words if words is None or isinstance(words, str) else json.dumps(words, ensure_ascii=False)
    return Play(**{**row, "words": written})


class ChatServer(ThreadingHTTPServer):
    """Plays `plays` one after another, the last again and again; `asked` are the bodies it was sent, `keys` theirs.

    With `only_plain`, it refuses to bind its answers to a form.
    """

    daemon_threads = True

    def __init__(self, plays: tuple[Play, ...]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.plays = plays
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.only_plain = False
        self.open = self.most_open = 0
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def next_play(self, body: dict[str, Any], key: str) -> Play:
        with self._lock:
            if self.only_plain and "response_format" in body:
                return Play(status=400)
            self.asked.append(body)
            self.keys.append(key)
            return self.plays[min(len(self.asked), len(self.plays)) - 1]

    def count(self, step: int) -> None:
        with self._lock:
            self.open += step
            self.most_open = max(self.most_open, self.open)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the game."""


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        play = self.server.next_play(body, self.headers.get("Authorization", ""))
        self.server.count(1)
        time.sleep(play.wait)
        self.server.count(-1)
        written = play.body if play.body is not None else json.dumps(_chat(play.words))
        data = (written if play.status == 200 else json.dumps({"error": {"message": "no"}})).encode()
        self.send_response(play.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in {"retry-after-ms": "1", **play.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _chat(words: str | None) -> dict[str, Any]:
    message = {"role": "assistant", "content": words, "refusal": None if words else "I cannot help with that."}
    return {
        "id": "chat-1",
        "object": "chat.completion",
        "created": 0,
        "model": "made",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 6000, "completion_tokens": 200, "total_tokens": 6200},
    }


def playing(*plays: Play) -> AbstractContextManager[ChatServer]:
    """The server, ended with the context."""
    return served(ChatServer(plays))
