"""Joining: everything that is found between the reports of an archive, in one go over what is new."""

from __future__ import annotations

from dataclasses import dataclass

from detente.archive.acts import join_acts
from detente.archive.archive import Archive
from detente.archive.copies import join_copies


@dataclass(frozen=True, slots=True)
class Joined:
    """What a run looked at and found: new `reports` and `events`, and what came of them."""

    reports: int
    near_texts: int
    events: int
    links: int
    disputes: int


def join(archive: Archive) -> Joined:
    """Compare what came since the last run with everything else.

    All or nothing: a run that is ended early leaves the archive as it was. The same archive gives the same tables,
    however often it is joined.
    """
    with archive.transaction() as db:
        reports, near_texts = join_copies(db)
        events, links, disputes = join_acts(db)
    return Joined(reports, near_texts, events, links, disputes)
