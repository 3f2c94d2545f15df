"""How rare the acts of a week are: by side, by the pair's own past, by how much was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.relations.rarity import LEAST, RAREST, rarities_of, rarity
from detente.relations.series import SeriesPoint

QUIET = SeriesPoint(date(2021, 1, 4), date(2021, 1, 10), 0.0, 100, 0, {}, {}, ())


def weeks(*types: dict[str, int]) -> list[SeriesPoint]:
    """A year without an act, and the weeks with so many acts of each quad class after it."""
    points = [QUIET] * 52 + [replace(QUIET, quads=of_week) for of_week in types]
    return [replace(point, start=point.start + timedelta(weeks=n)) for n, point in enumerate(points)]


def last(points: list[SeriesPoint]) -> tuple[float, float]:
    """The rarity of the last point."""
    found = rarities_of(points)[-1]
    assert found is not None
    return found


def test_nothing_is_rare_before_enough_was_read() -> None:
    found = rarities_of(weeks({}))
    assert found[:LEAST] == [None] * LEAST
    assert None not in found[LEAST:]


def test_more_acts_of_a_side_are_rarer_and_each_side_has_its_own() -> None:
    one, three = (last(weeks({"material conflict": count})) for count in (1, 3))
    deal = last(weeks({"verbal cooperation": 2}))
    assert 0 < one[0] < three[0] <= RAREST
    assert one[1] == three[1] == deal[0] == 0
    assert deal[1] > 0


def test_what_a_pair_does_every_week_is_not_rare() -> None:
    used = weeks(*[{"material conflict": 3}] * 40)
    assert last(used)[0] < 1 < last(used[:53])[0]


def test_the_same_acts_in_twice_the_reading_are_less_rare() -> None:
    points = weeks({"material conflict": 3})
    twice = [*points[:-1], replace(points[-1], read=200)]
    assert last(twice)[0] < last(points)[0]


def test_a_week_of_which_nothing_was_read_has_no_rarity() -> None:
    points = weeks({"material conflict": 3})
    assert rarities_of([*points[:-1], replace(points[-1], read=0, tension=None)])[-1] is None


@pytest.mark.parametrize("mean", [0.01, 0.5, 3.0])
def test_rarity_is_a_probability_that_falls_with_the_count(mean: float) -> None:
    values = [rarity(count, mean) for count in range(30)]
    assert values[0] == 0
    assert values == sorted(values)
    assert 1 - 10 ** -rarity(1, mean) == pytest.approx((0.6 / (0.6 + mean)) ** 0.6)
