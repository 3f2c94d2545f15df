"""Another coding of a report: what a person corrected stays, at the words it was said of, or is listed as waiting."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.archive import Archive
from detente.archive.attachments import Attachment, match
from detente.archive.doctor import examine
from detente.archive.judged import last_in_force
from detente.archive.schema import migrate
from detente.cli.app import app
from detente.errors import ArchiveError
from detente.intake.recoding import recode
from detente.record import CoderId, Event, Failure, Record, Report, Span
from tests.made_records import event, party, record

TEXT = "Russia expelled two American envoys on Thursday. The envoys were told to leave, and Estonia condemned the step."


def coded(*events: Event, coder: str = "rules") -> Record:
    return replace(record(TEXT, events), coder=CoderId(coder, "1", "a model"))


def expelled(trigger: str = "expelled", type: str = "SANCTION", **more: Any) -> Event:
    return event(TEXT, type, trigger, [party(TEXT, "Russia", "RUS")], [party(TEXT, "American", "USA")], **more)


def condemned(trigger: str = "condemned") -> Event:
    return event(TEXT, "ACCUSE", trigger, [party(TEXT, "Estonia", "EST")], id="e2")


class Recorded:
    """A coder that gives the same record whatever it is asked, under its own name."""

    def __init__(self, found: Record) -> None:
        self.found = found

    def stream(self, reports: Iterable[Report | Failure], workers: int = 1) -> Iterator[Record | Failure]:
        yield from (self.found for _ in reports)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(tmp_path / "a.db", create=True)
    archive.add_record(coded(expelled(), condemned()))
    return archive


def event_at(archive: Archive, trigger: str) -> str:
    return next(row.id for row in archive.events(wrong=True) if row.trigger == trigger)


def test_the_archive_keeps_who_coded_a_record(archive: Archive) -> None:
    assert archive.report("r1").coder == CoderId("rules", "1", "a model")
    recode(archive, Recorded(coded(expelled(), coder="other")))
    assert archive.report("r1").coder == CoderId("other", "1", "a model")
    assert archive.record("r1").coder == CoderId("other", "1", "a model")


def test_a_record_of_an_unknown_coder_is_kept_as_such(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(record(TEXT, [expelled()]))
        assert archive.report("r1").coder is None


def test_the_score_and_the_act_of_an_event_are_kept(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(coded(expelled(score=0.75, act=1), condemned()))
        assert [(row.score, row.act) for row in archive.events()] == [(0.75, 1), (None, None)]


def test_corrections_follow_their_words_to_another_coding(archive: Archive) -> None:
    old = event_at(archive, "expelled")
    archive.correct(old, "status", "planned", "Mia")
    archive.judge(old, "right", "Mia")
    recode(archive, Recorded(coded(expelled("expelled two"), condemned())))
    new = event_at(archive, "expelled two")
    assert new != old
    row = archive.event(new)
    assert (row.status, row.verdict, row.corrected) == ("planned", "right", True)
    assert [line.event for line in archive.history(new)] == [new, new]
    assert archive.orphans() == []
    assert [finding.faults for finding in examine(archive, deep=True) if finding.faults] == []


def test_corrections_made_on_either_coding_come_back_together(archive: Archive) -> None:
    first = event_at(archive, "expelled")
    archive.correct(first, "status", "planned", "Mia")
    recode(archive, Recorded(coded(expelled("expelled two"))))
    archive.correct(event_at(archive, "expelled two"), "date", "2021-06", "Jon")
    recode(archive, Recorded(coded(expelled(), condemned())))
    row = archive.event(first)
    assert (row.status, row.date) == ("planned", "2021-06")
    assert [line.who for line in archive.history(first)] == ["Mia", "Jon"]
    archive.undo(first, "Mia")
    assert archive.event(first).date is None


def test_corrections_without_an_event_wait_and_are_listed(archive: Archive) -> None:
    old = event_at(archive, "condemned")
    archive.judge(old, "wrong", "Mia")
    recode(archive, Recorded(coded(expelled())))
    (orphan,) = archive.orphans()
    assert (orphan.event, orphan.lines, orphan.words) == (old, 1, "condemned")
    assert [line.verdict for line in archive.history(old)] == ["wrong"]
    assert last_in_force(archive.db) is None
    with pytest.raises(ArchiveError, match="no event"):
        archive.undo(old, "Mia")
    shown = CliRunner().invoke(app, ["history", str(archive.path)], catch_exceptions=False)
    assert f"{old}: 1 correction at “condemned”" in shown.stdout
    recode(archive, Recorded(coded(condemned())))
    assert archive.orphans() == []
    assert archive.event(old).verdict == "wrong"


def test_lines_on_two_events_never_come_together_on_one() -> None:
    held = [Attachment("a", Span(0, 8), "a"), Attachment("b", Span(6, 20), "b")]
    assert match(held, [("c", Span(0, 20))]) == [("a", None), ("b", "c")]


def test_an_event_at_the_same_place_comes_before_one_that_shares_more() -> None:
    held = [Attachment("a", Span(0, 4), "a"), Attachment("b", Span(0, 9), None)]
    events = [("a", Span(0, 4)), ("c", Span(0, 9))]
    assert match(held, events) == [("a", "a"), ("b", "c")]


def test_an_archive_of_schema_3_brings_its_corrections_along(archive: Archive, tmp_path: Path) -> None:
    event = event_at(archive, "expelled")
    archive.correct(event, "status", "planned", "Mia")
    old = sqlite3.connect(tmp_path / "old.db", isolation_level=None)
    migrate(old, to=3)
    old.execute("ATTACH ? AS new", (str(archive.path),))
    for table in ("report", "record", "event", "event_party", "correction"):
        there = {row[1] for row in old.execute(f"PRAGMA new.table_info({table})")}
        names = [row[1] for row in old.execute(f"PRAGMA main.table_info({table})")]
        values = ", ".join(name if name in there else "'0.1.0'" for name in names)
        old.execute(f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM new.{table}")
    old.execute("INSERT INTO correction (event, verdict, who, at) VALUES ('evgone', 'right', 'Mia', '2021')")
    old.close()
    with Archive.open(tmp_path / "old.db") as migrated:
        assert migrated.report("r1").coder == CoderId("rules", "0.1.0", None)
        assert [line.new for line in migrated.history(event)] == ["planned"]
        assert [(orphan.event, orphan.report) for orphan in migrated.orphans()] == [("evgone", None)]
        recode(migrated, Recorded(coded(expelled("expelled two"))))
        assert migrated.events()[0].status == "planned"
