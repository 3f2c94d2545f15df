"""Counterparts: of the other state, never of that of whoever has them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.states import states_of


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Norway's foreign minister rang her counterpart in Ankara.", "her counterpart in ankara", "TUR"),
        (
            "President Erdogan rang. Vladimir Putin informed his counterpart of the talks with Ukraine.",
            "his counterpart",
            "TUR",
        ),
        ("The president of Chile thanked his Peruvian counterpart.", "his peruvian counterpart", "PER"),
    ],
)
def test_a_counterpart_is_of_the_other_state(nlp: Language, text: str, words: str, state: str) -> None:
    assert states_of(nlp, text)[words] == [state]


def test_where_there_is_no_other_state_a_counterpart_is_of_none_that_is_known(nlp: Language) -> None:
    assert states_of(nlp, "Norway's foreign minister rang her counterpart.")["her counterpart"] == [None]


def test_a_colleague_is_of_the_place_behind_him_and_so_is_his_name(nlp: Language) -> None:
    told = states_of(
        nlp, "El Salvador's foreign minister phoned her colleague in Tegucigalpa, Leonardo Aguilar. Aguilar accepted."
    )
    assert told["leonardo aguilar"] == ["HND"]
    assert told["aguilar"] == ["HND"]


def test_what_a_post_is_for_is_no_part_of_a_name(nlp: Language) -> None:
    told = states_of(
        nlp,
        "The deputy secretary had productive meetings with South African Minister of International Relations and "
        "Cooperation Naledi Pandor and with Deputy Minister Alvin Botes.",
    )
    assert told["naledi pandor"] == ["ZAF"]
    assert "cooperation naledi pandor" not in told


def test_one_article_serves_two_ministers(nlp: Language) -> None:
    text = (
        "The Kenyan defence secretary met the Swedish foreign minister in Oslo. "
        "The defence secretary and foreign minister also spoke of trade."
    )
    assert states_of(nlp, text)["foreign minister"] == ["SWE"]
