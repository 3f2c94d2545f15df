"""Where a report tells of its states, for a party whom nothing else places."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.did.model.setting import Setting, StateName

WORDS = [
    *("LIMA", ",", "Peru", "–", "The", "court", "met", ".", "\n\n"),
    *("In", "Bogota", "police", "fired", "."),
    *("Chile", "protested", "and", "the", "minister", "left", ".", "The", "minister", "wept", "."),
]
PLACES = {"LIMA": "PER", "Peru": "PER", "Bogota": "COL"}


def _setting(more: Sequence[StateName] = ()) -> Setting:
    doc = Doc(Vocab(), words=WORDS)
    sentences, number = [], 0
    for word in WORDS:
        sentences.append(number)
        number += word == "."
    told = [StateName(WORDS.index(word), country, None) for word, country in PLACES.items()]
    return Setting.of(doc, sentences, [*told, StateName(WORDS.index("Chile"), "CHL", 7), *more])


def _at(word: str, time: int = 1) -> int:
    return [n for n, other in enumerate(WORDS) if other == word][time - 1]


def test_the_place_before_the_first_dash_is_the_dateline() -> None:
    assert _setting().dateline == "PER"


def test_a_police_force_stands_behind_the_place_that_opens_its_sentence() -> None:
    cues = _setting().cues(_at("police"), _at("police"))
    assert {"last", "opens sentence", "place before", "opens paragraph"} <= set(cues["COL"])
    assert {"last but one", "dateline", "opening"} <= set(cues["PER"])


def test_the_first_mention_of_a_minister_says_where_he_was_told_first() -> None:
    cues = _setting().cues(_at("minister", 2), _at("minister", 1))
    assert {"first last", "first name before", "opens sentence before"} <= set(cues["CHL"])


def test_what_an_entity_tells_of_itself_is_no_cue() -> None:
    cues = _setting().without(7).cues(_at("minister"), _at("minister"))
    assert "CHL" not in cues
    assert _setting().without(8).cues(_at("minister"), _at("minister"))["CHL"]


def test_a_state_with_half_of_the_names_has_the_greatest_share() -> None:
    cues = _setting().cues(_at("court"), _at("court"))
    assert "share=3" in cues["PER"]
    assert "share=2" in cues["COL"]


def test_a_report_that_tells_of_no_state_has_no_cues() -> None:
    assert Setting.of(Doc(Vocab(), words=["Nobody", "left"]), [0, 0], ()).cues(0, 0) == {}
