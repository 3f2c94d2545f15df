"""Posts before names: where the post ends and the name begins."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.states import states_of


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("The Emir met with President of Belarus Alexander Lukashenko in Doha.", "alexander lukashenko", "BLR"),
        ("He spoke with President of Turkmenistan Serdar Berdimuhamedov.", "serdar berdimuhamedov", "TKM"),
        ("Canada's Minister of Foreign Affairs Marc Garneau flew to Oslo.", "marc garneau", "CAN"),
        ("Finland's Minister for Human Rights Aino Marttila visited Peru.", "aino marttila", "FIN"),
    ],
)
def test_a_state_or_a_field_behind_of_belongs_to_the_post(nlp: Language, text: str, name: str, state: str) -> None:
    assert states_of(nlp, text).get(name) == [state]


def test_a_label_ends_the_name_before_it(nlp: Language) -> None:
    found = states_of(nlp, "President of Russia Vladimir Putin: Comrades, good afternoon.")
    assert found["vladimir putin"] == ["RUS"]


@pytest.mark.parametrize(
    ("text", "post", "state"),
    [
        (
            "Peru's vice president, Rosa Quintana, met President Juha Salmela of Finland. The vice president left.",
            "vice president",
            "PER",
        ),
        (
            "Norway's deputy minister, Lars Berg, wrote to the Chilean minister, Luis Soto. The deputy minister waits.",
            "deputy minister",
            "NOR",
        ),
        (
            "Foreign Minister Pia Lind of Sweden flew to Lima with Trade Minister Ana Paz of Peru. "
            "The foreign minister spoke first.",
            "foreign minister",
            "SWE",
        ),
    ],
)
def test_a_post_is_of_who_has_it_to_the_word(nlp: Language, text: str, post: str, state: str) -> None:
    assert states_of(nlp, text)[post][-1] == state


def test_the_secretary_is_no_foreign_secretary_where_there_is_one_without_more(nlp: Language) -> None:
    text = (
        "Secretary of State Mike Pompeo spoke with British Foreign Secretary Dominic Raab. The Secretary thanked him."
    )
    assert states_of(nlp, text)["secretary"][-1] == "USA"


def test_the_minister_may_be_a_foreign_minister(nlp: Language) -> None:
    text = "Croatia's foreign minister, Ivana Horvat, was in Oslo. The minister met nobody."
    assert states_of(nlp, text)["minister"] == ["HRV"]


@pytest.mark.parametrize("written", ["Secretary-General", "Secretary General", "secretary-general"])
def test_a_secretary_general_is_no_secretary_and_of_an_international_body(nlp: Language, written: str) -> None:
    text = f"Secretary of State Mike Pompeo met the king in Oslo. The {written} was not asked."
    assert states_of(nlp, text)[written.lower()] == ["IGO"]


def test_a_director_general_belongs_to_his_body(nlp: Language) -> None:
    found = states_of(nlp, "NATO's deputy director-general, Arvid Berg, flew to Lima.")
    assert found["arvid berg"] == ["IGO"]
