"""Prepositional phrases of a word, shared objects among them: on sentences of our own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.language import parse
from detente.language.syntax import phrases


@pytest.mark.parametrize(
    ("text", "verb", "found"),
    [
        ("Vietnam wants to meet with and talk to China.", "meet", [("with", "China")]),
        ("The minister hoped to trade with and invest in Kenya.", "trade", [("with", "Kenya")]),
        ("The minister met with Kenya and talked to China.", "met", [("with", "Kenya")]),
    ],
)
def test_a_bare_preposition_shares_the_object_of_the_verb_behind_it(
    nlp: Language, text: str, verb: str, found: list[tuple[str, str]]
) -> None:
    token = next(token for token in parse(nlp, text) if token.text == verb)
    assert [(name, obj.text) for name, obj in phrases(token)] == found
