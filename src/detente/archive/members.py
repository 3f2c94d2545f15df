"""Who stands on a side of a pair: a state by its code, or a body, a group or a person by its name."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from detente.archive.asked import near_states
from detente.archive.states import NONE, code_of, known_codes
from detente.errors import UsageError
from detente.knowledge import load_knowledge

_KINDS = frozenset({"person", "organisation", "group", "body"})

CODE_LENGTH = 3
MOST_NEAR = 3

OFTEN = 20_000
"""Parties from which it does not matter how many more there are."""

_NEAR = """
SELECT name FROM event_party WHERE name LIKE ? ESCAPE '\\'
AND (country IS NULL OR sector <> 'GOV' OR entity IS NOT NULL)
GROUP BY name ORDER BY count(*) DESC, name LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Member:
    """A party that was asked for: `key` is the code of a state, or the name a body, group or person goes by."""

    key: str
    is_state: bool

    def meets(self, table: str = "", prefix: str = "") -> str:
        """The condition that a row is this party; its one value is `key`.

        The columns are ``country`` and ``name`` of `table`, with `prefix` before them.
        """
        column = f"{table and table + '.'}{prefix}{'country' if self.is_state else 'name'}"
        return f"{column} = ?" if self.is_state else f"{column} = ? COLLATE NOCASE"


def member_asked(db: sqlite3.Connection, given: str) -> Member:
    """The party meant by a code or name: ``RUS``, ``Russia``, ``NATO``, ``Houthis``, or a name as the archive has it.

    Raises `UsageError` with the nearest names where neither knows it.
    """
    code = code_of(given)
    if code is not None and code != NONE:
        return Member(code, True)
    known = _known_names(given)
    stored = (found for name in (*known, given.strip()) if (found := _stored(db, name)))
    name = next(stored, known[0] if known else None)
    if name is None:
        raise UsageError(f"{given!r} is no party that is known: {_meant(db, given)}")
    return Member(name, False)


def members_of(db: sqlite3.Connection, keys: Sequence[str]) -> list[Member]:
    """The parties of keys that `member_asked` gave; a key that is none is taken for a name."""
    return [Member(key, code_of(key) == key) for key in keys]


def rarer_first(db: sqlite3.Connection, members: Sequence[Member]) -> list[Member]:
    """The parties by how many events they are in, as far as that matters: what is to be found of several is looked for
    among the events of the first."""
    counted = "SELECT count(*) FROM (SELECT 1 FROM event_party WHERE {} LIMIT ?)"
    often = {m: db.execute(counted.format(m.meets()), (m.key, OFTEN)).fetchone()[0] for m in members}
    return sorted(members, key=lambda member: int(often[member]))


def _known_names(given: str) -> list[str]:
    """The names of who is called so in the tables, as written, in capitals (an acronym) and with a capital each."""
    words = given.strip()
    written = (words, words.upper(), words.title()) if words.islower() else (words,)
    entries = (entry for name in written for entry in load_knowledge().named(name))
    return list(dict.fromkeys(entry.name for entry in entries if entry.kind in _KINDS))


def _stored(db: sqlite3.Connection, name: str) -> str | None:
    for column, table in (("name", "event_party"), ("source_name", "statement")):
        row = db.execute(f"SELECT {column} FROM {table} WHERE {column} = ? COLLATE NOCASE LIMIT 1", (name,)).fetchone()
        if row is not None:
            return str(row[0])
    return None


def _meant(db: sqlite3.Connection, given: str) -> str:
    near = _near(db, given.strip())
    how = "Give a state by name or code like RUS, or a body, group or person by its name."
    return f"did you mean {' or '.join(near)}? {how}" if near else how[0].lower() + how[1:]


def _near(db: sqlite3.Connection, given: str) -> list[str]:
    near = near_states(given)
    if len(given) == CODE_LENGTH and given.isascii():
        codes = get_close_matches(given.upper(), sorted(known_codes()), n=MOST_NEAR)
        near += [f"{code} ({entry.name})" for code in codes if (entry := load_knowledge().state(code))]
    escaped = "".join(f"\\{c}" if c in "\\%_" else c for c in given)
    near += [name for (name,) in db.execute(_NEAR, (f"%{escaped}%", MOST_NEAR))] if given else []
    return list(dict.fromkeys(near))[:MOST_NEAR]
