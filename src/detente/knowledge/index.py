"""The index over all rows: from keys of names to entities, from offices to holders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, cast

from detente.knowledge.entry import Entry, EntryKind, Form
from detente.knowledge.families import family_names
from detente.knowledge.naming import case_fits, cased_key
from detente.knowledge.ranking import reach_of

# Family names are found in running text from this reach on: a head of state of a country sometimes in the news, a
# foreign minister of one that often is.
FINDABLE_REACH = 18.0


class Known(NamedTuple):
    """A name as it is known: its cased key, what form it is, and the row that gives it."""

    cased: str
    form: Form
    row: int


class Index:
    """Built once from cells in the order of `COLUMNS`; entries are made when asked for, since most never are."""

    def __init__(self, tables: Iterable[Sequence[Sequence[str]]], extra: Sequence[Sequence[str]]) -> None:
        self._cells: list[Sequence[str]] = []
        self._ids: list[str] = []
        self._entries: dict[int, Entry] = {}
        self._by_key: dict[str, list[Known]] = {}
        self._by_id: dict[str, list[int]] = {}
        self._by_office: dict[tuple[str, str], list[int]] = {}
        self._findable: dict[str, list[str]] = {}
        self._states: dict[str, int] = {}
        for table in tables:
            for cells in table:
                self._add(cells)
        self.first_own = len(self._cells)
        for cells in extra:
            self._add(cells)
        self.lengths = self._lengths()

    def known_as(self, cased: str) -> list[Known]:
        """The names that may be written as the cased key."""
        found = self._by_key.get(cased.casefold(), ())
        return [known for known in found if case_fits(known.cased, cased)]

    def is_findable(self, cased: str) -> bool:
        """Whether the cased key is a name to find in running text."""
        return any(case_fits(known, cased) for known in self._findable.get(cased.casefold(), ()))

    def id_of(self, row: int) -> str:
        """The id of the entity a row is about."""
        return self._ids[row]

    def facts(self, known: Known) -> list[int]:
        """The rows that tell of the same entity what the name stands for: all of a person, those of equal form else."""
        rows = self._by_id[self._ids[known.row]]
        form = self._cells[known.row][4]
        return [row for row in rows if self._cells[row][4] == form]

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        entry = self._entries.get(row)
        if entry is None:
            entry = self._entries[row] = _entry(self._cells[row], self._ids[row])
        return entry

    def holders(self, office: str, country: str) -> list[int]:
        """The rows of who held an office of a country."""
        return self._by_office.get((office, country), [])

    def state(self, country: str) -> Entry | None:
        """The state or territory of a code; null where there is none."""
        row = self._states.get(country)
        return None if row is None else self.entry(row)

    def _add(self, cells: Sequence[str]) -> None:
        row = len(self._cells)
        given, name, aliases, family, form, kind, country, _, _, office, _, end = cells[:12]
        identity = given or self._id_by_name(name, kind)
        self._cells.append(cells)
        self._ids.append(identity)
        self._by_id.setdefault(identity, []).append(row)
        person = kind == "person"
        # The name of a row of adjectives is the state's; only its aliases are written for the adjective.
        names = () if form in {"adjective", "people"} else (name,)
        for alias in (*names, *aliases.split("|")) if aliases else names:
            self._add_name(alias, cast(Form, form or "name"), row, findable=True)
        if person:
            findable = reach_of(office, country) >= FINDABLE_REACH
            for alias in family.split("|") if family else family_names(name, country):
                self._add_name(alias, "family", row, findable=findable)
        if office:
            self._by_office.setdefault((office, country), []).append(row)
        if kind == "state" and not form and not end:
            self._states.setdefault(country, row)

    def _add_name(self, name: str, form: Form, row: int, *, findable: bool) -> None:
        cased = cased_key(name)
        key = cased.casefold()
        self._by_key.setdefault(key, []).append(Known(cased, form, row))
        if findable:
            self._findable.setdefault(key, []).append(cased)

    def _id_by_name(self, name: str, kind: str) -> str:
        for known in self._by_key.get(cased_key(name).casefold(), ()):
            if known.form != "family" and self._cells[known.row][5] == kind:
                return self._ids[known.row]
        return f"{kind}:{name}"

    def _lengths(self) -> dict[str, tuple[int, ...]]:
        sets: dict[str, set[int]] = {}
        for key in self._findable:
            sets.setdefault(key.split(" ", 1)[0], set()).add(key.count(" ") + 1)
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sets.items()}


def _entry(cells: Sequence[str], identity: str) -> Entry:
    _, name, _, _, form, kind, country, sector, role, office, start, end, as_of, source = cells
    return Entry(
        id=identity,
        name=name,
        kind=cast(EntryKind, kind),
        country=country or None,
        sector=sector or None,
        role=role or None,
        office=office or None,
        start=start or None,
        end=end or None,
        source=source,
        form=cast(Form, form or "name"),
        as_of=as_of or None,
    )
