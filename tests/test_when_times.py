"""Time expressions found in sentences, with their values."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from detente.record import Time
from detente.when import find_times

FRIDAY = date(2021, 6, 11)


def times(nlp: Language, text: str, day: date | None = FRIDAY) -> tuple[Time, ...]:
    return find_times(nlp(text), day)


def values(nlp: Language, text: str, day: date | None = FRIDAY) -> list[tuple[str, str]]:
    return [(t.span.of(text), t.value) for t in times(nlp, text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministers met on Wednesday.", [("Wednesday", "2021-06-09")]),
        ("The ministers met on Friday.", [("Friday", "2021-06-11")]),
        ("The ministers will meet on Wednesday.", [("Wednesday", "2021-06-16")]),
        ("The border stays closed until Monday.", [("Monday", "2021-06-14")]),
        ("The talks are due to begin on Tuesday.", [("Tuesday", "2021-06-15")]),
        ("They will meet next Wednesday in Geneva.", [("next Wednesday", "2021-06-16")]),
        ("The envoy left last Friday.", [("last Friday", "2021-06-04")]),
        ("In March, the ambassador went home.", [("March", "2021-03")]),
        ("Elections will be held in November.", [("November", "2021-11")]),
        ("The troops left in November.", [("November", "2020-11")]),
        ("The treaty was signed on June 18, 1990.", [("June 18, 1990", "1990-06-18")]),
        ("The summit will open on 16 June.", [("16 June", "2021-06-16")]),
        ("He spoke on Thursday night.", [("Thursday night", "2021-06-10TNI")]),
        ("He was seized last week.", [("last week", "2021-W22")]),
        ("The court ruled two weeks ago.", [("two weeks ago", "2021-W21")]),
        ("He was jailed five years ago.", [("five years ago", "2016")]),
        ("The war lasted nine days.", [("nine days", "P9D")]),
        ("They drill every Monday.", [("every Monday", "XXXX-WXX-1")]),
        ("The pact was reached in the 1990s.", [("the 1990s", "199")]),
        ("Growth slowed in the fourth quarter of 2020.", [("the fourth quarter of 2020", "2020-Q4")]),
        ("The lull held over Christmas.", [("Christmas", "2020-12-25")]),
        ("Leaders arrive ahead of a summit on Tuesday.", [("Tuesday", "2021-06-15")]),
        ("Plans for Sunday's march alarm the police.", [("Sunday", "2021-06-13")]),
        ("Congo names a candidate for the September election.", [("September", "2021-09")]),
        ("The toll of the April floods rises.", [("April", "2021-04")]),
        ("The envoy defends October's raid.", [("October", "2020-10")]),
        ("The envoy praises July's summit.", [("July", "2021-07")]),
        ("By October of last year the camp was empty.", [("October of last year", "2020-10")]),
        ("Police are on alert following Monday's riot.", [("Monday", "2021-06-07")]),
        ("Detective April Lee will testify.", []),
        ("Now the two sides talk.", [("Now", "PRESENT_REF")]),
    ],
)
def test_a_time_is_resolved_against_the_day_of_the_report(
    nlp: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    assert values(nlp, text) == expected


def test_a_story_counts_from_the_time_it_has_reached(nlp: Language) -> None:
    text = "The two met on 3 May 2019. A day earlier the army had crossed the border. The following Sunday it left."
    assert values(nlp, text) == [
        ("3 May 2019", "2019-05-03"),
        ("A day earlier", "2019-05-02"),
        ("The following Sunday", "2019-05-05"),
    ]


def test_without_a_report_date_relative_times_stay_unknown(nlp: Language) -> None:
    found = times(nlp, "They met on Friday, and in June they will meet again.", None)
    assert [t.value for t in found] == ["XXXX-WXX-5", "XXXX-06"]
    assert all(t.start is None and not t.certain for t in found)


def test_days_of_the_past_stretch_end_with_the_report(nlp: Language) -> None:
    (time,) = times(nlp, "Over the past nine days 40 people were arrested.")
    assert (time.value, time.start, time.end) == ("P9D", "2021-06-02", "2021-06-11")


def test_today_in_a_quotation_is_the_day_it_was_said(nlp: Language) -> None:
    text = (
        'On Tuesday, the minister announced the end of the talks. "I told them last night," she said. They left today.'
    )
    assert values(nlp, text) == [
        ("Tuesday", "2021-06-08"),
        ("last night", "2021-06-07TNI"),
        ("today", "2021-06-11"),
    ]


def test_a_history_keeps_to_the_year_it_has_reached(nlp: Language) -> None:
    text = (
        "In 1911 the emperor fell. The republic was proclaimed in January 1912. In April, the parliament moved. "
        "It was dissolved in 1914, and the general died in June 1916. In December, fighting broke out. "
        "By February the north was lost."
    )
    assert [value for _, value in values(nlp, text)] == [
        "1911",
        "1912-01",
        "1912-04",
        "1914",
        "1916-06",
        "1916-12",
        "1917-02",
    ]


def test_times_in_a_list_share_the_year_told_last(nlp: Language) -> None:
    assert values(nlp, "The pull-out lasted from May 15 to August 16, 1988.") == [
        ("May 15", "1988-05-15"),
        ("August 16, 1988", "1988-08-16"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote is set for 8 p.m. on Thursday.", "2021-06-17T20:00"),
        ("The strike began at noon on Sunday.", "2021-06-06T12:00"),
        ("They met at 0930 GMT on 5 March.", "2021-03-05T09:30Z"),
    ],
)
def test_a_clock_time_is_of_the_day_told_with_it(nlp: Language, text: str, expected: str) -> None:
    assert values(nlp, text)[0][1] == expected
