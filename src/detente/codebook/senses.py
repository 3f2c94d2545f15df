"""The lexicon of triggers: the senses in which a word names an act, with the conditions its sentence must meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from detente.codebook.plover import load_codebook
from detente.errors import DataError
from detente.record import Status
from detente.shipped import parsed, words_of

_FOLDER = "codebook/data/triggers"
NO_ACT = "NONE"
"""The type of senses that name no codable act: they win over looser senses of the same word."""

PARTS = ("verbs", "nouns", "adjectives")
SLOTS = frozenset(
    (
        "subject",
        "object",
        "indirect",
        "owner",
        "before",
        "under",
        "to-do",
        "doing",
        "that",
        "voice",
        "aux",
        "that-aux",
        "role",
        "sentence",
    )
)
PREPOSITIONS = frozenset(
    (
        *(
            "about",
            "across",
            "after",
            "against",
            "around",
            "as",
            "at",
            "before",
            "between",
            "by",
            "during",
            "for",
            "from",
        ),
        *(
            "in",
            "inside",
            "into",
            "near",
            "of",
            "off",
            "on",
            "onto",
            "out",
            "outside",
            "over",
            "through",
            "to",
            "toward",
        ),
        *("towards", "under", "upon", "with", "within", "without"),
    )
)
TESTS = frozenset(
    {"PARTY", "ACTOR", "PERSON", "STATE", "PLACE", "ANY", "NONE", "NUMBER", "PASSIVE", "ACTIVE", "NEGATED"}
)
_FRAME = {"actor", "recipients", "reciprocal", "status"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What must (or, where `negated`, must not) stand in a slot: one of `words` (lemmas) or `tests`.

    A word of two parts (``peace talk``) asks for the second with the first before it. `label` is the condition as
    the file writes it.
    """

    slot: str
    words: frozenset[str]
    tests: frozenset[str]
    negated: bool
    label: str


