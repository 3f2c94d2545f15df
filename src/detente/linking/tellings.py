"""Events of an archive as joining compares them: sides, days, words and numbers of each telling."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.archive.writing import chunked
from detente.checks.lexicon import load_calendar
from detente.linking.joins import load_joins
from detente.linking.words import stem, stems_of

LONGEST_SENTENCE = 600
"""Characters around a trigger that are compared: a list or a table in one line is no sentence."""

_STOP = re.compile(r"(?<=[a-z0-9)’”\"][.!?])[\"”’)]*\s+(?=[\"“A-Z])|\n+")
_KICKER = re.compile(r"[“\"]?[A-Z0-9][^:.\n]{2,80}: (?=[A-Z“\"])")
_NAME = re.compile(r"\b[A-Z][\w’'-]+")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?!\w)|\d+(?!\w)|\w+")
_YEARLIKE = range(1900, 2100)
_AFTER, _BEFORE = 4, 6
"""Words from "kills" to its number, and back from "are killed" to it."""

_VAGUE = -1
"""Stands for "dozens": it counts, and nobody knows how many."""

MOST_COUNTED = 10_000_000


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an act: codes of countries, ids of known entities, stems of all names, and of those of persons."""

    countries: frozenset[str]
    entities: frozenset[str]
    names: frozenset[str]
    persons: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.countries or self.names)

    def __or__(self, other: Side) -> Side:
        return Side(
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
    actors: Side
    recipients: Side
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
    def parties(self) -> Side:
        """Both sides as one."""
        return self.actors | self.recipients


def load_tellings(db: sqlite3.Connection, where: str = "", values: Iterable[object] = ()) -> dict[int, Telling]:
    """All tellings by event number, or those `where` (a condition on table ``event``) names.

    Acts told again in the same report and events judged wrong are left out.
    """
    condition = f"AND ({where})" if where else ""
    values = tuple(values)
    sides: dict[tuple[int, str], list[sqlite3.Row]] = defaultdict(list)
    for row in db.execute(
        f"SELECT event_party.* FROM event_party JOIN event ON event.n = event_party.event WHERE 1 {condition} "
        "ORDER BY event, side, position",
        values,
    ):
        sides[row["event"], row["side"]].append(row)
    rows = db.execute(
        "SELECT event.*, report.report_date, report.text FROM event JOIN report ON report.n = event.report "
        f"WHERE same_as IS NULL AND verdict IS NOT 'wrong' {condition} ORDER BY event.n",
        values,
    )
    return {
        row["n"]: _telling(
            row, _side(sides.get((row["n"], "actor"), ())), _side(sides.get((row["n"], "recipient"), ()))
        )
        for row in rows
    }


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around ``text[start:end]``, cut to `LONGEST_SENTENCE` about it."""
    low, high = max(0, start - LONGEST_SENTENCE // 2), min(len(text), end + LONGEST_SENTENCE // 2)
    for stop in _STOP.finditer(text, low, high):
        if stop.end() <= start:
            low = stop.end()
        elif stop.start() >= end:
            high = stop.start()
            break
    return low, high


def sentences_of(db: sqlite3.Connection, events: Sequence[int]) -> dict[int, str]:
    """Event number → the sentence of its trigger, on one line."""
    found: dict[int, str] = {}
    for batch in chunked(events):
        marks = ", ".join("?" * len(batch))
        query = (
            "SELECT event.n, trigger_start, trigger_end, text FROM event JOIN report ON report.n = event.report "
            f"WHERE event.n IN ({marks})"
        )
        for number, start, end, text in db.execute(query, batch):
            low, high = sentence_at(text, start, end)
            found[number] = " ".join(text[low:high].split())
    return found


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
    words, months = load_joins().number_words, load_calendar().months
    found: list[int | None] = []
    for place, token in enumerate(tokens):
        beside = {tokens[max(0, place - 1)].lower(), tokens[min(len(tokens) - 1, place + 1)].lower()}
        found.append(None if beside & months.keys() else _number(token, words))
    return found


def _number(token: str, words: Mapping[str, int]) -> int | None:
    if token.replace(",", "").isdecimal():
        number = int(token.replace(",", ""))
        return number if number <= MOST_COUNTED and ("," in token or number not in _YEARLIKE) else None
    lowered = token.lower()
    return _VAGUE if lowered in load_joins().vague else words.get(lowered)


def _side(rows: Iterable[sqlite3.Row]) -> Side:
    rows = list(rows)
    return Side(
        frozenset(row["country"] for row in rows if row["country"] and row["country"] != "---"),
        frozenset(row["entity"] for row in rows if row["entity"]),
        frozenset(stem_ for row in rows for stem_ in stems_of(row["name"])),
        frozenset(stem_ for row in rows if row["role"] for stem_ in stems_of(row["name"])),
    )


def _telling(row: sqlite3.Row, actors: Side, recipients: Side) -> Telling:
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
        trigger=stem(text[start:end]),
        stems=frozenset(stems_of(text[low:high])),
        named=frozenset(stems_of(" ".join(_NAME.findall(text, low, high)))),
        own=frozenset(stems_of(own)),
        numbers={**counted_in(text[low:high]), **counted_in(own)},
        figures=figures_in(text[low:high]),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
