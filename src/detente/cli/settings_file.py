"""``detente.toml``: values that options have where the command line and the environment say nothing.

    coder = "rules"
    knowledge = "mine.csv"      # of every command that has the option; paths start at the file

    [watch]                     # of one command
    every = 30
    feeds = ["https://example.org/feed.xml"]

It is looked for in the folder a command runs in; ``DETENTE_SETTINGS`` names another file, or none where it is empty.
Whichever is read is told on standard error. One that merely lay in the folder may have come with somebody's reports:
it says nothing of what loads code, writes files, sends reports elsewhere or lets others in.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.errors import UsageError
from detente.reading.cleaning import for_terminal

NAME = "detente.toml"
VARIABLE = "DETENTE_SETTINGS"

Map = dict[str, Any]


LOADS = ("model", "llm")
SENDS = ("server", "address", "cache", "webhook", "webhook_secret_file", "local_webhooks")
MAILS = ("mail_to", "mail_from", "smtp", "smtp_password_file")
OPENS = ("host", "port", "http", "allow_host", "password_file", "user")
WRITES = ("out", "plot", "publish", "into", "clean")
NAMED_ONLY = frozenset((*LOADS, *SENDS, *MAILS, *OPENS, *WRITES))
"""Parameters that only a file somebody named may set: they load code, send texts elsewhere, let others in, or write."""


@dataclass(frozen=True, slots=True)
class Found:
    """The file to read; `named` where a person named it, not where it lay in the folder."""

    path: Path
    named: bool


def settings_path() -> Found | None:
    """The file to read; null where there is none. One that is named must be there."""
    named = os.environ.get(VARIABLE)
    if named is None:
        return Found(Path(NAME), named=False) if Path(NAME).is_file() else None
    if named and not Path(named).is_file():
        raise UsageError(f"{VARIABLE} names {named!r}, where there is no file.")
    return Found(Path(named), named=True) if named else None


def tell_of(found: Found) -> None:
    """Say on standard error which file was read: nobody shall wonder why a command does what it was not told."""
    print(f"detente: settings of {for_terminal(str(found.path.absolute()))}", file=sys.stderr)  # noqa: T201


def default_map(found: Found, root: Any) -> Map:
    """What the file that was found says for the commands under `root`, as Click takes it.

    Raises `UsageError` for what is no option of them, or for one that only a named file may set.
    """
    path = found.path
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{path} cannot be read as TOML: {error}") from error
    commands = dict(_commands(root))
    tables = {name: value for name, value in told.items() if isinstance(value, Mapping)}
    shared = {name: value for name, value in told.items() if name not in tables}
    _refuse_unknown(path, commands, tables, shared)
    if not found.named:
        _refuse_unasked(path, [shared, *tables.values()])
    values_of: Map = {}
    for name, command in commands.items():
        options = {param.name: param for param in command.params}
        given = {**shared, **tables.get(name, {})}
        values = {key: _value(options[key], value, path) for key, value in _named(given) if key in options}
        if values:
            *groups, last = name.split(" ")
            place = values_of
            for group in groups:
                place = place.setdefault(group, {})
            place[last] = values
    return values_of


def _refuse_unknown(path: Path, commands: Mapping[str, Any], tables: Map, shared: Map) -> None:
    for name, table in tables.items():
        if name not in commands:
            raise UsageError(f"{path}: there is no command {name!r} for [{name}]: one of {', '.join(commands)}.")
        known = {param.name for param in commands[name].params}
        if unknown := next((key for key, _ in _named(table) if key not in known), None):
            raise UsageError(f"{path}: detente {name} has no option {unknown!r}: see detente {name} --help.")
    everywhere = {param.name for command in commands.values() for param in command.params}
    if unknown := next((key for key, _ in _named(shared) if key not in everywhere), None):
        raise UsageError(f"{path}: no command has the option {unknown!r}: docs/settings.md says how to write the file.")


def _refuse_unasked(path: Path, tables: Iterable[Mapping[str, Any]]) -> None:
    named = (name for table in tables for name, key in zip(table, _named(table), strict=True) if key[0] in NAMED_ONLY)
    if option := next(named, None):
        raise UsageError(
            f"{path}: {option!r} is not taken from a file that only lies in this folder: "
            f"say {VARIABLE}={path} if the file is yours, or {VARIABLE}= to leave it unread."
        )


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _named(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries under the names that parameters have: ``min-score`` is `min_score`, ``json`` is `as_json`."""
    for name, value in table.items():
        key = name.replace("-", "_")
        yield {"json": "as_json", "csv": "as_csv", "output": "out", "format": "form"}.get(key, key), value


def _value(param: Any, value: Any, path: Path) -> Any:
    if not _is_path(param):
        return value
    if isinstance(value, list):
        return [_value(param, one, path) for one in value]
    return str(path.parent / value) if isinstance(value, str) else value


def _is_path(param: Any) -> bool:
    """Whether a parameter is a path: Typer's own say so by an annotation, those of Click by a type."""
    if (told := getattr(param, "type_descriptor", None)) is not None:
        return told.annotation in (Path, list[Path])
    return getattr(getattr(param, "type", None), "name", "") in ("path", "file", "directory")
