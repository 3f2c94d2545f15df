"""The lexicon of places where the sides of an act stand: read once, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import parsed, shipped_text, words_of

_FILE = "did/data/arguments.yaml"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a recipient, in the order they are tried."""

    verb: tuple[str, ...]
    noun: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArgumentWords:
    """Places of recipients by type, and the words that lead from one word of a sentence to a side."""

    recipients: Mapping[str, Places]
    carriers: frozenset[str]
    sufferers: frozenset[str]
    blamers: frozenset[str]
    answers: frozenset[str]
    orders: frozenset[str]
    roles: frozenset[str]
    harms: frozenset[str]
    promises: frozenset[str]
    membership: frozenset[str]
    location: frozenset[str]
    ownership: frozenset[str]
    undergone: frozenset[str]
    inflicted: frozenset[str]
    circumstances: frozenset[str]
    first_person: frozenset[str]
    plain_pronouns: frozenset[str]
    companions: frozenset[str]


@cache
def load_argument_words() -> ArgumentWords:
    """The lexicon of the package; raises `DataError` naming the key that is not valid."""
    return read_argument_words(shipped_text(_FILE))


def read_argument_words(text: str) -> ArgumentWords:
    """The lexicon in `text`, YAML in the form of ``did/data/arguments.yaml``; raises `DataError`."""
    raw = parsed(text, _FILE)
    if not isinstance(raw, dict) or not isinstance(raw.get("recipients"), dict):
        raise DataError(f"{_FILE}: recipients: expected a mapping from type to places")
    recipients = {str(name): _places(str(name), body) for name, body in raw["recipients"].items()}
    names = [f.name for f in fields(ArgumentWords) if f.name != "recipients"]
    if unknown := set(raw) - {"recipients", *names}:
        raise DataError(f"{_FILE}: {', '.join(sorted(map(str, unknown)))}: no such list")
    words = {name: frozenset(words_of(raw.get(name), f"{_FILE}: {name}")) for name in names}
    return ArgumentWords(recipients=recipients, **words)


def _places(name: str, body: Any) -> Places:
    if not isinstance(body, dict) or set(body) != {"verb", "noun"}:
        raise DataError(f"{_FILE}: recipients.{name}: expected verb and noun")
    found = {key: tuple(words_of(body.get(key), f"{_FILE}: recipients.{name}.{key}")) for key in ("verb", "noun")}
    return Places(found["verb"], found["noun"])
