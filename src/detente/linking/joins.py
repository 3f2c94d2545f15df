"""What joining takes for near: kindred types, what numbers count, words that call an act off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.linking.words import stem
from detente.shipped import mapping_of, shipped_table, words_of

_FILE = "linking/data/joins.yaml"
_KEYS = {
    *("kindred", "mutual", "journeys", "counted", "passive", "parts", "vague", "tolls"),
    *("called_off", "put_off", "again", "undenied", "forms", "blows", "number_words"),
}


@dataclass(frozen=True, slots=True)
class Joins:
    """The tables of joins.yaml, words as stems.

    `kindred` are sets of types, `mutual` the types whose sides stand on one level, `journeys` modes of going somewhere.
    `counted` leads from a stem to what a number beside it counts, `passive` words send it back for its number, behind
    `parts` stands one of a part only, `vague` ones count without one, and `tolls` are the counts that rise from one
    report to the next. `called_off`, `put_off` and `again` say what becomes of a plan, or that an act is not the first;
    of the types `undenied` a denial is mostly the act itself.
    `forms` leads from the stem of a past form to that of its verb, and `blows` name one violent act in turn.
    """

    kindred: tuple[frozenset[str], ...]
    mutual: frozenset[str]
    journeys: frozenset[str]
    counted: Mapping[str, str]
    passive: frozenset[str]
    parts: frozenset[str]
    vague: frozenset[str]
    tolls: frozenset[str]
    called_off: frozenset[str]
    put_off: frozenset[str]
    again: frozenset[str]
    undenied: frozenset[str]
    forms: Mapping[str, str]
    blows: frozenset[str]
    number_words: Mapping[str, int]

    def naming(self, words: str) -> str:
        """The words that name an act as they are compared: each its stem, past forms those of their verbs."""
        stems = map(stem, words.split())
        return " ".join(self.forms.get(stem_, stem_) for stem_ in stems)

    def are_kindred(self, one: str, other: str) -> bool:
        """Whether reports may tell one act as either type."""
        return one == other or any(one in types and other in types for types in self.kindred)


@cache
def load_joins() -> Joins:
    """The tables, read once; raises `DataError` where they are not valid."""
    data = mapping_of(shipped_table(_FILE), _KEYS, _FILE)
    counted: dict[str, str] = {}
    for kind, words in data["counted"].items():
        for word in _words(words, f"counted: {kind}"):
            counted.setdefault(stem(word), str(kind))
    numbers = data["number_words"]
    if not isinstance(numbers, dict) or not all(isinstance(n, int) for n in numbers.values()):
        raise DataError(f"{_FILE}: number_words must lead from words to whole numbers")
    return Joins(
        kindred=tuple(frozenset(_words(types, "kindred")) for types in data["kindred"]),
        mutual=frozenset(_words(data["mutual"], "mutual")),
        journeys=frozenset(_words(data["journeys"], "journeys")),
        counted=counted,
        passive=frozenset(_words(data["passive"], "passive")),
        parts=frozenset(_words(data["parts"], "parts")),
        vague=frozenset(_words(data["vague"], "vague")),
        tolls=frozenset(_words(data["tolls"], "tolls")),
        called_off=frozenset(map(stem, _words(data["called_off"], "called_off"))),
        put_off=frozenset(map(stem, _words(data["put_off"], "put_off"))),
        again=frozenset(map(stem, _words(data["again"], "again"))),
        undenied=frozenset(_words(data["undenied"], "undenied")),
        forms=_forms(data["forms"]),
        blows=frozenset(" ".join(map(stem, name.split())) for name in _words(data["blows"], "blows")),
        number_words={str(word): n for word, n in numbers.items()},
    )


def _forms(given: Any) -> Mapping[str, str]:
    if not isinstance(given, dict) or not all(isinstance(verb, str) for pair in given.items() for verb in pair):
        raise DataError(f"{_FILE}: forms must lead from words to words")
    return {stem(form): stem(verb) for form, verb in given.items()}


def _words(values: Any, where: str) -> tuple[str, ...]:
    return words_of(values, f"{_FILE}: {where}", lower=False)
