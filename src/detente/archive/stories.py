"""Stories: reports that go on telling one thing, as linking found them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from detente.archive.answers import EventRow, Source
from detente.archive.conditions import Where, between
from detente.archive.events import SOURCE_COLUMNS, fts_query, rows_of, source_of
from detente.archive.reports import HEAD_COLUMNS, OPENING, ReportHead, head_of

FEWEST = 2
"""Reports of a story; what is told once is no story."""

_HEAD = (
    f"(SELECT COALESCE(NULLIF(trim(title), ''), substr(text, 1, {OPENING}), '') FROM story_report told"
    " JOIN report ON report.n = told.report WHERE told.story = story.id ORDER BY report_date, report.n LIMIT 1)"
)

MOST_SHOWN = 200
"""Reports and events of one story that are shown."""


@dataclass(frozen=True, slots=True)
class ToldStory:
    """Reports that go on telling one thing: first and last day, its telling words, and its reports in order."""

    id: str
    first: str
    last: str
    words: tuple[str, ...]
    reports: tuple[Source, ...]


class Head(NamedTuple):
    """A dated report as threading sees it: number, id, day and first words."""

    number: int
    id: str
    day: str
    words: str


@dataclass(frozen=True, slots=True)
class StoryHead:
    """A story in a list: first and last day, its telling words, the head of its first report, how many tell it."""

    id: str
    first: str
    last: str
    words: str
    head: str
    reports: int

    @property
    def name(self) -> str:
        """What it is called: its words, or the head of its first report where the reports share no telling word."""
        return self.words or self.head


def find_stories(
    db: sqlite3.Connection,
    *,
    words: str | None = None,
    since: str | None = None,
    until: str | None = None,
    fewest: int = FEWEST,
    limit: int | None = None,
) -> list[ToldStory]:
    """Stories with at least `fewest` reports, the longest told first; `words` must stand in one of the reports."""
    where = _asked(words, since, until)
    rows = db.execute(
        f"SELECT story.*, (SELECT count(*) FROM story_report WHERE story = id) AS told FROM story {where.sql} "
        f"{'AND' if where.sql else 'WHERE'} told >= ? ORDER BY told DESC, first, id LIMIT ?",
        (*where.values, fewest, -1 if limit is None else limit),
    ).fetchall()
    return [ToldStory(r["id"], r["first"], r["last"], tuple(r["words"].split()), _reports(db, r["id"])) for r in rows]


def how_many(
    db: sqlite3.Connection,
    *,
    words: str | None = None,
    since: str | None = None,
    until: str | None = None,
    fewest: int = FEWEST,
) -> int:
    """How many stories `find_stories` finds without a limit."""
    where = _asked(words, since, until)
    where.add("(SELECT count(*) FROM story_report WHERE story = id) >= ?", fewest)
    return int(db.execute(f"SELECT count(*) FROM story {where.sql}", where.values).fetchone()[0])


def newest_stories(db: sqlite3.Connection, limit: int | None, offset: int = 0) -> list[StoryHead]:
    """Stories, the one told last first."""
    # Counted story by story, so that the index on their last days is walked no further than is shown.
    rows = db.execute(
        f"SELECT id, first, last, words, {_HEAD}, (SELECT count(*) FROM story_report WHERE story = id) AS reports"
        f" FROM story WHERE reports >= {FEWEST} ORDER BY last DESC, reports DESC, id LIMIT ? OFFSET ?",
        (-1 if limit is None else limit, offset),
    )
    return [StoryHead(*row) for row in rows]


def count_told(db: sqlite3.Connection) -> int:
    """How many stories `newest_stories` finds without a limit."""
    query = f"SELECT count(*) FROM (SELECT 1 FROM story_report GROUP BY story HAVING count(*) >= {FEWEST})"
    return int(db.execute(query).fetchone()[0])


def story_of(db: sqlite3.Connection, story: str) -> StoryHead | None:
    """The story with that id; null where there is none."""
    row = db.execute(
        f"SELECT id, first, last, words, {_HEAD}, (SELECT count(*) FROM story_report WHERE story = id)"
        " FROM story WHERE id = ?",
        (story,),
    ).fetchone()
    return StoryHead(*row) if row else None


def reports_of(db: sqlite3.Connection, story: str) -> list[ReportHead]:
    """The first reports of a story, by day."""
    rows = db.execute(
        f"SELECT {HEAD_COLUMNS} FROM story_report JOIN report ON report.n = story_report.report WHERE story = ?"
        " ORDER BY report_date, report.n LIMIT ?",
        (story, MOST_SHOWN),
    )
    return [head_of(row) for row in rows]


def events_of(db: sqlite3.Connection, story: str) -> list[EventRow]:
    """The first events of a story, by day, each act of a report once."""
    numbers = db.execute(
        "SELECT event.n FROM story_report JOIN event ON event.report = story_report.report"
        " WHERE story = ? AND event.same_as IS NULL AND event.verdict IS NOT 'wrong'"
        " ORDER BY event.day, event.n LIMIT ?",
        (story, MOST_SHOWN),
    )
    return rows_of(db, [n for (n,) in numbers])


def first_untold(db: sqlite3.Connection) -> str | None:
    """The first day of which a report is in no story yet; null where all dated reports are in one.

    Empty, which is before any day, where a report is in a story and has no day any more.
    """
    known, dated = (
        db.execute(query).fetchone()[0]
        for query in ("SELECT count(*) FROM story_report", "SELECT count(*) FROM report WHERE report_date IS NOT NULL")
    )
    fresh, first = db.execute(
        # By the index of days: the table itself has all texts in it.
        "SELECT count(*), min(report_date) FROM report INDEXED BY report_day WHERE report_date IS NOT NULL"
        " AND n NOT IN (SELECT report FROM story_report)"
    ).fetchone()
    if known + fresh != dated:
        return ""
    return str(first) if fresh else None


def heads_since(db: sqlite3.Connection, since: str, characters: int) -> list[Head]:
    """The dated reports from a day on, by day and id: in which order none came first."""
    rows = db.execute(
        "SELECT n, id, report_date, substr(text, 1, ?) FROM report WHERE report_date >= ? ORDER BY report_date, id",
        (characters, since),
    )
    return [Head(*row) for row in rows]


def heads_before(db: sqlite3.Connection, since: str, until: str, characters: int) -> list[tuple[str, Head]]:
    """The reports of days before `until`, by day and id, of stories told from `since` on; each with its story."""
    # CROSS JOIN keeps the planner from walking through all reports before that day.
    rows = db.execute(
        "SELECT story_report.story, n, report.id, report_date, substr(text, 1, ?) FROM story"
        " CROSS JOIN story_report ON story_report.story = story.id CROSS JOIN report ON n = report"
        " WHERE last >= ? AND report_date < ? ORDER BY report_date, report.id",
        (characters, since, until),
    )
    return [(story, Head(*row)) for story, *row in rows]


def write_stories(
    db: sqlite3.Connection,
    since: str,
    stories: Sequence[tuple[str, str, str, str]],
    places: Iterable[tuple[int, str]],
) -> None:
    """Put `stories` (id, first and last day, words) and their reports (number, id of the story) in place of those told
    from `since` on."""
    db.execute("DELETE FROM story WHERE last >= ?", (since,))
    db.executemany("INSERT INTO story VALUES (?, ?, ?, ?)", stories)
    # A report whose day changed may still stand in a story of another time.
    db.executemany("INSERT OR REPLACE INTO story_report VALUES (?, ?)", places)


def count_stories(db: sqlite3.Connection) -> int:
    """How many stories have words, being told more than once."""
    return int(db.execute("SELECT count(*) FROM story WHERE words <> ''").fetchone()[0])


def _asked(words: str | None, since: str | None, until: str | None) -> Where:
    where = Where()
    if since:
        between(where, "last", since, None)
    if until:
        between(where, "first", None, until)
    if words and (match := fts_query(words)):
        where.add(
            "id IN (SELECT story FROM story_report WHERE report IN "
            "(SELECT rowid FROM report_fts WHERE report_fts MATCH ?))",
            match,
        )
    return where


def _reports(db: sqlite3.Connection, story: str) -> tuple[Source, ...]:
    rows = db.execute(
        f"SELECT {SOURCE_COLUMNS} FROM report WHERE n IN (SELECT report FROM story_report WHERE story = ?) "
        "ORDER BY report_date, id",
        (story,),
    )
    return tuple(source_of(row) for row in rows)
