"""The word lists of this room: what puts an act in a place; read once, checked when read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from detente.shipped import mapping_of, parsed, shipped_text, words_of

_FILE = "where/data/words.yaml"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lists of ``words.yaml``, which tells what each is for; all in lower case."""

    place: frozenset[str]
    motion: frozenset[str]
    moving: frozenset[str]
    ways: frozenset[str]
    pointing: frozenset[str]
    struck: frozenset[str]
    struck_by: frozenset[str]
    directions: frozenset[str]
    edges: frozenset[str]
    sorts: frozenset[str]
    apart: frozenset[str]


@cache
def load_words() -> PlaceWords:
    """The lists of the package; raises `DataError` naming the key that is not valid."""
    return read_words(shipped_text(_FILE))


def read_words(text: str) -> PlaceWords:
    """The lists in `text`, YAML in the form of ``where/data/words.yaml``; raises `DataError`."""
    raw = parsed(text, _FILE)
    names = {f.name for f in fields(PlaceWords)}
    lists = mapping_of(raw, names, _FILE)
    return PlaceWords(**{name: frozenset(words_of(lists[name], f"{_FILE}: {name}")) for name in names})
