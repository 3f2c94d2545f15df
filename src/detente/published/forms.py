"""What the columns of published event data mean: a file of ``data/`` for each data set, held to its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from detente.codebook import load_codebook
from detente.errors import DataError
from detente.shipped import mapping_of, shipped_table, words_of

FORM_NAMES = ("acled", "gdelt", "icews", "polecat", "ucdp")
"""Data sets that can be read."""

Parties = Literal["codes", "words"]
"""How a state is told: in a cell of its own, or in the name of the party."""

COLUMNS = frozenset(
    ("id", "day", "actor", "actor_state", "recipient", "recipient_state", "quad", "kind", "intensity", "url", "words")
)
NEEDED = ("id", "day", "actor_state", "recipient_state", "kind")
"""What every data set must have a column for."""

NO_ACT = 0
"""Stands for a quad class where a kind is known and is no act of one towards another."""

_KEYS = frozenset(
    ("title", "delimiter", "quoted", "dates", "missing", "between", "parties", "columns", "quads", "kinds", "bare")
)


@dataclass(frozen=True, slots=True)
class SetForm:
    """How the file of a data set is to be read.

    `columns` leads from what is asked to the columns that tell it, the first that does: all of them together for
    ``id``. `quads` and `kinds` lead to quad classes, `kinds` from the first `kind_length` characters of the kind where
    that is not 0. `bare` are the columns of rows that have no header of their length. `between` are the characters
    that part the values of a cell.
    """

    name: str
    title: str
    delimiter: str
    quoted: bool
    dates: tuple[str, ...]
    missing: frozenset[str]
    between: str
    parties: Parties
    columns: Mapping[str, tuple[str, ...]]
    quads: Mapping[str, int]
    kinds: Mapping[str, int]
    kind_length: int
    bare: Mapping[int, tuple[str, ...]]


@cache
def form_named(name: str) -> SetForm:
    """The form of a data set of `FORM_NAMES`, read once; raises `DataError` where its file is not valid."""
    where = f"published/data/{name}.yaml"
    raw = mapping_of(shipped_table(where), _KEYS, where)
    columns = mapping_of(raw["columns"], COLUMNS, f"{where}: columns")
    told = {field: words_of(names, f"{where}: {field}", lower=False) for field, names in columns.items()}
    if bare := [field for field in NEEDED if not told[field]]:
        raise DataError(f"{where}: columns: {', '.join(bare)}: no column tells it")
    if raw["parties"] not in get_args(Parties):
        raise DataError(f"{where}: parties must be one of {', '.join(get_args(Parties))}")
    lists = [words_of(names, f"{where}: bare", lower=False) for names in raw["bare"]]
    kinds, length = _kinds(raw["kinds"], where)
    return SetForm(
        name=name,
        title=str(raw["title"]),
        delimiter=str(raw["delimiter"]),
        quoted=bool(raw["quoted"]),
        dates=words_of(raw["dates"], f"{where}: dates", lower=False),
        missing=frozenset(words_of(raw["missing"], f"{where}: missing", lower=False)),
        between=str(raw["between"]),
        parties=raw["parties"],
        columns=told,
        quads=_quads(raw["quads"], f"{where}: quads"),
        kinds=kinds,
        kind_length=length,
        bare={len(names): names for names in lists},
    )


def _kinds(given: Any, where: str) -> tuple[Mapping[str, int], int]:
    """The quad classes by kind, and how many characters of a kind they go by; 0 for all."""
    if given == "plover":
        return {name: entry.quad for name, entry in load_codebook().types.items()}, 0
    if given == "cameo":
        return _quads(shipped_table("published/data/cameo.yaml"), "published/data/cameo.yaml"), 2
    return _quads(given, f"{where}: kinds"), 0


def _quads(given: Any, where: str) -> Mapping[str, int]:
    if not isinstance(given, dict) or not all(
        isinstance(kind, str) and quad in (NO_ACT, 1, 2, 3, 4) for kind, quad in given.items()
    ):
        raise DataError(f"{where}: expected words that lead to quad classes 1 to 4, or 0 (quote numbers)")
    return dict(given)
