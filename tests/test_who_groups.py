"""Groups named in lists, and pronouns that go back to them."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from detente.knowledge import load_knowledge
from detente.language import parse
from detente.who import Cast, find_parties
from tests.states import states_of

TEXT = (
    "A court in Santiago ruled that two environmental groups, Mar Libre and Costa Azul, are extremist. "
    "According to Mar Libre, police searched its office on Thursday."
)


def cast_of(nlp: Language, text: str) -> Cast:
    return find_parties(parse(nlp, text), date(2023, 6, 9), load_knowledge())


def test_names_set_beside_a_plural_noun_for_groups_are_groups(nlp: Language) -> None:
    kinds = {p.name: m.kind for m in cast_of(nlp, TEXT).mentions for p in m.parties}
    assert kinds["Mar Libre"] in ("group", "pronoun")
    assert "António Costa" not in kinds


def test_a_pronoun_goes_back_to_the_party_told_before_the_subject(nlp: Language) -> None:
    (its,) = (m for m in cast_of(nlp, TEXT).mentions if m.parties[0].text == "its")
    assert its.parties[0].name == "Mar Libre"


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("The Labour Party and Ariel Sharon's cabinet reach an agreement.", "labour party", "ISR"),
        ("The Conservative Party won the election in Britain.", "conservative party", "GBR"),
        ("The Democratic Party holds contests in two states.", "democratic party", "USA"),
        ("The Labour Party won seats from Ghana to Peru.", "labour party", "GBR"),
    ],
)
def test_a_party_by_a_name_that_many_have_is_at_home_in_the_report(
    nlp: Language, text: str, words: str, state: str
) -> None:
    assert states_of(nlp, text)[words] == [state]
