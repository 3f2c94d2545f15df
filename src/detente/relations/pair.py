"""How two sides stand: everything the archive tells of a pair or group, put together once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from detente.archive import Archive
from detente.errors import UsageError
from detente.relations.acts import QUADS, DyadAct, is_of_time
from detente.relations.expected import Band, Surprise, bands_of, surprises_of
from detente.relations.gathering import acts_among, mentioning_by_day, read_by_day
from detente.relations.series import SeriesPoint, series_of, start_of
from detente.relations.turns import TurningPoint, turns_of
from detente.relations.weights import By, weights


@dataclass(frozen=True, slots=True)
class Relation:
    """The series of a pair or group with what was expected, what surprised, and where it turned.

    `acts` are those that have a day, each once; not all of them are in `points`. `undated` are those without a day,
    which are in no point and no sum. `bands` has one entry a point. `known` is how many points of all time have a
    tension, at least one report of them being read.
    """

    codes: tuple[str, ...]
    is_directed: bool
    by: By
    acts: tuple[DyadAct, ...]
    undated: tuple[DyadAct, ...]
    points: tuple[SeriesPoint, ...]
    bands: tuple[Band | None, ...]
    surprises: tuple[Surprise, ...]
    turns: tuple[TurningPoint, ...]
    known: int

    @property
    def loose(self) -> int:
        """How many acts are dated too widely for any point."""
        return sum(act.day(self.by) is None for act in self.acts)

    @property
    def beyond(self) -> int:
        """How many acts have a day before the first or after the last point: before the archive read anything."""
        first, last = (self.points[0].start, self.points[-1].end) if self.points else (date.max, date.min)
        return sum((day := act.day(self.by)) is not None and not first <= day <= last for act in self.acts)

    @property
    def needed(self) -> int:
        """How many points must have been read before anything is expected."""
        return weights().least_readings[self.by]

    @property
    def unread(self) -> tuple[tuple[date, date], ...]:
        """First and last days of the times of which no report was read, in order."""
        found: list[tuple[date, date]] = []
        for point in self.points:
            if point.tension is None:
                starts_anew = not found or found[-1][1] + timedelta(days=1) != point.start
                found.append((point.start, point.end) if starts_anew else (found.pop()[0], point.end))
        return tuple(found)

    def to_rows(self) -> list[dict[str, Any]]:
        """One flat row a point: tension, what was expected, how far off it lies, what was read, acts by quad class."""
        return [_flat(point, band) for point, band in zip(self.points, self.bands, strict=True)]

    def at(self, day: date) -> SeriesPoint | None:
        """The point that holds `day`."""
        start = start_of(day, self.by)
        return next((point for point in self.points if point.start == start), None)


Gathered = tuple[list[DyadAct], dict[date, int]]


def relate(
    archive: Archive,
    codes: Sequence[str],
    *,
    by: By = "week",
    since: date | None = None,
    until: date | None = None,
    is_directed: bool = False,
    min_score: float | None = None,
    read: Mapping[date, int] | None = None,
    gathered: Gathered | None = None,
) -> Relation:
    """The relation of two or more states; raises `UsageError` for fewer, or for a directed group.

    What was expected is learnt from all of the past, whatever `since`; `min_score` leaves out less likely acts. `read`
    may bring `read_by_day` along, `gathered` what `gather` found.
    """
    members = tuple(dict.fromkeys(codes))
    if len(members) < 2 or (is_directed and len(members) > 2):
        raise UsageError(f"{' '.join(codes)!r}: give two states like USA RUS, or more for a group without direction.")
    reports = read_by_day(archive) if read is None else read
    acts, mentioning = gathered or gather(archive, members, is_directed=is_directed, min_score=min_score)
    whole = relation_of(members, acts, reports, mentioning, by, is_directed=is_directed)
    return within(whole, since, until) if since or until else whole


def relation_of(
    codes: tuple[str, ...],
    acts: Sequence[DyadAct],
    reports: Mapping[date, int],
    mentioning: Mapping[date, int],
    by: By,
    *,
    is_directed: bool,
) -> Relation:
    """What the acts of a pair amount to; `reports` and `mentioning` count the reports of each day that were read."""
    points = series_of(acts, reports, mentioning, by)
    bands = bands_of(points, by)
    return Relation(
        codes=codes,
        is_directed=is_directed,
        by=by,
        acts=tuple(act for act in acts if act.counted_on),
        undated=tuple(act for act in acts if not act.counted_on),
        points=tuple(points),
        bands=tuple(bands),
        surprises=tuple(surprises_of(points, bands)),
        turns=tuple(turns_of(points)),
        known=sum(point.tension is not None for point in points),
    )


def within(relation: Relation, since: date | None, until: date | None) -> Relation:
    """The part of a relation between two days; what was expected and the turns stay those of the whole."""
    shown = [
        i
        for i, point in enumerate(relation.points)
        if (since is None or point.end >= since) and (until is None or point.start <= until)
    ]
    points, bands = [relation.points[i] for i in shown], [relation.bands[i] for i in shown]
    return replace(
        relation,
        acts=tuple(act for act in relation.acts if is_of_time(act, since, until)),
        undated=tuple(act for act in relation.undated if is_of_time(act, since, until)),
        points=tuple(points),
        bands=tuple(bands),
        surprises=tuple(surprises_of(points, bands)),
        turns=tuple(
            turn
            for turn in relation.turns
            if (since is None or turn.start >= since) and (until is None or turn.start <= until)
        ),
    )


def _flat(point: SeriesPoint, band: Band | None) -> dict[str, Any]:
    counts = {quad.replace(" ", "_"): point.quads.get(quad, 0) for quad in QUADS}
    return {
        "start": point.start.isoformat(),
        "end": point.end.isoformat(),
        "tension": point.tension,
        "expected": band and round(band.expected, 4),
        "low": band and round(band.low, 4),
        "high": band and round(band.high, 4),
        "z": band and point.tension is not None and round((point.tension - band.expected) / band.spread, 3),
        "read": point.read,
        "mentioning": point.mentioning,
        "coverage": point.coverage,
        "acts": len(point.acts),
        **counts,
    }


def gather(
    archive: Archive, members: Sequence[str], *, is_directed: bool = False, min_score: float | None = None
) -> Gathered:
    """The acts of a pair or group, and the reports by day that name all of them."""
    acts = acts_among(archive, members, is_directed=is_directed, min_score=min_score)
    mentioning: dict[date, int] = {}
    for pair in combinations(members, 2):
        for day, count in mentioning_by_day(archive, pair).items():
            mentioning[day] = max(count, mentioning.get(day, 0))
    return acts, mentioning
