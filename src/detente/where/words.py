"""The word lists of this room: what puts an act in a place; read once, checked when read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from detente.errors import DataError

_FILE = "where/data/words.yaml"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lists of ``words.yaml``, which tells what each is for; all in lower case."""

    place: frozenset[str]
    motion: frozenset[str]
    moving: frozenset[str]
    struck: frozenset[str]
    struck_by: frozenset[str]
    directions: frozenset[str]
    edges: frozenset[str]
    sorts: frozenset[str]
    apart: frozenset[str]


@cache
def load_words() -> PlaceWords:
    """The lists of the package; raises `DataError` naming the key that is not valid."""
    return read_words(files("detente").joinpath(_FILE).read_text(encoding="utf-8"))


def read_words(text: str) -> PlaceWords:
    """The lists in `text`, YAML in the form of ``where/data/words.yaml``; raises `DataError`."""
    import yaml

    try:
        raw: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DataError(f"{_FILE}: not YAML: {error}") from error
    names = {f.name for f in fields(PlaceWords)}
    if not isinstance(raw, dict) or set(raw) != names:
        raise DataError(f"{_FILE}: the keys must be {', '.join(sorted(names))}")
    for name, words in raw.items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word == word.lower() for word in words):
            raise DataError(f"{_FILE}: {name}: must be a list of lower-case words (quote words such as on and off)")
    return PlaceWords(**{name: frozenset(raw[name]) for name in names})
