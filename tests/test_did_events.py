"""Events put together: who did what to whom, when, with which status, on whose word, told once."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.did import find_events
from detente.knowledge import load_knowledge
from detente.language import load_pipeline, parse
from detente.record import Event
from detente.said import find_statements
from detente.when import find_times
from detente.where import find_places
from detente.who import find_parties

DAY = date(2021, 6, 9)
WORDS = ["Norway", "Chile", "attacked", "met", "said", "that", "talks", "on", "Tuesday", "will not", "“", "”", "."]


def events_in(nlp: Language, text: str) -> tuple[Event, ...]:
    doc = parse(nlp, text)
    cast = find_parties(doc, DAY, load_knowledge())
    return find_events(doc, find_times(doc, DAY), cast, find_places(doc, cast), find_statements(doc, cast), DAY)


def countries(event: Event) -> tuple[list[str | None], list[str | None]]:
    return [p.country for p in event.actors], [p.country for p in event.recipients]


def test_an_event_says_who_did_what_to_whom(nlp: Language) -> None:
    (event,) = events_in(nlp, "Norway expelled two Russian diplomats on Tuesday.")
    assert (event.id, event.type, event.mode, event.status) == ("e1", "SANCTION", "expel", "happened")
    assert countries(event) == (["NOR"], ["RUS"])
    assert (event.date, event.intensity) == ("2021-06-08", -5.0)


def test_all_who_meet_are_actors(nlp: Language) -> None:
    (event,) = events_in(nlp, "The presidents of Chile and Peru will meet in Lima on Friday.")
    assert (event.type, event.status, event.date) == ("CONSULT", "planned", "2021-06-11")
    assert sorted(map(str, countries(event)[0])) == ["CHL", "PER"]
    assert event.recipients == ()


def test_an_act_told_on_someones_word_has_a_voice(nlp: Language) -> None:
    events = events_in(nlp, "Russian troops shelled the town, the Ukrainian president said.")
    (event,) = [e for e in events if e.type == "ASSAULT"]
    assert event.said_by is not None
    assert "Ukrainian president" in event.said_by.text


def test_a_speech_act_needs_no_voice(nlp: Language) -> None:
    (event,) = events_in(nlp, "Norway condemned the Russian government.")
    assert (event.type, event.said_by) == ("ACCUSE", None)


def test_a_denied_act_is_denied(nlp: Language) -> None:
    events = events_in(nlp, "Chile denied that its navy had attacked a Peruvian ship.")
    assert [e.status for e in events if e.type == "ASSAULT"] == ["denied"]


def test_an_act_of_a_later_day_has_not_happened_yet(nlp: Language) -> None:
    (event,) = events_in(nlp, "Chile and Peru sign a treaty on June 20, 2021.")
    assert (event.status, event.date) == ("planned", "2021-06-20")


def test_the_same_act_told_later_points_to_its_first_telling(nlp: Language) -> None:
    first, second = events_in(
        nlp,
        "Norway expelled two Russian diplomats on Tuesday.\nThe expulsion of the Russian diplomats came on Tuesday.",
    )
    assert (first.same_as, second.same_as) == (None, "e1")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_every_span_lies_in_the_text_and_evidence_holds_the_trigger(words: list[str]) -> None:
    text = " ".join(words)
    for event in events_in(load_pipeline(), text):
        assert 0 <= event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end <= len(text)
        for party in (*event.actors, *event.recipients):
            assert party.span.of(text) == party.text


def test_the_words_of_its_clause_show_which_fields_an_act_touches(nlp: Language) -> None:
    (event,) = events_in(nlp, "Norway imposed tariffs on Chilean oil.")
    assert event.contexts == ("trade", "resource")
