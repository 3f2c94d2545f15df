"""*At the NATO summit* is a time: on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from detente.knowledge.gatherings import load_calendar
from detente.language import parse
from detente.record import Report
from detente.when import date_of, find_report_date, find_times, told_times, with_gatherings
from detente.when.gatherings import overtaken


def times_in(nlp: Language, text: str, day: date | None) -> list[tuple[str, str, bool]]:
    doc = parse(nlp, text)
    found = with_gatherings(find_times(doc, day), doc, day, load_calendar())
    return [(time.span.of(text), time.value, time.certain) for time in found]


@pytest.mark.parametrize(
    ("text", "day", "name", "value"),
    [
        ("The two presidents met at the NATO summit in Brussels.", date(2021, 6, 20), "NATO summit", "2021-06-14"),
        ("Leaders signed a pledge at the G20 summit in Rome.", date(2022, 9, 1), "G20 summit", "2021-10-30/2021-10-31"),
        ("He met Xi on the sidelines of the SCO summit.", date(2022, 9, 20), "SCO summit", "2022-09-15/2022-09-16"),
    ],
)
def test_what_is_done_at_a_gathering_is_done_in_its_days_but_never_for_certain(
    nlp: Language, text: str, day: date, name: str, value: str
) -> None:
    assert times_in(nlp, text, day) == [(name, value, False)]


def test_a_day_told_in_the_sentence_needs_no_gathering(nlp: Language) -> None:
    assert [value for _, value, _ in times_in(nlp, "On Monday they met at the NATO summit.", date(2021, 6, 16))] == [
        "2021-06-14"
    ]


def test_a_yearly_gathering_far_from_the_report_dates_nothing(nlp: Language) -> None:
    assert times_in(nlp, "They met at the NATO summit.", date(2021, 1, 16)) == []


def test_without_a_report_date_no_gathering_is_guessed(nlp: Language) -> None:
    assert times_in(nlp, "They met at the NATO summit in Brussels.", None) == []


def test_the_act_takes_the_day_of_the_gathering(nlp: Language) -> None:
    doc, day = parse(nlp, "The two presidents met at the NATO summit in Brussels."), date(2021, 6, 20)
    told = told_times(doc, with_gatherings(find_times(doc, day), doc, day, load_calendar()))
    assert date_of(next(t for t in doc if t.text == "met"), told, day).date == "2021-06-14"


def test_a_page_dated_after_what_its_text_looks_ahead_to_is_of_the_eve_of_it(nlp: Language) -> None:
    text = "The chancellor will attend the upcoming NATO Summit in Madrid. The king arrives today."
    report = Report("own", text, published="2022-08-20")
    found = find_report_date(report, parse(nlp, text), load_calendar())
    assert (found.date, found.certain) == ("2022-06-27", False)
    assert "20 August 2022" in found.basis
    assert "Madrid" in found.basis


def test_a_page_from_before_the_gathering_keeps_its_day(nlp: Language) -> None:
    text = "The chancellor will attend the upcoming NATO Summit in Madrid."
    report = Report("own", text, published="2022-06-20")
    assert find_report_date(report, parse(nlp, text), load_calendar()) == find_report_date(report)


@pytest.mark.parametrize(("page", "is_over"), [(date(2002, 3, 1), True), (date(2010, 12, 26), False)])
def test_a_gathering_over_for_many_years_is_not_the_one_that_a_report_looks_ahead_to(page: date, is_over: bool) -> None:
    text = "Canada prepares a boycott ahead of the World Conference against Racism."
    assert [g.start.year for g in overtaken(text, page, load_calendar())] == [2001] * is_over
