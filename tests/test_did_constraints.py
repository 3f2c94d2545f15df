"""What holds of acts whoever proposes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from detente.did import Candidate, Member, find_candidates, find_events
from detente.did.constraints import settled
from detente.did.rules import RULES
from detente.record import Party, Place, Span, Statement, Voice
from detente.who import Cast, Mention

DAY = date(2023, 6, 9)


def at(doc: Doc, word: str, event_type: str, **more: Any) -> Candidate:
    token = next(t for t in doc if t.text == word)
    return Candidate(
        token.i, Span(token.idx, token.idx + len(token)), event_type, more.pop("status", "happened"), **more
    )


def member(doc: Doc, word: str, country: str | None, sector: str | None = "GOV", path: str = "object") -> Member:
    token = next(t for t in doc if t.text == word)
    return Member(Party(Span(token.idx, token.idx + len(token)), word, word, country, sector), token.i, path)


def types(found: Sequence[Candidate]) -> list[str]:
    return [f"{c.type}/{c.mode}" if c.mode else c.type for c in found]


def test_what_is_demanded_is_no_act_beside_the_demand(nlp: Language) -> None:
    doc = nlp("Norway demanded that Chile release the crew.")
    found = settled(doc, [at(doc, "demanded", "REQUEST"), at(doc, "release", "RETREAT")], (), DAY)
    assert types(found) == ["REQUEST"]


def test_forces_of_two_states_drill_together_and_those_of_one_alone(nlp: Language) -> None:
    doc = nlp("Norway and Chile held a naval exercise.")
    norway, chile = member(doc, "Norway", "NOR"), member(doc, "Chile", "CHL")
    alone = at(doc, "exercise", "MOBILIZE", mode="troops", actors=(norway,))
    assert types(settled(doc, [alone], (), DAY)) == ["MOBILIZE/troops"]
    assert types(settled(doc, [replace(alone, actors=(norway, chile))], (), DAY)) == ["COOPERATE"]


def test_who_will_not_agree_refuses(nlp: Language) -> None:
    doc = nlp("Norway will not agree to the plan.")
    (found,) = settled(doc, [at(doc, "agree", "AGREE", status="denied")], (), DAY)
    assert (found.type, found.mode, found.status) == ("REJECT", "change", "happened")


@pytest.mark.parametrize(("country", "left"), [("NOR", []), (None, []), ("CHL", ["soldiers"])])
def test_nobody_acts_upon_the_forces_he_commands(nlp: Language, country: str | None, left: list[str]) -> None:
    doc = nlp("Norway ordered soldiers to withdraw.")
    ordered = at(
        doc,
        "ordered",
        "REQUEST",
        actors=(member(doc, "Norway", "NOR"),),
        recipients=(member(doc, "soldiers", country, "MIL"),),
    )
    (found,) = settled(doc, [ordered], (), DAY)
    assert [m.party.text for m in found.recipients] == left


def test_who_suffers_does_not_do_it_by_the_same_word(nlp: Language) -> None:
    doc = nlp("Dalva was convicted of fraud.")
    dalva = member(doc, "Dalva", "CHL")
    (found,) = settled(doc, [at(doc, "convicted", "SANCTION", actors=(dalva,), recipients=(dalva,))], (), DAY)
    assert (found.actors, found.recipients) == ((), (dalva,))


@pytest.mark.parametrize(
    ("told", "status"),
    [("2023-06-10", "planned"), ("2023-07", "planned"), ("2023-06", "happened"), ("2022", "happened")],
)
def test_what_is_dated_after_the_report_has_not_happened(nlp: Language, told: str, status: str) -> None:
    doc = nlp("Norway and Chile meet.")
    (found,) = settled(doc, [at(doc, "meet", "CONSULT", date=told)], (), DAY)
    assert found.status == status


def test_an_unnamed_victim_is_at_home_where_it_happened_and_a_rebel_need_not_be(nlp: Language) -> None:
    doc = nlp("Villagers and rebels were killed in Kenya.")
    place = Place(Span(36, 41), "Kenya", "KEN")
    sides = (member(doc, "Villagers", None, "CVL"), member(doc, "rebels", None, "REB"))
    (found,) = settled(doc, [at(doc, "killed", "ASSAULT", recipients=sides, place=place)], (), DAY)
    assert [m.party.country for m in found.recipients] == ["KEN", None]


def test_the_speaker_of_a_speech_act_is_no_witness_of_it_and_who_alleges_an_act_is(nlp: Language) -> None:
    doc = nlp("Norway accused Chile of bombing the port.")
    norway = member(doc, "Norway", "NOR")
    said = Statement("s1", norway.party, None, (Span(0, 40),), "indirect")
    voice = Voice(norway.party.span, "Norway", "Norway", "s1")
    accused = at(doc, "accused", "ACCUSE", actors=(norway,), voice=voice)
    bombing = at(doc, "bombing", "ASSAULT", status="possible")
    found = settled(doc, [accused, bombing], (said,), DAY)
    assert [c.voice for c in found] == [None, replace(voice, statement=None)]


class Guesser:
    """Takes the rules' candidates, sees them all, and weighs them."""

    model = None

    def propose(self, doc: Doc, *found: Any) -> tuple[Candidate, ...]:
        return tuple(replace(c, score=0.5) for c in RULES.propose(doc, *found) if c.type != "REQUEST")

    def acts(self, doc: Doc, candidates: Sequence[Candidate]) -> Sequence[int]:
        return RULES.acts(doc, candidates)


def test_another_proposer_sees_the_rules_candidates_before_any_is_dropped(nlp: Language) -> None:
    doc = nlp("Norway demanded that Chile release the crew.")
    norway = member(doc, "Norway", "NOR")
    cast = Cast([Mention(norway.start, norway.start + 1, norway.start, "state", (norway.party,))])
    found = ((), cast, (), (), DAY)
    assert types(RULES.propose(doc, *found)) == ["REQUEST/change", "RETREAT/release"]
    assert types(find_candidates(doc, *found)) == ["REQUEST/change"]
    (event,) = find_events(doc, *found, proposer=Guesser())
    assert (event.type, event.score) == ("RETREAT", 0.5)
