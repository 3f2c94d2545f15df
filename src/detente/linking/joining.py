"""Joining: everything that is found between the reports of an archive, in one go over what is new."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.archive.archive import Archive
from detente.linking.acts import join_acts
from detente.linking.copies import join_copies
from detente.linking.promises import settle_promises
from detente.linking.stories import tell_stories


@dataclass(frozen=True, slots=True)
class Joined:
    """What a run looked at and found: new `reports` and `events`, and what came of them."""

    reports: int
    near_texts: int
    events: int
    links: int
    disputes: int
    promises: int
    stories: int


def join(archive: Archive) -> Joined:
    """Compare what came since the last run with everything else.

    All or nothing: a run that is ended early leaves the archive as it was. The same archive gives the same tables,
    however often it is joined.
    """
    with archive.transaction() as db:
        reports, near_texts = join_copies(db)
        since = _first_unjoined(db)
        events, links, disputes = join_acts(db)
        if since:
            settle_promises(db, since)
        promises = counted(db, "promise")
        stories = tell_stories(db)
    return Joined(reports, near_texts, events, links, disputes, promises, stories)


def _first_unjoined(db: sqlite3.Connection) -> str | None:
    """The first day of which a report has events that have not been compared yet."""
    query = (
        "SELECT min(report_date) FROM event JOIN report ON report.n = event.report "
        "WHERE event.n NOT IN (SELECT event FROM joined)"
    )
    found: str | None = db.execute(query).fetchone()[0]
    return found


def unjoined(archive: Archive) -> int:
    """How many events have not been compared with the others yet."""
    query = "SELECT count(*) FROM event WHERE n NOT IN (SELECT event FROM joined)"
    return int(archive.db.execute(query).fetchone()[0])


def counted(db: sqlite3.Connection, table: str) -> int:
    """How many rows a table of joins has."""
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
