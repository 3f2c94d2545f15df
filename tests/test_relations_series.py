"""Series of acts between states: which day an act belongs to, what it weighs, and what silence means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.relations.acts import DyadAct, between, directed, once
from detente.relations.series import after, series_of, start_of
from detente.relations.weights import STEPS, By

DAY = date(2021, 6, 16)


def act(
    id: str = "e1",
    type: str = "SANCTION",
    intensity: float = -7.0,
    status: str = "happened",
    actors: tuple[str, ...] = ("RUS",),
    recipients: tuple[str, ...] = ("USA",),
    start: date | None = DAY,
    end: date | None = None,
    told: date = DAY,
    joined: str | None = None,
) -> DyadAct:
    return DyadAct(id, joined or id, "r1", told, start, end or start, type, status, intensity, actors, recipients)


def test_a_planned_blow_weighs_half_of_one_struck_and_a_denied_one_nothing() -> None:
    assert act().weight() == pytest.approx(0.7)
    assert act(status="planned").weight() == pytest.approx(0.35)
    assert act(status="possible").weight() == pytest.approx(0.175)
    assert act(status="denied").weight() == 0


def test_help_lowers_tension() -> None:
    assert act(type="AID", intensity=7.0).weight() == pytest.approx(-0.7)


def test_a_plan_belongs_to_the_day_it_was_told_and_a_deed_to_the_day_it_was_done() -> None:
    due = DAY + timedelta(days=30)
    assert act(status="planned", start=due).day() == DAY
    assert act(start=DAY - timedelta(days=2)).day() == DAY - timedelta(days=2)
    assert act(start=None, status="planned").day() == DAY


def test_an_act_without_a_day_is_drawn_nowhere() -> None:
    assert act(start=None).day() is None
    assert act(start=None, status="denied").day() is None


def test_an_act_of_some_month_belongs_to_no_week_but_to_its_month() -> None:
    month = act(start=date(2021, 4, 1), end=date(2021, 4, 30))
    assert month.day("week") is None
    assert month.day("month") == date(2021, 4, 1)


def test_acts_go_in_a_direction_and_joint_acts_in_both() -> None:
    expelled, answered = act("a"), act("b", actors=("USA",), recipients=("RUS",))
    met = act("c", "CONSULT", 1.5, actors=("USA", "RUS"), recipients=())
    other = act("d", actors=("USA",), recipients=("CHN",))
    acts = [expelled, answered, met, other]
    assert directed(acts, "RUS", "USA") == [expelled, met]
    assert directed(acts, "USA", "RUS") == [answered, met]
    assert between(acts, "USA", "RUS") == [expelled, answered, met]


def test_two_states_on_one_side_of_an_act_against_a_third_are_no_pair() -> None:
    joint = act(actors=("USA", "GBR"), recipients=("SYR",))
    assert between([joint], "USA", "GBR") == []


def test_an_act_told_by_three_outlets_counts_once_with_what_asserts_most() -> None:
    tellings = [
        act("a", joined="x", status="possible", told=DAY - timedelta(days=1)),
        act("b", joined="x", told=DAY),
        act("c", joined="x", told=DAY + timedelta(days=1)),
    ]
    [joined] = once(tellings)
    assert (joined.id, joined.status, joined.tellings) == ("b", "happened", 3)


def test_no_report_read_is_not_the_same_as_nothing_happened() -> None:
    read = {DAY: 4, DAY + timedelta(days=14): 3}
    points = series_of([act()], read, {DAY: 1}, "week")
    assert [point.coverage for point in points] == ["acts told", "no report read", "read, pair not mentioned"]
    assert [point.tension for point in points] == [pytest.approx(0.7), None, 0.0]


def test_a_pair_that_is_named_without_an_act_says_so() -> None:
    [point] = series_of([], {DAY: 4}, {DAY: 2}, "day")
    assert point.coverage == "mentioned, no act told"


def test_a_series_without_any_report_is_empty() -> None:
    assert series_of([act()], {}, {}) == []


def test_points_count_acts_by_quad_class_and_type() -> None:
    acts = [act("a"), act("b", "ACCUSE", -2.0), act("c", "ACCUSE", -2.0)]
    [point] = series_of(acts, {DAY: 1}, {}, "month")
    assert point.quads == {"material conflict": 1, "verbal conflict": 2}
    assert point.types == {"ACCUSE": 2, "SANCTION": 1}


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.sampled_from(STEPS))
def test_every_day_lies_in_its_point_and_points_follow_without_a_gap(day: date, by: By) -> None:
    start = start_of(day, by)
    assert start <= day < after(start, by)
    assert start_of(after(start, by), by) == after(start, by)


@given(
    st.lists(st.integers(0, 400), max_size=30),
    st.sampled_from(STEPS),
)
def test_no_act_is_lost_between_points(offsets: list[int], by: By) -> None:
    first = date(2020, 1, 1)
    acts = [act(str(i), start=first + timedelta(days=n)) for i, n in enumerate(offsets)]
    points = series_of(acts, {first: 1, first + timedelta(days=400): 1}, {}, by)
    assert sum(len(point.acts) for point in points) == len(acts)
