"""Bringing a slice of a dataset into an archive, for the workbench: a pair, a time, a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detente.archive import Archive
from detente.bulk.asking import open_dataset
from detente.record import Record

REPORTS_AT_ONCE = 500
"""Reports of one transaction."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Which reports: those with an act that has all of `codes` among its sides, of days `since` to `until`, and of
    these `sample` drawn by their ids, which is by chance and always the same. Null asks for nothing."""

    codes: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    sample: int | None = None


def bring_into(folder: Path, archive: Archive, wanted: Slice) -> int:
    """Add the reports of a slice, in the order they were read; how many were looked at. Those known stay."""
    db = open_dataset(folder)
    conditions, values = ["true"], list[object]()
    for code in wanted.codes:
        conditions.append("id IN (SELECT report FROM events WHERE list_contains(countries, ?))")
        values.append(code)
    if len(wanted.codes) > 1:
        conditions.append("id IN (SELECT report FROM events WHERE list_has_all(countries, ?))")
        values.append(list(wanted.codes))
    for column, day in (("report_date >= ?", wanted.since), ("report_date <= ?", wanted.until)):
        if day is not None:
            conditions.append(column)
            values.append(day)
    drawn = f" ORDER BY id LIMIT {int(wanted.sample)}" if wanted.sample is not None else ""
    chosen = f"SELECT n FROM reports WHERE {' AND '.join(conditions)}{drawn}"
    cursor = db.execute(
        f"SELECT record, text, origin, topics, cited FROM reports WHERE n IN ({chosen}) ORDER BY n", values
    )
    count = 0
    while rows := cursor.fetchmany(REPORTS_AT_ONCE):
        with archive.transaction():
            for record, text, origin, topics, cited in rows:
                whole = replace(Record.from_json(record), text=text)
                archive.add_record(whole, origin=origin, topics=topics, cited=cited)
        count += len(rows)
    archive.optimize()
    db.close()
    return count
