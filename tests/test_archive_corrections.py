"""Corrections: kept for good, applied to what is read, and still there after a report was coded anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.archive import Archive
from detente.archive.doctor import examine
from detente.errors import ArchiveError, UsageError
from tests.made_records import expulsion, summit


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(tmp_path / "a.db", create=True)
    archive.add_record(expulsion())
    archive.add_record(summit())
    return archive


def id_of(archive: Archive, trigger: str) -> str:
    return next(row.id for row in archive.events(wrong=True) if row.trigger == trigger)


def test_an_event_judged_wrong_is_left_out_of_answers_but_not_lost(archive: Archive) -> None:
    event = id_of(archive, "expelled")
    archive.judge(event, "wrong", "Mia")
    assert archive.events(type="SANCTION").total == 0
    assert archive.events(type="SANCTION", wrong=True)[0].verdict == "wrong"
    archive.judge(event, "right", "Jon")
    assert archive.events(type="SANCTION")[0].verdict == "right"
    assert [(line.verdict, line.who) for line in archive.history(event)] == [("wrong", "Mia"), ("right", "Jon")]


@pytest.mark.parametrize(
    ("field", "value", "old", "column", "becomes"),
    [
        ("type", "ACCUSE", "SANCTION", "quad", 3),
        ("type", "ACCUSE", "SANCTION", "mode", None),
        ("mode", "withdraw", "expel", "mode", "withdraw"),
        ("status", "planned", "happened", "status", "planned"),
        ("date", "2021-07", "2021-06-10", "date_end", "2021-07-31"),
        ("date", "2021-07", "2021-06-10", "day", "2021-07-01"),
        ("date", "", "2021-06-10", "day", "2021-06-11"),
        ("place", "Moscow", None, "place", "Moscow"),
        ("place_country", "RUS", None, "place_country", "RUS"),
        ("said_by", "the ministry", None, "said_by", "the ministry"),
    ],
)
def test_a_field_is_given_another_value(
    archive: Archive, field: str, value: str, old: str | None, column: str, becomes: object
) -> None:
    event = id_of(archive, "expelled")
    line = archive.correct(event, field, value, "Mia")
    assert (line.old, line.new) == (old, value or None)
    row = archive.event(event)
    assert getattr(row, column) == becomes
    assert row.corrected


def test_sides_are_exchanged_and_found_on_their_new_side(archive: Archive) -> None:
    event = id_of(archive, "expelled")
    archive.correct(event, "actor", "USA:GOV:the United States; EST", "Mia")
    line = archive.correct(event, "recipients", "RUS", "Mia")
    assert line.old == "USA:GOV:two American diplomats"
    row = archive.events(actor="EST", recipient="RUS", type="SANCTION")[0]
    assert [(side.name, side.country, side.sector, side.start) for side in row.actors] == [
        ("the United States", "USA", "GOV", None),
        ("EST", "EST", None, None),
    ]


def test_the_last_correction_is_taken_back(archive: Archive) -> None:
    event = id_of(archive, "expelled")
    before = archive.event(event)
    archive.correct(event, "status", "planned", "Mia")
    archive.correct(event, "status", "possible", "Mia")
    archive.undo(event, "Mia")
    assert archive.event(event).status == "planned"
    archive.undo(event, "Mia")
    assert archive.event(event) == before
    with pytest.raises(ArchiveError, match="no correction"):
        archive.undo(event, "Mia")
    assert len(archive.history(event)) == 4


def test_corrections_outlive_a_new_coding(archive: Archive) -> None:
    event = id_of(archive, "expelled")
    archive.correct(event, "status", "planned", "Mia")
    archive.judge(event, "right", "Mia")
    archive.replace_record(expulsion())
    row = archive.event(event)
    assert (row.status, row.verdict, row.corrected) == ("planned", "right", True)


def test_the_record_stays_as_it_was_coded(archive: Archive) -> None:
    archive.correct(id_of(archive, "expelled"), "type", "ACCUSE", "Mia")
    assert archive.record("r1") == expulsion()


def test_lines_can_not_be_changed_or_removed(archive: Archive) -> None:
    archive.judge(id_of(archive, "expelled"), "right", "Mia")
    for change in ("UPDATE correction SET who = 'Jon'", "DELETE FROM correction"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            archive.db.execute(change)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "WAR"),
        ("type", ""),
        ("status", "maybe"),
        ("mode", "phone"),
        ("date", "yesterday"),
        ("actors", "Russia"),
        ("actors", "RUS:army"),
        ("place_country", "Russia"),
        ("evidence", "something else"),
        ("id", "ev0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_kept(archive: Archive, field: str, value: str) -> None:
    event = id_of(archive, "expelled")
    before = archive.event(event)
    with pytest.raises(UsageError):
        archive.correct(event, field, value, "Mia")
    assert archive.event(event) == before
    assert archive.history(event) == []


def test_a_correction_needs_an_event_and_a_name(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="There is no event"):
        archive.judge("ev0", "right", "Mia")
    with pytest.raises(UsageError, match="--by"):
        archive.judge(id_of(archive, "met"), "right", "  ")


Step = tuple[Literal["set", "judge", "undo"], str, str]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.just("status"), st.sampled_from(["planned", "denied", "possible"])),
        st.tuples(st.just("set"), st.just("type"), st.sampled_from(["ACCUSE", "AID", "SANCTION"])),
        st.tuples(st.just("set"), st.just("actors"), st.sampled_from(["RUS", "USA; EST", ""])),
        st.tuples(st.just("set"), st.just("date"), st.sampled_from(["2020", "", "2021-06-01/2021-06-03"])),
        st.tuples(st.just("judge"), st.sampled_from(["right", "wrong"]), st.just("")),
        st.tuples(st.just("undo"), st.just(""), st.just("")),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(STEPS)
def test_any_course_of_corrections_survives_a_new_coding_and_the_doctor(archive: Archive, steps: list[Step]) -> None:
    event = id_of(archive, "expelled")
    for kind, what, value in steps:
        if kind == "set":
            archive.correct(event, what, value, "Mia")
        elif kind == "judge":
            archive.judge(event, "right" if what == "right" else "wrong", "Mia")
        else:
            try:
                archive.undo(event, "Mia")
            except ArchiveError:
                continue
    before = archive.event(event)
    archive.replace_record(expulsion())
    assert archive.event(event) == before
    assert not [fault for finding in examine(archive, deep=True) for fault in finding.faults if "event" in fault]
