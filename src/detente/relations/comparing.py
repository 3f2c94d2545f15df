"""The archive's acts beside those of another data set: by pair, point of time and quad class.

Both are counted where both can be: on days that lie within what the archive has read and what the data set covers, in
points of which the archive read a report at all. Acts of the archive are counted once each, as PLOVER has no status: a
plan of cooperation as the words that it is (`codebook.told_type`), a plan of conflict and what is possible or denied
not at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import StatisticsError, correlation

from detente.archive import Archive
from detente.archive.beside import DataSet, OtherAct, acts_of_set, pairs_of_set
from detente.codebook import quad_of, told_type
from detente.relations.acts import QUADS, DyadAct, once, pairs_of
from detente.relations.gathering import acts_among, read_by_day
from detente.relations.matrix import tellings_between_states
from detente.relations.series import after, start_of
from detente.relations.weights import By

NEAR = 1
"""Days by which the two may differ and still tell one day: time zones, and reports of the day after."""

LEAST_POINTS = 3
"""Points from which a correlation is told."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An act of either side: its id, quad class, and the first and last day it may have been on."""

    id: str
    quad: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LoneDay:
    """A day on which only one side has an act, with its acts; `read` counts the reports that the archive has of it."""

    day: date
    acts: tuple[str, ...]
    read: int


