"""Sentences in which the wrong reading lies nearer than the right one."""

from __future__ import annotations

import pytest

from detente.coding import Coder, make_coder
from detente.record import Event, Report


@pytest.fixture(scope="module")
def coder() -> Coder:
    return make_coder("rules")


def events(coder: Coder, text: str) -> list[Event]:
    return list(coder.code(Report("r", text, date="2023-06-09")).events)


def one(coder: Coder, text: str, event_type: str) -> Event:
    (event,) = (e for e in events(coder, text) if e.type == event_type)
    return event


def sides(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.country for p in event.actors}, {p.country for p in event.recipients}


def test_an_ambassador_who_goes_home_for_consultations_is_recalled(coder: Coder) -> None:
    text = "In March the Chilean ambassador to Oslo went home for consultations."
    (event,) = events(coder, text)
    assert (event.type, event.mode, event.status) == ("SANCTION", "withdraw", "happened")
    assert sides(event)[0] == {"CHL"}


def test_a_name_for_somebody_is_blame(coder: Coder) -> None:
    event = one(coder, "The Norwegian president called his Chilean colleague a “pirate” on television.", "ACCUSE")
    assert sides(event) == ({"NOR"}, {"CHL"})


def test_a_refusal_by_the_speaker_is_his_and_what_is_refused_is_not_told_again(coder: Coder) -> None:
    text = "“We refuse to discuss it with anybody,” the Chilean foreign minister said."
    (event,) = events(coder, text)
    assert (event.type, event.status) == ("REJECT", "happened")
    assert sides(event)[0] == {"CHL"}


def test_what_none_of_is_planned_is_denied(coder: Coder) -> None:
    event = one(coder, "No joint press conference of Norway and Chile is planned, a spokesman said.", "CONSULT")
    assert event.status == "denied"
    assert event.said_by is not None


def test_nobody_in_a_hurry_to_act_has_not_acted(coder: Coder) -> None:
    found = events(coder, "Nobody in Norway is in a hurry to deport the Chilean sailors.")
    assert {e.status for e in found} <= {"denied"}


def test_a_court_that_rules_on_groups_and_bans_them_is_the_one_that_bans(coder: Coder) -> None:
    text = "A court in Santiago ruled that the two parties are extremist and banned them."
    event = one(coder, text, "COERCE")
    assert event.status == "happened"
    assert any(p.sector == "JUD" for p in event.actors)


def test_two_of_a_kind_are_not_the_two_named_before(coder: Coder) -> None:
    text = "Erna Aune of Norway met Pedro Rojas of Chile. In April Norway expelled two diplomats."
    event = one(coder, text, "SANCTION")
    assert sides(event)[0] == {"NOR"}
    assert not {p.name for p in event.recipients} & {"Erna Aune", "Pedro Rojas"}


def test_what_is_told_in_a_finite_clause_is_said_and_not_asked_for(coder: Coder) -> None:
    text = "Norway will meet Chile next Wednesday in Lisbon, a spokesman told reporters."
    assert one(coder, text, "CONSULT").status == "planned"


@pytest.mark.parametrize("text", ["Norway has attacked nobody’s computers.", "Norway expelled no diplomats in April."])
def test_what_is_done_to_nobody_is_not_done(coder: Coder, text: str) -> None:
    assert {e.status for e in events(coder, text)} == {"denied"}


def test_a_plain_pronoun_is_never_the_actor_himself(coder: Coder) -> None:
    event = one(coder, "Japan plans to raise the dispute with China and could impose new sanctions on it.", "SANCTION")
    assert sides(event)[0] == {"JPN"}
    assert "JPN" not in sides(event)[1]


def test_what_somebody_is_called_on_to_engage_in_is_not_told_again(coder: Coder) -> None:
    found = events(coder, "Norway called on Chile to engage in dialogue.")
    assert [e.type for e in found] == ["REQUEST"]


def test_who_is_asked_asks_nobody(coder: Coder) -> None:
    text = "Norwegian spokesman Per Rud, when asked to explain the delay, told reporters that Chile had met Norway."
    assert not [e for e in events(coder, text) if e.type == "REQUEST" and "NOR" in sides(e)[0]]
