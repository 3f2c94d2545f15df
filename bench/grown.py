"""An archive made large by repetition: ``python -m bench.grown BASE OUT [--events 1000000]``.

What BASE holds is copied as often as it takes, with the tables, rules and indexes of the archive, by SQL alone: coding
a million events takes hours. Each copy has other ids and addresses and other days, a share of the time that BASE spans
later, those that would lie beyond its end from its beginning on: so the archive is denser, not longer. Texts repeat,
and so do the joins within a copy; records in JSON keep the days they were coded with.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from detente.archive import Archive
from detente.archive.counting import count_anew

EVENTS = 1_000_000
CACHE_KB = 1_000_000

_DAY = "strftime('%Y-%m-%d', {0}, delta.days)"
_WRITTEN = (
    "CASE WHEN {0} GLOB '????-??-??' THEN date({0}, delta.days)"
    " WHEN {0} GLOB '????-??-??/????-??-??' THEN date(substr({0}, 1, 10), delta.days) || '/' || "
    "date(substr({0}, 12), delta.days) ELSE {0} END"
)
_PUBLISHED = (
    "CASE WHEN {0} GLOB '????-??-??*' THEN date(substr({0}, 1, 10), delta.days) || substr({0}, 11) ELSE {0} END"
)
_AGAIN = "{0} || '-' || :copy"
_REPORT, _EVENT, _STATEMENT = "{0} + :copy * :reports", "{0} + :copy * :events", "{0} + :copy * :statements"

_STORY_DAYS = """
UPDATE story SET (first, last) = (
  SELECT min(report_date), max(report_date) FROM story_report JOIN report ON n = report WHERE story = story.id
)
"""

_BY_REPORT = "JOIN delta ON delta.report = t.report"
_BY_EVENT = "JOIN base.event e ON e.n = t.event JOIN delta ON delta.report = e.report"

TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "report": (
        "JOIN delta ON delta.report = t.n",
        {
            "n": _REPORT,
            "id": _AGAIN,
            "record_id": _AGAIN,
            "origin": _AGAIN,
            "url": "replace({0}, '://', '://again' || :copy || '.')",
            "published": _PUBLISHED,
            "report_date": _DAY,
        },
    ),
    "record": ("", {"report": _REPORT}),
    "report_topic": ("", {"report": _REPORT}),
    "report_check": ("", {"report": _REPORT}),
    "event": (
        _BY_REPORT,
        {
            "n": _EVENT,
            "id": _AGAIN,
            "report": _REPORT,
            "statement": _AGAIN,
            "same_as": _AGAIN,
            "date": _WRITTEN,
            "date_start": _DAY,
            "date_end": _DAY,
            "day": _DAY,
        },
    ),
    "event_party": ("", {"event": _EVENT}),
    "statement": (
        _BY_REPORT,
        {"n": _STATEMENT, "id": _AGAIN, "report": _REPORT, "date": _WRITTEN, "day": _DAY},
    ),
    "statement_span": ("", {"statement": _STATEMENT}),
    "intake": ("", {"place": _AGAIN, "item": _AGAIN, "source": _AGAIN, "report": _REPORT}),
    "fingerprint": ("", {"report": _REPORT}),
    "copy": ("", {"one": _REPORT, "other": _REPORT}),
    "archive_check": ("", {"report": _REPORT, "beside": _REPORT}),
    "joined": ("", {"event": _EVENT}),
    "unjoined": ("", {"event": _EVENT}),
    "unprinted": ("", {"report": _REPORT}),
    "act_link": ("", {"one": _EVENT, "other": _EVENT}),
    "telling": ("", {"event": _EVENT, "act": _AGAIN}),
    "promise": (
        _BY_EVENT,
        {"event": _EVENT, "answer": _EVENT, "due_start": _DAY, "due_end": _DAY, "looked_until": _DAY},
    ),
    "dispute": ("", {"one": _EVENT, "other": _EVENT}),
    "story": (
        "JOIN (SELECT story, min(report) AS report FROM base.story_report GROUP BY 1) s ON s.story = t.id"
        " JOIN delta ON delta.report = s.report",
        {"id": _AGAIN, "first": _DAY, "last": _DAY},
    ),
    "story_report": ("", {"report": _REPORT, "story": _AGAIN}),
}
"""Table → what tells the days it is moved by, and how its columns change."""


def grow(base: Path, out: Path, events: int) -> int:
    """Write `base` to `out` as often as `events` takes; how many there are in the end."""
    with Archive.open(base) as held:
        counts = held.counts()
        span = held.db.execute("SELECT min(report_date), max(report_date) FROM report").fetchone()
    times = -(-events // counts["event"])
    with Archive.open(out, create=True) as archive:
        db = archive.db
        for setting in (f"cache_size = -{CACHE_KB}", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
            db.execute(f"PRAGMA {setting}")
        db.execute("ATTACH ? AS base", (str(base),))
        later = _put_off(db)
        for copy in range(times):
            begun = time.process_time()
            _copy(db, copy, times, date.fromisoformat(span[0]), date.fromisoformat(span[1]))
            print(f"copy {copy + 1} of {times}: {time.process_time() - begun:.1f} s of processor", flush=True)
        begun = time.process_time()
        for rule in later:
            db.execute(rule)
        db.execute("INSERT INTO called SELECT * FROM base.called")
        count_anew(db)
        db.execute(_STORY_DAYS)  # some of a story's reports may have gone to the beginning, others not
        for table in ("report_fts", "event_fts"):
            db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        db.execute("DETACH base")
        db.execute("ANALYZE")
        db.execute("PRAGMA journal_mode = WAL")
        print(f"indexes: {time.process_time() - begun:.1f} s of processor", flush=True)
        return archive.counts()["event"]


def _put_off(db: sqlite3.Connection) -> list[str]:
    """Take the indexes and triggers away while rows come in; what makes them again."""
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql > ''")
    held = [tuple(row) for row in rows]
    for kind, name, _ in held:
        db.execute(f"DROP {kind} {name}")
    return [sql for _, _, sql in held]


def _copy(db: sqlite3.Connection, copy: int, times: int, first: date, last: date) -> None:
    span = (last - first).days + 1
    move = copy * span // times
    db.execute("DROP TABLE IF EXISTS temp.delta")
    db.execute("CREATE TEMP TABLE delta (report INTEGER PRIMARY KEY, days TEXT NOT NULL)")
    beyond = (last - timedelta(move)).isoformat()
    db.execute(
        "INSERT INTO delta SELECT n, CASE WHEN report_date > ? THEN ? ELSE ? END FROM base.report",
        (beyond, f"{move - span} days", f"+{move} days"),
    )
    values = {"copy": copy}
    for name in ("report", "event", "statement"):
        values[f"{name}s"] = db.execute(f"SELECT max(n) FROM base.{name}").fetchone()[0] or 0
    for table, (tells, changes) in TABLES.items():
        names = [row[1] for row in db.execute(f"PRAGMA main.table_info({table})")]
        columns = ", ".join(changes.get(name, "{0}").format(f't."{name}"') for name in names)
        db.execute(f"INSERT INTO main.{table} SELECT {columns} FROM base.{table} t {tells}", values)


def main() -> None:
    """Grow an archive."""
    args = argparse.ArgumentParser(prog="python -m bench.grown")
    args.add_argument("base", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--events", type=int, default=EVENTS)
    options = args.parse_args()
    print(f"{grow(options.base, options.out, options.events):,} events")


if __name__ == "__main__":
    main()
