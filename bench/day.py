"""A day's news added to an archive and joined: ``python -m bench.day ARCHIVE RECORDS.jsonl [--reports 300]``.

RECORDS are of ``detente code`` and not in the archive yet; they are moved to its last day. Everything is taken back in
the end, so that the archive stays as it was. Seconds are of the processor, by steps of the join. With ``--keep`` the
reports are added and kept in the batches of ``detente add``, and nothing is joined: how fast an archive grows.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from detente.archive import Archive
from detente.archive.counting import recount
from detente.archive.linked import first_day_uncompared
from detente.archive.writing import chunked
from detente.language.pipeline import BATCH_SIZE
from detente.linking.acts import join_acts
from detente.linking.copies import join_copies
from detente.linking.promises import settle_promises
from detente.linking.stories import tell_stories
from detente.record import Event, Record, ReportDate

REPORTS = 300
LONGEST = 5.0
"""Seconds a day's news may take to be joined."""


class TakenBack(Exception):
    """Ends the transaction without keeping it."""


def records(path: Path, count: int, day: date) -> Iterator[Record]:
    """The first `count` records at `path` with a day, moved to `day`."""
    with path.open(encoding="utf-8") as lines:
        found = (Record.from_json(line) for line in lines if '"error"' not in line[:60])
        yield from islice((_moved(each, day) for each in found if each.report_date.date), count)


def _moved(record: Record, day: date) -> Record:
    days = (day - date.fromisoformat(str(record.report_date.date))).days

    def later(told: str | None) -> str | None:
        if told is None or len(told) != 10:
            return told
        return (date.fromisoformat(told) + timedelta(days)).isoformat()

    def event(each: Event) -> Event:
        return replace(each, date=later(each.date))

    return replace(
        record,
        url=f"{record.url}#{day}",
        published=day.isoformat(),
        report_date=ReportDate(day.isoformat(), record.report_date.basis, record.report_date.certain),
        events=tuple(map(event, record.events)),
    )


def measure(archive: Archive, given: list[Record]) -> float:
    """Add and join; the seconds of joining."""
    db = archive.db
    spent = {}

    def timed(name: str, do: Callable[[], object]) -> None:
        begun = time.process_time()
        found = do()
        spent[name] = time.process_time() - begun
        print(f"{name}: {spent[name]:.2f} s of processor{'' if found is None else f' {found}'}", flush=True)

    def add() -> None:
        for record in given:
            archive.add_record(record, origin="today")
        recount(db)

    before = archive.counts()["event"]
    timed("add", add)
    events = archive.counts()["event"] - before
    print(f"{len(given):,} reports, {events:,} events: {events / spent['add']:,.0f} events a second of processor")
    since = first_day_uncompared(db)
    timed("copies", lambda: join_copies(db))
    timed("acts", lambda: join_acts(db))
    if since:
        timed("promises", lambda: settle_promises(db, since))
    timed("stories", lambda: tell_stories(db))
    return sum(seconds for name, seconds in spent.items() if name != "add")


def grow(archive: Archive, given: list[Record]) -> None:
    """Add and keep; prints how fast."""
    before, begun = archive.counts()["event"], time.process_time()
    for batch in chunked(given, BATCH_SIZE):
        with archive.transaction():
            for record in batch:
                archive.add_record(record, origin="today")
    archive.optimize()
    spent, events = time.process_time() - begun, archive.counts()["event"] - before
    print(f"{len(given):,} reports, {events:,} events kept: {events / spent:,.0f} events a second of processor")


def main() -> None:
    """Add, join, take back, judge."""
    args = argparse.ArgumentParser(prog="python -m bench.day")
    args.add_argument("archive", type=Path)
    args.add_argument("records", type=Path)
    args.add_argument("--reports", type=int, default=REPORTS)
    args.add_argument("--keep", action="store_true", help="only add, and keep what was added: the archive is changed")
    options = args.parse_args()
    joining = 0.0
    with Archive.open(options.archive) as archive:
        print(", ".join(f"{count:,} {name}s" for name, count in archive.counts().items()))
        (last,) = archive.db.execute("SELECT max(report_date) FROM report").fetchone()
        given = list(records(options.records, options.reports, date.fromisoformat(last)))
        if options.keep:
            grow(archive, given)
            return
        try:
            with archive.transaction():
                joining = measure(archive, given)
                raise TakenBack
        except TakenBack:
            pass
        except sqlite3.Error as error:
            raise SystemExit(f"the archive: {error}") from error
    print(f"join of a day's news: {joining:.2f} s of processor (at most {LONGEST:g})")
    if joining > LONGEST:
        raise SystemExit("slower than it should be")


if __name__ == "__main__":
    main()
