"""Which server is asked, how, and for how much: from the options of a command and a settings file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from detente.coding.llm.budget import Price
from detente.errors import UsageError
from detente.shipped import parsed

KEY = "DETENTE_LLM_KEY"
"""The environment variable that holds the key where the settings file names no other."""

_PARAMETERS: Mapping[str, Any] = {"temperature": 0, "seed": 1, "max_tokens": 8192}


@dataclass(frozen=True, slots=True)
class Asking:
    """How a language model is asked; null where nobody said.

    `server` is the address of an OpenAI-compatible server up to ``/v1``. The key is never held here: `key_env` names
    the environment variable and `key_file` the file that it is read from when the first request is made. `requests`
    are open at once; `timeout` is in seconds, `longest` in code points of text sent at once. `ask` says which reports
    the coder ``both`` has asked about, `first` which coder goes over all of them.
    """

    server: str | None = None
    model: str | None = None
    key_env: str | None = None
    key_file: Path | None = None
    cache: Path | None = None
    offline: bool = False
    budget: str | None = None
    requests: int = 4
    timeout: float = 120.0
    retries: int = 5
    longest: int = 6000
    ask: str | None = None
    first: str | None = None
    parameters: tuple[tuple[str, Any], ...] = tuple(sorted(_PARAMETERS.items()))
    prices: tuple[tuple[str, Price], ...] = field(default=())

    def price(self) -> Price | None:
        """The price of the model, null where the settings file has none."""
        return dict(self.prices).get(self.model or "")

    def with_file(self, path: Path | None) -> Asking:
        """These settings over those of the file at `path`; raises `UsageError` where that is not valid."""
        if path is None:
            return self
        told = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return replace(read_settings(path), **told)


def read_settings(path: Path) -> Asking:
    """The settings in a YAML file; raises `UsageError` that names what is wrong, never a value."""
    try:
        raw = parsed(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if not isinstance(raw, dict):
        raise UsageError(f"{path}: expected keys with their values, as docs/llm.md shows them")
    known = {f.name: f for f in fields(Asking)}
    if unknown := sorted(str(key) for key in raw if key not in known):
        raise UsageError(f"{path}: {', '.join(unknown)}: no such setting (a key stands in the environment or a file)")
    return replace(Asking(), **{key: _setting(key, value, path) for key, value in raw.items()})


def _setting(key: str, value: Any, path: Path) -> Any:
    where = f"{path}: {key}"
    if key == "prices":
        return tuple((str(model), _price(row, f"{where}: {model}")) for model, row in _mapping(value, where).items())
    if key == "parameters":
        merged = {**_PARAMETERS, **_mapping(value, where)}
        return tuple(sorted((name, v) for name, v in merged.items() if v is not None))
    if key in ("cache", "key_file"):
        return path.parent / Path(str(value)).expanduser()
    kind = _KINDS.get(key, str)
    number = kind in (int, float)
    fits = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or not isinstance(value, bool))
    if not fits or (number and (value < 0 or (value == 0 and key != "retries"))):
        raise UsageError(f"{where}: expected {_WORDS[kind]}")
    return value


_KINDS: Mapping[str, type] = {"offline": bool, "requests": int, "timeout": float, "retries": int, "longest": int}
_WORDS: Mapping[type, str] = {bool: "true or false", int: "a whole number", float: "a number of seconds", str: "words"}


def _mapping(value: Any, where: str) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: expected keys with their values")
    return value


def _price(row: Any, where: str) -> Price:
    found = _mapping(row, where)
    if not {"sent", "written"} <= set(found) <= {"sent", "written", "currency"}:
        raise UsageError(f"{where}: expected sent and written, the price of a million tokens, and perhaps currency")
    try:
        return Price(float(found["sent"]), float(found["written"]), str(found.get("currency", "USD")))
    except (TypeError, ValueError) as error:
        raise UsageError(f"{where}: a price is a number") from error


def key_of(asking: Asking) -> str | None:
    """The key, from the file or the environment variable that is named; null where there is none."""
    if asking.key_file is not None:
        try:
            lines = asking.key_file.read_text(encoding="utf-8").split()
        except OSError as error:
            raise UsageError(f"{asking.key_file}: the key cannot be read: {error.strerror}") from error
        if not lines:
            raise UsageError(f"{asking.key_file}: holds no key")
        return lines[0]
    return os.environ.get(asking.key_env or KEY) or None
