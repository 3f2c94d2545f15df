"""What linking reads and writes: events to compare, links between them, acts, disputes and promises."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from detente.archive.writing import chunked

Order = tuple[str, str, str]
# An event that promises, its first and last day due, the outcome, the event that answers it, the last day looked at.
Settled = tuple[int, str | None, str | None, str, int | None, str]
# Its outcome, the event that answers it, and the day that was told.
Known = tuple[str, int | None, str | None]
# A condition on the table `event`, and its values.
Which = tuple[str, tuple[str, ...]]


def uncompared(db: sqlite3.Connection) -> list[int]:
    """The numbers of the events that were not compared with the others yet."""
    return [int(n) for (n,) in db.execute("SELECT event FROM unjoined ORDER BY event")]


def count_uncompared(db: sqlite3.Connection) -> int:
    """How many events were not compared with the others yet."""
    return int(db.execute("SELECT count(*) FROM unjoined").fetchone()[0])


def first_day_uncompared(db: sqlite3.Connection) -> str | None:
    """The first day of which a report has events that were not compared yet; null where none has."""
    query = (
        "SELECT min(report_date) FROM unjoined CROSS JOIN event ON event.n = unjoined.event"
        " CROSS JOIN report ON report.n = event.report"
    )
    found: str | None = db.execute(query).fetchone()[0]
    return found


def newest_day(db: sqlite3.Connection) -> str | None:
    """The last day of which a report has events; null where none is dated."""
    row = db.execute(
        "SELECT report_date FROM report WHERE report_date IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM event WHERE event.report = report.n) ORDER BY report_date DESC LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else None


def count_events(db: sqlite3.Connection) -> int:
    """How many events there are."""
    return int(db.execute("SELECT count(*) FROM event").fetchone()[0])


def days_told(db: sqlite3.Connection, events: Sequence[int]) -> set[str]:
    """The days of the reports that have these events."""
    days: set[str] = set()
    for batch in chunked(events):
        query = (
            "SELECT DISTINCT report_date FROM report JOIN event ON event.report = report.n WHERE event.n"
            f" IN ({_marks(batch)})"
        )
        days.update(day for (day,) in db.execute(query, batch) if day)
    return days


def told_between(since: str | None, until: str | None = None) -> Which:
    """The events that reports of those days tell; all where both are null."""
    if since is None and until is None:
        return "1", ()
    return (
        "event.report IN (SELECT n FROM report WHERE report_date BETWEEN ? AND ?)",
        (since or "0000-00-00", until or "9999-12-31"),
    )


def numbered(events: Iterable[int]) -> Which:
    """The events with these numbers."""
    return "event.n IN (SELECT value FROM json_each(?))", (json.dumps(list(events)),)


def events_to_compare(db: sqlite3.Connection, which: Which) -> Iterator[sqlite3.Row]:
    """The rows of events, each with the day and text of its report, by number.

    Acts told again in the same report and events judged wrong are left out.
    """
    condition, values = which
    yield from db.execute(
        "SELECT event.*, report.report_date, report.text FROM event JOIN report ON report.n = event.report "
        f"WHERE same_as IS NULL AND verdict IS NOT 'wrong' AND {condition} ORDER BY event.n",
        values,
    )


def sides_to_compare(db: sqlite3.Connection, which: Which) -> dict[tuple[int, str], list[sqlite3.Row]]:
    """Event number and side → the rows of its parties in order, for the events of `events_to_compare` and others."""
    condition, values = which
    sides: dict[tuple[int, str], list[sqlite3.Row]] = defaultdict(list)
    rows = db.execute(
        f"SELECT event_party.* FROM event_party JOIN event ON event.n = event_party.event WHERE {condition} "
        "ORDER BY event, side, position",
        values,
    )
    for row in rows:
        sides[row["event"], row["side"]].append(row)
    return sides


def forget_comparisons(db: sqlite3.Connection, events: Sequence[int]) -> None:
    """Remove the links and disputes of these events."""
    for batch in chunked(events):
        for table in ("act_link", "dispute"):
            for side in ("one", "other"):
                db.execute(f"DELETE FROM {table} WHERE {side} IN ({_marks(batch)})", batch)


def keep_comparisons(
    db: sqlite3.Connection,
    events: Sequence[int],
    links: Iterable[tuple[int, int]],
    disputes: Iterable[tuple[int, int, str, str]],
) -> None:
    """Write that `events` were compared, and what was found: pairs that tell one act, and pairs that disagree."""
    db.executemany("INSERT INTO act_link VALUES (?, ?)", links)
    db.executemany("INSERT INTO dispute (one, other, kind, what) VALUES (?, ?, ?, ?)", disputes)
    db.executemany("INSERT INTO joined VALUES (?)", ((number,) for number in events))


def links(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """All pairs of events that tell one act."""
    yield from ((row[0], row[1]) for row in db.execute("SELECT one, other FROM act_link ORDER BY one, other"))


def orders_told(db: sqlite3.Connection, events: Sequence[int]) -> dict[int, Order]:
    """Event number → what sorts it by when it was told: the report's day, what its page says of the hour, the id."""
    order: dict[int, Order] = {}
    for batch in chunked(events):
        query = (
            "SELECT event.n, event.id, report_date, published FROM event JOIN report ON report.n = event.report "
            f"WHERE event.n IN ({_marks(batch)})"
        )
        for n, event, day, published in db.execute(query, batch):
            order[n] = (day or "", published or "", event)
    return order


