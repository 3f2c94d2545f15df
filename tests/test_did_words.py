"""The lexicons around an act: each word once with all it does, and readers that refuse what is not valid."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from detente.codebook import load_codebook
from detente.did.rules.recipients import read_recipients
from detente.did.words import SmallClass, WordTrait, load_words, read_words
from detente.errors import DataError
from detente.shipped import shipped_table

TRAITS = ", ".join(f"{name}: what it tells" for name in get_args(WordTrait))
SMALL = ", ".join(f"{name}: [neither]" for name in get_args(SmallClass))
WORDS = f"""
effects:
  fails: {{plain: denied, negated: same, climbs: true}}
traits: {{{TRAITS}}}
verbs:
- {{effect: fails, traits: [promises], words: [refuse]}}
- {{traits: [carries], words: [hold]}}
nouns: [{{effect: fails, words: [failure]}}]
adjectives: [{{effect: fails, words: [unable]}}]
attributes: {{denied: [foiled]}}
adverbs: {{denied: [never]}}
modals: {{planned: [will]}}
markers: {{possible: [if]}}
prepositions: {{denied: [without]}}
small: {{{SMALL}}}
"""


def test_a_small_lexicon_is_read() -> None:
    words = read_words(WORDS)
    assert words.verbs["refuse"].plain == "denied"
    assert "hold" not in words.verbs
    assert words.having["promises"] == {"refuse"}
    assert words.having["carries"] == {"hold"}
    assert words.modals == {"will": "planned"}
    assert words.small["none"] == {"neither"}


def test_every_word_stands_once_for_each_part_of_speech() -> None:
    table = shipped_table("did/data/words.yaml")
    for part in ("verbs", "nouns", "adjectives"):
        counted = Counter(word for row in table[part] for word in row["words"])
        assert max(counted.values()) == 1


def test_every_trait_and_every_class_of_small_words_has_its_words() -> None:
    words = load_words()
    assert all(words.having[trait] for trait in get_args(WordTrait))
    assert all(words.small[name] for name in get_args(SmallClass))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("plain: denied", "plain: perhaps"), "effects.fails.plain"),
        (("climbs: true", "climbs: 3"), "effects.fails.climbs"),
        (("words: [failure]", "words: [failure, failure]"), "row 1: 'failure' stands twice"),
        (("words: [hold]", "words: [refuse]"), "row 2: 'refuse' stands twice among verbs"),
        (("effect: fails, words: [unable]", "effect: wins, words: [able]"), "adjectives: row 1: 'wins': no such class"),
        (("traits: [carries]", "traits: [juggles]"), "verbs: row 2: traits: juggles: no such trait"),
        (("{traits: [carries], words: [hold]}", "{words: [hold]}"), "verbs: row 2: expected words with an effect"),
        (("{planned: [will]}", "{soon: [will]}"), "modals.soon"),
        (("none: [neither]", "none: [no]"), "small.none"),
        (("small:", "tiny:"), "tiny"),
        (("none: [neither]", "none: ["), "not valid YAML"),
    ],
)
def test_a_broken_lexicon_is_refused_by_key(change: tuple[str, str], complaint: str) -> None:
    assert change[0] in WORDS
    with pytest.raises(DataError, match=complaint):
        read_words(WORDS.replace(*change))


PLACES = "\n".join(f"{name}: {{verb: [to], noun: [to]}}" for name in load_codebook().types)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("AID: {verb: [to], noun: [to]}", ""), "AID"),
        (("AID:", "FROWN:"), "FROWN"),
        (("AID: {verb: [to],", "AID: {verbs: [to],"), "AID: the keys must be noun, verb"),
        (("AID: {verb: [to],", "AID: {verb: [on],"), "AID.verb"),
        (("AID: {", "AID: ["), "not valid YAML"),
    ],
)
def test_places_of_recipients_that_are_broken_are_refused_by_type(change: tuple[str, str], complaint: str) -> None:
    assert read_recipients(PLACES)["AID"].noun == ("to",)
    with pytest.raises(DataError, match=complaint):
        read_recipients(PLACES.replace(*change))
