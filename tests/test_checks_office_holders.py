"""Holders of offices date a text: who was not yet, or no longer, in the office it gives them."""

from __future__ import annotations

from datetime import date

import pytest

from detente.checks.office_holders import holders_in, office_holder_checks
from detente.knowledge import load_knowledge

MERKEL = "German Chancellor Angela Merkel received the envoys in Berlin on Monday and spoke of a long winter."
OBAMA = "President Barack Obama met the king in Riyadh on Thursday, and the two spoke about the war next door."


def doubts(text: str, page: str) -> list[str]:
    found = list(
        office_holder_checks(holders_in(text, load_knowledge()), text, date.fromisoformat(page), load_knowledge())
    )
    for check in found:
        assert check.code == "page-date-office"
        assert all(0 <= span.start < span.end <= len(text) for span in check.spans)
    return [check.message for check in found]


@pytest.mark.parametrize("page", ["2006-03-01", "2014-05-05", "2021-11-30"])
def test_a_page_of_the_years_in_office_raises_no_doubt(page: str) -> None:
    assert doubts(MERKEL, page) == []


def test_a_holder_who_came_later_is_told_with_both_days() -> None:
    (message,) = doubts(OBAMA, "2006-03-01")
    assert "1 March 2006" in message
    assert "20 January 2009" in message
    assert "Obama" in message


def test_a_president_elect_may_have_the_title_already() -> None:
    assert doubts(OBAMA, "2008-12-01") == []


def test_a_holder_who_had_left_is_doubted_where_the_report_opens_with_him() -> None:
    (message,) = doubts(OBAMA, "2019-03-01")
    assert "until 20 January 2017" in message


@pytest.mark.parametrize(
    "text",
    [
        "Former President Barack Obama met the king in Riyadh on Thursday.",
        "In March 2014 President Barack Obama met the king in Riyadh.",
        "The envoys met.\n" + "They spoke about fish and about ice. " * 20 + "\n" + OBAMA,
        "Barack Obama met the king in Riyadh on Thursday.",
        "Vice President Barack Obama Avenue was closed on Thursday.",
    ],
)
def test_former_holders_history_and_bare_names_raise_no_doubt(text: str) -> None:
    assert doubts(text, "2019-03-01") == []


def test_a_name_of_several_words_is_read_to_its_end() -> None:
    knowledge = load_knowledge()
    found = list(holders_in("Russian Foreign Minister Sergei Lavrov and Chancellor Merkel met.", knowledge))
    assert [holder.terms[0].country for holder in found] == ["RUS", "DEU"]
    assert list(holders_in("Foreign Minister Lavrov Street and the President of the Council", knowledge)) == []
