"""Who a name stands for depends on the day."""

from __future__ import annotations

from datetime import date

import pytest

from detente.knowledge import Entry, Knowledge, load_knowledge


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


def first(known: Knowledge, name: str, day: str) -> Entry:
    return known.named(name, date.fromisoformat(day))[0]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1991-02-01", "George H. W. Bush"),
        ("2003-03-20", "George W. Bush"),
        ("2019-06-11", "Donald Trump"),
        ("2021-06-11", "Joe Biden"),
        ("2025-06-11", "Donald Trump"),
    ],
)
def test_the_president_of_the_united_states_is_that_days(known: Knowledge, day: str, name: str) -> None:
    holder = known.holder("head_of_state", "USA", date.fromisoformat(day))
    assert holder is not None
    assert holder.name == name


@pytest.mark.parametrize(
    ("office", "country", "day", "name"),
    [
        ("head_of_government", "GBR", "2022-10-24", "Liz Truss"),
        ("head_of_government", "GBR", "2023-01-01", "Rishi Sunak"),
        ("foreign_minister", "RUS", "2021-06-11", "Sergey Lavrov"),
        ("foreign_minister", "USA", "2018-06-12", "Mike Pompeo"),
        ("defence_minister", "UKR", "2023-01-01", "Oleksii Reznikov"),
        ("head_of_government", "DEU", "2014-03-01", "Angela Merkel"),
        ("supreme_leader", "IRN", "2015-07-14", "Ali Khamenei"),
    ],
)
def test_an_office_has_its_holder_of_the_day(known: Knowledge, office: str, country: str, day: str, name: str) -> None:
    holder = known.holder(office, country, date.fromisoformat(day))
    assert holder is not None
    assert holder.name == name


def test_where_the_president_heads_the_government_both_offices_are_one(known: Knowledge) -> None:
    day = date(2021, 6, 11)
    assert known.holder("head_of_government", "USA", day) == known.holder("head_of_state", "USA", day)


def test_nobody_is_named_where_nobody_is_known(known: Knowledge) -> None:
    assert known.holder("head_of_state", "USA", date(1850, 1, 1)) is None
    assert known.holder("foreign_minister", "ATA", None) is None


def test_without_a_day_the_last_known_holder_is_given(known: Knowledge) -> None:
    holder = known.holder("head_of_state", "AFG", None)
    assert holder is not None
    assert holder.name == "Ashraf Ghani"


def test_terms_of_an_office_come_in_order_of_time(known: Knowledge) -> None:
    terms = known.terms("head_of_government", "JPN")
    starts = [term.start or "" for term in terms]
    assert starts == sorted(starts)
    assert {"Junichiro Koizumi", "Shinzo Abe", "Fumio Kishida"} <= {term.name for term in terms}


def test_a_family_name_alone_means_the_one_in_office(known: Knowledge) -> None:
    assert first(known, "Clinton", "1995-06-01").name == "Bill Clinton"
    assert first(known, "Clinton", "2010-06-01").name == "Hillary Clinton"
    assert first(known, "Bush", "1991-02-01").name == "George H. W. Bush"
    assert first(known, "Bush", "2003-03-20").name == "George W. Bush"


def test_who_has_left_office_is_a_civilian(known: Knowledge) -> None:
    trump = first(known, "Trump", "2022-06-11")
    assert (trump.name, trump.sector, trump.role) == ("Donald Trump", "CVL", "former President of the United States")


def test_of_who_is_not_yet_in_office_only_the_name_is_known(known: Knowledge) -> None:
    macron = first(known, "Emmanuel Macron", "2010-01-01")
    assert (macron.country, macron.sector, macron.role) == ("FRA", None, None)


def test_a_rebel_stays_one_after_his_days(known: Knowledge) -> None:
    assert first(known, "Osama bin Laden", "2014-01-01").sector == "REB"


def test_a_term_last_seen_long_ago_is_not_taken_to_run_on(known: Knowledge) -> None:
    day = date(2040, 1, 1)
    entries = [entry for entry in known.named("Sergey Lavrov", day) if entry.id == "Q58217"]
    assert entries[0].sector is None
    assert "last known" in (entries[0].role or "")


def test_the_taliban_rebel_until_they_take_kabul(known: Knowledge) -> None:
    assert first(known, "Taliban", "2021-08-14").sector == "REB"
    assert first(known, "the Taliban", "2021-08-15").sector == "GOV"
    assert first(known, "the Taliban", "1999-01-01").sector == "GOV"


def test_farc_disarms_into_a_party(known: Knowledge) -> None:
    assert first(known, "FARC", "2012-09-01").sector == "REB"
    assert first(known, "FARC", "2018-01-01").sector == "PTY"


def test_the_rapid_support_forces_turn_from_paramilitaries_to_rebels(known: Knowledge) -> None:
    assert first(known, "Rapid Support Forces", "2020-01-01").sector == "PRM"
    assert first(known, "RSF", "2023-05-01").sector == "REB"


def test_a_former_state_ends_on_its_day(known: Knowledge) -> None:
    soviet = first(known, "USSR", "1990-01-01")
    assert (soviet.name, soviet.country, soviet.end) == ("Soviet Union", "RUS", "1991-12-26")


def test_a_monarch_of_many_realms_is_that_of_the_one_most_in_the_news(known: Knowledge) -> None:
    assert first(known, "Queen Elizabeth II", "2015-01-01").country == "GBR"
