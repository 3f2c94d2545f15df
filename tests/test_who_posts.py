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
