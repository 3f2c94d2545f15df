"""How well surprises find turns that everybody knows, beside two plain baselines.

A method gives every week two scores, for colder and for warmer. It finds a turn if, from `BEFORE` weeks before the week
of the turn to `AFTER` weeks after it, a week scores its threshold in the turn's direction. Runs of such weeks outside
the windows of all known turns of the pair are false alarms: an upper bound, since many of them are true events that
are on no list.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from statistics import mean, median, pstdev

from detente.archive import Archive
from detente.errors import DataError
from detente.relations.expected import bands_of
from detente.relations.gathering import acts_among, read_by_day
from detente.relations.rarity import rarities_of
from detente.relations.series import SeriesPoint, series_of, start_of
from detente.relations.weights import weights

BEFORE, AFTER = 2, 4
"""Weeks of the window: tension may rise ahead of the day itself, and reports lag."""

PAST = 52
"""Weeks a baseline takes its mean and deviation from."""

BASELINE_AT = 3.0
"""Threshold of the baselines' z: the same as that of surprises."""

Scores = list[tuple[float, float] | None]
Method = Callable[[Sequence[SeriesPoint]], Scores]


@dataclass(frozen=True, slots=True)
class KnownTurn:
    """A turn between two states on a day, colder or warmer; `tuned` where numbers of surprises were chosen on it."""

    one: str
    other: str
    day: date
    direction: str
    what: str
    tuned: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a method made of one turn: weeks from the turn to its first score in the window, null where it has none."""

    turn: KnownTurn
    weeks: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """A method at a threshold: what it found, its false alarms, and the pair-years it looked at."""

    method: str
    threshold: float
    found: tuple[Found, ...]
    false_alarms: int
    pair_years: float

    @property
    def hits(self) -> int:
        """How many turns it found."""
        return sum(found.weeks is not None for found in self.found)

    @property
    def rate(self) -> float:
        """False alarms a pair-year."""
        return self.false_alarms / self.pair_years if self.pair_years else 0.0

    @property
    def median_weeks(self) -> float | None:
        """Weeks from the turn to the first score, negative before it."""
        weeks = [found.weeks for found in self.found if found.weeks is not None]
        return median(weeks) if weeks else None


@cache
def known_turns() -> tuple[KnownTurn, ...]:
    """The list that ships with the package; raises `DataError` where a row is not valid."""
    text = (files(__package__) / "data" / "known_turns.csv").read_text(encoding="utf-8")
    try:
        turns = tuple(
            KnownTurn(
                row["one"],
                row["other"],
                date.fromisoformat(row["day"]),
                row["direction"],
                row["what"],
                {"tuned": True, "held-out": False}[row["set"]],
            )
            for row in csv.DictReader(text.splitlines())
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"known_turns.csv: {error}") from error
    if wrong := next((turn for turn in turns if turn.direction not in ("colder", "warmer")), None):
        raise DataError(f"known_turns.csv: {wrong.what}: direction {wrong.direction!r}")
    return turns


def compare(archive: Archive, turns: Iterable[KnownTurn] | None = None) -> list[Result]:
    """Surprises in the turn's direction and either way; each baseline, then held to the false alarms of surprises.

    Turns outside the weeks that the archive read are left out.
    """
    series = _series(archive, known_turns() if turns is None else tuple(turns))
    scored = {name: {pair: method(points) for pair, (points, _) in series.items()} for name, method in METHODS.items()}
    own = _result("surprise", scored["surprise"], series, weights().surprise_at)
    either = {
        pair: [score and (max(score), max(score)) for score in scores] for pair, scores in scored["surprise"].items()
    }
    results = [own, _result("either way", either, series, weights().surprise_at)]
    for name in BASELINES:
        results.append(_result(name, scored[name], series, BASELINE_AT))
        results.append(_held_to(name, scored[name], series, own.rate))
    return results


Pair = tuple[str, str]
Series = Mapping[Pair, tuple[Sequence[SeriesPoint], Sequence[KnownTurn]]]


def _series(archive: Archive, turns: Sequence[KnownTurn]) -> Series:
    read = read_by_day(archive)
    found: dict[Pair, tuple[Sequence[SeriesPoint], Sequence[KnownTurn]]] = {}
    for pair in sorted({(min(turn.one, turn.other), max(turn.one, turn.other)) for turn in turns}):
        points = series_of(acts_among(archive, pair), read, {}, "week")
        seen = {point.start for point in points if point.read}
        own = [turn for turn in turns if {turn.one, turn.other} == set(pair) and start_of(turn.day, "week") in seen]
        if own:
            found[pair] = (points, own)
    return found


def _surprise(points: Sequence[SeriesPoint]) -> Scores:
    scores: Scores = []
    for point, band in zip(points, bands_of(points, "week"), strict=True):
        if band is None or point.tension is None:
            scores.append(None)
        else:
            z = (point.tension - band.expected) / band.spread
            scores.append((z, -z))
    return scores


def _of_counts(points: Sequence[SeriesPoint]) -> Scores:
    return _standing_out([float(len(point.acts)) for point in points], points, least=1.0)


def _of_conflict_share(points: Sequence[SeriesPoint]) -> Scores:
    shares = [
        sum(n for quad, n in point.quads.items() if quad.endswith("conflict")) / max(1, len(point.acts))
        for point in points
    ]
    return _standing_out(shares, points, least=0.1)


def _standing_out(values: Sequence[float], points: Sequence[SeriesPoint], least: float) -> Scores:
    """The z of each value among those of the year before; a baseline knows no direction, so it may claim either."""
    scores: Scores = []
    for i, point in enumerate(points):
        past = values[max(0, i - PAST) : i]
        if len(past) < PAST // 2 or not point.read:
            scores.append(None)
        else:
            z = (values[i] - mean(past)) / max(least, pstdev(past))
            scores.append((z, z))
    return scores


METHODS: dict[str, Method] = {
    "surprise": _surprise,
    "count z": _of_counts,
    "share z": _of_conflict_share,
    "rarity": rarities_of,
}
BASELINES = tuple(METHODS)[1:]


def _result(method: str, scored: Mapping[Pair, Scores], series: Series, threshold: float) -> Result:
    found: list[Found] = []
    false_alarms, weeks = 0, 0
    for pair, (points, turns) in series.items():
        scores = scored[pair]
        weeks += sum(score is not None for score in scores)
        windows: set[int] = set()
        for turn in turns:
            at = (start_of(turn.day, "week") - points[0].start) // timedelta(weeks=1)
            window = range(max(0, at - BEFORE), min(len(points), at + AFTER + 1))
            windows |= set(window)
            side = 0 if turn.direction == "colder" else 1
            first = next((i for i in window if (score := scores[i]) and score[side] >= threshold), None)
            found.append(Found(turn, None if first is None else first - at))
        loud = [i for i, score in enumerate(scores) if score and max(score) >= threshold and i not in windows]
        false_alarms += sum(i - 1 not in loud for i in loud)
    return Result(method, threshold, tuple(found), false_alarms, weeks / 52.18)


def _held_to(method: str, scored: Mapping[Pair, Scores], series: Series, rate: float) -> Result:
    """The method at the lowest threshold, in steps of a tenth, that raises no more false alarms than `rate`."""
    steps = (_result(method, scored, series, tenths / 10) for tenths in range(5, 200))
    return next(result for result in steps if result.rate <= rate)
