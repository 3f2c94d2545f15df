"""Answers kept: a SQLite file from what was asked to what came back, so that a replay gives the same bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from detente.errors import UsageError

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
  model TEXT NOT NULL, prompt TEXT NOT NULL, text TEXT NOT NULL, parameters TEXT NOT NULL,
  reply TEXT NOT NULL, sent INTEGER NOT NULL, written INTEGER NOT NULL,
  PRIMARY KEY (model, prompt, text, parameters)
) WITHOUT ROWID
"""
_READ = "SELECT reply, sent, written FROM answers WHERE model = ? AND prompt = ? AND text = ? AND parameters = ?"
_WRITE = "INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides an answer: the model, hashes of the prompt and of what follows it, the parameters."""

    model: str
    prompt: str
    text: str
    parameters: str

    @classmethod
    def of(cls, model: str, prompt: str, text: str, parameters: Mapping[str, Any]) -> Asked:
        """The key for `parameters` in any order."""
        return cls(model, prompt, text, json.dumps(dict(sorted(parameters.items())), separators=(",", ":")))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, and how many tokens the server counted."""

    words: str
    sent: int
    written: int


class Kept:
    """The answers in a file, or in memory where there is none. Safe to share by threads and by processes."""

    def __init__(self, path: Path | None) -> None:
        self._lock = Lock()
        try:
            self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute(_TABLE)
        except sqlite3.Error as error:
            raise UsageError(f"{path}: cannot be used as a cache of answers: {error}") from error

    def get(self, asked: Asked) -> Reply | None:
        """The answer that was kept; null where there is none."""
        with self._lock:
            row = self._db.execute(_READ, (asked.model, asked.prompt, asked.text, asked.parameters)).fetchone()
        return Reply(*row) if row else None

    def put(self, asked: Asked, reply: Reply) -> None:
        """Keep an answer; the first one stays."""
        row = (asked.model, asked.prompt, asked.text, asked.parameters, reply.words, reply.sent, reply.written)
        with self._lock:
            self._db.execute(_WRITE, row)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
