"""Counterparts: of the other state, never of that of whoever has them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.states import states_of


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Norway's foreign minister rang her counterpart in Ankara.", "her counterpart", "TUR"),
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
