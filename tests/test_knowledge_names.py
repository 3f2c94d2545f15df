"""Names as they are written: long and short, in capitals, with and without accents, and words that are no names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.knowledge import Knowledge, load_knowledge
from detente.knowledge.families import family_names
from detente.knowledge.naming import cased_key, key_of, parts_of

DAY = date(2019, 6, 11)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge()


@pytest.mark.parametrize(
    ("name", "country", "form"),
    [
        ("Russia", "RUS", "name"),
        ("Russian", "RUS", "adjective"),
        ("Russians", "RUS", "people"),
        ("Moscow", "RUS", "capital"),
        ("the Kremlin", "RUS", "seat"),
        ("Downing Street", "GBR", "seat"),
        ("Elysee Palace", "FRA", "seat"),
        ("Blue House", "KOR", "seat"),
        ("Pentagon", "USA", "seat"),
        ("Burma", "MMR", "name"),
        ("Macedonia", "MKD", "name"),
        ("Cote d'Ivoire", "CIV", "name"),
        ("Taipei", "TWN", "capital"),
        ("Kosovar", "XKX", "adjective"),
        ("Holy See", "VAT", "name"),
        ("Hong Kong", "HKG", "name"),
        ("Chechnya", "RUS", "region"),
        ("Abkhazia", "GEO", "region"),
    ],
)
def test_a_state_is_known_by_all_its_names(known: Knowledge, name: str, country: str, form: str) -> None:
    entry = known.named(name, DAY)[0]
    assert (entry.country, entry.form) == (country, form)


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("UN", "IGO", "IGO"),
        ("U.N. Security Council", "IGO", "IGO"),
        ("Nato", "IGO", "IGO"),
        ("International Atomic Energy Agency", "IGO", "IGO"),
        ("Hezbollah", "LBN", "REB"),
        ("Houthis", "YEM", "REB"),
        ("ISIS", None, "REB"),
        ("Knesset", "ISR", "LEG"),
        ("State Duma", "RUS", "LEG"),
        ("IDF", "ISR", "MIL"),
        ("Revolutionary Guards", "IRN", "MIL"),
        ("FBI", "USA", "COP"),
        ("Mossad", "ISR", "SPY"),
        ("State Department", "USA", "GOV"),
        ("Reuters", "GBR", "JRN"),
        ("Xinhua", "CHN", "JRN"),
        ("Amnesty International", "NGO", "CVL"),
        ("Gazprom", "RUS", "BUS"),
        ("Likud", "ISR", "PTY"),
        ("International Criminal Court", "IGO", "IGO"),
    ],
)
def test_bodies_carry_the_codes_of_the_guide(known: Knowledge, name: str, country: str | None, sector: str) -> None:
    entry = known.named(name, DAY)[0]
    assert (entry.country, entry.sector) == (country, sector)


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyy"),
        ("Alyaksandr Lukashenka", "Alexander Lukashenko"),
        ("Moammar Gadhafi", "Muammar Gaddafi"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Dmitri Peskov", "Dmitry Peskov"),
        ("Bashar Al-Assad", "Bashar al-Assad"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Joseph R. Biden", "Joe Biden"),
        ("Stanley A. McChrystal", "Stanley McChrystal"),
        ("BORIS JOHNSON", "Boris Johnson"),
    ],
)
def test_a_person_is_known_in_any_spelling(known: Knowledge, spelled: str, name: str) -> None:
    assert known.named(spelled, date(2020, 1, 1))[0].name == name


@pytest.mark.parametrize("word", ["turkey", "us", "who", "chad", "jordan", "georgia", "may", "bush", "un", "polish"])
def test_an_ordinary_word_is_no_name(known: Knowledge, word: str) -> None:
    assert known.named(word) == ()
    assert known.longest_at([word], 0) == 0


@pytest.mark.parametrize("name", ["May", "Brown", "Turkey", "Who", "Rice", "Major"])
def test_names_that_are_words_too_are_marked(known: Knowledge, name: str) -> None:
    assert known.is_common_word(name)


@pytest.mark.parametrize("name", ["Putin", "Hezbollah", "Macron", "Kazakhstan"])
def test_names_that_are_nothing_else_are_not(known: Knowledge, name: str) -> None:
    assert not known.is_common_word(name)


def test_the_longest_name_is_found_however_it_is_cut_into_tokens(known: Knowledge) -> None:
    words = ["told", "the", "U.N.", "Security", "Council", "that", "Bashar", "al", "-", "Assad"]
    assert known.longest_at(words, 2) == 5
    assert known.longest_at(words, 6) == 10
    assert known.longest_at(["in", "Côte", "d'Ivoire"], 1) == 3
    assert known.longest_at(["General", "Stanley", "A.", "McChrystal"], 1) == 4


def test_a_name_does_not_run_over_a_comma(known: Knowledge) -> None:
    assert known.longest_at(["Security", ",", "Council"], 0) == 0


def test_a_family_name_of_a_minor_figure_is_not_looked_for_in_text(known: Knowledge) -> None:
    assert known.longest_at(["Klobuchar"], 0) == 0
    assert known.named("Klobuchar", DAY)[0].name == "Amy Klobuchar"
    assert known.longest_at(["Amy", "Klobuchar"], 0) == 2


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8))
def test_any_words_may_be_looked_up(words: list[str]) -> None:
    known = load_knowledge()
    for start in range(len(words)):
        assert start <= known.longest_at(words, start) <= len(words)


@given(st.text(max_size=40))
def test_keys_are_stable(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)
    assert cased_key(cased_key(text)) == cased_key(text)


def test_parts_of_a_word() -> None:
    assert parts_of("U.S.") == ("US",)
    assert parts_of("al-Assad") == ("al", "Assad")
    assert parts_of("N'Djamena") == ("N", "Djamena")
    assert parts_of("-") == ()
    assert parts_of("Élysée") == ("Elysee",)


@pytest.mark.parametrize(
    ("name", "country", "families"),
    [
        ("Xi Jinping", "CHN", ("Xi",)),
        ("Joseph Wu", "TWN", ("Wu",)),
        ("Bashar al-Assad", "SYR", ("al-Assad", "Assad")),
        ("Mohammed bin Salman", "SAU", ("bin Salman",)),
        ("Dominique de Villepin", "FRA", ("de Villepin", "Villepin")),
        ("Ursula von der Leyen", "DEU", ("von der Leyen", "Leyen")),
        ("Andrés Manuel López Obrador", "MEX", ("López Obrador", "López")),
        ("Juan Manuel Santos", "COL", ("Santos",)),
        ("Enrique Peña Nieto", "MEX", ("Peña Nieto", "Peña", "Nieto")),
        ("Robert F. Kennedy Jr.", "USA", ("Kennedy",)),
    ],
)
def test_the_family_name_follows_the_custom_of_the_country(name: str, country: str, families: tuple[str, ...]) -> None:
    assert family_names(name, country) == families
