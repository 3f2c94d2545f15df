"""What is new: surprises that were none before the last reports were added."""

from __future__ import annotations

from datetime import date

from detente.archive import Archive
from detente.archive.series import newest_number, pairs_since
from detente.relations.expected import Surprise, bands_of, surprises_of
from detente.relations.gathering import acts_among, read_by_day
from detente.relations.series import series_of


def newest_report(archive: Archive) -> int:
    """The number of the report added last; 0 in an empty archive."""
    return newest_number(archive.db)


def new_surprises(
    archive: Archive, after: int, pair: tuple[str, str] | None = None
) -> list[tuple[tuple[str, str], Surprise]]:
    """The weeks that surprise only since the reports added after report number `after`, by pair, in order of time.

    Of one `pair`, in the order of its codes, or of all.
    """
    read, read_before = read_by_day(archive), read_by_day(archive, newest=after)
    found = []
    for one, other in pairs_since(archive.db, after):
        if pair is not None and (one, other) != pair:
            continue
        known = {(s.start, s.direction) for s in _surprises(archive, one, other, read_before, after)}
        fresh = _surprises(archive, one, other, read, None)
        found += [((one, other), surprise) for surprise in fresh if (surprise.start, surprise.direction) not in known]
    return sorted(found, key=lambda item: (item[1].start, item[0]))


def _surprises(archive: Archive, one: str, other: str, read: dict[date, int], newest: int | None) -> list[Surprise]:
    acts = acts_among(archive, (one, other), newest=newest)
    points = series_of(acts, read, {}, "week")
    return surprises_of(points, bands_of(points, "week"))
