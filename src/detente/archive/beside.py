"""Events of other data sets, kept beside the archive's own: in no count, series or answer of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.archive.clock import now
from detente.archive.told import pairs_among
from detente.errors import UsageError


@dataclass(frozen=True, slots=True)
class OtherAct:
    """An event of another data set between states, as its file has it.

    `kind` is the data set's own word for what was done, `quad` its quad class, 1 to 4; `actor` and `recipient` are the
    names it gives, `actors` and `recipients` the codes of their states.
    """

    id: str
    day: str
    quad: int
    kind: str | None
    intensity: float | None
    actor: str | None
    actors: tuple[str, ...]
    recipient: str | None
    recipients: tuple[str, ...]
    url: str | None
    words: str | None

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The pairs of states it is between."""
        return pairs_among(self.actors, self.recipients)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a file that could not be read, and why."""

    line: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """Another data set in an archive: how many acts between states it has, and from when to when; null without any."""

    name: str
    form: str
    acts: int
    refused: int
    first: str | None
    last: str | None


def data_sets(db: sqlite3.Connection) -> list[DataSet]:
    """All other data sets in the archive, by name."""
    rows = db.execute(
        "SELECT name, form, (SELECT count(*) FROM other_act WHERE data_set = data_set.n),"
        " (SELECT count(*) FROM other_refused WHERE data_set = data_set.n),"
        " (SELECT min(day) FROM other_act WHERE data_set = data_set.n),"
        " (SELECT max(day) FROM other_act WHERE data_set = data_set.n) FROM data_set ORDER BY name"
    )
    return [DataSet(*row) for row in rows]


def data_set_asked(db: sqlite3.Connection, name: str | None) -> DataSet:
    """The data set of that name, the only one without a name; raises `UsageError` where that is none."""
    there = data_sets(db)
    if not there:
        raise UsageError("The archive has no other data set to compare with: `detente import` brings one.")
    if name is None and len(there) == 1:
        return there[0]
    found = next((one for one in there if one.name == name), None)
    if found is None:
        names = ", ".join(one.name for one in there)
        told = f"There is no data set {name!r}." if name else "There are several data sets."
        raise UsageError(f"{told} Choose one with --with: {names}.")
    return found


def set_number(db: sqlite3.Connection, name: str, form: str) -> int:
    """The number of the data set `name`, made where there is none; raises `UsageError` for one of another form."""
    db.execute("INSERT INTO data_set (name, form, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (name, form, now()))
    number, kept = db.execute("SELECT n, form FROM data_set WHERE name = ?", (name,)).fetchone()
    if kept != form:
        raise UsageError(f"The data set {name!r} is of {kept}, not of {form}: give another --name.")
    return int(number)


def drop_set(db: sqlite3.Connection, name: str) -> None:
    """Forget a data set with all that was kept of it."""
    db.execute("DELETE FROM data_set WHERE name = ?", (name,))


def keep_acts(db: sqlite3.Connection, number: int, acts: Sequence[OtherAct]) -> int:
    """Keep those acts that are not there yet under their ids; how many those were."""
    kept = 0
    for act in acts:
        added = db.execute(
            "INSERT INTO other_act (data_set, id, day, quad, kind, intensity, actor, actor_states, recipient,"
            " recipient_states, url, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                *(number, act.id, act.day, act.quad, act.kind, act.intensity, act.actor, " ".join(act.actors)),
                *(act.recipient, " ".join(act.recipients), act.url, act.words),
            ),
        )
        if added.rowcount == 1:
            kept += 1
            pairs = ((one, other, added.lastrowid) for one, other in act.pairs)
            db.executemany("INSERT INTO other_act_pair VALUES (?, ?, ?)", pairs)
    return kept


def keep_refused(db: sqlite3.Connection, number: int, file: str, rows: Iterable[RefusedRow]) -> None:
    """Put the reasons of the rows of a file that could not be read in place of those it had before."""
    db.execute("DELETE FROM other_refused WHERE data_set = ? AND file = ?", (number, file))
    lines = ((number, file, row.line, row.code, row.reason) for row in rows)
    db.executemany("INSERT INTO other_refused VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", lines)


def refused_rows(db: sqlite3.Connection, name: str) -> list[tuple[str, RefusedRow]]:
    """The file and reason of every row of a data set that could not be read."""
    rows = db.execute(
        "SELECT file, line, code, reason FROM other_refused JOIN data_set ON data_set.n = data_set"
        " WHERE name = ? ORDER BY file, line",
        (name,),
    )
    return [(file, RefusedRow(line, code, reason)) for file, line, code, reason in rows]


def pairs_of_set(db: sqlite3.Connection, name: str) -> dict[tuple[str, str], int]:
    """The pairs of states of a data set with how many acts it has of each."""
    rows = db.execute(
        "SELECT one, other, count(*) FROM other_act_pair JOIN other_act ON other_act.n = act"
        " JOIN data_set ON data_set.n = data_set WHERE name = ? GROUP BY one, other",
        (name,),
    )
    return {(one, other): count for one, other, count in rows}


def acts_of_set(db: sqlite3.Connection, name: str, pair: tuple[str, str]) -> Iterator[OtherAct]:
    """The acts of a data set between two states, by day; `pair` is in order of the codes."""
    rows = db.execute(
        "SELECT other_act.id, day, quad, kind, intensity, actor, actor_states, recipient, recipient_states, url, words"
        " FROM other_act_pair JOIN other_act ON other_act.n = act JOIN data_set ON data_set.n = data_set"
        " WHERE name = ? AND one = ? AND other = ? ORDER BY day, other_act.id",
        (name, *pair),
    )
    for id_, day, quad, kind, intensity, actor, actors, recipient, recipients, url, words in rows:
        states = tuple(actors.split()), tuple(recipients.split())
        yield OtherAct(id_, day, quad, kind, intensity, actor, states[0], recipient, states[1], url, words)
