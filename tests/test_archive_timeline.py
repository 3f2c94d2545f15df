"""The timeline of all acts, and counts: what is reckoned once for a large archive says what each question says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from detente.archive import Archive
from detente.archive.answers import Answer, EventRow
from detente.archive.parties import newest_acts
from detente.archive.timeline import newest_of_all, undated_of_all
from detente.errors import UsageError
from detente.linking.joining import join
from tests.made_archive import make_archive

TIMES = ((None, None), ("2024", None), (None, "2023-06"), ("2024-02", "2024-09-05"), ("2031", None))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Acts told by one report and by several, told again in a report, judged wrong, and without a day."""
    path = make_archive(tmp_path_factory.mktemp("made") / "a.db")
    with Archive.open(path) as opened:
        db = opened.db
        for table in ("promise", "dispute", "story", "telling", "joined"):
            db.execute(f"DELETE FROM {table}")
        join(opened)
        db.execute(
            "UPDATE event SET same_as ="
            " (SELECT id FROM event first WHERE first.report = event.report ORDER BY n LIMIT 1)"
            " WHERE n % 7 = 0 AND n > (SELECT min(n) FROM event first WHERE first.report = event.report)"
        )
        db.execute("UPDATE event SET date_start = NULL, date_end = NULL WHERE n % 11 = 0")
        for event in [row["id"] for row in db.execute("SELECT id FROM event WHERE n % 13 = 0")]:
            opened.judge(event, "wrong", "a reader")
        yield opened


def ids(answer: Answer[EventRow]) -> list[str]:
    return [row.id for row in answer]


@pytest.mark.parametrize(("since", "until"), TIMES)
def test_the_timeline_has_the_acts_of_a_time_that_a_question_finds(
    archive: Archive, since: str | None, until: str | None
) -> None:
    asked: dict[str, Any] = {"once": True, "since": since, "until": until, "newest": True}
    dated = archive.events(**asked, undated=False)
    undated = archive.events(**asked, undated=True)
    assert ids(newest_of_all(archive.db, since, until, None)) == ids(dated)
    assert ids(undated_of_all(archive.db, since, until, None)) == ids(undated)
    part = newest_of_all(archive.db, since, until, 20, 30)
    assert (ids(part), part.total) == (ids(dated)[30:50], len(dated))
    few = undated_of_all(archive.db, since, until, 5)
    assert (ids(few), few.total) == (ids(undated)[:5], len(undated))


def test_the_timeline_refuses_what_is_no_day(archive: Archive) -> None:
    with pytest.raises(UsageError, match="is no date"):
        newest_of_all(archive.db, "lately", None, 10)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"status": ["happened"]},
        {"type": ["CONSULT"], "since": "2024"},
        {"party": "ARG", "wrong": True},
        {"pair": ("ARG", "FIN"), "once": True},
        {"party": "FIN", "once": True, "since": "2024-03"},
    ],
)
def test_how_many_there_are_does_not_depend_on_how_many_are_shown(archive: Archive, asked: dict[str, Any]) -> None:
    every = archive.events(**asked)
    part = archive.events(**asked, limit=3, offset=2)
    assert part.total == every.total == len(every) > 5
    assert ids(part) == ids(every)[2:5]


@pytest.mark.parametrize(("side", "field"), [("actor", "actor"), ("recipient", "recipient")])
def test_the_newest_acts_of_a_state_are_those_a_question_finds(archive: Archive, side: str, field: str) -> None:
    found = newest_acts(archive.db, code="ARG", name="Argentina", side=side, limit=1_000)
    asked: dict[str, Any] = {field: "ARG"}
    every = archive.events(**asked, once=True)
    for kind, statuses in (("happened", {"happened"}), ("denied", {"denied"}), ("planned", {"planned", "possible"})):
        numbers, total = found[kind]
        rows = [row for row in every if row.status in statuses]
        known = {row["id"]: row["n"] for row in archive.db.execute("SELECT id, n FROM event")}
        assert sorted(numbers) == sorted(known[row.id] for row in rows)
        assert total == len(rows)
        days = {known[row.id]: row.counted_on for row in rows}
        assert numbers == sorted(numbers, key=lambda n: (days[n] is not None, days[n] or "", n), reverse=True)
