"""Groups named in lists, and pronouns that go back to them."""

from __future__ import annotations

from datetime import date

from spacy.language import Language

from detente.knowledge import load_knowledge
from detente.language import parse
from detente.who import Cast, find_parties

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
