"""Acts of a report: counted once, however often they are told."""

from __future__ import annotations

import json
from dataclasses import replace

from detente.did.acts import acts_of
from detente.record import Record
from tests.golden import example, sample_record


def test_every_event_tells_one_act_and_every_act_names_its_tellings() -> None:
    record = sample_record()
    told = {event.id: event.act for event in record.events}
    assert {i: act.number for act in record.acts for i in act.events} == told
    assert [act.number for act in record.acts] == list(range(1, len(record.acts) + 1))
    firsts = {act.events[0] for act in record.acts}
    assert {e.id for e in record.events if e.same_as is None} == firsts


def test_an_act_has_all_its_parties_and_the_last_word_on_status_and_day() -> None:
    record = sample_record()
    again = next(e for e in record.events if e.same_as is not None)
    first = next(e for e in record.events if e.id == again.same_as)
    other = replace(first.actors[0], name="Somebody Else")
    (act,) = acts_of([replace(first, date="2023-04-02"), replace(again, status="denied", actors=(other,), date=None)])
    assert (act.status, act.date) == ("denied", "2023-04-02")
    assert [p.name for p in act.actors] == [*(p.name for p in first.actors), "Somebody Else"]


def test_the_reports_own_day_gives_way_to_a_day_that_is_told() -> None:
    event = replace(sample_record().events[0], date="2023-06-14", date_is_report=False)
    (act,) = acts_of([event, replace(event, date="2023-06-09", date_is_report=True)])
    assert act.date == "2023-06-14"


def test_a_record_from_before_there_were_acts_still_reads_and_says_nothing_of_them() -> None:
    record, _ = example()
    row = json.loads(record.to_json())
    del row["acts"], row["coder"]
    for event in row["events"]:
        del event["act"], event["score"]
    old = Record.from_json(json.dumps(row))
    assert (old.acts, old.coder) == ((), None)
    assert [e.act for e in old.events] == [None, None]
    assert [e.same_as for e in old.events] == [None, "e1"]
