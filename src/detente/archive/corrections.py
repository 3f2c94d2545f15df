"""Corrections: what a person judged of an event, kept for good and applied to what is read.

A line says that an event is right or wrong, gives a field another value, or takes an earlier line back. Lines are
only ever added. The row of the event is what was coded with all lines in force applied, in their order; it is made
anew after each line and after each new coding of the report.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from detente.archive.attachments import attach, reattach
from detente.archive.clock import now
from detente.archive.conditions import storable
from detente.archive.states import CODE, NONE
from detente.archive.writing import columns_of, insert, unpacked, write_parties
from detente.codebook.plover import intensity_of, load_codebook, quad_of
from detente.errors import ArchiveError, UsageError
from detente.record import Status, days_of

Verdict = Literal["right", "wrong"]
CORRECTION_COLUMNS = "n, COALESCE(attachment.event, coded) AS event, verdict, field, old, new, undoes, who, at"
"""Of a query over ``correction JOIN attachment ON coded = correction.event``: lines name the event they hold for."""

SIDES = {"actors": "actor", "recipients": "recipient"}
_SECTOR = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: a `verdict`, a `field` with its `old` and `new` value, or the number of a line it `undoes`."""

    n: int
    event: str
    verdict: str | None
    field: str | None
    old: str | None
    new: str | None
    undoes: int | None
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class EnteredParty:
    """A party as a person enters it: ``RUS``, ``RUS:MIL`` or ``RUS:MIL:the Black Sea Fleet``."""

    country: str | None
    sector: str | None
    name: str


def judge(db: sqlite3.Connection, event: str, verdict: Verdict, who: str) -> Correction:
    """Add the line that `event` is right or wrong."""
    return _add(db, {"event": event, "verdict": verdict, "who": who})


def change(db: sqlite3.Connection, event: str, field: str, value: str, who: str) -> Correction:
    """Add the line that `field` of `event` is `value`, empty for unknown; raises `UsageError` where it cannot be."""
    field = {"actor": "actors", "recipient": "recipients"}.get(field, field)
    if field not in FIELDS:
        raise UsageError(f"{field!r} cannot be corrected: choose one of {', '.join(FIELDS)}.")
    value = storable(value).strip()
    FIELDS[field](value)
    number = _number(db, event)
    if field == "mode" and value:
        _refuse_mode(db, number, value)
    return _add(db, {"event": event, "field": field, "old": _now(db, number, field), "new": value or None, "who": who})


def undo(db: sqlite3.Connection, event: str, who: str) -> Correction:
    """Add the line that takes back the last line in force on `event`; raises `ArchiveError` where there is none."""
    in_force = _in_force(history(db, event))
    if not in_force:
        raise ArchiveError(f"There is no correction of event {event!r} to take back.")
    return _add(db, {"event": event, "undoes": in_force[-1].n, "who": who})


def history(db: sqlite3.Connection, event: str) -> list[Correction]:
    """All lines that hold for `event`, or wait for it, oldest first."""
    rows = db.execute(
        f"SELECT {CORRECTION_COLUMNS} FROM correction JOIN attachment ON coded = correction.event"
        " WHERE attachment.event = ?1 OR (attachment.event IS NULL AND coded = ?1) ORDER BY n",
        (event,),
    )
    return [Correction(*row) for row in rows]


def apply_to_report(db: sqlite3.Connection, report: int) -> None:
    """Let corrections hold for the events of a report that was just coded, and apply them."""
    for event in reattach(db, report):
        apply(db, event)


def apply(db: sqlite3.Connection, event: str) -> None:
    """Make the row of `event` anew: what was coded, and the lines in force on it."""
    row = db.execute(
        "SELECT event.n, local, report_date, json, text FROM event JOIN report ON report.n = event.report"
        " JOIN record ON record.report = report.n WHERE event.id = ?",
        (event,),
    ).fetchone()
    coded = next(e for e in unpacked(row["json"], row["text"]).events if e.id == row["local"])
    lines = _in_force(history(db, event))
    values = columns_of(coded, row["report_date"])
    sides: dict[str, Any] = {"actors": coded.actors, "recipients": coded.recipients}
    for line in lines:
        if line.field in SIDES:
            sides[line.field] = entered_parties(line.new or "")
        elif line.field:
            _set(values, line.field, line.new, row["report_date"])
    values["verdict"] = next((line.verdict for line in reversed(lines) if line.verdict), None)
    values["corrected"] = int(any(line.field for line in lines))
    setting = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE event SET {setting} WHERE n = ?", (*values.values(), row["n"]))
    db.execute("DELETE FROM event_party WHERE event = ?", (row["n"],))
    for field, side in SIDES.items():
        parties = sides[field]
        if parties and isinstance(parties[0], EnteredParty):
            _write_entered(db, row["n"], side, parties)
        else:
            write_parties(db, row["n"], side, parties)


