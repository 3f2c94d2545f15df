"""The lexicon of places where the sides of an act stand: read once, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

import yaml

from detente.errors import DataError

_FILE = "sides.yaml"


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
    return read_sides(resources.files("detente.did").joinpath("data", _FILE).read_text(encoding="utf-8"))


def read_sides(text: str) -> SideLexicon:
    """The lexicon in `text`, YAML in the form of ``did/data/sides.yaml``; raises `DataError`."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DataError(f"{_FILE}: not YAML: {error}") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("recipients"), dict):
        raise DataError(f"{_FILE}: recipients: expected a mapping from type to places")
    recipients = {str(name): _places(str(name), body) for name, body in raw["recipients"].items()}
    names = [f.name for f in fields(SideLexicon) if f.name != "recipients"]
    words = {name: frozenset(_words(raw, name, name)) for name in names}
    return SideLexicon(recipients=recipients, **words)


def _places(name: str, body: Any) -> Places:
    if not isinstance(body, dict) or set(body) != {"verb", "noun"}:
        raise DataError(f"{_FILE}: recipients.{name}: expected verb and noun")
    found = {key: tuple(_words(body, key, f"recipients.{name}.{key}")) for key in ("verb", "noun")}
    return Places(found["verb"], found["noun"])


def _words(raw: dict[str, Any], key: str, where: str) -> list[str]:
    found = raw.get(key)
    if not isinstance(found, list) or not all(isinstance(word, str) and word for word in found):
        raise DataError(f"{_FILE}: {where}: expected a list of words (quote words such as on and off)")
    return found
