"""Nouns for several states: whom "both capitals" and "the three governments" are led back to."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.knowledge import load_knowledge
from detente.language import parse
from detente.who import find_parties
from tests.states import states_of

ABOUT_TWO = (
    "Kenya and Somalia closed their border. Somalia accused Kenya of shelling a village. Kenya denied it, and Uganda "
    "offered to mediate. {}"
)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The two armies have clashed before.", "the two armies"),
        ("Both capitals recalled their envoys.", "both capitals"),
        ("The delegations will meet on Monday.", "the delegations"),
        ("Each side blames the other.", "each side"),
        ("The foreign ministers spoke by phone.", "foreign ministers"),
        ("Both have mobilised reserves.", "both"),
    ],
)
def test_a_noun_for_two_states_is_led_back_to_the_two_that_the_report_tells_most_of(
    nlp: Language, sentence: str, words: str
) -> None:
    assert set(states_of(nlp, ABOUT_TWO.format(sentence))[words]) == {"KEN", "SOM"}


def test_whoever_acts_upon_the_two_is_none_of_them(nlp: Language) -> None:
    text = "Kenya spoke of war. Kenya and Somalia and Ethiopia met. Kenya urged both governments to talk."
    assert set(states_of(nlp, text)["both governments"]) == {"ETH", "SOM"}


def test_three_are_three(nlp: Language) -> None:
    text = "Mali, Niger and Chad signed a pact. The three governments will share a bank, Mali, Niger and Chad said."
    assert set(states_of(nlp, text)["the three governments"]) == {"MLI", "NER", "TCD"}


@pytest.mark.parametrize("sentence", ["Two diplomats left.", "The countries of the region agreed.", "Parties talked."])
def test_a_noun_that_does_not_say_of_how_many_stays_unknown(nlp: Language, sentence: str) -> None:
    found = states_of(nlp, ABOUT_TWO.format(sentence))
    told = [states for words, states in found.items() if words in sentence.lower() and len(states) > 1]
    assert told == []


def test_what_is_only_talked_about_is_none_of_the_two(nlp: Language) -> None:
    text = (
        "Norway and Peru held talks on China. Norway spoke of trade in China, Peru of rules on China. "
        "Norway opened schools in China. Peru has no ships off China. The two sides will meet again."
    )
    assert set(states_of(nlp, text)["the two sides"]) == {"NOR", "PER"}


def test_those_who_tell_a_report_are_none_of_the_two_they_call_upon(nlp: Language) -> None:
    text = (
        "The United States is concerned by the fighting between Armenia and Azerbaijan and the detention of Armenian "
        "soldiers. We call on both sides to stop. The United States will help, the United States said."
    )
    cast = find_parties(parse(nlp, text), None, load_knowledge(), "USA")
    [both] = [m for m in cast.mentions if m.parties[0].text == "both sides"]
    assert {p.country for p in both.parties} == {"ARM", "AZE"}


def test_a_feast_is_nobody_of_that_name(nlp: Language) -> None:
    cast = find_parties(parse(nlp, "During Ramadan, Egypt opened the crossing."), None, load_knowledge())
    assert [m.parties[0].name for m in cast.mentions] == ["Egypt"]


@pytest.mark.parametrize("noun", ["both neighbours", "the two governments"])
def test_a_union_of_states_is_no_neighbour_and_no_government(nlp: Language, noun: str) -> None:
    text = (
        "Somalia closed its border. The African Union condemned that. Ethiopia offered to help. "
        f"Kenya called on {noun} to talk."
    )
    assert set(states_of(nlp, text)[noun]) == {"ETH", "SOM"}
