"""What a report's own words say of its day, against the date of its page: on texts of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.checks.doubt import all_signs, load_weights, own_day_checks
from detente.checks.festivals import festival_signs
from detente.checks.office_holders import holders_in
from detente.checks.own_day import day_signs, told_by, year_signs, zone_signs
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


@pytest.mark.parametrize(
    ("title", "right", "late"),
    [
        ("A Proclamation on National Small Business Week", "2021-05-01", "2021-06-15"),
        ("Greetings on Diplomats’ Day", "2019-02-10", "2019-03-27"),
        ("Democratic Republic of the Congo National Day", "2022-06-30", "2022-08-14"),
        ("Côte d’Ivoire’s National Day", "2021-08-07", "2021-09-21"),
        ("On the Occasion of St. Patrick’s Day", "2022-03-17", "2022-05-01"),
        ("On the Occasion of Eid al-Adha", "2022-07-09", "2022-08-23"),
    ],
)
def test_a_week_or_a_national_day_is_greeted_when_it_is_kept(title: str, right: str, late: str) -> None:
    assert codes("We send our best wishes.", right, title) == []
    assert codes("We send our best wishes.", late, title) == ["page-date-festival"]


def test_a_festival_near_the_page_outweighs_another_that_is_over() -> None:
    told = told_by("On the Occasion of Eid al-Fitr", "This day ends Ramadan, a month of fasting.")
    assert list(festival_signs(told, date(2022, 5, 2))) == []


def test_what_is_called_after_a_festival_is_another_thing() -> None:
    [sign] = festival_signs(told_by("Statues of Easter Island", "They are old."), date(2019, 8, 1))
    assert sign.kind == "festival/back/title/called after"


def test_the_longer_name_of_a_day_is_the_one_that_is_meant() -> None:
    told = told_by("Statement on Holocaust Remembrance Day", "We mourn.")
    assert list(festival_signs(told, date(2024, 5, 6))) == []


def test_a_spokesman_dates_a_text_by_his_post() -> None:
    text = "The below is attributable to Spokesperson Ned Price: The secretary spoke with the minister."
    assert codes(text, "2022-03-01") == []
    assert codes(text, "2023-09-01") == ["page-date-post"]


def test_a_deputy_of_a_post_is_not_its_holder() -> None:
    text = "Principal Deputy Press Secretary Karine Jean-Pierre spoke on the flight."
    assert list(holders_in(text, load_knowledge())) == []


def test_who_is_told_as_former_keeps_his_title_for_politeness() -> None:
    text = "We mourn former President Sebastián Piñera. In office, President Piñera worked for his country."
    knowledge = load_knowledge()
    signs = all_signs(told_by(None, text), date(2024, 2, 7), tuple(holders_in(text, knowledge)), knowledge)
    assert [s.kind for s in signs if s.kind.startswith("office")] == []


def test_a_day_that_names_an_event_is_no_day_of_the_news() -> None:
    told = told_by(None, "The attacks of September 11 changed the world.")
    assert list(day_signs(told, date(2001, 11, 21))) == []


def test_days_of_a_range_have_the_year_behind_it() -> None:
    told = told_by(None, "On December 9-10, 2021, they held a summit.")
    assert [day.full for day in told.days] == [date(2021, 12, 9)]


def test_a_month_with_its_year_that_lies_a_year_back_is_a_sign() -> None:
    told = told_by(None, "They met in June 2021 and agreed to go on.")
    assert "years/month/head" in [s.kind for s in year_signs(told, date(2022, 6, 2))]
    assert list(year_signs(told, date(2021, 7, 2))) == []


def kinds(text: str, day: str, title: str | None = None) -> list[str]:
    knowledge = load_knowledge()
    holders = tuple(holders_in(text, knowledge))
    return [sign.kind for sign in all_signs(told_by(title, text), date.fromisoformat(day), holders, knowledge)]


def test_who_signs_a_report_in_a_post_that_he_had_left_is_a_sign() -> None:
    text = "Ned Price, Department Spokesperson\n\nToday the lighthouse of Skellan was lit again."
    assert "post/ended/signer" in kinds(text, "2023-07-01")
    assert "post/ended/signer" not in kinds(text, "2022-07-01")
    assert "post/ended/signer" not in kinds(text.replace("\n\n", ", says that "), "2023-07-01")


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        ("The queen will pay a visit to Skellan in April.", "2017-05-20", True),
        ("The queen will pay a visit to Skellan in April.", "2017-03-02", False),
        ("The queen will pay a visit to Skellan in April.", "2017-05-04", False),
        ("The queen paid a visit to Skellan in April.", "2017-05-20", False),
        ("The upcoming visit of the queen in April 2018 was called off.", "2017-05-20", False),
        ("The queen will pay a visit to Skellan in December.", "2018-01-20", True),
    ],
)
def test_a_month_that_is_over_and_told_as_to_come_is_a_sign(text: str, day: str, found: bool) -> None:
    assert any(kind.startswith("month/due/") for kind in kinds(text, day)) == found


def test_what_stands_far_down_in_a_long_text_is_a_sign_of_its_own() -> None:
    text = f"{'The lighthouse stands. ' * 200}It was lit on June 9."
    assert "day/on/told/deep" in kinds(text, "2017-07-24")
    assert "day/on/told/head" in kinds("It was lit on June 9.", "2017-07-24")
