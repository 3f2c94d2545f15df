"""The sample report, the hard one: its whole record as a golden file, and what a reader checks first by name.

``python -m tests.golden`` writes the golden files again: read the difference before it is kept.
"""

from __future__ import annotations

import pytest

from detente.record import Event, Record
from tests.golden import GOLDEN, sample_record


@pytest.fixture(scope="module")
def record() -> Record:
    return sample_record()


def found(record: Record, event_type: str, trigger: str) -> Event:
    events = [e for e in record.events if e.type == event_type and e.trigger.of(record.text) == trigger]
    assert events, f"no {event_type} {trigger!r}"
    return events[0]


def countries(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {p.country for p in event.actors}, {p.country for p in event.recipients}


def test_the_record_of_the_sample_is_as_it_was_last_read(record: Record) -> None:
    assert record.to_json() + "\n" == (GOLDEN / "sample.jsonl").read_text(encoding="utf-8")


def test_the_day_is_taken_from_the_dateline_and_the_page_is_doubted(record: Record) -> None:
    assert (record.report_date.date, record.report_date.certain) == ("2023-06-09", False)
    codes = {check.code for check in record.checks}
    assert {"page-date-line", "page-date-url", "caption"} <= codes


def test_the_meeting_of_the_presidents_is_planned_on_the_word_of_the_spokesman(record: Record) -> None:
    event = found(record, "CONSULT", "meet")
    assert (event.status, event.date) == ("planned", "2023-06-14")
    assert countries(event)[0] == {"ARG", "FIN"}
    assert [p.name for p in event.actors] == ["Alberto Fernández", "Sauli Niinistö"]  # in office on that day
    assert event.place is not None
    assert event.place.country == "PRT"
    assert event.said_by is not None
    assert event.said_by.name == "Hernán Ledesma"


def test_the_sanctions_of_april_happened_and_are_told_twice(record: Record) -> None:
    first = found(record, "SANCTION", "imposed")
    assert (first.status, first.date, countries(first)) == ("happened", "2023-04", ({"FIN"}, {"ARG"}))
    again = [e for e in record.events if e.same_as == first.id]
    assert len(again) == 1


def test_the_ambassador_went_home_after_a_name_was_called(record: Record) -> None:
    home = found(record, "SANCTION", "went home")
    assert (home.mode, home.status, home.date) == ("withdraw", "happened", "2023-03")
    assert countries(found(record, "ACCUSE", "called")) == ({"FIN"}, {"ARG"})


def test_the_ban_by_the_court_happened_and_the_refusal_is_the_speakers(record: Record) -> None:
    ban = found(record, "COERCE", "banned")
    assert (ban.status, ban.date) == ("happened", "2023-06-07")
    assert {p.sector for p in ban.actors} == {"JUD"}
    assert found(record, "REJECT", "refuse").status == "happened"


def test_what_is_denied_is_denied(record: Record) -> None:
    assert found(record, "CONSULT", "press conference").status == "denied"
    assert found(record, "COERCE", "attacked").status == "denied"  # computers: a cyber-attack


def test_every_piece_of_evidence_is_the_text_it_points_at(record: Record) -> None:
    for event in record.events:
        assert event.evidence.contains(event.trigger)
        for party in (*event.actors, *event.recipients):
            assert party.span.of(record.text) == party.text
    for statement in record.statements:
        assert all(0 <= s.start < s.end <= len(record.text) for s in statement.content)
