"""Where the recipient of an act stands in its sentence, by type: read once, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from detente.codebook import load_codebook
from detente.shipped import mapping_of, parsed, shipped_text, words_of

_FILE = "did/data/recipients.yaml"


@dataclass(frozen=True, slots=True)
class RecipientPlaces:
    """The places of a recipient, in the order they are tried."""

    verb: tuple[str, ...]
    noun: tuple[str, ...]


@cache
def load_recipients() -> Mapping[str, RecipientPlaces]:
    """The places by event type, as the package has them; raises `DataError` naming the key that is not valid."""
    return read_recipients(shipped_text(_FILE))


def read_recipients(text: str) -> Mapping[str, RecipientPlaces]:
    """The places in `text`, YAML in the form of ``did/data/recipients.yaml``; raises `DataError`."""
    raw = mapping_of(parsed(text, _FILE), frozenset(load_codebook().types), _FILE)
    return {name: _places(name, body) for name, body in raw.items()}


def _places(name: str, body: Any) -> RecipientPlaces:
    both = mapping_of(body, {"verb", "noun"}, f"{_FILE}: {name}")
    found = {key: tuple(words_of(both[key], f"{_FILE}: {name}.{key}")) for key in ("verb", "noun")}
    return RecipientPlaces(found["verb"], found["noun"])
