"""The trigger lexicon: no entry is hidden behind another, so that each can be what a word means."""

from __future__ import annotations

from detente.codebook.senses import Sense, load_triggers


def hidden(senses: tuple[Sense, ...]) -> list[str]:
    """The senses that can never be chosen, as one before them asks for the same: of equals the first counts."""
    found = []
    for number, sense in enumerate(senses):
        for before in senses[:number]:
            reached = before.attributive or not sense.attributive
            same = before.rest == sense.rest and set(map(asked, before.conditions)) == set(map(asked, sense.conditions))
            if reached and same:
                found.append(f"{sense}: {sense.type} behind {before.type}")
    return found


def asked(condition: object) -> tuple[object, ...]:
    return tuple(getattr(condition, name) for name in ("slot", "words", "tests", "negated"))


def test_no_sense_of_a_word_is_hidden_behind_one_that_asks_for_the_same() -> None:
    lexicon = load_triggers()
    words = (senses for part in (lexicon.verbs, lexicon.nouns, lexicon.adjectives) for senses in part.values())
    assert [line for senses in words for line in hidden(senses)] == []


def test_a_lemma_that_may_be_a_trigger_is_known_as_one_and_so_is_what_takes_its_actor_from_behind() -> None:
    lexicon = load_triggers()
    assert {"expel", "sanction"} <= lexicon.lemmas
    assert "receive" in lexicon.taking
    assert "expel" not in lexicon.taking
