"""The calendar of gatherings: summits, visits, elections, inaugurations and games, found by what texts call them.

The table ``data/gatherings.csv.gz`` has a line for each: the name to show, the names that texts use (lower case, joined
by ``|``), its kind, first and last day, town, state and the states that took part. A user's own gatherings stand in the
table given with ``--knowledge`` as rows of kind ``gathering``.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files

from detente.errors import DataError

COLUMNS = ("name", "names", "kind", "start", "end", "place", "country", "participants")
KINDS = ("summit", "bilateral", "election", "games", "other")
_TABLE = "knowledge/data/gatherings.csv.gz"
BESIDE = 4
"""Words beside a gathering's name in which its town and its year are looked for."""

_WORD = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PAIR = re.compile(r"([^\W\d]{3,})-([^\W\d]{3,}) (?:meeting|talks)")
_STRIPPED = ".,;:!?()[]“”\"'’‘"


@dataclass(frozen=True, slots=True)
class Gathering:
    """One gathering: what it is called, its days (both inclusive), town and state, and who took part."""

    name: str
    kind: str
    start: date
    end: date
    place: str | None
    country: str | None
    participants: tuple[str, ...] = ()

    def days_from(self, day: date) -> int:
        """Days from `day` to the gathering: positive while it lies ahead, 0 while it is held, negative when over."""
        if day < self.start:
            return (self.start - day).days
        return min((self.end - day).days, 0)


@dataclass(frozen=True, slots=True)
class Named:
    """Words ``start:end`` of `words` (a text cut at spaces) that name gatherings, all of that name in order of time.

    `first` and `last` are the code points between which the name stands.
    """

    words: tuple[str, ...]
    start: int
    end: int
    first: int
    last: int
    gatherings: tuple[Gathering, ...]

    def before(self, count: int) -> tuple[str, ...]:
        """The keys of so many words before the name."""
        return tuple(word_key(word) for word in self.words[max(0, self.start - count) : self.start])

    def meant(self) -> tuple[tuple[Gathering, ...], bool]:
        """The gatherings that the words beside the name leave, and whether they leave one: by its town or its year."""
        keys = {*self.before(BESIDE), *(word_key(word) for word in self.words[self.end : self.end + BESIDE])}
        years = {int(key) for key in keys if _YEAR.fullmatch(key)}
        placed = [g for g in self.gatherings if g.place and _word_of(g.place) in keys]
        dated = [g for g in placed or self.gatherings if g.start.year in years]
        left = dated or placed
        if left:
            return tuple(left), True
        return self.gatherings, len(self.gatherings) == 1


