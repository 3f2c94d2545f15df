"""Times told as parts of others, beyond the last or next one, and hours whose half of the day another word tells."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from detente.language import parse
from detente.when import find_times

WEDNESDAY = date(2024, 11, 20)


def values(nlp: Language, text: str, day: date = WEDNESDAY) -> list[tuple[str, str]]:
    return [(time.span.of(text), time.value) for time in find_times(parse(nlp, text), day)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Troops crossed the river the week before last.", ("the week before last", "2024-W45")),
        ("The minister resigned the night before last.", ("the night before last", "2024-11-18TNI")),
        ("The month before last, Chad shut the border.", ("The month before last", "2024-09")),
        ("The king will travel to Peru the week after next.", ("the week after next", "2024-W49")),
        ("The talks broke off the Thursday before last.", ("Thursday before last", "2024-11-07")),
        ("They met in Lima two Fridays ago.", ("two Fridays ago", "2024-11-08")),
        ("Floods hit the coast three weekends ago.", ("three weekends ago", "2024-W44-WE")),
        ("In March the year before last Chile recalled its envoy.", ("March the year before last", "2022-03")),
        ("It was drawn up in the autumn of the year before last.", ("the autumn of the year before last", "2022-FA")),
    ],
)
def test_before_last_and_after_next_count_two(nlp: Language, text: str, found: tuple[str, str]) -> None:
    assert values(nlp, text) == [found]


def test_a_month_of_a_year_that_no_day_of_the_report_tells_is_of_no_year(nlp: Language) -> None:
    text = "Peru met Chad in October of last year."
    assert [time.value for time in find_times(parse(nlp, text), None)] == ["XXXX-10"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voters go to the polls on the first Sunday of next month.", ("the first Sunday of next month", "2024-12-01")),
        ("The parade takes place on the last Saturday of May 2026.", ("the last Saturday of May 2026", "2026-05-30")),
        ("Chad held talks on the second Monday of this month.", ("the second Monday of this month", "2024-11-11")),
        ("The jets struck on the third Thursday of October.", ("the third Thursday of October", "2024-10-17")),
        ("Peru expelled two diplomats on the fourth of last month.", ("the fourth of last month", "2024-10-04")),
        ("By the twenty-first of next month the troops must leave.", ("the twenty-first of next month", "2024-12-21")),
        ("Ghana opened its mission on the 12th of this month.", ("the 12th of this month", "2024-11-12")),
    ],
)
def test_a_weekday_or_number_is_a_day_of_the_month_told_behind_it(
    nlp: Language, text: str, found: tuple[str, str]
) -> None:
    assert values(nlp, text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The raid began at six yesterday evening.", ("six yesterday evening", "2024-11-19T18:00")),
        ("The delegates left the hall at 4 this afternoon.", ("4 this afternoon", "2024-11-20T16:00")),
        ("Polls open at 7 tomorrow morning.", ("7 tomorrow morning", "2024-11-21T07:00")),
        ("The plane landed last night at 11.", ("11", "2024-11-19T23:00")),
        ("Shells fell on the port at 9 on Monday night.", ("9", "2024-11-18T21:00")),
        ("The convoy set out yesterday morning at five.", ("five", "2024-11-19T05:00")),
    ],
)
def test_a_bare_hour_takes_its_half_from_the_part_of_the_day(nlp: Language, text: str, found: tuple[str, str]) -> None:
    assert found in values(nlp, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The vote was postponed to May.", "2025-05"),
        ("The exercise was delayed until September.", "2025-09"),
        ("The summit has been moved to March.", "2025-03"),
        ("Oman put off the conference to January.", "2025-01"),
        ("The visit was rescheduled for Monday.", "2024-11-25"),
    ],
)
def test_what_is_moved_to_a_day_lies_ahead(nlp: Language, text: str, value: str) -> None:
    assert [found for _, found in values(nlp, text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "He was charged under section 1325 of the code.",
        "Under Section 2019 of the act, aid may be cut.",
        "Sections 1701 and 1702 give him that power.",
        "The charge rests on 8 U.S.C. 1227(a)(1).",
        "The order cites § 1182 of the law.",
    ],
)
def test_a_section_of_a_law_is_no_year(nlp: Language, text: str) -> None:
    assert values(nlp, text) == []


def test_digits_that_may_be_read_in_either_order_are_uncertain(nlp: Language) -> None:
    for text, certain in (("Togo signed it on 04/09/23.", False), ("Togo signed it on 14/09/23.", True)):
        (time,) = find_times(parse(nlp, text), WEDNESDAY)
        assert time.certain is certain
