"""The event types: quad classes, modes, intensities and tie-breaks, read once and checked when read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from detente.errors import DataError
from detente.shipped import mapping_of, parsed, shipped_text, words_of

_FILE = "codebook/data/plover.yaml"
_STRONGEST = 10.0
_KEYS = frozenset({"types", "traits", "tie_breaks"})
_TYPE_KEYS = frozenset({"quad", "act", "intensity", "planned", "traits", "modes"})
_TIE_KEYS = frozenset({"act", "from", "when", "type"})

Trait = Literal[
    "speech",
    "content",
    "answering",
    "given",
    "reciprocal",
    "two-sided",
    "joint",
    "held",
    "addressed",
    "about",
    "commanding",
    "announced",
    "sending",
    "errand",
    "decreed",
    "inflicted",
    "suffered",
    "violent",
    "crowd",
    "alleging",
    "calling-off",
]
"""What a type may mean for how its acts are told; ``plover.yaml`` explains each."""

When = Literal["refused", "together"]
"""What decides a tie."""


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One event type: quad class (1 to 4), the act, intensity (-10 to 10), its traits, the intensities of its modes.

    `planned` is the type of the words that plan such an act, null where PLOVER has none for them.
    """

    name: str
    quad: int
    act: str
    intensity: float
    planned: str | None
    traits: frozenset[str]
    modes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TieBreak:
    """The type and mode of an act that another type could claim: `source`, where what `when` says is so.

    `words` are lemmas of the trigger's head, empty where any will do.
    """

    act: str
    source: str
    when: When
    type: str
    mode: str | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All event types by name, in PLOVER's order, what their traits mean, and the tie-breaks between them."""

    types: Mapping[str, TypeEntry]
    traits: Mapping[str, str]
    tie_breaks: tuple[TieBreak, ...]

    def require(self, event_type: str, mode: str | None, where: str) -> None:
        """Raise `DataError` naming `where` unless the type exists and has the mode."""
        entry = self.types.get(event_type)
        if entry is None:
            raise DataError(f"{where}: {event_type!r} is no event type")
        if mode is not None and mode not in entry.modes:
            raise DataError(f"{where}: {event_type} has no mode {mode!r}; it has {', '.join(entry.modes) or 'none'}")


def intensity_of(event_type: str, mode: str | None = None) -> float:
    """The intensity of an act, from -10 (war) to 10; the type's own where the mode has none."""
    entry = load_codebook().types[event_type]
    return entry.modes.get(mode, entry.intensity) if mode is not None else entry.intensity


def quad_of(event_type: str) -> int:
    """The quad class of a type: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
    return load_codebook().types[event_type].quad


def told_type(event_type: str, status: str) -> str | None:
    """The type that stands for an act where no status is kept: what happened its own, a plan that of its words.

    Null for what is possible or denied, and for plans of conflict.
    """
    if status == "happened":
        return event_type
    return load_codebook().types[event_type].planned if status == "planned" else None


@cache
def types_with(trait: Trait) -> frozenset[str]:
    """The names of the types that have `trait`."""
    return frozenset(name for name, entry in load_codebook().types.items() if trait in entry.traits)


def tie_broken(event_type: str, when: When, word: str) -> TieBreak | None:
    """The tie-break for an act of `event_type` with the lemma `word`, of which it is known that `when` holds."""
    for rule in load_codebook().tie_breaks:
        if rule.source == event_type and rule.when == when and (not rule.words or word in rule.words):
            return rule
    return None


@cache
def load_codebook() -> Codebook:
    """The codebook that ships with the package, read once; raises `DataError` where it is not valid."""
    return read_codebook(shipped_text(_FILE))


def read_codebook(text: str) -> Codebook:
    """The codebook in `text`, YAML in the form of ``plover.yaml``; raises `DataError` naming what is wrong."""
    raw = mapping_of(parsed(text, _FILE), _KEYS, _FILE)
    traits = _meanings(raw["traits"])
    if not isinstance(raw["types"], dict):
        raise DataError(f"{_FILE}: types: expected a mapping from type to what it is")
    types = {str(name): _entry(str(name), body) for name, body in raw["types"].items()}
    codebook = Codebook(types, traits, tuple(_tie_break(row) for row in raw["tie_breaks"] or ()))
    for entry in types.values():
        codebook.require(entry.planned or entry.name, None, f"{_FILE}: {entry.name}: planned")
    for rule in codebook.tie_breaks:
        codebook.require(rule.source, None, f"{_FILE}: tie_breaks: {rule.act}")
        codebook.require(rule.type, rule.mode, f"{_FILE}: tie_breaks: {rule.act}")
    return codebook


def _meanings(raw: Any) -> dict[str, str]:
    traits = mapping_of(raw, frozenset(get_args(Trait)), f"{_FILE}: traits")
    return {name: str(meaning) for name, meaning in traits.items()}


def _entry(name: str, body: Any) -> TypeEntry:
    where = f"{_FILE}: {name}"
    mapping_of(body, _TYPE_KEYS, where)
    if body["quad"] not in (1, 2, 3, 4):
        raise DataError(f"{where}: quad must be 1 to 4")
    if not isinstance(body["modes"], dict) or not all(isinstance(mode, str) for mode in body["modes"]):
        raise DataError(f"{where}: modes: expected a mapping from mode to intensity (quote words such as yield)")
    traits = frozenset(words_of(body["traits"], f"{where}: traits"))
    if unknown := traits - set(get_args(Trait)):
        raise DataError(f"{where}: traits: {', '.join(sorted(unknown))}: no such trait")
    modes = {mode: _score(score, f"{where}: {mode}") for mode, score in body["modes"].items()}
    intensity = _score(body["intensity"], where)
    return TypeEntry(name, body["quad"], str(body["act"]), intensity, body["planned"], traits, modes)


def _score(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _STRONGEST:
        raise DataError(f"{where}: intensity must be a number from -10 to 10")
    return float(value)


def _tie_break(row: Any) -> TieBreak:
    where = f"{_FILE}: tie_breaks"
    if not isinstance(row, dict) or not _TIE_KEYS <= set(row) <= {*_TIE_KEYS, "mode", "words"}:
        raise DataError(f"{where}: {row!r}: expected {', '.join(sorted(_TIE_KEYS))} and perhaps mode and words")
    if row["when"] not in get_args(When):
        raise DataError(f"{where}: {row['act']}: when must be one of {', '.join(get_args(When))}")
    words = frozenset(words_of(row.get("words", []), f"{where}: {row['act']}: words"))
    return TieBreak(str(row["act"]), str(row["from"]), row["when"], str(row["type"]), row.get("mode"), words)
