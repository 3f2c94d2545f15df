"""The day a report was told on, and what that rests on."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.checks import page_day
from detente.language import parse
from detente.record import Report
from detente.when import find_report_date

BODY = "The foreign ministers of both countries met on Wednesday."


def test_a_day_given_by_the_user_overrules_every_sign() -> None:
    found = find_report_date(Report("a", BODY, published="2021-07-27", date="2021-06-11"))
    assert (found.date, found.certain, found.basis) == ("2021-06-11", True, "given by the user")


def test_page_and_address_that_agree_are_certain() -> None:
    report = Report("a", BODY, url="https://wire.example/2021/06/11/ministers", published="2021-06-11T22:10:00+03:00")
    found = find_report_date(report)
    assert (found.date, found.certain) == ("2021-06-11", True)
    assert "the page is dated 11 June 2021" in found.basis
    assert "its address holds 11 June 2021" in found.basis


def test_a_dateline_outweighs_the_page_and_both_are_named() -> None:
    text = "BUENOS AIRES, June 9 (Example Wire) – The presidents will meet next Wednesday."
    found = find_report_date(Report("a", text, url="https://wire.example/2023/06/meet", published="2023-07-24"))
    assert (found.date, found.certain) == ("2023-06-09", False)
    assert "June 9" in found.basis
    assert "24 July 2023" in found.basis


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("TALLINN, 17 October 2019.", "2019-10-17"),
        ("SAN JOSE, June 2, 2011.", "2011-06-02"),
        ("Treaty, 3 May 2019.", None),
    ],
)
def test_a_place_in_capitals_and_a_day_that_ends_in_a_stop_are_a_dateline(opening: str, day: str | None) -> None:
    found = find_report_date(Report("a", f"{opening} Estonia expelled two diplomats on Wednesday."))
    assert found.date == day


def test_a_line_that_is_only_a_date_is_a_dateline() -> None:
    found = find_report_date(Report("a", f"Monday, July 8, 2019\n\n{BODY}"))
    assert (found.date, found.certain) == ("2019-07-08", True)


def test_without_any_sign_the_day_is_unknown() -> None:
    found = find_report_date(Report("a", BODY, published="yesterday"))
    assert found.date is None
    assert not found.certain


def test_an_event_of_the_past_in_the_first_line_is_no_dateline() -> None:
    text = "On 3 May 2019, the court banned the party, and the ruling still stands."
    found = find_report_date(Report("a", text, published="2021-06-11"))
    assert (found.date, found.certain) == ("2021-06-11", True)


def test_a_page_dated_long_after_what_is_still_to_come_gives_way_to_the_text(nlp: Language) -> None:
    text = (
        "The spokesman said on Friday, June 11, that the dates are settled. "
        "The two presidents will meet in Geneva on June 16. Each of them will bring five aides."
    )
    found = find_report_date(Report("a", text, published="2021-07-27"), parse(nlp, text))
    assert (found.date, found.certain) == ("2021-06-11", False)
    assert found.basis == (
        "the text tells of 11 June 2021 as past and of 16 June 2021 as still to come; "
        "but the page is dated 27 July 2021"
    )


def test_a_page_dated_near_what_is_to_come_stands(nlp: Language) -> None:
    text = "The spokesman said on Friday, June 11, that the presidents will meet in Geneva on June 16."
    found = find_report_date(Report("a", text, published="2021-06-12"), parse(nlp, text))
    assert (found.date, found.certain) == ("2021-06-12", True)


@pytest.mark.parametrize("edge", ["0001-01-01", "9999-12-31", "0999-06-09T12:00:00Z", "31 December 9999"])
def test_a_day_at_the_edge_of_the_calendar_is_no_day_of_a_report(edge: str) -> None:
    report = Report("r", "OSLO, June 9 (Harbour Wire) – Norway expelled two envoys on Monday.", published=edge)
    assert find_report_date(report).date is None
    assert page_day(edge) is None
    assert page_day("1999-12-31") is not None
