"""Near texts and stories among the reports of an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente.archive import Archive
from detente.archive.copies import Text, find_copies, text_to_compare
from detente.archive.doubts import checks_of
from detente.archive.stories import find_stories
from detente.checks.fingerprints import CROWDED
from detente.cli.app import app
from detente.linking import copies, same_act
from detente.linking.joining import join
from detente.linking.stories import thread
from tests.made_records import expulsion, record, summit
from tests.test_checks_copies import TALKS


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as opened:
        yield opened


def doubts(archive: Archive) -> dict[str, str]:
    rows = archive.db.execute(
        "SELECT record_id, message FROM archive_check JOIN report ON report.n = report "
        "WHERE code = 'page-date-copy' ORDER BY record_id"
    )
    return {row[0]: row[1] for row in rows}


def test_a_text_under_another_date_puts_both_dates_in_doubt(archive: Archive) -> None:
    archive.add_record(record(TALKS, id="a", date="2021-06-11", publisher="Harbour Wire"))
    archive.add_record(record(TALKS, id="b", date="2021-07-27", publisher="The Quay Post"))
    join(archive)
    found = doubts(archive)
    assert list(found) == ["a", "b"]
    for message in found.values():
        assert "11 June 2021" in message
        assert "27 July 2021" in message
    (copy,) = find_copies(archive.db)
    assert (copy.kind, copy.overlap) == ("same-text", 1.0)
    assert find_copies(archive.db, report="nowhere") == []


def test_what_only_the_archive_finds_odd_is_shown_with_the_report(archive: Archive) -> None:
    for id, day in (("a", "2021-06-11"), ("b", "2021-07-27")):
        archive.add_record(record(TALKS, id=id, date=day))
    join(archive)
    (check,) = checks_of(archive.db, archive.report("a").id)
    assert (check.code, check.beside) == ("page-date-copy", archive.report("b").id)
    shown = CliRunner().invoke(app, ["show", str(archive.path), "a"], catch_exceptions=False)
    assert "page-date-copy: The page is dated 11 June 2021" in " ".join(shown.stdout.split())


def test_a_copy_of_the_next_day_puts_nothing_in_doubt(archive: Archive) -> None:
    archive.add_record(record(TALKS, id="a", date="2021-06-11"))
    archive.add_record(record(TALKS + " Both will sign again in May.", id="b", date="2021-06-12"))
    join(archive)
    assert doubts(archive) == {}
    assert [copy.kind for copy in find_copies(archive.db)] == ["revision"]


def test_a_second_run_finds_only_what_is_new(archive: Archive) -> None:
    archive.add_record(record(TALKS, id="a", date="2021-06-11"))
    assert join(archive).reports == 1
    assert join(archive).reports == 0
    archive.add_record(record(TALKS, id="b", date="2021-06-12"))
    found = join(archive)
    assert (found.reports, found.near_texts) == (1, 1)


def test_reports_that_go_on_telling_one_thing_are_a_story(archive: Archive) -> None:
    strike = (
        "Dockers of Port Quillon began a strike over pay on Monday.",
        "The strike of the dockers in Port Quillon went into its third day, and no ship was unloaded.",
        "The Port Quillon dockers ended their strike after the harbour board gave way over pay.",
    )
    for number, text in enumerate(strike):
        archive.add_record(record(text, id=f"s{number}", date=f"2021-06-{7 + 2 * number:02d}"))
    archive.add_record(record("A court in Lima freed the editor of a newspaper.", id="other", date="2021-06-08"))
    join(archive)
    (story,) = find_stories(archive.db)
    assert [report.record_id for report in story.reports] == ["s0", "s1", "s2"]
    assert (story.first, story.last) == ("2021-06-07", "2021-06-11")
    assert {"Quillon", "dockers"} <= set(story.words)
    assert [s.id for s in find_stories(archive.db, words="harbour board")] == [story.id]
    assert find_stories(archive.db, since="2021-07") == []
    assert find_stories(archive.db, fewest=4) == []


def test_a_story_ends_when_nobody_tells_it_for_weeks() -> None:
    text = "Dockers of Port Quillon began a strike over pay."
    told = [(n, date(2021, 6, 7) + timedelta(days), text) for n, days in enumerate((0, 3, 60))]
    stories = dict(thread(told))
    assert stories[0] == stories[1] != stories[2]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(["Quillon strike", "Skellan herring", "x", ""])), max_size=12
    )
)
def test_every_report_is_in_exactly_one_story(items: list[tuple[int, str]]) -> None:
    told = [(n, date(2021, 1, 1) + timedelta(days), text) for n, (days, text) in enumerate(sorted(items))]
    found = list(thread(told))
    assert [number for number, _ in found] == [number for number, _, _ in told]
    assert all(story <= number for number, story in found)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("acts",), "Envoys sent home"),
        (("promises", "--pair", "USA", "RUS"), "Vienna next month"),
        (("disputes", "--json"), "[]"),
        (("stories", "--fewest", "2"), "Envoys sent home"),
        (("copies",), "same-text"),
        (("promises", "--csv"), "made_words"),
    ],
)
def test_what_was_found_is_shown(tmp_path: Path, command: tuple[str, ...], words: str) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path, create=True) as archive:
        again = replace(expulsion(id="r9"), published="2021-06-12")
        for each in (expulsion(), again, summit()):
            archive.add_record(each)
    before = CliRunner().invoke(app, ["acts", str(path)]).stdout
    assert "run `detente join`" in before
    joined = CliRunner().invoke(app, ["join", str(path)], catch_exceptions=False)
    assert "Compared 3 reports" in joined.stdout
    shown = CliRunner().invoke(app, [command[0], str(path), *command[1:]], catch_exceptions=False)
    assert words in shown.stdout


def test_identical_reports_cost_in_proportion_to_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = {}
    read: list[int] = []

    def counted(db: sqlite3.Connection, report: int) -> Text:
        read.append(report)
        return text_to_compare(db, report)

    monkeypatch.setattr(copies, "HELD", 2 * CROWDED)
    monkeypatch.setattr(same_act, "CROWDED", 100)
    monkeypatch.setattr(copies, "text_to_compare", counted)
    for count in (150, 600):
        read.clear()
        with Archive.open(tmp_path / f"{count}.db", create=True) as archive, archive.transaction():
            for number in range(count):
                archive.add_record(expulsion(f"r{number}", url=f"https://harbour.example/{number}"))
            joined = join(archive)
        work[count] = (len(read), joined.near_texts, joined.links)
    assert work[600][0] == 600
    assert all(many <= 5 * few for few, many in zip(work[150], work[600], strict=True))