def entered_parties(value: str) -> tuple[EnteredParty, ...]:
    """The parties in ``RUS; USA:MIL; EST:GOV:the agency``; raises `UsageError` for another form."""
    found = []
    for entry in filter(None, (part.strip() for part in value.split(";"))):
        country, _, rest = entry.partition(":")
        sector, _, name = rest.partition(":")
        if not CODE.fullmatch(country) or (sector and not _SECTOR.fullmatch(sector)):
            raise UsageError(f"{entry!r} is no party: write RUS, RUS:MIL or RUS:MIL:name, with ; between parties.")
        known = None if country == NONE else country
        found.append(EnteredParty(known, sector or None, name.strip() or country))
    return tuple(found)


def _add(db: sqlite3.Connection, values: dict[str, Any]) -> Correction:
    _number(db, values["event"])
    values["who"] = storable(values["who"]).strip()
    if not values["who"]:
        raise UsageError("A correction needs the name of who makes it: give --by NAME.")
    attach(db, values["event"])
    number = insert(db, "correction", {**values, "at": now()})
    apply(db, values["event"])
    return next(line for line in history(db, values["event"]) if line.n == number)


def _number(db: sqlite3.Connection, event: str) -> int:
    row = db.execute("SELECT n FROM event WHERE id = ?", (storable(event),)).fetchone()
    if row is None:
        raise ArchiveError(f"There is no event {event!r} in the archive: `detente events` lists their ids.")
    return int(row["n"])


def _in_force(lines: list[Correction]) -> list[Correction]:
    undone = {line.undoes for line in lines if line.undoes is not None}
    return [line for line in lines if line.undoes is None and line.n not in undone]


def _now(db: sqlite3.Connection, number: int, field: str) -> str | None:
    """The value of a field as it is now, as a person would enter it."""
    if field not in SIDES:
        value = db.execute(f"SELECT {field} FROM event WHERE n = ?", (number,)).fetchone()[0]
        return None if value is None else str(value)
    query = "SELECT country, sector, name FROM event_party WHERE event = ? AND side = ? ORDER BY position"
    rows = db.execute(query, (number, SIDES[field]))
    return "; ".join(":".join((r["country"] or NONE, r["sector"] or "", r["name"])) for r in rows) or None


def _set(values: dict[str, Any], field: str, new: str | None, report_day: str | None) -> None:
    values[field] = new
    if field in ("type", "mode"):
        modes = load_codebook().types[values["type"]].modes
        mode = values["mode"] if values["mode"] in modes else None
        values |= {"mode": mode, "quad": quad_of(values["type"]), "intensity": intensity_of(values["type"], mode)}
    elif field == "date":
        start, end = days_of(new)
        values |= {"date_start": start, "date_end": end, "date_is_report": 0, "day": start or report_day}
    elif field in ("place", "said_by"):
        values |= {f"{field}_start": None, f"{field}_end": None}
        if field == "place":
            values |= {"latitude": None, "longitude": None}
        else:
            values["said_by_text"] = new


def _write_entered(db: sqlite3.Connection, event: int, side: str, parties: tuple[EnteredParty, ...]) -> None:
    for position, party in enumerate(parties):
        insert(
            db,
            "event_party",
            {
                "event": event,
                "side": side,
                "position": position,
                "text": party.name,
                "name": party.name,
                "country": party.country,
                "sector": party.sector,
            },
        )


def _known_type(value: str) -> None:
    if value not in load_codebook().types:
        raise UsageError(f"{value!r} is no type: choose one of {', '.join(load_codebook().types)}.")


def _refuse_mode(db: sqlite3.Connection, number: int, mode: str) -> None:
    event_type = _now(db, number, "type") or ""
    if mode not in (modes := load_codebook().types[event_type].modes):
        raise UsageError(f"{event_type} has no mode {mode!r}; it has {', '.join(modes) or 'none'}.")


def _known_status(value: str) -> None:
    if value not in get_args(Status):
        raise UsageError(f"{value!r} is no status: choose one of {', '.join(get_args(Status))}.")


def _date(value: str) -> None:
    if value and days_of(value)[0] is None:
        raise UsageError(f"date: {value!r} is no date: give a day, month, year or start/end, like 2021-06-16.")


def _country(value: str) -> None:
    if value and not CODE.fullmatch(value):
        raise UsageError(f"{value!r} is no country: give a code of three letters like EST.")


def _parties(value: str) -> None:
    entered_parties(value)


def _anything(value: str) -> None:
    del value


FIELDS: dict[str, Callable[[str], None]] = {
    "type": _known_type,
    "mode": _anything,
    "status": _known_status,
    "date": _date,
    "actors": _parties,
    "recipients": _parties,
    "place": _anything,
    "place_country": _country,
    "said_by": _anything,
}
"""Field that may be corrected → what refuses a value it cannot have."""
