"""Series per day, week or month: what was done, how tense it was, and how much was read at all.

"No report read" is not "nothing happened": a point whose `read` is 0 has no tension, one that was read and tells of
nothing has a tension of 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.relations.acts import DyadAct
from detente.relations.weights import By

Coverage = Literal["no report read", "read, pair not mentioned", "mentioned, no act told", "acts told"]


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One day, week (from Monday) or month of a series.

    `tension` is the sum of the acts' weights, null where nothing was read; 1 is one act of the greatest hostility.
    `read` counts the archive's reports of that time, `mentioning` those that name all sides.
    """

    start: date
    end: date
    tension: float | None
    read: int
    mentioning: int
    quads: Mapping[str, int]
    types: Mapping[str, int]
    acts: tuple[DyadAct, ...]

    @property
    def coverage(self) -> Coverage:
        """What silence means here."""
        if self.acts:
            return "acts told"
        if not self.read:
            return "no report read"
        return "mentioned, no act told" if self.mentioning else "read, pair not mentioned"


def start_of(day: date, by: By) -> date:
    """The first day of the point that `day` falls in: the day itself, its Monday or the first of its month."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day


def after(start: date, by: By) -> date:
    """The first day of the next point."""
    if by == "month":
        return date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start + timedelta(days=7 if by == "week" else 1)


def series_of(
    acts: Iterable[DyadAct],
    read: Mapping[date, int],
    mentioning: Mapping[date, int],
    by: By = "week",
    since: date | None = None,
    until: date | None = None,
) -> list[SeriesPoint]:
    """The points from `since` to `until`, without a gap; by default over all days read.

    `acts` are joined (see `once`); `read` and `mentioning` count reports by day. Acts of no closer date, or of days
    outside, are in no point.
    """
    days = sorted(read)
    if not days and (since is None or until is None):
        return []
    first, last = start_of(since or days[0], by), until or days[-1]
    held: dict[date, list[DyadAct]] = {}
    for act in acts:
        if day := act.day(by):
            held.setdefault(start_of(day, by), []).append(act)
    reads, mentions = _by_point(read, by), _by_point(mentioning, by)
    points, start = [], first
    while start <= last:
        end = after(start, by) - timedelta(days=1)
        points.append(_point(start, end, held.get(start, ()), reads[start], mentions[start]))
        start = end + timedelta(days=1)
    return points


def _by_point(counts: Mapping[date, int], by: By) -> Counter[date]:
    total: Counter[date] = Counter()
    for day, count in counts.items():
        total[start_of(day, by)] += count
    return total


def _point(start: date, end: date, acts: Sequence[DyadAct], read: int, mentioning: int) -> SeriesPoint:
    tension = round(sum(act.weight() for act in acts), 6) if acts or read else None
    quads = Counter(act.quad for act in acts)
    types = Counter(act.type for act in acts)
    return SeriesPoint(
        start, end, tension, read, mentioning, dict(sorted(quads.items())), dict(sorted(types.items())), tuple(acts)
    )
