"""Promises: what was announced, and what came."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from detente.archive.events import EventQuestion
from detente.archive.promises import Looked, Outcome, find_promises
from detente.linking.joining import join
from detente.record import Party, Record
from tests.made_records import event, record, span, told

PLAN = told(
    "plan", "The envoys of Norway and Chile will meet in Skellan on June 16 about herring quotas.", "meet",
    "2021-06-07", "Norway=NOR", "Chile=CHL", type="CONSULT", status="planned", date="2021-06-16",
)  # fmt: skip
LAST = told(
    "last", "It rained in Lima for a week and nobody fished.", "rained", "2021-08-30", None, None, type="PROTEST"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as opened:
        yield opened


def outcome_of(archive: Archive, *later: Record, plan: Record = PLAN) -> tuple[Outcome, str | None]:
    for each in (plan, *later, LAST):
        archive.add_record(each)
    join(archive)
    (promise,) = [p for p in find_promises(archive.db, EventQuestion()) if p.made.source.record_id == plan.id]
    return promise.outcome, promise.answer.source.record_id if promise.answer else None


def meeting(id: str, text: str, trigger: str, day: str, **more: Any) -> Record:
    return told(id, text, trigger, day, "Norway=NOR", "Chile=CHL", **{"type": "CONSULT", **more})


def test_a_meeting_on_its_day_keeps_the_promise(archive: Archive) -> None:
    met = meeting("met", "Envoys of Norway and Chile met in Skellan and spoke of herring.", "met", "2021-06-16")
    assert outcome_of(archive, met) == (Outcome.KEPT, "met")
    (promise,) = find_promises(archive.db, EventQuestion(pair=("CHL", "NOR")))
    assert promise.due == ("2021-06-16", "2021-06-16")
    assert promise.made_words.startswith("The envoys of Norway and Chile will meet")
    assert promise.answer_words == "Envoys of Norway and Chile met in Skellan and spoke of herring."


def test_a_meeting_of_others_keeps_nothing(archive: Archive) -> None:
    text = "Envoys of Norway and Peru met in Skellan and spoke of herring."
    others = told("met", text, "met", "2021-06-16", "Norway=NOR", "Peru=PER", type="CONSULT")
    assert outcome_of(archive, others) == (Outcome.NOTHING_FOUND, None)


def test_what_was_told_before_the_announcement_is_no_answer(archive: Archive) -> None:
    before = meeting("met", "Envoys of Norway and Chile met in Skellan on herring quotas.", "met", "2021-06-06")
    assert outcome_of(archive, before) == (Outcome.NOTHING_FOUND, None)


def test_another_day_moves_the_promise(archive: Archive) -> None:
    text = "The envoys of Norway and Chile will now meet in Skellan on July 2 about herring quotas."
    moved = meeting("moved", text, "meet", "2021-06-14", status="planned", date="2021-07-02")
    assert outcome_of(archive, moved) == (Outcome.MOVED, "moved")


def test_a_meeting_called_off_breaks_the_promise(archive: Archive) -> None:
    text = "Norway cancelled the talks with Chile on herring quotas that were to be held in Skellan."
    assert outcome_of(archive, meeting("off", text, "talks", "2021-06-15", date=None)) == (Outcome.BROKEN, "off")


def test_a_refusal_of_the_meeting_in_a_word_of_its_own_breaks_it_too(archive: Archive) -> None:
    will = (
        "Envoys of Norway and Chile will hold talks on herring quotas in Skellan on June 16, the Peruvian foreign "
        "ministry said on Monday."
    )
    plan = meeting("plan", will, "talks", "2021-06-07", status="planned", date="2021-06-16")
    text = (
        "Norway cancelled the talks with Chile on herring quotas that were to be held in Skellan, its spokesman said "
        "on Tuesday."
    )
    off = told("off", text, "cancelled", "2021-06-15", "Norway=NOR", "Chile=CHL", type="REJECT", mode="meet")
    assert outcome_of(archive, off, plan=plan) == (Outcome.BROKEN, "off")


def test_a_promise_without_a_day_is_open_at_first(archive: Archive) -> None:
    text = "The envoys of Norway and Chile will meet in Skellan about herring quotas."
    plan = meeting("plan", text, "meet", "2021-06-07", status="planned", date=None)
    archive.add_record(plan)
    join(archive)
    (promise,) = find_promises(archive.db, EventQuestion())
    assert (promise.outcome, promise.answer) == (Outcome.OPEN, None)


def test_a_promise_without_a_day_is_looked_for_in_a_set_time_only(archive: Archive) -> None:
    text = "The envoys of Norway and Chile will meet in Skellan about herring quotas."
    plan = meeting("plan", text, "meet", "2021-06-07", status="planned", date=None)
    assert outcome_of(archive, plan=plan) == (Outcome.NOTHING_FOUND, None)


def test_where_an_answer_was_looked_for_is_told(archive: Archive) -> None:
    other = told("r", "Rain fell on Lima and the fleet stayed in port.", "fell", "2021-07-01", None, None)
    assert outcome_of(archive, other) == (Outcome.NOTHING_FOUND, None)
    (promise,) = find_promises(archive.db, EventQuestion(type="CONSULT"))
    assert promise.looked == Looked("CONSULT", "2021-06-07", "2021-07-31", 2)


def test_a_meeting_of_another_person_of_the_same_state_keeps_nothing(archive: Archive) -> None:
    plan = named("plan", "Ida Nor will meet Luis Mar in Skellan on June 16 about herring quotas.", "meet",
                 ("Ida Nor", "NOR"), ("Luis Mar", "CHL"), "2021-06-07", "2021-06-16", "planned")  # fmt: skip
    met = named("met", "Jon Berg met Luis Mar in Skellan on herring quotas.", "met",
                ("Jon Berg", "NOR"), ("Luis Mar", "CHL"), "2021-06-16", "2021-06-16", "happened")  # fmt: skip
    assert outcome_of(archive, met, plan=plan) == (Outcome.NOTHING_FOUND, None)


def test_the_same_persons_keep_it(archive: Archive) -> None:
    plan = named("plan", "Ida Nor will meet Luis Mar in Skellan on June 16 about herring quotas.", "meet",
                 ("Ida Nor", "NOR"), ("Luis Mar", "CHL"), "2021-06-07", "2021-06-16", "planned")  # fmt: skip
    met = named("met", "Luis Mar met Ida Nor in Skellan on herring quotas.", "met",
                ("Luis Mar", "CHL"), ("Ida Nor", "NOR"), "2021-06-16", "2021-06-16", "happened")  # fmt: skip
    assert outcome_of(archive, met, plan=plan) == (Outcome.KEPT, "met")


def test_who_arrives_for_a_meeting_has_not_met_yet(archive: Archive) -> None:
    text = "The envoy of Norway arrived in Skellan to meet that of Chile on herring quotas."
    arrived = meeting("came", text, "arrived", "2021-06-15", mode="visit")
    assert outcome_of(archive, arrived) == (Outcome.NOTHING_FOUND, None)


def named(
    id: str, text: str, trigger: str, one: tuple[str, str], other: tuple[str, str], said: str, day: str, status: str
) -> Record:
    """A report of a meeting of two persons."""
    sides = [Party(span(text, name), name, name, code, "GOV", None, "envoy") for name, code in (one, other)]
    act = event(text, "CONSULT", trigger, [sides[0]], [sides[1]], status, date=day)
    return record(text, [act], id=id, date=said)


def test_promises_are_found_by_outcome(archive: Archive) -> None:
    outcome_of(archive)
    assert [p.outcome for p in find_promises(archive.db, EventQuestion(), "nothing-found")] == [Outcome.NOTHING_FOUND]
    assert find_promises(archive.db, EventQuestion(), "kept") == []


def test_joining_in_pieces_settles_promises_like_joining_at_once(tmp_path: Path) -> None:
    met = meeting("met", "Envoys of Norway and Chile met in Skellan and spoke of herring.", "met", "2021-06-16")
    text = "Norway and Chile will sign the herring accord in Skellan on June 10."
    other = meeting("sign", text, "sign", "2021-06-01", type="SUPPORT", status="planned", date="2021-06-10")
    found: list[list[tuple[object, ...]]] = []
    for pieces in ([[PLAN, other, met, LAST]], [[PLAN], [other], [met], [LAST]], [[LAST], [met], [other], [PLAN]]):
        with Archive.open(tmp_path / f"{len(found)}.db", create=True) as archive:
            for piece in pieces:
                for each in piece:
                    archive.add_record(each)
                join(archive)
            promises = find_promises(archive.db, EventQuestion())
            found.append([(p.made.id, p.outcome, p.due, p.answer and p.answer.id) for p in promises])
    assert [outcome for _, outcome, _, _ in found[0]] == [Outcome.NOTHING_FOUND, Outcome.KEPT]
    assert all(each == found[0] for each in found)


UNDATED = told(
    "plan", "The envoys of Norway and Chile will meet in Skellan soon about herring quotas.", "meet",
    "2021-06-07", "Norway=NOR", "Chile=CHL", type="CONSULT", status="planned", date=None,
)  # fmt: skip


def test_what_is_only_spoken_of_without_a_day_keeps_nothing(archive: Archive) -> None:
    text = "Skellan is swept for the envoys of Norway and Chile, whose meeting is about herring quotas."
    assert outcome_of(archive, meeting("awaited", text, "meeting", "2021-06-14", date=None), plan=UNDATED)[1] is None


def test_the_same_told_as_the_news_of_the_day_keeps_it(archive: Archive) -> None:
    met = meeting("met", "The envoys of Norway and Chile meet in Skellan about herring quotas.", "meet", "2021-06-14")
    assert outcome_of(archive, met, plan=UNDATED) == (Outcome.KEPT, "met")


def test_an_act_that_comes_again_is_another_one(archive: Archive) -> None:
    text = "The envoys of Norway and Chile meet again in Skellan about herring quotas."
    assert outcome_of(archive, meeting("again", text, "meet", "2021-06-14"), plan=UNDATED)[1] is None


def test_a_year_names_no_occasion(archive: Archive) -> None:
    plan = told(
        "plan", "The envoys of Norway and Chile will meet in Skellan in 2022 about herring quotas.", "meet",
        "2021-12-07", "Norway=NOR", "Chile=CHL", type="CONSULT", status="planned", date="2022",
    )  # fmt: skip
    other = meeting("other", "Envoys of Norway and Chile met in Oslo and spoke of a trawler.", "met", "2022-01-16")
    late = told("end", "It rained in Lima.", "rained", "2023-08-30", None, None, type="PROTEST")
    archive.add_record(late)
    assert outcome_of(archive, other, plan=plan)[1] is None
