"""Whether a given name is a man's or a woman's, where it is nearly always one of them."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.errors import DataError
from detente.who.discourse import Discourse, Gender

_FILE = "who/data/given_names.csv.gz"
_GENDERS: Mapping[str, Gender] = {"female": "female", "male": "male"}


def tell_genders(discourse: Discourse) -> None:
    """Let the given name say of a person what no title said."""
    for draft in discourse.people():
        first = draft.first
        first.gender = first.gender or gender_of_name(first.name) or gender_of_name(draft.name)
        draft.gender = draft.gender or first.gender


def gender_of_name(name: str) -> Gender | None:
    """The gender that the first of several names tells; null where the name is one word, or tells nothing."""
    given, _, rest = name.partition(" ")
    return _given_names().get(given.lower()) if rest else None


@cache
def _given_names() -> Mapping[str, Gender]:
    raw = gzip.decompress(files("detente").joinpath(_FILE).read_bytes()).decode("utf-8")
    rows = list(csv.reader(io.StringIO(raw)))
    if not rows or rows[0] != ["name", "gender"]:
        raise DataError(f"{_FILE}: the columns must be name, gender")
    found: dict[str, Gender] = {}
    for number, row in enumerate(rows[1:], 2):
        if len(row) != 2 or row[1] not in _GENDERS or row[0] != row[0].lower() or row[0] in found:
            raise DataError(f"{_FILE}: line {number}: expected a name in lower case, once, and its gender")
        found[row[0]] = _GENDERS[row[1]]
    return found
