"""Look-ups as of a day: names to entries, offices to holders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from detente.knowledge.entry import Entry
from detente.knowledge.gatherings import Calendar, key_of_gathering, load_calendar, shipped_gatherings
from detente.knowledge.index import Index, Known
from detente.knowledge.naming import cased_key, is_initial, parts_of
from detente.knowledge.ranking import as_on, seen_from, weight_of
from detente.knowledge.tables import (
    COLUMNS,
    GATHERING,
    TABLES,
    load_common_words,
    load_offices,
    load_titles,
    read_extra,
    read_shipped,
)

_KIND = COLUMNS.index("kind")
_NO_LENGTHS: tuple[int, ...] = ()
# More than any weight of `weight_of`: what the user says comes first.
_OWN_WEIGHT = 10_000

_MOST_KEPT = 10_000
"""Answers that are kept: a report asks for one name many times, in several rooms."""


class Knowledge:
    """All tables, with look-ups as of a day. `as_of` of null means any day."""

    def __init__(self, tables: Iterable[Sequence[Sequence[str]]] = (), extra: Sequence[Sequence[str]] = ()) -> None:
        own = [row for row in extra if row[_KIND] == GATHERING]
        self._index = Index(tables, [row for row in extra if row[_KIND] != GATHERING])
        self._common = load_common_words()
        self._gatherings = own
        self._answers: dict[tuple[str, date | None], tuple[Entry, ...]] = {}

    @cached_property
    def calendar(self) -> Calendar:
        """Summits, visits, elections and games with their days: the shipped ones and the user's own."""
        if not self._gatherings:
            return load_calendar()
        return Calendar((*shipped_gatherings(), *map(_own_gathering, self._gatherings)))

    def named(self, name: str, as_of: date | None = None) -> tuple[Entry, ...]:
        """What `name` as written may stand for on that day, likeliest first; empty where nothing is known.

        One entry an entity where a day is given: the fact that holds on it, else what is nearest (a person who has
        left office is ``CVL`` and "former …"). All facts in order of time where no day is given.
        """
        found = self._answers.get((name, as_of))
        if found is None:
            if len(self._answers) >= _MOST_KEPT:
                self._answers.clear()
            found = self._answers[name, as_of] = self._named(name, as_of)
        return found

    def _named(self, name: str, as_of: date | None) -> tuple[Entry, ...]:
        known = self._known_as(name)
        if as_of is None:
            return self._all_of(known)
        day = as_of.isoformat()
        best: dict[str, tuple[float, Entry]] = {}
        for one in known:
            found = self._on(one, day)
            identity = self._index.id_of(one.row)
            if found is not None and (identity not in best or best[identity][0] < found[0]):
                best[identity] = found
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        return tuple(entry for _, (_, entry) in ranked)

    def longest_at(self, words: Sequence[str], start: int) -> int:
        """End of the longest known name that begins at ``words[start]`` (tokens as written); `start` where none.

        Family names count only for those who are known by them alone (heads of state and the like).
        """
        first = parts_of(words[start])
        if not first:
            return start
        lengths = self._index.lengths.get(first[0].casefold(), _NO_LENGTHS)
        if not lengths:
            return start
        stop = min(start + 2 * lengths[0], len(words))
        end = self._end_of(words, start, stop, first, lengths, initials=True)
        if end <= start + 1 and any(is_initial(word) for word in words[start + 1 : stop]):
            return max(end, self._end_of(words, start, stop, first, lengths, initials=False))
        return end

    def _end_of(
        self,
        words: Sequence[str],
        start: int,
        stop: int,
        first: tuple[str, ...],
        lengths: Sequence[int],
        *,
        initials: bool,
    ) -> int:
        """`longest_at` past the first word; without `initials`, "J." between names is passed over."""
        parts = list(first)
        ends = {len(parts): start + 1}
        for i in range(start + 1, stop):
            if len(parts) >= lengths[0]:
                break
            if not initials and is_initial(words[i]):
                continue
            more = parts_of(words[i])
            parts += more
            if more:
                ends[len(parts)] = i + 1
        for length in lengths:
            end = ends.get(length)
            if end is not None and self._index.is_findable(" ".join(parts[:length])):
                return end
        return start

    def holder(self, office: str, country: str, as_of: date | None) -> Entry | None:
        """Who held the office ("head_of_state", "foreign_minister" …) of a country on that day; null if unknown.

        With no day, the last holder known. A term whose end is not known counts until another's begins. Where the
        head of state heads the government too, both offices are one.
        """
        if office == "head_of_government" and self.office_of("head of government", country) == "head_of_state":
            office = "head_of_state"
        rows = self._index.holders(office, country)
        if as_of is not None:
            day = as_of.isoformat()
            rows = [row for row in rows if self._index.entry(row).holds_on(day)]
        if not rows:
            return None
        return self._index.entry(
            max(rows, key=lambda row: (self._is_own(row), self._index.entry(row).start or "", row))
        )

    def terms(self, office: str, country: str) -> tuple[Entry, ...]:
        """All known holders of the office of a country, in order of time."""
        entries = [self._index.entry(row) for row in self._index.holders(office, country)]
        return tuple(sorted(entries, key=lambda entry: (entry.start or "", entry.id)))

    def office_of(self, title: str, country: str | None = None) -> str | None:
        """The kind of office a title names in a country ("chancellor", "DEU" → "head_of_government").

        Null where the title names none there; the sense in most countries where `country` is null.
        """
        senses = load_titles().get(title.casefold().replace("-", " ").replace(".", ""))
        if senses is None:
            return None
        return senses.get(country or "", senses.get("")) or None

    def is_title(self, title: str) -> bool:
        """Whether the words, in any case, name an office ("prime minister", "home secretary")."""
        return title.casefold().replace("-", " ").replace(".", "") in load_titles()

    def sector_of_office(self, office: str) -> str:
        """The sector of who holds such an office."""
        return load_offices()[office].sector

    def is_common_word(self, name: str) -> bool:
        """Whether the name is also an ordinary word or a given name ("May", "Brown", "Turkey", "Jordan").

        Such a name needs more evidence than its capital letter.
        """
        return " ".join(parts_of(name)).casefold() in self._common

    def state(self, country: str) -> Entry | None:
        """The state or territory of a country code, as it is today; null for no such code."""
        return self._index.state(country)

    def _known_as(self, name: str) -> list[Known]:
        cased = cased_key(name)
        known = self._index.known_as(cased)
        if not known and cased[:4] in {"the ", "The "}:
            known = self._index.known_as(cased[4:])
        if not known and any(map(is_initial, name.split()[1:-1])):
            first, *others = name.split()
            known = self._index.known_as(cased_key(" ".join([first, *(w for w in others if not is_initial(w))])))
        return known

    def _on(self, known: Known, day: str) -> tuple[float, Entry] | None:
        """The weight among namesakes, and the entry, of what a name stands for on a day."""
        rows = self._index.facts(known)
        own = [row for row in rows if self._is_own(row) and self._index.entry(row).holds_on(day)]
        fact = as_on([self._index.entry(row) for row in own or rows], day)
        if fact is None:
            return None
        entry = seen_from(fact, day)
        if known.form == "family":
            entry = replace(entry, form="family")
        return weight_of(entry, fact, day) + (_OWN_WEIGHT if own else 0), entry

    def _all_of(self, known: Sequence[Known]) -> tuple[Entry, ...]:
        rows = {row: one for one in known for row in self._index.facts(one)}
        entries = []
        for row, one in rows.items():
            entry = self._index.entry(row)
            entries.append(replace(entry, form="family") if one.form == "family" else entry)
        return tuple(sorted(entries, key=lambda entry: (entry.kind == "person", entry.start or "", entry.id)))

    def _is_own(self, row: int) -> bool:
        return row >= self._index.first_own


def _own_gathering(row: Sequence[str]) -> tuple[str, ...]:
    cells = dict(zip(COLUMNS, row, strict=True))
    names = [cells["name"], *filter(None, cells["aliases"].split("|"))]
    keys = "|".join(dict.fromkeys(map(key_of_gathering, names)))
    return cells["name"], keys, "other", cells["start"], cells["end"], cells["role"], cells["country"], ""


def load_knowledge(extra: Path | None = None) -> Knowledge:
    """The tables that ship with the package, and the user's own over them; raises `DataError` where one is not valid.

    A user's row overrules the shipped ones of the same `id` (or, without an id, of the same name and kind) on the
    days it covers, and comes before any other namesake.
    """
    if extra is None:
        return _shipped()
    return Knowledge(_tables(), read_extra(extra))


@cache
def _shipped() -> Knowledge:
    return Knowledge(_tables())


def _tables() -> Iterable[Sequence[Sequence[str]]]:
    return (read_shipped(table) for table in TABLES)
