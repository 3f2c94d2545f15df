"""Who: what a mention stands for, on sentences of our own."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.errors import DataError
from detente.knowledge import load_knowledge
from detente.language import parse
from detente.record import Party
from detente.who import Cast, find_parties
from detente.who.lexicon import read_lexicon

DAY = date(2021, 6, 11)


def cast_of(nlp: Language, text: str, day: date = DAY) -> Cast:
    return find_parties(parse(nlp, text), day, load_knowledge())


def party(nlp: Language, text: str, words: str, day: date = DAY) -> Party:
    """The party of the mention whose words are `words`."""
    found = [p for m in cast_of(nlp, text, day).mentions for p in m.parties if p.text == words]
    assert found, f"no mention {words!r}"
    return found[0]


def seen(nlp: Language, text: str, words: str, day: date = DAY) -> tuple[str | None, str | None]:
    found = party(nlp, text, words, day)
    return found.country, found.sector


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Turkey condemned the attack on Monday.", "Turkey", "TUR"),
        ("Moscow warned that it would respond.", "Moscow", "RUS"),
        ("The Kremlin denied the report.", "Kremlin", "RUS"),
        ("The Russians left the town at dawn.", "Russians", "RUS"),
        ("Iranian strikes hit the port.", "Iranian", "IRN"),
    ],
)
def test_a_state_is_known_by_name_capital_seat_people_and_adjective(
    nlp: Language, text: str, words: str, country: str
) -> None:
    assert seen(nlp, text, words) == (country, "GOV")


def test_a_capital_behind_a_place_word_is_a_town_and_no_party(nlp: Language) -> None:
    cast = cast_of(nlp, "The two ministers met in Moscow on Tuesday.")
    assert not [m for m in cast.mentions if m.parties[0].text == "Moscow"]


def test_a_capital_that_the_recogniser_takes_for_a_person_is_still_a_government(nlp: Language) -> None:
    assert seen(nlp, "Kyiv rejected the offer.", "Kyiv") == ("UKR", "GOV")


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Finnish lawmaker Aino Lahtinen criticised the plan.", "Aino Lahtinen", "FIN", "LEG"),
        ("Ilya Sorokov, a spokesman for the Kremlin, denied it.", "Ilya Sorokov", "RUS", "GOV"),
        ("The Kenyan ambassador to Brazil, Joyce Wanduri, left on Friday.", "Joyce Wanduri", "KEN", "GOV"),
        ("President of Peru Carlos Umbria arrived on Friday.", "Carlos Umbria", "PER", "GOV"),
        ("Former Polish minister Jan Wolski was questioned.", "Jan Wolski", "POL", "CVL"),
        ("Ukrainian opposition leader Petro Savchuk was arrested.", "Petro Savchuk", "UKR", "OPP"),
    ],
)
def test_an_unknown_person_has_the_state_and_sector_of_his_title(
    nlp: Language, text: str, words: str, country: str, sector: str
) -> None:
    assert seen(nlp, text, words) == (country, sector)


def test_a_surname_stands_for_the_full_name_before_it(nlp: Language) -> None:
    text = "Finnish lawmaker Aino Lahtinen criticised the plan. Lahtinen called it a mistake."
    later = party(nlp, text, "Lahtinen")
    assert (later.name, later.country, later.sector) == ("Aino Lahtinen", "FIN", "LEG")


def test_a_known_president_carries_his_identity(nlp: Language) -> None:
    found = party(nlp, "Russian President Vladimir Putin called for talks.", "Vladimir Putin")
    assert (found.id, found.country, found.sector) == ("Q7747", "RUS", "GOV")


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Two Turkish soldiers were killed.", "Two Turkish soldiers", "TUR", "MIL"),
        ("The US ambassador to Russia was summoned.", "US ambassador", "USA", "GOV"),
        ("The government of Argentina protested.", "government of Argentina", "ARG", "GOV"),
        ("Crowds burned the Swedish embassy.", "Swedish embassy", "SWE", "GOV"),
        ("A rights group condemned the arrest.", "rights group", None, "CVL"),
        ("Masked gunmen opened fire.", "Masked gunmen", None, "UAF"),
        ("Protesters in Peru blocked the road.", "Protesters", "PER", "CVL"),
        ("French police officers arrested them.", "French police officers", "FRA", "COP"),
    ],
)
def test_a_described_party_has_the_sector_of_its_noun_and_the_state_in_reach(
    nlp: Language, text: str, words: str, country: str | None, sector: str
) -> None:
    assert seen(nlp, text, words) == (country, sector)


def test_a_stance_before_a_noun_is_not_its_state(nlp: Language) -> None:
    assert seen(nlp, "Pro-Russian militants seized the town hall.", "Pro-Russian militants") == (None, "REB")


def test_both_sides_are_two_parties(nlp: Language) -> None:
    text = "Armenia and Azerbaijan held talks. Russia called on both sides to stop."
    found = [m for m in cast_of(nlp, text).mentions if m.parties[0].text == "both sides"]
    assert [p.country for p in found[0].parties] == ["ARM", "AZE"]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Turkey says it will send troops.", "it", "Turkey"),
        ("Spain recalled its ambassador from Peru.", "its", "Spain"),
        ("Finnish lawmaker Aino Lahtinen resigned. She blamed the party.", "She", "Aino Lahtinen"),
    ],
)
def test_a_pronoun_stands_for_the_subject_that_agrees(nlp: Language, text: str, words: str, name: str) -> None:
    assert party(nlp, text, words).name == name


def test_an_empty_it_stands_for_nobody(nlp: Language) -> None:
    cast = cast_of(nlp, "Turkey sent troops. It is clear that the talks failed.")
    assert not [m for m in cast.mentions if m.parties[0].text == "It"]


def test_what_is_neither_named_nor_in_reach_stays_unknown(nlp: Language) -> None:
    assert seen(nlp, "Three gunmen fled.", "Three gunmen") == (None, "UAF")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["Russia", "the", "Kremlin’s", "envoy", "\n", "“we”", "Kim", "Jong-un", "U.S.", "-backed", "rebels", ",",
             "said", "President", "of", "Iran", "and", "both", "sides", "his", "é", "🙂", "  "]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_the_text_of_a_party_is_what_its_span_points_at(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    for mention in cast_of(nlp, text).mentions:
        for found in mention.parties:
            assert found.span.of(text) == found.text
            assert found.text.strip()


def test_a_word_list_with_an_unknown_sector_is_refused() -> None:
    words = files("detente.who").joinpath("data", "words.yaml").read_text(encoding="utf-8")
    with pytest.raises(DataError, match="sector codes"):
        read_lexicon("{persons: {XYZ: [dwarf]}, groups: {}, things: {}, bodies: {}, inherit: [], modifiers: {}}", words)
