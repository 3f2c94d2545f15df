"""Bare nouns for a state: whom "the country" and "the kingdom" stand for; and names told with their state."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.states import states_of


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Chile accuses Peru of meddling in the country.", "CHL"),
        ("Kenya closes its border with Uganda and Somalia. The country also recalls its envoy.", "KEN"),
        ("Peru said of Chile that the country would recall its envoy.", "PER"),
        ("Two thousand American soldiers flew to Niger. American officers left the country.", "NER"),
        ("The prime minister of Finland said the country will not send arms to Ukraine.", "FIN"),
        ("Ghana urged Togo to talk after the country left the table.", "TGO"),
        ("Peru thanked Algeria, which had invaded the country.", "PER"),
    ],
)
def test_the_country_is_who_it_stands_for(nlp: Language, text: str, state: str) -> None:
    assert states_of(nlp, text)["the country"] == [state]


@pytest.mark.parametrize(("noun", "state"), [("kingdom", "MAR"), ("republic", "TUN")])
def test_a_kingdom_is_a_kingdom_and_a_republic_is_none(nlp: Language, noun: str, state: str) -> None:
    text = f"Morocco and Tunisia closed the crossing. The {noun} blamed smugglers."
    assert states_of(nlp, text)[f"the {noun}"] == [state]


def test_a_name_that_nobody_knows_is_of_the_state_told_behind_it(nlp: Language) -> None:
    found = states_of(nlp, "Varnholm of Switzerland and Brouxel of France agreed to merge.")
    assert (found["varnholm"], found["brouxel"]) == (["CHE"], ["FRA"])


@pytest.mark.parametrize(
    ("text", "party", "state"),
    [
        ("A tribunal in The Hague convicted a general.", "tribunal", "IGO"),
        ("The Court of The Hague ruled on Monday.", "court of the hague", "IGO"),
        ("The Strasbourg judges told Turkey to free him.", "strasbourg judges", "IGO"),
        ("A court in Strasbourg freed a man.", "court", "FRA"),
        ("Dutch judges in The Hague freed a man.", "dutch judges", "NLD"),
    ],
)
def test_the_courts_of_some_towns_are_those_of_many_states(nlp: Language, text: str, party: str, state: str) -> None:
    assert states_of(nlp, text)[party] == [state]


def test_a_surname_has_no_article(nlp: Language) -> None:
    found = states_of(nlp, "The judgment of the Hague was clear. Ships left the Horn of Africa.")
    assert not {"hague", "horn"} & set(found)


def test_the_king_is_of_no_republic(nlp: Language) -> None:
    text = "Russia's president called Russian ministers in Moscow. Russia sent aid. The king waited."
    assert states_of(nlp, text)["king"] == [None]