@dataclass(frozen=True, slots=True)
class QuadCompared:
    """One quad class, or all of them: acts by point on either side, and how these go together.

    `pearson` and `spearman` are null for fewer than `LEAST_POINTS` points, and where a side never changes. `shared` is
    how many days of ours the other side has too, at most `NEAR` days off.
    """

    quad: str
    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    pearson: float | None
    spearman: float | None
    shared: int
    only_ours: tuple[LoneDay, ...]
    only_theirs: tuple[LoneDay, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which two codings are compared: `starts` of its points, `unread` those of which nothing was read.

    `first` and `last` are null where the two have no day in common.
    """

    by: By
    first: date | None
    last: date | None
    starts: tuple[date, ...]
    unread: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class PairCompared:
    """A pair of states: all quad classes together, then each; `others` are the acts of the data set by id."""

    pair: Pair
    span: Span
    together: QuadCompared
    quads: tuple[QuadCompared, ...]
    others: Mapping[str, OtherAct]


@dataclass(frozen=True, slots=True)
class SetCompared:
    """An archive beside another data set: the busiest pairs that both have, and how many pairs only one has."""

    data_set: DataSet
    span: Span
    pairs: tuple[PairCompared, ...]
    both: int
    only_ours: int
    only_theirs: int


def span_of(
    data_set: DataSet, read: Mapping[date, int], by: By, since: date | None = None, until: date | None = None
) -> Span:
    """The time that both cover, in points; `read` counts the archive's reports by day."""
    if not read or data_set.first is None or data_set.last is None:
        return Span(by, None, None, (), ())
    first = max(min(read), date.fromisoformat(data_set.first), since or date.min)
    last = min(max(read), date.fromisoformat(data_set.last), until or date.max)
    if first > last:
        return Span(by, None, None, (), ())
    held = {start_of(day, by) for day, count in read.items() if count}
    every = []
    start = start_of(first, by)
    while start <= last:
        every.append(start)
        start = after(start, by)
    return Span(by, first, last, tuple(s for s in every if s in held), tuple(s for s in every if s not in held))


def compare_set(
    archive: Archive,
    data_set: DataSet,
    by: By = "week",
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> SetCompared:
    """The `limit` pairs of which both have the most acts at any time, compared in the time that both cover."""
    read = read_by_day(archive)
    span = span_of(data_set, read, by, since, until)
    held: dict[Pair, list[DyadAct]] = defaultdict(list)
    for telling in tellings_between_states(archive):
        for pair in pairs_of(telling):
            held[pair].append(telling)
    theirs = pairs_of_set(archive.db, data_set.name)
    acts = {pair: once(held[pair]) for pair in held.keys() & theirs.keys()}
    busiest = sorted(acts, key=lambda pair: (-min(len(acts[pair]), theirs[pair]), pair))[:limit]
    compared = tuple(_compared(archive, data_set, pair, acts[pair], span, read) for pair in busiest)
    alone = len(held.keys() - theirs.keys()), len(theirs.keys() - held.keys())
    return SetCompared(data_set, span, compared, len(acts), *alone)


def compare_pair(
    archive: Archive,
    data_set: DataSet,
    pair: Pair,
    by: By = "week",
    since: date | None = None,
    until: date | None = None,
) -> PairCompared:
    """Two states, in the order of their codes, in the time that both cover."""
    read = read_by_day(archive)
    ordered = (min(pair), max(pair))
    span = span_of(data_set, read, by, since, until)
    return _compared(archive, data_set, ordered, acts_among(archive, ordered), span, read)


def _compared(
    archive: Archive, data_set: DataSet, pair: Pair, acts: Iterable[DyadAct], span: Span, read: Mapping[date, int]
) -> PairCompared:
    others = {act.id: act for act in acts_of_set(archive.db, data_set.name, pair)}
    ours = _within(filter(None, (_placed(act, span.by) for act in acts)), span)
    theirs = _within(map(_their, others.values()), span)
    quads = [
        _quad_compared(name, _of_quad(ours, number), _of_quad(theirs, number), span, read)
        for number, name in enumerate(QUADS, 1)
    ]
    together = _quad_compared("all", ours, theirs, span, read)
    return PairCompared(pair, span, together, tuple(quads), others)


def _placed(act: DyadAct, by: By) -> Placed | None:
    """An act as another data set would count it; null where it would not, or where its day is too wide for a point."""
    type_, first = told_type(act.type, act.status), act.day(by)
    if type_ is None or first is None:
        return None
    last = first if act.status == "planned" else act.end or first
    return Placed(act.id, quad_of(type_), first, max(first, last))


def _their(act: OtherAct) -> Placed:
    day = date.fromisoformat(act.day)
    return Placed(act.id, act.quad, day, day)


def _of_quad(acts: Iterable[Placed], quad: int) -> list[Placed]:
    return [act for act in acts if act.quad == quad]


def _within(acts: Iterable[Placed], span: Span) -> list[Placed]:
    """The acts of the time compared that lie in a point of which something was read."""
    if span.first is None or span.last is None:
        return []
    held = set(span.starts)
    return [act for act in acts if span.first <= act.first <= span.last and start_of(act.first, span.by) in held]


def _quad_compared(
    quad: str, ours: Sequence[Placed], theirs: Sequence[Placed], span: Span, read: Mapping[date, int]
) -> QuadCompared:
    one, other = _by_point(ours, span), _by_point(theirs, span)
    mine, foreign = _days(ours), _days(theirs)
    return QuadCompared(
        quad=quad,
        ours=one,
        theirs=other,
        pearson=_correlation(one, other),
        spearman=_correlation(_ranks(one), _ranks(other)),
        shared=sum(_is_near(day, foreign) for day in mine),
        only_ours=_lone(ours, theirs, read),
        only_theirs=_lone(theirs, ours, read),
    )


def _by_point(acts: Iterable[Placed], span: Span) -> tuple[int, ...]:
    counts = Counter(start_of(act.first, span.by) for act in acts)
    return tuple(counts[start] for start in span.starts)


def _days(acts: Iterable[Placed]) -> set[date]:
    """The days of acts whose day is known."""
    return {act.first for act in acts if act.first == act.last}


def _lone(acts: Sequence[Placed], others: Iterable[Placed], read: Mapping[date, int]) -> tuple[LoneDay, ...]:
    """The days of `acts` that no other act lies near to, or may lie near to."""
    taken = {day for act in others for day in _every_day(act)}
    held: dict[date, list[str]] = defaultdict(list)
    for act in acts:
        if act.first == act.last and not _is_near(act.first, taken):
            held[act.first].append(act.id)
    return tuple(LoneDay(day, tuple(ids), read.get(day, 0)) for day, ids in sorted(held.items()))


def _every_day(act: Placed) -> list[date]:
    return [act.first + timedelta(days=n) for n in range((act.last - act.first).days + 1)]


def _is_near(day: date, days: set[date]) -> bool:
    return any(day + timedelta(days=n) in days for n in range(-NEAR, NEAR + 1))


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    if len(one) < LEAST_POINTS:
        return None
    try:
        return round(correlation(one, other), 4)
    except StatisticsError:  # a side that never changes goes with nothing
        return None


def _ranks(values: Sequence[float]) -> list[float]:
    """Places in order, from 1; equal values share the mean of theirs."""
    order = sorted(values)
    edges = [0, *(n + 1 for n, (a, b) in enumerate(pairwise(order)) if a != b), len(order)]
    means = {order[first]: (first + 1 + last) / 2 for first, last in pairwise(edges) if first < last}
    return [means[value] for value in values]
