"""The lexicon of places where the sides of an act stand: read once, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import parsed, shipped_text, words_of

_FILE = "did/data/sides.yaml"
_TYPES = frozenset({"reciprocal", "contents", "commands"})
"""Lists of event types; the others hold words."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a recipient, in the order they are tried."""

    verb: tuple[str, ...]
    noun: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SideLexicon:
    """Places of recipients by type, and the words that lead from one word of a sentence to a side."""

    recipients: Mapping[str, Places]
    reciprocal: frozenset[str]
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
    contents: frozenset[str]
    commands: frozenset[str]
    circumstances: frozenset[str]
    first_person: frozenset[str]
    plain_pronouns: frozenset[str]
    companions: frozenset[str]


@cache
def load_sides() -> SideLexicon:
    """The lexicon of the package; raises `DataError` naming the key that is not valid."""
    return read_sides(shipped_text(_FILE))


def read_sides(text: str) -> SideLexicon:
    """The lexicon in `text`, YAML in the form of ``did/data/sides.yaml``; raises `DataError`."""
    raw = parsed(text, _FILE)
    if not isinstance(raw, dict) or not isinstance(raw.get("recipients"), dict):
        raise DataError(f"{_FILE}: recipients: expected a mapping from type to places")
    recipients = {str(name): _places(str(name), body) for name, body in raw["recipients"].items()}
    names = [f.name for f in fields(SideLexicon) if f.name != "recipients"]
    words = {name: frozenset(words_of(raw.get(name), f"{_FILE}: {name}", lower=name not in _TYPES)) for name in names}
    return SideLexicon(recipients=recipients, **words)


def _places(name: str, body: Any) -> Places:
    if not isinstance(body, dict) or set(body) != {"verb", "noun"}:
        raise DataError(f"{_FILE}: recipients.{name}: expected verb and noun")
    found = {key: tuple(words_of(body.get(key), f"{_FILE}: recipients.{name}.{key}")) for key in ("verb", "noun")}
    return Places(found["verb"], found["noun"])
