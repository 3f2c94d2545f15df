"""A page date against the days that other reports of an archive give to the act it tells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.archive.doubts import ArchiveCheck, checks_of
from detente.linking import acts
from detente.linking.acts import MOST_SHARE
from detente.linking.joining import join
from detente.record import Record
from tests.made_records import told


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", create=True) as opened:
        yield opened


def shelling(id: str, day: str, words: str = "", date: str | None = "its own") -> Record:
    text = f"Soldiers of Norway shelled the harbour of Port Quillon and the Skellan lighthouse{words}."
    more = {} if date == "its own" else {"date": date}
    return told(id, text, "shelled", day, "Norway=NOR", "harbour", **more)


KNOWN = [
    shelling("first", "2021-06-07", " at dawn"),
    shelling("second", "2021-06-07", ", the mayor says"),
]


def doubts(archive: Archive, late: Record, known: list[Record]) -> list[ArchiveCheck]:
    """What the archive says of a report that comes after what it knows."""
    for each in known:
        archive.add_record(each)
    join(archive)
    archive.add_record(late)
    join(archive)
    found = archive.report(late.id)
    assert found is not None
    return [check for check in checks_of(archive.db, found.id) if check.code == "page-date-act"]


def all_doubts(folder: Path, pieces: list[list[Record]]) -> list[tuple[str, str, str | None]]:
    """What an archive says in the end that was joined after each piece: report, message and the report beside it."""
    with Archive.open(folder / "b.db", create=True) as opened:
        for piece in pieces:
            for each in piece:
                opened.add_record(each)
            join(opened)
        ids = {opened.report(each.id).id for piece in pieces for each in piece}
        return sorted(
            (id, check.message, check.beside)
            for id in ids
            for check in checks_of(opened.db, id)
            if check.code == "page-date-act"
        )


@pytest.mark.parametrize("share", [MOST_SHARE, 1.0])
def test_the_order_of_adding_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float) -> None:
    # Above that share of new events all others are looked at again, below only those that may tell of the same.
    monkeypatch.setattr(acts, "MOST_SHARE", share)
    told = [*KNOWN, shelling("late", "2021-07-22"), shelling("later", "2022-06-07", " at noon")]
    found = []
    for number, order in enumerate(permutations(range(len(told)))):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(all_doubts(folder, [[told[n]] for n in order]))
    assert len(found[0]) == 2
    assert all(each == found[0] for each in found)


def test_a_doubt_is_gone_when_others_tell_the_act_of_the_same_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_SHARE", 1.0)
    late, also = shelling("late", "2021-07-22"), shelling("also", "2021-07-22", ", a fisherman says")
    assert len(all_doubts(tmp_path, [KNOWN, [late]])) == 1
    (tmp_path / "more").mkdir()
    assert all_doubts(tmp_path / "more", [KNOWN, [late], [also]]) == []


@pytest.mark.parametrize("day", ["2021-07-22", "2022-06-07", "2021-04-20"])
def test_news_that_others_tell_of_another_time_doubts_the_page_date(archive: Archive, day: str) -> None:
    [check] = doubts(archive, shelling("late", day), KNOWN)
    assert "7 June 2021" in check.message
    assert "2 others" in check.message
    assert check.beside in {archive.report(each.id).id for each in KNOWN}


def test_a_telling_some_days_later_doubts_nothing(archive: Archive) -> None:
    assert doubts(archive, shelling("late", "2021-06-20"), KNOWN) == []


def test_one_other_report_is_not_enough(archive: Archive) -> None:
    assert doubts(archive, shelling("late", "2021-07-22"), KNOWN[:1]) == []


def test_who_tells_the_act_of_its_own_day_is_not_doubted(archive: Archive) -> None:
    assert doubts(archive, shelling("late", "2021-07-22", " on June 7", date="2021-06-07"), KNOWN) == []


def test_an_act_that_comes_again_doubts_nothing(archive: Archive) -> None:
    assert doubts(archive, shelling("late", "2021-07-22", " again"), KNOWN) == []


def test_an_act_that_others_tell_of_the_same_days_is_another_one(archive: Archive) -> None:
    also = shelling("also", "2021-07-22", ", a fisherman says")
    assert doubts(archive, shelling("late", "2021-07-22"), [*KNOWN, also]) == []


def test_other_parties_doubt_nothing(archive: Archive) -> None:
    text = "Soldiers of Chile shelled the harbour of Port Quillon and the Skellan lighthouse."
    late = told("late", text, "shelled", "2021-07-22", "Chile=CHL", "harbour")
    assert doubts(archive, late, KNOWN) == []
