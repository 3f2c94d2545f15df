"""Watching feeds: a surprise is told once, with the reports that brought it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.relations.watching import new_surprises, newest_report
from tests.made_archive import CRISIS, add_quarrel, make_archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(make_archive(tmp_path / "a.db", last=date(2024, 8, 26)))


def test_a_quarrel_that_reports_bring_is_told_with_its_acts(archive: Archive) -> None:
    before = newest_report(archive)
    add_quarrel(archive, 12)
    [(pair, surprise)] = new_surprises(archive, before)
    assert pair == ("ARG", "FIN")
    assert (surprise.start, surprise.direction) == (CRISIS[0], "colder")
    assert surprise.acts


def test_what_was_told_is_not_told_again(archive: Archive) -> None:
    add_quarrel(archive, 12)
    before = newest_report(archive)
    add_quarrel(archive, 13)
    assert new_surprises(archive, before) == []


def test_reports_that_bring_nothing_new_tell_nothing(archive: Archive) -> None:
    assert new_surprises(archive, newest_report(archive)) == []