class Calendar:
    """Gatherings by any of their names."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._rows = [tuple(row) for row in rows]
        self._by_name: dict[str, list[int]] = {}
        self._longest: dict[str, int] = {}
        self._pairs: dict[str, dict[str, list[int]]] | None = None
        self._last: tuple[str, tuple[Named, ...]] | None = None
        for number, row in enumerate(self._rows):
            for name in row[1].split("|"):
                known = self._by_name.get(name)
                if known is None:
                    self._by_name[name] = [number]
                    first, _, rest = name.partition(" ")
                    length = rest.count(" ") + 2 if rest else 1
                    if length > self._longest.get(first, 0):
                        self._longest[first] = length
                else:
                    known.append(number)

    def named(self, name: str) -> tuple[Gathering, ...]:
        """The gatherings of a name, in order of time."""
        numbers = self._by_name.get(key_of_gathering(name), ())
        return tuple(sorted((_gathering(self._rows[n]) for n in numbers), key=lambda g: (g.start, g.name)))

    def meetings(self, keys: Set[str]) -> tuple[Gathering, ...]:
        """The meetings of two leaders who are both among `keys` (keys of words), in order of time."""
        if self._pairs is None:
            self._pairs = {}
            for name, numbers in self._by_name.items():
                pair = _PAIR.fullmatch(name)
                if pair is not None:
                    self._pairs.setdefault(pair[1], {}).setdefault(pair[2], []).extend(numbers)
        found = {
            n
            for one in keys & self._pairs.keys()
            for other, of in self._pairs[one].items()
            if other in keys
            for n in of
        }
        return tuple(sorted((_gathering(self._rows[n]) for n in found), key=lambda g: (g.start, g.name)))

    def find(self, text: str) -> tuple[Named, ...]:
        """The longest names of gatherings in `text`, from left to right.

        A name counts only where one of its words is written with a capital or holds a digit: "the debate" is none.
        What was found last is kept: several rooms ask for the same text.
        """
        if self._last is None or self._last[0] is not text:
            self._last = text, tuple(self._find(text))
        return self._last[1]

    def _find(self, text: str) -> Iterator[Named]:
        words = tuple(text.split())
        keys = [word_key(word) for word in words]
        marks: list[tuple[int, int]] = []
        i = 0
        while i < len(keys):
            end = self._end_of(keys, i) if keys[i] in self._longest else i
            if end > i and any(word[:1].isupper() or any(c.isdigit() for c in word) for word in words[i:end]):
                marks = marks or [match.span() for match in _WORD.finditer(text)]
                last = marks[end - 1][0] + len(words[end - 1].rstrip(_STRIPPED))
                yield Named(words, i, end, marks[i][0], last, self.named(" ".join(keys[i:end])))
                i = end
            else:
                i += 1

    def _end_of(self, keys: Sequence[str], start: int) -> int:
        for length in range(min(self._longest.get(keys[start], 0), len(keys) - start), 0, -1):
            if " ".join(keys[start : start + length]) in self._by_name:
                return start + length
        return start


def key_of_gathering(name: str) -> str:
    """The key a gathering is found under."""
    return " ".join(word_key(word) for word in name.split())


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """The key of a word of a name: lower case, without marks at its ends; "European Council's" is the Council."""
    bare = word.replace("’", "'").strip(_STRIPPED).casefold()
    return bare.removesuffix("'s") if bare.endswith("'s") else bare


def _word_of(place: str) -> str:
    """The longest word of a place's name."""
    return word_key(max(place.split(",")[0].split(), key=len))


def nearest(gatherings: Iterable[Gathering], day: date) -> Gathering | None:
    """The gathering that lies nearest to a day; null where there is none."""
    return min(gatherings, key=lambda g: (abs(g.days_from(day)), g.start), default=None)


def fault_of(row: Mapping[str, str]) -> str | None:
    """What is wrong with a row, in words; null where nothing is."""
    if not row["names"] or row["names"] != row["names"].casefold():
        return "the names must be told, in lower case."
    if row["kind"] not in KINDS:
        return f"kind {row['kind']!r} is none of {', '.join(KINDS)}."
    try:
        first, last = date.fromisoformat(row["start"]), date.fromisoformat(row["end"] or row["start"])
    except ValueError:
        return f"{row['start']!r} to {row['end']!r} are no days like 2021-06-14."
    if last < first or last - first > timedelta(400):
        return f"{row['start']} to {row['end']} is no time in which people gather."
    return None


@lru_cache(maxsize=8192)
def _gathering(row: tuple[str, ...]) -> Gathering:
    name, _, kind, start, end, place, country, participants = row
    first = date.fromisoformat(start)
    last = date.fromisoformat(end) if end else first
    return Gathering(name, kind, first, last, place or None, country or None, tuple(participants.split()))


@cache
def shipped_gatherings() -> tuple[tuple[str, ...], ...]:
    """The rows of the package's calendar, read once; raises `DataError` where it is not valid."""
    text = gzip.decompress(files("detente").joinpath(_TABLE).read_bytes()).decode("utf-8")
    columns, *rows = csv.reader(io.StringIO(text))
    if tuple(columns) != COLUMNS:
        raise DataError(f"{_TABLE}: the columns are not {', '.join(COLUMNS)}.")
    return tuple(map(tuple, rows))


@cache
def load_calendar() -> Calendar:
    """The calendar of the package."""
    return Calendar(shipped_gatherings())
