"""What is kept ready beside the tables it was made of: compared with a recount, and made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from detente.archive.counting import NAMED_ANEW, count_anew, reckon_aside, recount

_CALLED = (
    "SELECT name, COALESCE(role, '') FROM event_party UNION"
    " SELECT source_name, COALESCE(source_role, '') FROM statement WHERE source_name IS NOT NULL"
)
_UNJOINED = "SELECT n FROM event WHERE n NOT IN (SELECT event FROM joined)"
_UNPRINTED = "SELECT n FROM report INDEXED BY report_day WHERE n NOT IN (SELECT report FROM fingerprint)"

RECOUNTS = {
    "standing": "SELECT * FROM temp.standing",
    "pair_act": "SELECT * FROM temp.pair_act",
    "mention": NAMED_ANEW,
    "called": _CALLED,
    "unjoined": _UNJOINED,
    "unprinted": _UNPRINTED,
}
"""Table → the query for the rows it should hold; ``temp`` is what `counting.reckon_aside` makes."""

_COUNTED = frozenset({"standing", "pair_act", "mention"})
"""What `counting.count_anew` makes, all at once."""

_MAY_STAY = frozenset({"called"})
"""Tables in which a row of something that is there no more does no harm: it is looked up, and leads to nothing."""


def differences(db: sqlite3.Connection) -> dict[str, list[str]]:
    """Table → how it differs from a recount, in words; the archive is not written to, and others may go on writing."""
    recount(db)
    with _as_it_is_now(db):
        reckon_aside(db)
        found = {table: list(_differences(db, table)) for table in RECOUNTS}
    return {table: told for table, told in found.items() if told}


def make_anew(db: sqlite3.Connection, tables: Collection[str]) -> None:
    """Throw what these tables hold away and make it of its source again."""
    if _COUNTED & set(tables):
        count_anew(db)
    for table in sorted(set(tables) - _COUNTED):
        db.execute(f"DELETE FROM {table}")
        db.execute(f"INSERT INTO {table} {RECOUNTS[table]}")


def _differences(db: sqlite3.Connection, table: str) -> Iterator[str]:
    there, expected = f"SELECT * FROM main.{table}", RECOUNTS[table]
    sides = [(f"SELECT * FROM ({expected}) EXCEPT {there}", "lacks")]
    if table not in _MAY_STAY:
        sides.append((f"{there} EXCEPT SELECT * FROM ({expected})", "should not have"))
    for query, how in sides:
        row = db.execute(f"SELECT count(*) OVER (), * FROM ({query}) LIMIT 1").fetchone()
        if row is not None:
            count, *values = row
            words = ", ".join("none" if value is None else repr(value) for value in values)
            yield f"{table} {how} {count:,} row{'s' if count > 1 else ''}, such as ({words})"


@contextmanager
def _as_it_is_now(db: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the archive, whatever others write meanwhile; temporary tables go at the end."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
