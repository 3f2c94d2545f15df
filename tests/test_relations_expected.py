"""What is expected of a pair, what surprises, and where its level turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.relations.acts import DyadAct
from detente.relations.expected import bands_of, surprises_of
from detente.relations.series import SeriesPoint, series_of
from detente.relations.turns import levels_of, turns_of
from detente.relations.weights import weights, weights_from

MONDAY = date(2020, 1, 6)
WEEKS = 120


def blow(week: int, number: int, intensity: float = -9.0) -> DyadAct:
    day = MONDAY + timedelta(weeks=week, days=1)
    kind = "ASSAULT" if intensity < 0 else "AID"
    name = f"w{week}-{number}"
    return DyadAct(name, name, "r", day, day, day, kind, "happened", intensity, ("RUS",), ("GEO",))


def weekly(acts: list[DyadAct], read: Mapping[int, int] | None = None) -> list[SeriesPoint]:
    reports = {MONDAY + timedelta(weeks=i): (read or {}).get(i, 10) for i in range(WEEKS)}
    return series_of(acts, {day: n for day, n in reports.items() if n}, {}, "week")


def quiet() -> list[DyadAct]:
    return [blow(week, 0, -2.0) for week in range(0, WEEKS, 6)]


def test_a_war_after_quiet_weeks_surprises_as_colder_with_its_very_acts() -> None:
    points = weekly([*quiet(), *(blow(100, i) for i in range(1, 6))])
    [surprise] = surprises_of(points, bands_of(points))
    assert surprise.start == MONDAY + timedelta(weeks=100)
    assert surprise.direction == "colder"
    assert {act.id for act in surprise.acts} >= {f"w100-{i}" for i in range(1, 6)}


def test_the_formula_of_a_surprise_holds_its_numbers() -> None:
    points = weekly([*quiet(), *(blow(100, i) for i in range(1, 6))])
    [surprise] = surprises_of(points, bands_of(points))
    assert surprise.z == pytest.approx((surprise.tension - surprise.expected) / surprise.spread)
    assert surprise.tension == pytest.approx(sum(act.weight() for act in surprise.acts))
    assert f"= {surprise.z:+.1f}" in surprise.formula
    assert "+0.90 +0.90" in surprise.formula


def test_sudden_help_surprises_as_warmer() -> None:
    points = weekly([*quiet(), *(blow(100, i, 7.0) for i in range(1, 6))])
    [surprise] = surprises_of(points, bands_of(points))
    assert surprise.direction == "warmer"


def test_one_harsh_word_in_a_quiet_pair_is_no_surprise() -> None:
    points = weekly([blow(100, 1, -2.0)])
    assert surprises_of(points, bands_of(points)) == []


def test_no_band_is_drawn_before_enough_was_read_nor_where_nothing_was() -> None:
    points = weekly(quiet(), {50: 0})
    bands = bands_of(points)
    assert all(band is None for band in bands[: weights().least_readings["week"]])
    assert bands[50] is None
    assert bands[51] is not None


def test_a_band_never_sees_its_future() -> None:
    calm = weekly(quiet())
    storm = weekly([*quiet(), *(blow(week, i) for week in range(100, WEEKS) for i in range(1, 9))])
    assert bands_of(calm)[:101] == bands_of(storm)[:101]


def test_more_reading_makes_more_acts_likely() -> None:
    steady = [blow(week, 0, -5.0) for week in range(WEEKS)]
    usual, doubled = bands_of(weekly(steady))[-1], bands_of(weekly(steady, {WEEKS - 1: 20}))[-1]
    assert usual is not None
    assert doubled is not None
    assert doubled.expected > 1.5 * usual.expected
    assert doubled.volume > 1.5


def test_a_lasting_war_is_a_turn_and_a_single_week_is_none() -> None:
    war = weekly([*quiet(), *(blow(week, i) for week in range(80, WEEKS) for i in range(1, 5))])
    [turn] = turns_of(war)
    assert abs((turn.start - (MONDAY + timedelta(weeks=80))).days) <= 7
    assert turn.direction == "colder"
    assert turn.after > 3 > turn.before
    assert turns_of(weekly([*quiet(), *(blow(100, i) for i in range(1, 5))])) == []


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=11), st.integers(1, 40))
def test_no_division_into_levels_costs_less_than_the_one_that_is_found(values: list[int], penalty: int) -> None:
    def cost(edges: Sequence[int]) -> float:
        parts = [values[start:end] for start, end in pairwise(edges)]
        return sum(sum((v - fmean(part)) ** 2 for v in part) for part in parts) + penalty * len(parts)

    inner = range(1, len(values))
    divisions = [[0, *chosen, len(values)] for n in range(len(values)) for chosen in combinations(inner, n)]
    long_enough = [edges for edges in divisions if all(b - a >= 3 for a, b in pairwise(edges))]
    found = levels_of(np.array(values, dtype=float), penalty, shortest=3)
    if long_enough:
        assert cost(found) == pytest.approx(min(map(cost, long_enough)))
        assert found in long_enough


def test_a_series_without_change_has_no_turn_and_no_surprise() -> None:
    points = weekly([])
    assert turns_of(points) == []
    assert surprises_of(points, bands_of(points)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("status", "planned"), 1.5),
        (("status", "planned"), "half"),
        (("band", "surprise_at"), 0),
        (("band", "half_life"), {"day": 60}),
    ],
)
def test_weights_that_cannot_be_are_refused(path: tuple[str, str], value: object) -> None:
    given = {
        "status": dict(weights().status),
        "band": {
            "half_life": dict(weights().half_life),
            "least_readings": dict(weights().least_readings),
            "least_spread": dict(weights().least_spread),
            "surprise_at": 3.0,
        },
        "widest_date": dict(weights().widest_date),
    }
    assert weights_from(given) == weights()
    given[path[0]][path[1]] = value  # type: ignore[index]
    with pytest.raises(DataError):
        weights_from(given)
