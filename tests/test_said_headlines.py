"""Headlines with a colon: who is set off as the source, and what is only a label."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.language import parse
from detente.record import Party, Span
from detente.said import find_statements
from detente.who import Cast, Mention


def claims(nlp: Language, text: str, *names: str) -> list[tuple[str, str]]:
    doc = parse(nlp, text)
    mentions = []
    for token in doc:
        if token.text in names:
            span = Span(token.idx, token.idx + len(token.text))
            mentions.append(
                Mention(token.i, token.i + 1, token.i, "state", (Party(span, token.text, token.text, "CHL"),))
            )
    found = find_statements(doc, Cast(mentions))
    return [(s.source.name, s.content[0].of(text)) for s in found if s.source is not None and s.cue is None]


@pytest.mark.parametrize("text", ["Chile: No talks planned", "No talks planned: Chile"])
def test_a_party_before_or_behind_the_colon_of_a_headline_is_its_source(nlp: Language, text: str) -> None:
    assert claims(nlp, f"{text}\n\nThe envoys went home on Monday.", "Chile") == [("Chile", "No talks planned")]


@pytest.mark.parametrize(
    "text",
    [
        "Analysis: No talks planned",
        "Chile has three neighbours: Peru, Bolivia and Argentina.",
        "The envoys went home.\n\nChile: No talks planned",
    ],
)
def test_a_colon_alone_makes_no_source(nlp: Language, text: str) -> None:
    assert claims(nlp, text, "Chile") == []
