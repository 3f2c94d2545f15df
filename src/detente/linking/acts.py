"""Acts with several tellings: joining the events of an archive, and reading the acts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.archive.answers import EventRow
from detente.archive.events import EventQuestion, conditions_of, rows_of
from detente.archive.writing import chunked
from detente.linking.disputes import contradictions
from detente.linking.same_act import REACH, acts_of, candidates, compare
from detente.linking.tellings import counted_in, load_tellings

MOST_SHARE = 0.2
"""Share of all events from which loading all of them is quicker than loading the days around the new ones."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act and its tellings, the first told first.

    `statuses` and `numbers` are those of the tellings in their order, each once: ``killed: 54, 56``.
    """

    id: str
    type: str
    day: str | None
    tellings: tuple[EventRow, ...]

    @property
    def first(self) -> EventRow:
        """The telling that came first."""
        return self.tellings[0]

    @property
    def statuses(self) -> tuple[str, ...]:
        """What the tellings say of the act, each once."""
        return tuple(dict.fromkeys(telling.status for telling in self.tellings))

    @property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """What is counted, and the numbers told, each once."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for telling in self.tellings:
            for kind, number in counted_in(telling.evidence).items():
                found[kind][number] = None
        return {kind: tuple(numbers) for kind, numbers in sorted(found.items())}


def join_acts(db: sqlite3.Connection) -> tuple[int, int, int]:
    """Compare the events that were not compared yet, and group all into acts.

    Returns how many were new, how many pairs tell one act, and how many pairs contradict each other.
    """
    fresh = [int(row[0]) for row in db.execute("SELECT n FROM event WHERE n NOT IN (SELECT event FROM joined)")]
    if not fresh:
        return 0, 0, 0
    for batch in chunked(fresh):
        marks = ", ".join("?" * len(batch))
        for table in ("act_link", "dispute"):
            db.execute(f"DELETE FROM {table} WHERE one IN ({marks})", batch)
            db.execute(f"DELETE FROM {table} WHERE other IN ({marks})", batch)
    tellings = load_tellings(db, *_around(db, fresh))
    links: list[tuple[int, int]] = []
    disputes: list[tuple[int, int, str, str]] = []
    for one, other in candidates(tellings, fresh):
        likeness = compare(tellings[one], tellings[other])
        if likeness.joined:
            links.append((one, other))
        first, second = sorted((tellings[one], tellings[other]), key=lambda t: (str(t.said), t.event))
        disputes += [(first.event, second.event, *found) for found in contradictions(first, second, likeness)]
    db.executemany("INSERT INTO act_link VALUES (?, ?)", links)
    db.executemany("INSERT INTO dispute (one, other, kind, what) VALUES (?, ?, ?, ?)", disputes)
    db.executemany("INSERT INTO joined VALUES (?)", ((number,) for number in fresh))
    _write_acts(db)
    return len(fresh), len(links), len(disputes)


def find_acts(db: sqlite3.Connection, question: EventQuestion, limit: int | None = None) -> list[Act]:
    """Acts with two tellings or more, one of which answers `question`, by the day of their first telling."""
    where = conditions_of(question)
    inner = f"SELECT event.n FROM event {where.sql}"
    rows = db.execute(
        f"SELECT act, min(day) AS day FROM telling JOIN event ON event.n = telling.event WHERE act IN "
        f"(SELECT act FROM telling WHERE event IN ({inner})) GROUP BY act ORDER BY day, act LIMIT ?",
        (*where.values, -1 if limit is None else limit),
    )
    return [act_of(db, row["act"]) for row in rows.fetchall()]


def act_of(db: sqlite3.Connection, act: str) -> Act:
    """The act with that id."""
    rows = db.execute("SELECT event FROM telling WHERE act = ?", (act,)).fetchall()
    tellings = sorted(rows_of(db, [row["event"] for row in rows]), key=told_in_order)
    return Act(act, tellings[0].type, tellings[0].day, tuple(tellings))


def told_in_order(event: EventRow) -> tuple[str, str, str]:
    """Sorts tellings by when they were told: the report's day, then what its page says of the hour."""
    return event.source.report_date or "", event.source.published or "", event.id


def _around(db: sqlite3.Connection, fresh: Sequence[int]) -> tuple[str, tuple[object, ...]]:
    """The condition for the events that may be compared with `fresh`; empty where that is nearly all of them."""
    if len(fresh) > MOST_SHARE * int(db.execute("SELECT count(*) FROM event").fetchone()[0]):
        return "", ()
    days: set[str] = set()
    for batch in chunked(fresh):
        marks = ", ".join("?" * len(batch))
        query = (
            f"SELECT DISTINCT report_date FROM report JOIN event ON event.report = report.n WHERE event.n IN ({marks})"
        )
        days.update(row[0] for row in db.execute(query, batch) if row[0])
    if not days:
        return "0", ()
    first = date.fromisoformat(min(days)) - timedelta(REACH)
    last = date.fromisoformat(max(days)) + timedelta(REACH)
    near = "event.report IN (SELECT n FROM report WHERE report_date BETWEEN ? AND ?)"
    return near, (first.isoformat(), last.isoformat())


def _write_acts(db: sqlite3.Connection) -> None:
    """Group linked events anew; an act is named after the telling that came first."""
    top = acts_of((row[0], row[1]) for row in db.execute("SELECT one, other FROM act_link ORDER BY one, other"))
    order: dict[int, tuple[str, str, str]] = {}
    for batch in chunked(sorted(top)):
        marks = ", ".join("?" * len(batch))
        query = (
            "SELECT event.n, event.id, report_date, published FROM event JOIN report ON report.n = event.report "
            f"WHERE event.n IN ({marks})"
        )
        for n, event, day, published in db.execute(query, batch):
            order[n] = (day or "", published or "", event)
    first: dict[int, tuple[str, str, str]] = {}
    for number, group in top.items():
        first[group] = min(first.get(group, order[number]), order[number])
    db.execute("DELETE FROM telling")
    rows = ((number, f"ac{first[group][2].removeprefix('ev')}") for number, group in sorted(top.items()))
    db.executemany("INSERT INTO telling VALUES (?, ?)", rows)
