"""What a report's own words say of its day, against the date of its page: on texts of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.checks.doubt import all_signs, load_weights, own_day_checks
from detente.checks.office_holders import holders_in
from detente.checks.own_day import day_signs, festival_signs, told_by, year_signs, zone_signs
from detente.knowledge import load_knowledge
from detente.record import Check


def checks(text: str, day: str, title: str | None = None) -> list[Check]:
    knowledge = load_knowledge()
    holders = tuple(holders_in(text, knowledge))
    return list(own_day_checks(told_by(title, text), date.fromisoformat(day), holders, knowledge))


def codes(text: str, day: str, title: str | None = None) -> list[str]:
    return [check.code for check in checks(text, day, title)]


def test_a_report_that_looks_ahead_to_a_gathering_that_is_over_is_dated_anew() -> None:
    text = "The chancellor will attend the upcoming NATO Summit in Madrid. He will meet the king before the dinner."
    assert codes(text, "2022-06-20") == []
    assert codes(text, "2022-08-20") == ["page-date-gathering"]


def test_the_check_names_both_days_and_the_gathering() -> None:
    text = "The chancellor will attend the upcoming NATO Summit in Madrid."
    [check] = checks(text, "2022-08-20")
    assert "20 August 2022" in check.message
    assert "2022-06-29" in check.message or "2022-06-28" in check.message
    assert "Madrid" in check.message
    assert [span.of(text) for span in check.spans] == ["NATO Summit"]


def test_a_title_that_announces_a_day_weeks_before_the_page_is_doubted() -> None:
    title, text = "On June 21, the president will receive the queen", "The talks will be held in the palace."
    assert codes(text, "2017-06-20", title) == []
    assert codes(text, "2017-08-04", title) == ["page-date-day"]


def test_one_day_near_the_page_says_more_than_many_others() -> None:
    told = told_by("On June 21, the president will receive the queen", "He fell ill on August 3.")
    assert list(day_signs(told, date(2017, 8, 4))) == []


@pytest.mark.parametrize(("day", "kinds"), [("2022-12-01", ["year/late/title end"]), ("2021-12-01", [])])
def test_a_title_with_the_year_before_the_pages_is_a_sign(day: str, kinds: list[str]) -> None:
    told = told_by("A Proclamation on Lighthouse Week, 2021", "Lighthouses shine.")
    assert [sign.kind for sign in year_signs(told, date.fromisoformat(day))] == kinds


def test_a_festival_in_the_title_that_was_weeks_ago_is_a_sign() -> None:
    told = told_by("On World Refugee Day", "Many flee.")
    assert [s.kind for s in festival_signs(told, date(2021, 8, 4))] == ["festival/back/title"]
    assert list(festival_signs(told, date(2021, 6, 19))) == []


def test_a_clock_on_summer_time_does_not_strike_in_winter() -> None:
    told = told_by(None, "The South Court\n\n4:03 P.M. EDT\n\nTHE MAYOR: Good afternoon.")
    assert [s.kind for s in zone_signs(told, date(2021, 12, 4))] == ["zone/summer"]
    assert list(zone_signs(told, date(2021, 6, 4))) == []


def test_one_kind_of_sign_counts_once() -> None:
    told = told_by(None, "They met on May 3. They met on May 4. They met on May 5.")
    kinds = [sign.kind for sign in all_signs(told, date(2021, 7, 20), (), load_knowledge())]
    assert len(kinds) == len(set(kinds))


def test_every_weight_is_above_zero_and_below_what_convicts_by_far() -> None:
    weights = load_weights()
    assert all(0 < weight < 4 * weights.doubtful for weight in weights.of_kinds.values())
