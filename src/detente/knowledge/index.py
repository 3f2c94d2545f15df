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
    """A name as it is known: its cased key, what form it is, the row that gives it, whether text is searched for it."""

    cased: str
    form: Form
    row: int
    findable: bool


class Index:
    """Built once from cells in the order of `COLUMNS`; entries are made when asked for, since most never are."""

    def __init__(self, tables: Iterable[Sequence[Sequence[str]]], extra: Sequence[Sequence[str]]) -> None:
        self._cells: list[Sequence[str]] = []
        self._ids: list[str] = []
        self._entries: dict[int, Entry] = {}
        # Plain tuples with the fields of `Known`: making named ones would double the time of loading.
        self._by_key: dict[str, list[tuple[str, str, int, bool]]] = {}
        self._by_id: dict[str, list[int]] = {}
        self._by_office: dict[tuple[str, str], list[int]] = {}
        self._states: dict[str, int] = {}
        self._lengths: dict[str, set[int]] = {}
        for table in tables:
            for cells in table:
                self._add(cells)
        self.first_own = len(self._cells)
        for cells in extra:
            self._add(cells)
        self.lengths = {first: tuple(sorted(of, reverse=True)) for first, of in self._lengths.items()}

    def known_as(self, cased: str) -> list[Known]:
        """The names that may be written as the cased key."""
        found = self._by_key.get(cased.casefold(), ())
        return [Known(*known) for known in found if case_fits(known[0], cased)]  # type: ignore[arg-type]

    def is_findable(self, cased: str) -> bool:
        """Whether the cased key is a name to find in running text."""
        found = self._by_key.get(cased.casefold(), ())
        return any(known[3] and case_fits(known[0], cased) for known in found)

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
        given, name, aliases, family, form, kind, country, _, _, office, _, end, _, _ = cells
        identity = given or self._id_by_name(name, kind)
        self._cells.append(cells)
        self._ids.append(identity)
        rows = self._by_id.get(identity)
        if rows is None:
            self._by_id[identity] = [row]
        else:
            rows.append(row)
        if kind == "person":
            self._add_person(row, name, aliases, family, country, office, first=rows is None)
        else:
            # The name of a row of adjectives is the state's; only its aliases are written for the adjective.
            if form not in {"adjective", "people"}:
                self._add_name(name, form or "name", row, findable=True)
            for alias in aliases.split("|") if aliases else ():
                self._add_name(alias, form or "name", row, findable=True)
            if kind == "state" and not form and not end:
                self._states.setdefault(country, row)
        if office:
            self._by_office.setdefault((office, country), []).append(row)

    def _add_person(
        self, row: int, name: str, aliases: str, family: str, country: str, office: str, *, first: bool
    ) -> None:
        # All posts of a person are found over any one of them, so that the names of the first row are enough.
        if first:
            self._add_name(name, "name", row, findable=True)
        for alias in aliases.split("|") if aliases else ():
            self._add_name(alias, "name", row, findable=True)
        findable = reach_of(office, country) >= FINDABLE_REACH
        if first or findable:
            for alias in family.split("|") if family else family_names(name, country):
                self._add_name(alias, "family", row, findable=findable)

    def _add_name(self, name: str, form: str, row: int, *, findable: bool) -> None:
        plain = name.isascii() and name.replace(" ", "").isalnum()
        cased = name if plain else cased_key(name)
        key = cased.lower() if plain else cased.casefold()
        known = self._by_key.get(key)
        if known is None:
            self._by_key[key] = [(cased, form, row, findable)]
        else:
            known.append((cased, form, row, findable))
        if findable:
            first, _, rest = key.partition(" ")
            length = rest.count(" ") + 2 if rest else 1
            lengths = self._lengths.get(first)
            if lengths is None:
                self._lengths[first] = {length}
            else:
                lengths.add(length)

    def _id_by_name(self, name: str, kind: str) -> str:
        for _, form, row, _ in self._by_key.get(cased_key(name).casefold(), ()):
            if form != "family" and self._cells[row][5] == kind:
                return self._ids[row]
        return f"{kind}:{name}"


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
