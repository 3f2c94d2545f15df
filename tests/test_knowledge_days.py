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
    [("2019-06-11", "Donald Trump"), ("2021-06-11", "Joe Biden"), ("2025-06-11", "Donald Trump")],
)
def test_the_president_of_the_united_states_is_that_days(known: Knowledge, day: str, name: str) -> None:
    holder = known.holder("head_of_state", "USA", date.fromisoformat(day))
    assert holder is not None
    assert holder.name == name


def test_who_has_left_office_is_a_civilian(known: Knowledge) -> None:
    trump = first(known, "Trump", "2022-06-11")
    assert (trump.name, trump.sector, trump.role) == ("Donald Trump", "CVL", "former President of the United States")


def test_the_taliban_rebel_until_they_take_kabul(known: Knowledge) -> None:
    assert first(known, "Taliban", "2021-08-14").sector == "REB"
    assert first(known, "the Taliban", "2021-08-15").sector == "GOV"


@pytest.mark.parametrize("word", ["turkey", "us", "who", "chad", "jordan", "georgia", "may", "bush", "un"])
def test_an_ordinary_word_is_no_name(known: Knowledge, word: str) -> None:
    assert known.named(word) == ()
    assert known.longest_at([word], 0) == 0


def test_the_longest_name_is_found_however_it_is_cut_into_tokens(known: Knowledge) -> None:
    words = ["told", "the", "U.N.", "Security", "Council", "that", "Bashar", "al", "-", "Assad"]
    assert known.longest_at(words, 2) == 5
    assert known.longest_at(words, 6) == 10
    assert known.longest_at(["in", "Côte", "d'Ivoire"], 1) == 3
