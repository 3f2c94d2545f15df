"""Events of an archive as linking compares them: sides, days, words and numbers of each telling."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from detente.archive.linked import Which, events_to_compare, sides_to_compare, told_between
from detente.archive.sentences import sentence_at
from detente.checks.lexicon import load_calendar
from detente.linking.joins import Joins, load_joins
from detente.linking.words import stem, stems_of

_KICKER = re.compile(r"[“\"]?[A-Z0-9][^:.\n]{2,80}: (?=[A-Z“\"])")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\w)|\d+(?!\w)|\w+")
_YEARLIKE = range(1900, 2100)
_AFTER, _BEFORE = 4, 6
"""Words from "kills" to its number, and back from "are killed" to it."""

_VAGUE = -1
"""Stands for "dozens": it counts, and nobody knows how many."""

_LONGEST_PARTICLE = 3
"""Letters of "bin", "van" and "der", which go on with a name."""

MOST_COUNTED = 10_000_000


class Row(Protocol):
    """Columns by name, whoever keeps them."""

    def __getitem__(self, name: str, /) -> Any:
        """The value of a column."""


@dataclass(frozen=True, slots=True)
class ToldSide:
    """One side of an act: codes of countries, ids of known entities, stems of all names, and of those of persons."""

    countries: frozenset[str]
    entities: frozenset[str]
    names: frozenset[str]
    persons: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.countries or self.names)

    def __or__(self, other: ToldSide) -> ToldSide:
        return ToldSide(
            self.countries | other.countries,
            self.entities | other.entities,
            self.names | other.names,
            self.persons | other.persons,
        )


@dataclass(frozen=True, slots=True)
class Telling:
    """An event as one report tells it.

    `said` is the day of the report; `first` and `last` are the days the act may fall on, null where none is told.
    `dated` is false where that is only the day of the report. `stems` are those of the sentence with the trigger,
    `named` those of its capitalised words, `own` those of the evidence alone. `numbers` lead from what is counted to
    the number told, in the evidence or else in its sentence; `figures` are all numbers of the sentence.
    """

    event: int
    id: str
    report: int
    said: date | None
    type: str
    mode: str | None
    status: str
    first: date | None
    last: date | None
    dated: bool
    actors: ToldSide
    recipients: ToldSide
    place: frozenset[str]
    place_country: str | None
    said_by: str | None
    trigger: str
    stems: frozenset[str]
    named: frozenset[str]
    own: frozenset[str]
    numbers: Mapping[str, int]
    figures: frozenset[int]

    @property
    def parties(self) -> ToldSide:
        """Both sides as one."""
        return self.actors | self.recipients


def load_tellings(db: sqlite3.Connection, which: Which | None = None) -> dict[int, Telling]:
    """All tellings by event number, or those of `which` events.

    Acts told again in the same report and events judged wrong are left out.
    """
    wanted = which or told_between(None)
    sides = sides_to_compare(db, wanted)
    return {
        row["n"]: telling_of(
            row, side_of(sides.get((row["n"], "actor"), ())), side_of(sides.get((row["n"], "recipient"), ()))
        )
        for row in events_to_compare(db, wanted)
    }


def counted_in(words: str) -> dict[str, int]:
    """What is counted in `words`, and the number: "killing at least 85 people" → killed 85. The first of each."""
    joins = load_joins()
    tokens = [match[0] for match in _NUMBER.finditer(words)]
    kinds = [joins.counted.get(stem(token)) for token in tokens]
    numbers = _numbers(tokens)
    found: dict[str, int] = {}
    for place, kind in enumerate(kinds):
        if kind is None or kind in found:
            continue
        passive = bool({tokens[place].lower(), tokens[max(0, place - 1)].lower()} & joins.passive)
        after = None if passive else _first(numbers, kinds, range(place + 1, place + 1 + _AFTER))
        before = _first(numbers, kinds, range(place - 1, place - 1 - _BEFORE, -1))
        number = before if after is None else after
        if number is not None and number != _VAGUE:
            found[kind] = number
    return found


def _first(numbers: Sequence[int | None], kinds: Sequence[str | None], places: range) -> int | None:
    """The first number at `places`, before another thing is counted."""
    for place in places:
        if not 0 <= place < len(numbers) or kinds[place] is not None:
            return None
        if numbers[place] is not None:
            return numbers[place]
    return None


def figures_in(words: str) -> frozenset[int]:
    """All numbers in `words`, in digits or letters, but days and years."""
    numbers = _numbers([match[0] for match in _NUMBER.finditer(words)])
    return frozenset(n for n in numbers if n is not None and n != _VAGUE)


def _numbers(tokens: Sequence[str]) -> list[int | None]:
    """The number each token is, null for words, days of a month and years."""
    joins = load_joins()
    found = [_number(token, joins) for token in tokens]
    for place, number in enumerate(found):
        if number is not None and (_is_in_date(tokens, place) or _is_aside(tokens, place)):
            found[place] = None
    return found


def _is_in_date(tokens: Sequence[str], place: int) -> bool:
    """Whether a month stands on either side."""
    beside = {tokens[max(0, place - 1)].lower(), tokens[min(len(tokens) - 1, place + 1)].lower()}
    return not beside.isdisjoint(load_calendar().months)


def _is_aside(tokens: Sequence[str], place: int) -> bool:
    """An age, or a part of those who are counted: *a 17-year-old*, *including three children*."""
    behind = [token.lower() for token in tokens[place + 1 : place + 3]]
    if behind in (["year", "old"], ["years", "old"]):
        return True
    before = tokens[place - 1].lower() if place else ""
    return before in load_joins().parts


def _number(token: str, joins: Joins) -> int | None:
    if token.replace(",", "").isdecimal():
        number = int(token.replace(",", ""))
        return number if number <= MOST_COUNTED and ("," in token or number not in _YEARLIKE) else None
    lowered = token.lower()
    return _VAGUE if lowered in joins.vague else joins.number_words.get(lowered)


def side_of(rows: Iterable[Row]) -> ToldSide:
    """A side of its parties: rows with their country, entity, name and role."""
    rows = list(rows)
    return ToldSide(
        frozenset(row["country"] for row in rows if row["country"] and row["country"] != "---"),
        frozenset(row["entity"] for row in rows if row["entity"]),
        frozenset(stem_ for row in rows for stem_ in stems_of(row["name"])),
        frozenset(stem_ for row in rows if row["role"] and _is_named(row) for stem_ in stems_of(row["name"])),
    )


def _is_named(row: Row) -> bool:
    """Whether a person has a name of his own: gunmen and the assassins of the president have none."""
    words = row["name"].split()
    return bool(row["entity"]) or (
        words[-1][:1].isupper() and not any(word.islower() and len(word) > _LONGEST_PARTICLE for word in words)
    )


def telling_of(row: Row, actors: ToldSide, recipients: ToldSide) -> Telling:
    """A telling of the columns of its event, and of the text that its offsets are in."""
    text, start, end = row["text"], row["trigger_start"], row["trigger_end"]
    low, high = sentence_at(text, start, end)
    if kicker := _KICKER.match(text, low, high):
        # Words every report of a topic begins with; an act named in them is not what this one tells.
        low = kicker.end() if kicker.end() <= start else high
    own = text[row["evidence_start"] : row["evidence_end"]]
    return Telling(
        event=row["n"],
        id=row["id"],
        report=row["report"],
        said=_day(row["report_date"]),
        type=row["type"],
        mode=row["mode"],
        status=row["status"],
        first=_day(row["date_start"]),
        last=_day(row["date_end"]),
        dated=bool(row["date_start"]) and not row["date_is_report"],
        actors=actors,
        recipients=recipients,
        place=frozenset(stems_of(row["place"] or "")),
        place_country=row["place_country"],
        said_by=row["said_by"],
        trigger=load_joins().naming(text[start:end]),
        stems=frozenset(stems_of(text[low:high])),
        named=frozenset(stems_of(" ".join(_NAME.findall(text, low, high)))),
        own=frozenset(stems_of(own)),
        numbers={**counted_in(text[low:high]), **counted_in(own)},
        figures=figures_in(text[low:high]),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