def acts_told(db: sqlite3.Connection) -> dict[int, str]:
    """Event number → the id of its act, for acts with two tellings or more."""
    return dict(db.execute("SELECT event, act FROM telling").fetchall())


def acts_told_between(db: sqlite3.Connection, since: str, until: str) -> dict[int, str]:
    """The same for the tellings of reports of those days."""
    return dict(
        db.execute(
            "SELECT telling.event, telling.act FROM report JOIN event ON event.report = report.n"
            " JOIN telling ON telling.event = event.n WHERE report_date BETWEEN ? AND ?",
            (since, until),
        ).fetchall()
    )


def events_of_reports(db: sqlite3.Connection, events: Iterable[int] = (), reports: Iterable[int] = ()) -> set[int]:
    """All events of the reports that tell `events`, and of `reports`."""
    rows = db.execute(
        "SELECT n FROM event WHERE report IN (SELECT report FROM event WHERE n IN (SELECT value FROM json_each(?))"
        " UNION SELECT value FROM json_each(?))",
        (json.dumps(sorted(events)), json.dumps(sorted(reports))),
    )
    return {n for (n,) in rows}


def events_beside(db: sqlite3.Connection, code: str, events: Iterable[int]) -> set[int]:
    """The events of the reports that a check `code` doubts because of a report that tells `events`."""
    rows = db.execute(
        "SELECT event.n FROM archive_check CROSS JOIN event ON event.report = archive_check.report WHERE code = ?"
        " AND beside IN (SELECT report FROM event WHERE n IN (SELECT value FROM json_each(?)))",
        (code, json.dumps(sorted(events))),
    )
    return {n for (n,) in rows}


def reports_with_word(db: sqlite3.Connection, beginning: str, since: str, until: str) -> list[int]:
    """The numbers of the reports of those days in whose text a word begins so."""
    rows = db.execute(
        "SELECT report.n FROM report_fts CROSS JOIN report ON report.n = report_fts.rowid"
        " WHERE report_fts MATCH ? AND report_date BETWEEN ? AND ?",
        (f'text : "{beginning}"*', since, until),
    )
    return [n for (n,) in rows]


def write_acts(db: sqlite3.Connection, gone: Iterable[int], tellings: Iterable[tuple[int, str]]) -> None:
    """Write `tellings` (event number, id of its act) and take away what was told of the events `gone`."""
    db.executemany("DELETE FROM telling WHERE event = ?", ((number,) for number in gone))
    db.executemany("INSERT INTO telling VALUES (?, ?)", tellings)


def promised_before(db: sqlite3.Connection, since: str, edge: str, oldest: str, longest: int) -> list[int]:
    """The plans told before `since` of which word may still come: told from `edge` on or, from `oldest` on, due then.

    A due date of more than `longest` days binds nobody.
    """
    # Each by the index that leaves few: CROSS JOIN and the plus keep the planner from walking through all plans.
    near = db.execute(
        "SELECT event.n FROM report CROSS JOIN event ON event.report = report.n"
        " WHERE report_date >= ? AND report_date < ? AND +status = 'planned'",
        (edge, since),
    )
    far = db.execute(
        "SELECT event.n FROM event CROSS JOIN report ON report.n = event.report"
        " WHERE status = 'planned' AND day >= date(:edge, :back) AND date_end >= :edge"
        " AND julianday(date_end) - julianday(date_start) <= :longest"
        " AND report_date >= :oldest AND report_date < :edge",
        {"edge": edge, "back": f"-{longest} days", "longest": longest, "oldest": oldest},
    )
    return sorted({n for (n,) in (*near, *far)})


def answers_known(db: sqlite3.Connection, promises: Iterable[int]) -> dict[int, Known]:
    """What was found of promises: the outcome, the event that answers and the day it was told, null where none does."""
    rows = db.execute(
        "SELECT promise.event, outcome, answer, report_date FROM promise LEFT JOIN event ON event.n = answer"
        " LEFT JOIN report ON report.n = event.report WHERE promise.event IN (SELECT value FROM json_each(?))",
        (json.dumps(list(promises)),),
    )
    return {event: (outcome, answer, day) for event, outcome, answer, day in rows}


def write_promises(db: sqlite3.Connection, since: str, promises: Iterable[Settled]) -> None:
    """Put `promises` in place of what was known of them, and of all those told from `since` on."""
    db.execute(
        "DELETE FROM promise WHERE event IN (SELECT event.n FROM event WHERE event.report IN"
        " (SELECT n FROM report WHERE report_date >= ?))",
        (since,),
    )
    db.executemany("INSERT OR REPLACE INTO promise VALUES (?, ?, ?, ?, ?, ?)", promises)


def mark_unanswered(db: sqlite3.Connection, today: str, slack: int) -> None:
    """Of promises open and more than `slack` days past their day, or looked for to the end, nothing was found."""
    db.execute(
        "UPDATE promise SET outcome = 'nothing-found' WHERE outcome = 'open'"
        " AND (due_end < date(?1, ?2) OR due_end IS NULL AND looked_until < ?1)",
        (today, f"-{slack} days"),
    )


def count_promises(db: sqlite3.Connection) -> int:
    """How many promises there are."""
    return int(db.execute("SELECT count(*) FROM promise").fetchone()[0])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
