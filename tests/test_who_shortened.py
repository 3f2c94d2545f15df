"""Short forms that the report itself explains: Brussels, the Commission, the North."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.states import states_of


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("Turkey accused Greece. Brussels regretted the decision.", "brussels", "IGO"),
        ("Belgium recalled its envoy. Brussels regretted the decision.", "brussels", "BEL"),
        ("The European Union warned Turkey. A day later the Commission cut its aid.", "commission", "IGO"),
        ("The UN Security Council met on Syria. Russia asked the Council to wait.", "council", "IGO"),
        ("South Korea called North Korea on Monday. The North did not answer.", "north", "PRK"),
        ("Envoys of Juba and Pyongyang met on Monday. The North paid for the hall.", "north", "PRK"),
    ],
)
def test_a_short_form_stands_for_what_the_report_tells_of(nlp: Language, text: str, name: str, state: str) -> None:
    assert states_of(nlp, text)[name] == [state]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The European Union warned Kenya. In Nairobi the Commission on Land Rights met.", "commission"),
        ("Peru's minister flew to Chile. The North was calm.", "north"),
        ("Protesters from the South marched through Lima.", "south"),
        ("The Summit of the Americas opened. The Americas need water.", "americas"),
    ],
)
def test_a_word_that_may_be_anything_stands_for_no_body(nlp: Language, text: str, name: str) -> None:
    assert states_of(nlp, text).get(name, [None])[0] in (None, "KEN")


def test_brussels_is_a_town_where_others_meet(nlp: Language) -> None:
    assert "brussels" not in states_of(nlp, "Ministers of the European Union met in Brussels.")
