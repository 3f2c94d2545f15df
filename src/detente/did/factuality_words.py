"""The lexicon of words that decide whether an act they govern happened: read once, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from detente.errors import DataError
from detente.record import Status
from detente.shipped import mapping_of, parsed, shipped_text, words_of

Effect = Literal["same", "happened", "planned", "possible", "denied"]
_STATUSES = ("happened", "planned", "possible", "denied")
_FILE = "did/data/factuality.yaml"
_WORD_CLASSES = ("verbs", "nouns", "adjectives")
_STATUS_TABLES = ("attributes", "adverbs", "modals", "markers", "prepositions")
_KEYS = frozenset({"effects", "none", *_WORD_CLASSES, *_STATUS_TABLES})


@dataclass(frozen=True, slots=True)
class Governor:
    """A class of governing words: what it makes of the act, plain and negated, and whether its own tense counts."""

    name: str
    plain: Effect
    negated: Effect
    climbs: bool


@dataclass(frozen=True, slots=True)
class FactualityWords:
    """The lexicon: lemma to class by part of speech, and word to status for small words."""

    verbs: Mapping[str, Governor]
    nouns: Mapping[str, Governor]
    adjectives: Mapping[str, Governor]
    attributes: Mapping[str, Status]
    adverbs: Mapping[str, Status]
    modals: Mapping[str, Status]
    markers: Mapping[str, Status]
    prepositions: Mapping[str, Status]
    none: frozenset[str]


@cache
def load_factuality() -> FactualityWords:
    """The lexicon of the package; raises `DataError` naming the key that is not valid."""
    text = shipped_text(_FILE)
    return read_factuality(text)


def read_factuality(text: str) -> FactualityWords:
    """The lexicon in `text`, YAML in the form of ``did/data/factuality.yaml``; raises `DataError`."""
    raw = mapping_of(parsed(text, _FILE), _KEYS, _FILE)
    classes = {name: _governor(name, body) for name, body in _mapping(raw, "effects").items()}
    words: dict[str, Any] = {part: _by_lemma(part, _mapping(raw, part), classes) for part in _WORD_CLASSES}
    tables: dict[str, Any] = {name: _by_status(name, _mapping(raw, name)) for name in _STATUS_TABLES}
    return FactualityWords(
        **words,
        **tables,
        none=frozenset(words_of(raw.get("none"), f"{_FILE}: none")),
    )


def _mapping(raw: dict[str, Any], key: str) -> dict[str, Any]:
    found = raw.get(key)
    if not isinstance(found, dict):
        raise DataError(f"{_FILE}: {key}: expected a mapping")
    return found


def _governor(name: str, body: Any) -> Governor:
    if not isinstance(body, dict) or set(body) != {"plain", "negated", "climbs"}:
        raise DataError(f"{_FILE}: effects.{name}: expected plain, negated and climbs")
    for key in ("plain", "negated"):
        if body[key] not in ("same", *_STATUSES):
            raise DataError(f"{_FILE}: effects.{name}.{key}: {body[key]!r} is no status")
    if not isinstance(body["climbs"], bool):
        raise DataError(f"{_FILE}: effects.{name}.climbs: expected true or false")
    return Governor(name, body["plain"], body["negated"], body["climbs"])


def _by_lemma(part: str, raw: dict[str, Any], classes: dict[str, Governor]) -> dict[str, Governor]:
    found: dict[str, Governor] = {}
    for name in raw:
        if name not in classes:
            raise DataError(f"{_FILE}: {part}.{name}: no such class under effects")
        for lemma in words_of(raw.get(name), f"{_FILE}: {part}.{name}"):
            if lemma in found:
                raise DataError(f"{_FILE}: {part}: {lemma!r} stands in {found[lemma].name} and in {name}")
            found[lemma] = classes[name]
    return found


def _by_status(table: str, raw: dict[str, Any]) -> dict[str, Status]:
    found: dict[str, Status] = {}
    for status in raw:
        if status not in _STATUSES:
            raise DataError(f"{_FILE}: {table}.{status}: no status")
        for word in words_of(raw.get(status), f"{_FILE}: {table}.{status}"):
            if word in found:
                raise DataError(f"{_FILE}: {table}: {word!r} stands twice")
            found[word] = cast(Status, status)
    return found