@dataclass(frozen=True, slots=True)
class SenseFrame:
    """Where the arguments of an act stand when it is not where its type has them, and a status that the sense implies.

    `actor` and `recipients` name places: ``subject``, ``object``, ``indirect``, ``complement``, ``speaker``, a
    preposition, or ``object-`` and a preposition of the object (the ambassador *to Chad*); empty leaves the choice to
    the type, and ``none`` as the last of the recipients keeps the type's own places out.
    """

    actor: str = ""
    recipients: tuple[str, ...] = ()
    reciprocal: bool = False
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a trigger: `word` in its part of speech, the words that must follow (`rest`), and what it means."""

    word: str
    part: str
    rest: tuple[str, ...]
    type: str
    mode: str | None
    conditions: tuple[Condition, ...]
    frame: SenseFrame = SenseFrame()
    attributive: bool = False

    def __str__(self) -> str:
        asked = "".join(f"; {c.label}" for c in self.conditions)
        return f"{' '.join((self.word, *self.rest))} ({self.part[:-1]}){asked}"


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """Senses by lemma for each part of speech, in the order of the files."""

    verbs: Mapping[str, tuple[Sense, ...]]
    nouns: Mapping[str, tuple[Sense, ...]]
    adjectives: Mapping[str, tuple[Sense, ...]]
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lemmas: frozenset[str] = field(init=False)
    """Every lemma that may be a trigger: what a gate must let through."""
    taking: frozenset[str] = field(init=False)
    """Lemmas with a sense whose actor stands behind *from*: *get*, *loan*."""

    def __post_init__(self) -> None:
        parts = (self.verbs, self.nouns, self.adjectives)
        taking = (w for part in parts for w, senses in part.items() if any(s.frame.actor == "from" for s in senses))
        object.__setattr__(self, "lemmas", frozenset(word for part in parts for word in part))
        object.__setattr__(self, "taking", frozenset(taking))


@cache
def load_triggers() -> TriggerLexicon:
    """The lexicon that ships with the package, read once; raises `DataError` where it is not valid."""
    folder = files("detente").joinpath(_FOLDER)
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".yaml")), key=lambda e: e.name)
    return read_triggers({entry.name: entry.read_text(encoding="utf-8") for entry in entries})


def read_triggers(texts: Mapping[str, str]) -> TriggerLexicon:
    """The lexicon in `texts` (YAML by file name, ``classes.yaml`` among them); `DataError` names file and row."""
    classes = _classes(_load(texts, "classes.yaml"))
    senses: list[Sense] = []
    for name in texts:
        if name != "classes.yaml":
            body = _load(texts, name)
            if not isinstance(body, dict) or set(body) != {"type", "senses"} or not isinstance(body["senses"], list):
                raise DataError(f"{_FOLDER}/{name}: expected the keys type and senses")
            for number, row in enumerate(body["senses"], 1):
                senses.extend(_Row(row, f"{_FOLDER}/{name}: sense {number}", str(body["type"]), classes).senses())
    verbs, nouns, adjectives = (_indexed(senses, part) for part in PARTS)
    return TriggerLexicon(verbs, nouns, adjectives, classes)


def _load(texts: Mapping[str, str], name: str) -> Any:
    if name not in texts:
        raise DataError(f"{_FOLDER}: {name} is missing")
    return parsed(texts[name], f"{_FOLDER}/{name}")


def _classes(body: Any) -> dict[str, frozenset[str]]:
    where = f"{_FOLDER}/classes.yaml"
    if not isinstance(body, dict):
        raise DataError(f"{where}: expected a mapping from class to words")
    found: dict[str, frozenset[str]] = {}
    for name, words in body.items():
        plain: set[str] = set()
        for word in words_of(words, f"{where}: {name}"):
            if word.startswith("+") and word[1:] not in found:
                raise DataError(f"{where}: {name}: no class {word[1:]!r} above it")
            plain |= found[word[1:]] if word.startswith("+") else {word}
        found[str(name)] = frozenset(plain)
    return found


def _indexed(senses: Iterable[Sense], part: str) -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for sense in senses:
        if sense.part == part:
            found.setdefault(sense.word, []).append(sense)
    return {word: tuple(own) for word, own in found.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a file: words that share a meaning and its conditions."""

    body: Any
    where: str
    type: str
    classes: Mapping[str, frozenset[str]]

    def senses(self) -> Iterable[Sense]:
        if not isinstance(self.body, dict):
            raise DataError(f"{self.where}: expected a mapping")
        own = dict(self.body)
        words = {part: words_of(own.pop(part, []), f"{self.where}: {part}") for part in PARTS}
        if not any(words.values()):
            raise DataError(f"{self.where}: names no verbs, nouns or adjectives")
        mode = own.pop("mode", None)
        frame = self._frame(own.pop("frame", {}))
        attributive = bool(own.pop("attributive", False))
        if self.type != NO_ACT:
            load_codebook().require(self.type, mode, self.where)
        conditions = tuple(self._condition(str(key), value) for key, value in own.items())
        for part, entries in words.items():
            for entry in entries:
                word, *rest = entry.lower().split(" ")
                if part == "nouns" and rest:
                    word, rest = rest[-1], [word, *rest[:-1]]
                yield Sense(word, part, tuple(rest), self.type, mode, conditions, frame, attributive)

    def _frame(self, raw: Any) -> SenseFrame:
        if not isinstance(raw, dict) or set(raw) - _FRAME:
            raise DataError(f"{self.where}: frame: expected some of {', '.join(sorted(_FRAME))}")
        recipients = tuple(words_of(raw.get("recipients", []), f"{self.where}: frame.recipients"))
        return SenseFrame(raw.get("actor", ""), recipients, bool(raw.get("reciprocal", False)), raw.get("status"))

    def _condition(self, key: str, value: Any) -> Condition:
        negated = key.startswith("not-")
        slot = key.removeprefix("not-")
        if slot not in SLOTS | PREPOSITIONS:
            raise DataError(f"{self.where}: {key!r} is no key, slot or preposition")
        words: set[str] = set()
        tests: set[str] = set()
        for word in words_of(value, f"{self.where}: {key}", lower=False):
            if word.startswith("+"):
                if word[1:] not in self.classes:
                    raise DataError(f"{self.where}: {key}: no class {word[1:]!r}")
                words |= self.classes[word[1:]]
            elif word.isupper() and word in TESTS:
                tests.add(word)
            else:
                words.add(word)
        if long := next((word for word in sorted(words) if word.count(" ") > 1), None):
            raise DataError(f"{self.where}: {key}: {long!r}: a thing is called by its word and the one before it")
        label = f"{'no ' if negated else ''}{slot} {'/'.join(value[:6])}{'…' if len(value) > 6 else ''}"
        return Condition(slot, frozenset(words), frozenset(tests), negated, label)
