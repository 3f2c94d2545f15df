"""Whom pronouns cannot stand for, and whom they stand for rather than for others told nearby."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.knowledge import load_knowledge
from detente.language import parse
from detente.who import find_parties


def names_of(nlp: Language, text: str, word: str) -> list[str]:
    """The names of the parties that the last `word` of a text stands for; empty where it stays open."""
    doc = parse(nlp, text)
    found = [m for m in find_parties(doc, None, load_knowledge()).mentions if doc[m.root].text == word]
    return [party.name for party in found[-1].parties] if found else []


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The rebels attacked the villagers and killed them.", "them", "villagers"),
        ("The ministers said that police had beaten them.", "them", "ministers"),
        ("Ghana said Togo had attacked it.", "it", "Ghana"),
        (
            "A court ruled that two environmental groups, Mar Libre and Rio Azul, are extremist and banned them.",
            "them",
            "two environmental groups",
        ),
    ],
)
def test_an_object_stands_for_somebody_else_than_its_own_subject(
    nlp: Language, text: str, word: str, name: str
) -> None:
    assert names_of(nlp, text, word) == [name]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Four men were sent over. A grand jury in Plattsburgh is expected to indict them.", "them"),
        ("They walked to the bridge. Thai police asked them to go home.", "them"),
        ("A patrol vessel impounded a trawler. The Navy denies having touched it.", "it"),
    ],
)
def test_nor_for_the_subject_of_the_verb_above_that_is_also_its_own(nlp: Language, text: str, word: str) -> None:
    assert not {"grand jury", "Thai police", "Navy"} & set(names_of(nlp, text, word))


def test_a_possessive_may_be_of_its_own_subject(nlp: Language) -> None:
    assert names_of(nlp, "Spain recalled its ambassador from Peru.", "its") == ["Spain"]


@pytest.mark.parametrize(
    "text",
    [
        "Vladimir Putin met with Emmanuel Macron about the hostages. They agreed on a truce.",
        "Vladimir Putin and Emmanuel Macron signed a declaration of the two countries. They also signed a memorandum.",
        "Vladimir Putin met with Emmanuel Macron in Sochi. They agreed. On Haiti, they discussed elections.",
    ],
)
def test_they_who_open_a_sentence_are_those_who_acted_together_in_the_one_before(nlp: Language, text: str) -> None:
    word = "they" if "they" in text else "They"
    assert set(names_of(nlp, text, word)) == {"Vladimir Putin", "Emmanuel Macron"}


@pytest.mark.parametrize("people", ["Central American", "South American", "Inter-American"])
def test_the_americas_are_not_the_united_states(nlp: Language, people: str) -> None:
    doc = parse(nlp, f"The {people} bank lent Honduras money.")
    countries = {p.country for m in find_parties(doc, None, load_knowledge()).mentions for p in m.parties}
    assert "USA" not in countries
