"""A title tells of which state a person cannot be."""

from __future__ import annotations

from datetime import date

from spacy.language import Language

from detente.knowledge import load_knowledge
from detente.language import parse
from detente.who import find_parties


def country_of(nlp: Language, text: str, name: str, home: str | None = None) -> str | None:
    cast = find_parties(parse(nlp, text), date(2021, 9, 1), load_knowledge(), home)
    return next(p.country for m in cast.mentions for p in m.parties if p.name.endswith(name))


def test_a_title_that_the_reports_state_has_not_leaves_the_person_unknown(nlp: Language) -> None:
    text = (
        "The United States sent help. The US Coast Guard met American officials. Prime Minister Otto Rand thanked them."
    )
    assert country_of(nlp, text, "Otto Rand") is None


def test_on_an_official_site_who_holds_anothers_office_is_of_another_state(nlp: Language) -> None:
    text = (
        "Secretary Blinken spoke with Foreign Minister Otto Rand. Department Spokesperson Ann Reed praised the talks."
    )
    assert country_of(nlp, text, "Otto Rand", home="USA") is None
    assert country_of(nlp, text, "Ann Reed", home="USA") == "USA"
