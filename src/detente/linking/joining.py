"""Joining: everything that is found between the reports of an archive, in one go over what is new."""

from __future__ import annotations

from dataclasses import dataclass

from detente.archive.archive import Archive
from detente.archive.linked import count_promises, count_uncompared, first_day_uncompared
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
        since = first_day_uncompared(db)
        events, links, disputes = join_acts(db)
        if since:
            settle_promises(db, since)
        promises = count_promises(db)
        stories = tell_stories(db)
    return Joined(reports, near_texts, events, links, disputes, promises, stories)


def unjoined(archive: Archive) -> int:
    """How many events have not been compared with the others yet."""
    return count_uncompared(archive.db)
