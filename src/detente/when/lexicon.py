"""The words of time as look-up tables, read once from ``data/words.yaml`` and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from detente.errors import DataError

WORDS = Path(__file__).with_name("data") / "words.yaml"

_PLAIN = (
    *("zone_names", "scriptures", "before_decades", "after_this", "same_periods", "known_periods", "definite_periods"),
    *("season_verbs", "after_season_verbs", "before_seasons", "other_springs", "scheduled", "wholes"),
    *("before_quarters", "sections", "half_days", "figures"),
)
"""Classes of words that are nothing but a set."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every class of time words, keyed by the word in lower case.

    `references` and `sets` are keyed by the tuple of a phrase's words; `zones` are hours from UTC.
    """

    months: Mapping[str, int]
    ambiguous_months: frozenset[str]
    weekdays: Mapping[str, int]
    short_weekdays: frozenset[str]
    seasons: Mapping[str, str]
    ambiguous_seasons: frozenset[str]
    parts: Mapping[str, str]
    points: Mapping[str, str]
    units: Mapping[str, str]
    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, int]
    vague: frozenset[str]
    vague_nouns: frozenset[str]
    approximate: frozenset[str]
    compared: frozenset[str]
    between: frozenset[str]
    bare_plurals: frozenset[str]
    pointers: Mapping[str, int]
    story_pointers: frozenset[str]
    modifiers: Mapping[str, str]
    earlier_later: Mapping[str, str]
    deictics: Mapping[str, tuple[int, str]]
    references: Mapping[tuple[str, ...], str]
    sets: Mapping[str, str]
    every: frozenset[str]
    zones: Mapping[str, float]
    forward: Mapping[str, frozenset[str]]
    counted: frozenset[str]
    before_months: frozenset[str]
    before_years: frozenset[str]
    numbering: frozenset[str]
    rates: frozenset[str]
    before_definite: frozenset[str]
    after_noun: frozenset[str]
    shifts: Mapping[str, int]
    shiftable: frozenset[str]
    apart: frozenset[str]
    begins: frozenset[str]
    at_gatherings: frozenset[str]
    beside_gatherings: frozenset[str]
    ahead_of_gatherings: frozenset[str]
    behind_gatherings: frozenset[str]
    hours_of: Mapping[str, str]
    occurs: frozenset[str]
    of_september_11: frozenset[str]
    listers: frozenset[str]
    bounds: frozenset[str]
    joiners: frozenset[str]
    same_acts: Mapping[str, str]
    zone_names: frozenset[str]
    scriptures: frozenset[str]
    before_decades: frozenset[str]
    after_this: frozenset[str]
    same_periods: frozenset[str]
    known_periods: frozenset[str]
    definite_periods: frozenset[str]
    season_verbs: frozenset[str]
    after_season_verbs: frozenset[str]
    before_seasons: frozenset[str]
    other_springs: frozenset[str]
    scheduled: frozenset[str]
    wholes: frozenset[str]
    before_quarters: frozenset[str]
    sections: frozenset[str]
    half_days: frozenset[str]
    figures: frozenset[str]


@cache
def lexicon(path: Path = WORDS) -> Lexicon:
    """The words of `path`; raises `DataError` where a class is missing, ill-typed or names a word twice."""
    from detente.when.words import split_words

    table = _table(path)
    take = _Taker(path, table)
    references = {
        tuple(split_words(phrase).low): value
        for value, phrases in take.mapping("references", list).items()
        for phrase in phrases
    }
    return Lexicon(
        months=take.inverted("months", int),
        ambiguous_months=take.words("ambiguous_months"),
        weekdays=take.inverted("weekdays", int),
        short_weekdays=take.words("short_weekdays"),
        seasons=take.inverted("seasons", str),
        ambiguous_seasons=take.words("ambiguous_seasons"),
        parts=take.inverted("parts", str),
        points=take.mapping("points", str),
        units=take.inverted("units", str),
        cardinals=take.mapping("cardinals", int),
        scales=take.mapping("scales", int),
        ordinals=take.mapping("ordinals", int),
        vague=take.words("vague"),
        vague_nouns=take.words("vague_nouns"),
        approximate=take.words("approximate"),
        compared=take.words("compared"),
        between=take.words("between"),
        bare_plurals=take.words("bare_plurals"),
        pointers=take.mapping("pointers", int),
        story_pointers=take.words("story_pointers"),
        modifiers=take.mapping("modifiers", str),
        earlier_later=take.mapping("earlier_later", str),
        deictics={word: (int(pair[0]), str(pair[1])) for word, pair in take.mapping("deictics", list).items()},
        references=references,
        sets=take.mapping("sets", str),
        every=take.words("every"),
        zones={word: float(hours) for word, hours in take.mapping("zones", (int, float)).items()},
        forward={kind: frozenset(words) for kind, words in take.mapping("forward", list).items()},
        counted=take.words("counted"),
        before_months=take.words("before_months"),
        before_years=take.words("before_years"),
        numbering=take.words("numbering"),
        rates=take.words("rates"),
        before_definite=take.words("before_definite"),
        after_noun=take.words("after_noun"),
        shifts=take.mapping("shifts", int),
        apart=take.words("apart"),
        begins=take.words("begins"),
        at_gatherings=take.words("at_gatherings"),
        beside_gatherings=take.words("beside_gatherings"),
        ahead_of_gatherings=take.words("ahead_of_gatherings"),
        behind_gatherings=take.words("behind_gatherings"),
        hours_of=take.mapping("hours_of", str),
        occurs=take.words("occurs"),
        of_september_11=take.words("of_september_11"),
        listers=take.words("listers"),
        bounds=take.words("bounds"),
        joiners=take.words("joiners"),
        same_acts=take.inverted("same_acts", str),
        **{key: take.words(key) for key in _PLAIN},
        shiftable=frozenset(take.mapping("shiftable", str).values()),
    )


class _Taker:
    """Takes typed classes out of the parsed file, naming file and key where one is wrong."""

    def __init__(self, path: Path, table: Mapping[str, Any]) -> None:
        self._path = path
        self._table = table

    def mapping(self, key: str, kind: type | tuple[type, ...]) -> dict[Any, Any]:
        found = self._of(key, dict)
        for name, value in found.items():
            if not isinstance(value, kind) or isinstance(value, bool):
                raise DataError(f"{self._path.name}: {key}.{name}: {value!r} is not of the right kind")
            if isinstance(name, str) and name != name.lower() and kind is not list and not name.isupper():
                raise DataError(f"{self._path.name}: {key}.{name}: must be lower case")
        return dict(found)

    def words(self, key: str) -> frozenset[str]:
        return frozenset(self._checked(key, self._of(key, list)))

    def inverted(self, key: str, code: type) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for value, words in self.mapping(key, list).items():
            if not isinstance(value, code):
                raise DataError(f"{self._path.name}: {key}: {value!r} is no {code.__name__}")
            for word in self._checked(key, words):
                if word in found:
                    raise DataError(f"{self._path.name}: {key}: {word!r} stands twice")
                found[word] = value
        return found

    def _checked(self, key: str, words: Iterable[Any]) -> Iterable[str]:
        for word in words:
            if not isinstance(word, str) or word != word.lower():
                raise DataError(f"{self._path.name}: {key}: {word!r} is no word in lower case")
            yield word

    def _of(self, key: str, kind: type) -> Any:
        value = self._table.get(key)
        if not isinstance(value, kind) or not value:
            raise DataError(f"{self._path.name}: {key}: missing, empty or not a {kind.__name__}")
        return value


def _table(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error
    if not isinstance(table, dict):
        raise DataError(f"{path.name}: is no table of word classes")
    return table
