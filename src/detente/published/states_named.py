"""The states that a cell of another data set names: by code, by name, or within the name of a party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from detente.archive.states import NONE, code_of
from detente.errors import DataError
from detente.shipped import shipped_table

_TABLE = "published/data/states.yaml"
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@lru_cache(maxsize=65_536)
def state_in_cell(cell: str) -> str | None:
    """The code of the state that `cell` is the code or name of; null where it is none that is known."""
    code = _called_otherwise().get(cell) or code_of(cell)
    return None if code == NONE else code


@lru_cache(maxsize=65_536)
def state_in_party(name: str) -> str | None:
    """The code of the state that a party belongs to by its name: ``Civilians (Ukraine)``, ``Police Forces of Chad``."""
    return next(filter(None, map(state_in_cell, _parts(name))), None)


def _parts(name: str) -> Iterator[str]:
    yield from (part.strip() for part in reversed(_IN_BRACKETS.findall(name)))
    bare = _IN_BRACKETS.sub(" ", name).strip()
    yield bare
    words = bare.split()
    yield from (" ".join(words[place + 1 :]) for place, word in enumerate(words) if word == "of")


@cache
def _called_otherwise() -> dict[str, str]:
    table = shipped_table(_TABLE)
    if not isinstance(table, dict) or not all(isinstance(code, str) and len(code) == 3 for code in table.values()):
        raise DataError(f"{_TABLE}: expected names or codes that lead to codes of three letters")
    return {str(name): code for name, code in table.items()}
