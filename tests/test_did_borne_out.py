"""What the words, the lists and the parties of a report hold of acts, whoever proposes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from detente.did import Candidate, Member
from detente.did.constraints import borne_out
from detente.knowledge import load_knowledge
from detente.record import Party, Place, Span, Status
from detente.when import find_times
from detente.who import Cast, find_parties

DAY = date(2023, 6, 9)


class Told:
    """A sentence with its times and its cast."""

    def __init__(self, nlp: Language, text: str) -> None:
        self.doc: Doc = nlp(text)
        self.times = find_times(self.doc, DAY)
        self.cast: Cast = find_parties(self.doc, DAY, load_knowledge())

    def span(self, words: str) -> Span:
        start = self.doc.text.index(words)
        return Span(start, start + len(words))

    def act(self, word: str, event_type: str, status: Any = "happened", **more: Any) -> Candidate:
        token = next(t for t in self.doc if t.text == word)
        return Candidate(token.i, Span(token.idx, token.idx + len(token)), event_type, status, **more)

    def member(self, words: str, country: str | None, sector: str | None = "GOV", id: str | None = None) -> Member:
        span = self.span(words)
        start = next(t.i for t in self.doc if t.idx == span.start)
        return Member(Party(span, words, words, country, sector, id), start, "proposed")

    def place(self, words: str, country: str) -> Place:
        return Place(self.span(words), words, country)

    def borne_out(self, *acts: Candidate) -> list[Candidate]:
        return borne_out(self.doc, acts, self.times, self.cast)


def countries(members: Sequence[Member]) -> list[str | None]:
    return [m.party.country for m in members]


@pytest.mark.parametrize(
    ("text", "verb", "role", "lent"),
    [
        ("The mediator met Emmanuel Macron in Paris.", "met", "mediator", "FRA"),
        ("An envoy spoke with Olaf Scholz in Berlin.", "spoke", "envoy", "DEU"),
    ],
)
def test_who_meets_somebody_is_not_of_his_state(nlp: Language, text: str, verb: str, role: str, lent: str) -> None:
    told = Told(nlp, text)
    leader = next(m for m in told.cast.mentions if m.kind == "person")
    both = (told.member(role, lent), Member(leader.parties[0], leader.start, "named"))
    (found,) = told.borne_out(told.act(verb, "CONSULT", actors=both))
    assert countries(found.actors) == [None, lent]


def test_a_people_without_a_state_is_of_no_state_that_is_only_near(nlp: Language) -> None:
    told = Told(nlp, "Tuareg rebels left the village before French jets came.")
    act = told.act("left", "RETREAT", actors=(told.member("Tuareg rebels", "FRA", "REB"),))
    assert countries(told.borne_out(act)[0].actors) == [None]


def test_those_of_a_continent_are_of_no_state_that_is_only_near(nlp: Language) -> None:
    told = Told(nlp, "Vladimir Putin greeted African ministers.")
    act = told.act("greeted", "SUPPORT", recipients=(told.member("African ministers", "RUS"),))
    assert countries(told.borne_out(act)[0].recipients) == [None]


def test_a_state_that_the_text_gives_stays(nlp: Language) -> None:
    told = Told(nlp, "The Chilean minister met the Chilean governor in Santiago.")
    both = told.member("Chilean minister", "CHL"), told.member("Chilean governor", "CHL")
    (found,) = told.borne_out(told.act("met", "CONSULT", actors=both, place=told.place("Santiago", "CHL")))
    assert countries(found.actors) == ["CHL", "CHL"]


def test_the_fighters_of_a_group_are_that_group_and_told_once(nlp: Language) -> None:
    told = Told(nlp, "Gunmen of the Islamic State attacked a post near Tikrit.")
    gunmen = told.member("Gunmen of the Islamic State", "IRQ", "REB")
    group = told.member("Islamic State", None, "REB", "islamic-state")
    (found,) = told.borne_out(told.act("attacked", "ASSAULT", actors=(gunmen, group)))
    assert [(m.party.text, m.party.country) for m in found.actors] == [("Gunmen of the Islamic State", None)]


def test_a_list_of_states_stands_on_one_side_as_a_whole(nlp: Language) -> None:
    told = Told(nlp, "Delegates from Norway, Chile and Kenya met in Geneva.")
    some = told.member("Chile", "CHL"), told.member("Kenya", "KEN")
    (found,) = told.borne_out(told.act("met", "CONSULT", actors=some))
    assert set(countries(found.actors)) == {"NOR", "CHL", "KEN"}


def test_two_verbs_share_their_object_and_how_certain_they_are(nlp: Language) -> None:
    told = Told(nlp, "Chile wants to meet with and talk to Peru.")
    chile, peru = told.member("Chile", "CHL"), told.member("Peru", "PER")
    meet = told.act("meet", "CONSULT", "planned", actors=(chile,))
    talk = told.act("talk", "CONSULT", actors=(chile, peru), date="2023-06-09", date_is_report=True)
    first, second = told.borne_out(meet, talk)
    assert countries(first.actors) == ["CHL", "PER"]
    assert (second.status, second.date) == ("planned", None)


@pytest.mark.parametrize(
    ("text", "noun", "event_type"),
    [
        ("Norway put off its exercise with Chile.", "exercise", "COOPERATE"),
        ("The talks between Chad and Sudan were pushed back to May.", "talks", "CONSULT"),
        ("The sale of frigates to Peru fell through on Monday.", "sale", "COOPERATE"),
        ("Kenya called off the visit.", "visit", "CONSULT"),
    ],
)
def test_what_was_put_off_or_fell_through_has_not_happened(
    nlp: Language, text: str, noun: str, event_type: str
) -> None:
    told = Told(nlp, text)
    assert [c.status for c in told.borne_out(told.act(noun, event_type))] == ["denied"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("If Turkey attacks, Greece will close the strait.", "attacks"),
        ("Kenya called for stronger sanctions on Uganda.", "sanctions"),
        ("Peru renewed its call for sanctions against Chile.", "sanctions"),
    ],
)
def test_what_is_a_condition_or_called_for_is_only_possible(nlp: Language, text: str, word: str) -> None:
    told = Told(nlp, text)
    act = told.act(word, "SANCTION", date="2023-06-09", date_is_report=True)
    assert [(c.status, c.date) for c in told.borne_out(act)] == [("possible", None)]


def test_who_calls_for_sanctions_imposes_none(nlp: Language) -> None:
    told = Told(nlp, "Kenya called for stronger sanctions on Uganda.")
    act = told.act("sanctions", "SANCTION", actors=(told.member("Kenya", "KEN"),))
    assert told.borne_out(act)[0].actors == ()


def test_who_gets_something_from_another_is_given_it(nlp: Language) -> None:
    told = Told(nlp, "Sudan got a loan of 90 million dollars from Qatar.")
    sides = {"actors": (told.member("Sudan", "SDN"),), "recipients": (told.member("Qatar", "QAT"),)}
    (found,) = told.borne_out(told.act("got", "COOPERATE", **sides))
    assert (found.type, countries(found.actors), countries(found.recipients)) == ("AID", ["QAT"], ["SDN"])


def test_who_travels_to_meet_somebody_visits_him_and_not_the_town(nlp: Language) -> None:
    told = Told(nlp, "Theresa May will travel to Berlin to meet Angela Merkel.")
    may, berlin = told.member("Theresa May", "GBR"), told.member("Berlin", "DEU")
    act = told.act("travel", "CONSULT", "planned", mode="visit", actors=(may,), recipients=(berlin,))
    assert [m.party.text for m in told.borne_out(act)[0].recipients] == ["Angela Merkel"]


@pytest.mark.parametrize(
    ("text", "later", "earlier", "day"),
    [
        ("Norway closed a port on Thursday, two days after shells hit a clinic.", "closed", "hit", "2023-06-06"),
        ("Norway closed a port on Thursday, a week after gunmen killed two sailors.", "closed", "killed", "2023-06-01"),
        ("Norway closed a port on Thursday, three days before Chile seized a ship.", "closed", "seized", "2023-06-11"),
        ("Norway closed a port on Thursday, four months after an attack on a ship.", "closed", "attack", "2023-02"),
    ],
)
def test_an_act_told_by_its_distance_from_another_has_its_own_day(
    nlp: Language, text: str, later: str, earlier: str, day: str
) -> None:
    told = Told(nlp, text)
    acts = told.act(later, "COERCE", date="2023-06-08"), told.act(earlier, "ASSAULT", date="2023-06-08")
    assert [c.date for c in told.borne_out(*acts)] == ["2023-06-08", day]


def test_an_act_at_a_distance_from_an_unknown_day_has_none(nlp: Language) -> None:
    told = Told(nlp, "Norway closed a port two days after shells hit a clinic.")
    acts = told.act("closed", "COERCE"), told.act("hit", "ASSAULT", date="2023-06-09", date_is_report=True)
    assert [(c.date, c.date_is_report) for c in told.borne_out(*acts)] == [(None, False), (None, False)]


@pytest.mark.parametrize("status", ["happened", "planned"])
def test_what_stands_behind_whether_is_open(nlp: Language, status: Status) -> None:
    told = Told(nlp, "Whether the two presidents will meet in Oslo is open.")
    act = replace(told.act("meet", "CONSULT"), status=status)
    assert told.borne_out(act)[0].status == "possible"


def test_what_is_denied_behind_whether_stays_denied(nlp: Language) -> None:
    told = Told(nlp, "Aides were asked whether the presidents had met.")
    act = replace(told.act("met", "CONSULT"), status="denied")
    assert told.borne_out(act)[0].status == "denied"


def test_guests_who_meet_in_a_state_that_nobody_is_told_of_are_not_of_it(nlp: Language) -> None:
    told = Told(nlp, "The trade ministers met in Vienna.")
    act = told.act("met", "CONSULT", actors=(told.member("trade ministers", "AUT"),), place=told.place("Vienna", "AUT"))
    assert countries(told.borne_out(act)[0].actors) == [None]
