"""The word lists of this room: nouns that name parties, read once, checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from detente.errors import DataError
from detente.shipped import mapping_of, parsed, shipped_text, words_of

_NOUNS = "who/data/nouns.yaml"
_CLASSES = ("persons", "groups", "things", "bodies")
_WORDS = "who/data/words.yaml"
SECTORS = (
    "GOV", "JUD", "LEG", "MIL", "COP", "SPY", "PTY", "OPP", "REB", "UAF", "BUS", "CVL", "CRM", "EDU", "JRN", "LAB",
    "MED", "REL", "REF", "PRM", "UNK", "IGO",
)  # fmt: skip
"""The sectors that a party may have."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that names a party: its sector and what kind of thing it is.

    A noun that `inherits` has its owner's sector where the owner is no state. An `is_body` noun names a party only in
    a name, or with a word before it that decides its sector.
    """

    sector: str
    is_person: bool = False
    is_thing: bool = False
    inherits: bool = False
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class WordLists:
    """The closed lists of ``words.yaml``, which tells what each is for."""

    states: frozenset[str]
    one_each: frozenset[str]
    opposites: frozenset[str]
    colleagues: frozenset[str]
    dual_persons: frozenset[str]
    former: frozenset[str]
    courtesy: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]
    name_joints: frozenset[str]
    name_suffixes: frozenset[str]
    title_links: frozenset[str]
    of_links: frozenset[str]
    place_prepositions: frozenset[str]
    maybe_place: frozenset[str]
    journeys: frozenset[str]
    travels: frozenset[str]
    stance: frozenset[str]
    unnamed: frozenset[str]
    abroad: frozenset[str]
    grounds: frozenset[str]
    portfolios: frozenset[str]
    fields: frozenset[str]
    ranks: frozenset[str]
    union_seats: frozenset[str]
    union_bodies: frozenset[str]
    court_towns: frozenset[str]
    court_seats: frozenset[str]
    plurals: frozenset[str]
    plain_groups: frozenset[str]
    impersonal: frozenset[str]
    copulas: frozenset[str]
    neighbours: frozenset[str]
    continents: frozenset[str]
    quantities: frozenset[str]
    meetings: frozenset[str]
    possessives: frozenset[str]
    plain: frozenset[str]
    definite: frozenset[str]
    countries: frozenset[str]
    parties: frozenset[str]
    kingdoms: frozenset[str]
    crowned: frozenset[str]
    groups: frozenset[str]
    local: frozenset[str]
    domestic: frozenset[str]


@dataclass(frozen=True, slots=True)
class WhoLexicon:
    """Nouns by lemma, the sectors that words before them decide, and the closed lists; all in lower case."""

    nouns: Mapping[str, Noun]
    modifiers: Mapping[str, str]
    words: WordLists


@cache
def load_lexicon() -> WhoLexicon:
    """The lexicon of the package; raises `DataError` naming the key that is not valid."""
    return read_lexicon(shipped_text(_NOUNS), shipped_text(_WORDS))


def read_lexicon(nouns: str, words: str) -> WhoLexicon:
    """The lexicon in two YAML texts in the form of ``who/data``; raises `DataError`."""
    raw = mapping_of(parsed(nouns, _NOUNS), {*_CLASSES, "inherit", "modifiers"}, _NOUNS)
    names = [f.name for f in fields(WordLists)]
    lists = mapping_of(parsed(words, _WORDS), set(names), _WORDS)
    return WhoLexicon(
        nouns=_nouns(raw),
        modifiers={word: sector for sector, word in _by_sector(raw["modifiers"], f"{_NOUNS}: modifiers")},
        words=WordLists(**{name: frozenset(_listed(lists[name], name)) for name in names}),
    )


def _listed(values: Any, name: str) -> tuple[str, ...]:
    if name in ("local", "domestic", "kingdoms"):
        return tuple(word.upper() for word in words_of(values, f"{_WORDS}: {name}"))
    return words_of(values, f"{_WORDS}: {name}")


def _nouns(raw: Mapping[str, Any]) -> dict[str, Noun]:
    inherit = words_of(raw["inherit"], f"{_NOUNS}: inherit")
    nouns: dict[str, Noun] = {}
    for kind in _CLASSES:
        for sector, word in _by_sector(raw[kind], f"{_NOUNS}: {kind}"):
            if word not in nouns:
                nouns[word] = Noun(
                    sector,
                    is_person=kind == "persons",
                    is_thing=kind == "things",
                    inherits=word in inherit,
                    is_body=kind == "bodies" and word not in inherit,
                )
    nouns.update({word: Noun("GOV", is_person=True, inherits=True) for word in inherit if word not in nouns})
    return nouns


def _by_sector(raw: Any, where: str) -> list[tuple[str, str]]:
    if not isinstance(raw, dict) or not set(raw) <= set(SECTORS):
        raise DataError(f"{where}: must be a mapping from sector codes to words")
    return [(str(sector), word) for sector, words in raw.items() for word in words_of(words, f"{where}: {sector}")]
