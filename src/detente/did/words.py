"""The lexicon of words around an act: what each makes of it, and whom it leads to. Read once, checked when read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast, get_args

from detente.errors import DataError
from detente.record import Status
from detente.shipped import mapping_of, parsed, shipped_text, words_of

Effect = Literal["same", "happened", "planned", "possible", "denied"]
WordTrait = Literal[
    "carries",
    "suffers",
    "orders",
    "answers",
    "blames",
    "harms",
    "promises",
    "disowns",
    "gives",
    "owns",
    "readies",
    "ties",
    "undergone",
    "inflicted",
    "companion",
    "shelves",
    "lapses",
]
"""What a word tells beside its effect on the status; ``words.yaml`` explains each."""

SmallClass = Literal[
    "none",
    "first_person",
    "first_plural",
    "second_person",
    "go_betweens",
    "plain_pronouns",
    "possessives",
    "membership",
    "location",
    "circumstances",
    "causal",
]
"""Classes of small words."""

_FILE = "did/data/words.yaml"
_STATUSES = get_args(Status)
_PARTS = ("verbs", "nouns", "adjectives")
_TABLES = ("attributes", "adverbs", "modals", "markers", "prepositions")
_KEYS = frozenset({"effects", "traits", "small", *_PARTS, *_TABLES})


@dataclass(frozen=True, slots=True)
class Governor:
    """A class of governing words: what it makes of the act, plain and negated, and whether its own tense counts."""

    name: str
    plain: Effect
    negated: Effect
    climbs: bool


@dataclass(frozen=True, slots=True)
class ActWords:
    """Lemma to governing class by part of speech, lemmas by trait, small words to status, small words by class."""

    verbs: Mapping[str, Governor]
    nouns: Mapping[str, Governor]
    adjectives: Mapping[str, Governor]
    having: Mapping[WordTrait, frozenset[str]]
    attributes: Mapping[str, Status]
    adverbs: Mapping[str, Status]
    modals: Mapping[str, Status]
    markers: Mapping[str, Status]
    prepositions: Mapping[str, Status]
    small: Mapping[SmallClass, frozenset[str]]


@cache
def load_words() -> ActWords:
    """The lexicon of the package; raises `DataError` naming the key that is not valid."""
    return read_words(shipped_text(_FILE))


def read_words(text: str) -> ActWords:
    """The lexicon in `text`, YAML in the form of ``did/data/words.yaml``; raises `DataError`."""
    raw = mapping_of(parsed(text, _FILE), _KEYS, _FILE)
    mapping_of(raw["traits"], frozenset(get_args(WordTrait)), f"{_FILE}: traits")
    classes = {name: _governor(name, body) for name, body in _mapping(raw, "effects").items()}
    rows = {part: tuple(_rows(part, raw[part], classes)) for part in _PARTS}
    small = mapping_of(raw["small"], frozenset(get_args(SmallClass)), f"{_FILE}: small")
    governing: dict[str, Any] = {part: _governing(rows[part]) for part in _PARTS}
    tables: dict[str, Any] = {name: _by_status(name, _mapping(raw, name)) for name in _TABLES}
    return ActWords(
        **governing,
        **tables,
        having={trait: _having(trait, rows.values()) for trait in get_args(WordTrait)},
        small={name: frozenset(words_of(small[name], f"{_FILE}: small.{name}")) for name in get_args(SmallClass)},
    )


@dataclass(frozen=True, slots=True)
class _WordRow:
    """ActWords that share an effect, or none, and their traits."""

    effect: Governor | None
    traits: frozenset[str]
    words: tuple[str, ...]


def _rows(part: str, raw: Any, classes: Mapping[str, Governor]) -> Iterator[_WordRow]:
    if not isinstance(raw, list):
        raise DataError(f"{_FILE}: {part}: expected a list of rows")
    seen: set[str] = set()
    for number, body in enumerate(raw, 1):
        where = f"{_FILE}: {part}: row {number}"
        if not isinstance(body, dict) or not {"words"} < set(body) <= {"effect", "traits", "words"}:
            raise DataError(f"{where}: expected words with an effect, traits or both")
        effect = body.get("effect")
        if effect is not None and effect not in classes:
            raise DataError(f"{where}: {effect!r}: no such class under effects")
        traits = frozenset(words_of(body.get("traits", []), f"{where}: traits"))
        if unknown := traits - set(get_args(WordTrait)):
            raise DataError(f"{where}: traits: {', '.join(sorted(unknown))}: no such trait")
        words = words_of(body["words"], where)
        if twice := next((w for w in words if w in seen), None):
            raise DataError(f"{where}: {twice!r} stands twice among {part}")
        seen.update(words)
        yield _WordRow(classes.get(effect or ""), traits, words)


def _governing(rows: Iterable[_WordRow]) -> dict[str, Governor]:
    return {word: row.effect for row in rows for word in row.words if row.effect is not None}


def _having(trait: str, parts: Iterable[Iterable[_WordRow]]) -> frozenset[str]:
    return frozenset(word for rows in parts for row in rows if trait in row.traits for word in row.words)


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
