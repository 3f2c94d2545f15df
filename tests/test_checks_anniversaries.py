"""Anniversaries that fall into another year than the page's, on texts of our own."""

from __future__ import annotations

from datetime import date

import pytest

from detente.checks.anniversaries import anniversary_signs
from detente.checks.doubt import own_day_checks
from detente.checks.own_day import told_by
from detente.errors import DataError
from detente.knowledge import beginnings, load_knowledge


def kinds(text: str, day: str, title: str | None = None) -> list[str]:
    told = told_by(title, text)
    return [sign.kind for sign in anniversary_signs(told, date.fromisoformat(day), load_knowledge())]


CHAD = "We wish the people of Chad well on the 61st anniversary of their independence."


@pytest.mark.parametrize(
    ("text", "right", "late"),
    [
        ("We greet the people of Djibouti on the 44th anniversary of your independence.", "2021-06-27", "2022-06-27"),
        ("They laid flowers on the 20th anniversary of the September 11 attacks.", "2021-09-11", "2022-09-11"),
        ("She spoke on the 70th anniversary of the 1951 Refugee Convention.", "2021-07-28", "2023-07-28"),
        ("Samoa has had 60 years of independence of its own.", "2022-06-01", "2023-06-01"),
    ],
)
def test_an_anniversary_is_of_one_year(text: str, right: str, late: str) -> None:
    title = "Samoa’s National Day" if text.startswith("Samoa") else None
    assert kinds(text, right, title) == []
    assert [kind.split("/")[:2] for kind in kinds(text, late, title)] == [["anniversary", "over"]]


def test_an_anniversary_still_to_come_speaks_for_a_later_page() -> None:
    assert kinds(CHAD, "2019-08-11") == ["anniversary/ahead/independence/head"]


def test_the_state_may_stand_in_the_title() -> None:
    text = "We congratulate you on the 60th anniversary of independence."
    assert kinds(text, "2023-08-06", "Jamaica’s Independence Day") == ["anniversary/over/independence/head"]


def test_an_anniversary_of_december_may_be_told_in_january() -> None:
    assert kinds("Kenya held a parade on the 58th anniversary of its independence.", "2022-01-03") == []


@pytest.mark.parametrize(
    "text",
    [
        "The bank celebrates the 25th anniversary of its founding.",
        "It is the 75th anniversary of relations between our states.",
        "The 12th anniversary of the independence of Chad was long ago.",
    ],
)
def test_what_is_counted_from_an_unknown_year_dates_nothing(text: str) -> None:
    assert kinds(text, "2022-05-05") == []


def test_the_check_names_the_anniversary_and_its_year() -> None:
    told = told_by(None, CHAD)
    (check,) = own_day_checks(told, date(2022, 8, 11), (), load_knowledge())
    assert check.code == "page-date-anniversary"
    assert "61st anniversary" in check.message
    assert "2021" in check.message
    assert [span.of(CHAD) for span in check.spans] == ["61st anniversary"]
    assert not list(own_day_checks(told, date(2021, 8, 11), (), load_knowledge()))


@pytest.mark.parametrize(
    "raw",
    [
        {"states": {}},
        {"states": {"TCD": ["1960"]}, "events": {}},
        {"states": {}, "events": {"Moon Landing": 1969}},
    ],
)
def test_a_table_of_beginnings_that_is_not_valid_is_refused(monkeypatch: pytest.MonkeyPatch, raw: object) -> None:
    monkeypatch.setattr(beginnings, "shipped_table", lambda _: raw)
    with pytest.raises(DataError, match=r"beginnings\.yaml"):
        beginnings.load_beginnings.__wrapped__()


@pytest.mark.parametrize(
    ("title", "right", "late"),
    [
        ("Remarks on the 32nd Anniversary of the Americans with Disabilities Act", "2022-07-26", "2022-09-09"),
        ("Statement on Inflation Reduction Act Anniversary", "2024-08-16", "2024-09-30"),
        ("Remarks Marking One Year Since Hamas’s October 7th Attacks", "2024-10-07", "2024-11-21"),
        ("Fifth Anniversary of the Terrorist Attack in Dhaka", "2021-07-01", "2021-08-15"),
    ],
)
def test_an_anniversary_is_kept_on_its_day(title: str, right: str, late: str) -> None:
    assert kinds("We remember.", right, title) == []
    assert kinds("We remember.", late, title) == ["anniversary/day/told/title"]


def test_an_anniversary_that_comes_nearer_dates_nothing_yet() -> None:
    assert kinds("As we approach the 20th anniversary of the September 11 attacks, we plan.", "2021-08-09") == []


def test_an_event_may_stand_before_its_anniversary() -> None:
    text = "The Association of Southeast Asian Nations holds a fair on its 54th Anniversary."
    assert kinds(text, "2021-08-06") == []
    assert kinds(text, "2022-08-06") == ["anniversary/over/event/head"]


def test_years_since_an_event_are_counted_in_the_text_too() -> None:
    text = "It was a quiet day at sea. Twenty years after the September 11 attacks, the lighthouse of Skellan was lit."
    assert kinds(text, "2021-09-11") == []
    assert kinds(text, "2022-09-11") == ["anniversary/over/since/head"]


def test_an_anniversary_of_a_day_that_is_written_falls_on_that_day() -> None:
    text = "We mark the 30th anniversary of the founding of the Skellan lighthouse on May 3, 1991."
    assert kinds(text, "2021-05-03") == []
    assert kinds(text, "2021-06-17") == ["anniversary/day/plain/head"]
    assert kinds(text, "2022-05-03") == ["anniversary/over/year/head"]
