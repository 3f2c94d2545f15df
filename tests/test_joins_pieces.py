"""Joining what is new finds what joining everything would, in whatever order and pieces reports come."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.linking import promises
from detente.linking.joining import join
from detente.record import Record
from tests.made_archive import STATES, made_report
from tests.made_records import told

FOUND = {
    "acts": "SELECT event.id, telling.act FROM telling JOIN event ON event.n = telling.event",
    "links": "SELECT min(a.id, b.id), max(a.id, b.id) FROM act_link"
    " JOIN event a ON a.n = one JOIN event b ON b.n = other",
    "disputes": "SELECT min(a.id, b.id), max(a.id, b.id), kind FROM dispute"
    " JOIN event a ON a.n = one JOIN event b ON b.n = other",
    "promises": "SELECT event.id, due_start, due_end, outcome, answered.id, looked_until FROM promise"
    " JOIN event ON event.n = promise.event LEFT JOIN event answered ON answered.n = promise.answer",
    "stories": "SELECT story.id, first, last, words, report.id FROM story JOIN story_report ON story = story.id"
    " JOIN report ON report.n = report",
    "copies": "SELECT min(a.id, b.id), max(a.id, b.id), kind FROM copy"
    " JOIN report a ON a.n = one JOIN report b ON b.n = other",
    # Running numbers are left out: they are judged once, by what there is when a report comes.
    "doubts": "SELECT report.id, code FROM archive_check JOIN report ON report.n = report"
    " WHERE code != 'page-date-number'",
}


@pytest.fixture(scope="module")
def made() -> list[Record]:
    """Reports of a year, every seventh taken over by another outlet the day after."""
    chance = random.Random(5)
    found: list[Record] = []
    for number in range(240):
        one, other = chance.sample(STATES[:4], 2)
        each = made_report(chance, number, one, other, date(2024, 1, 1) + timedelta(days=7 * (number // 5)))
        found.append(each)
        if number % 7 == 0:
            later = (date.fromisoformat(str(each.published)) + timedelta(days=1)).isoformat()
            told_anew = replace(each.report_date, date=later)
            url = f"https://echo.example/news/{10_000 + number}"
            found.append(replace(each, id=f"echo{number}", url=url, published=later, report_date=told_anew))
    return [*found, *blows()]


def blows() -> Iterator[Record]:
    """Blows of which two reports name another doer."""
    for number, ship in enumerate(("Aldabra", "Brisk", "Cormoran")):
        for code, doer in (("NOR", "Norway"), ("CHL", "Chile")):
            text = f"{doer} shelled the trawler {ship} off Port Quillon near the Skellan reef on Monday."
            day = (date(2024, 3, 4) + timedelta(weeks=8 * number)).isoformat()
            yield told(f"{ship}-{code}", text, "shelled", day, f"{doer}={code}", ship, type="ASSAULT")


def pieces(made: Sequence[Record], seed: int) -> Iterator[list[Record]]:
    """The reports in an order and in pieces drawn by chance."""
    chance = random.Random(seed)
    mixed = chance.sample(made, len(made))
    while mixed:
        count = chance.choice((1, 5, 40, 120))
        yield mixed[:count]
        mixed = mixed[count:]


def days(made: Sequence[Record], size: int) -> Iterator[list[Record]]:
    """The reports by their day, as news comes in."""
    in_order = sorted(made, key=lambda each: (str(each.report_date.date), each.id))
    for start in range(0, len(in_order), size):
        yield in_order[start : start + size]


def joined(path: Path, given: Iterator[list[Record]]) -> dict[str, list[tuple[object, ...]]]:
    with Archive.open(path, create=True) as archive:
        for piece in given:
            for each in piece:
                archive.add_record(each)
            join(archive)
        return found_in(archive)


def found_in(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    return {name: sorted((tuple(row) for row in archive.db.execute(query)), key=repr) for name, query in FOUND.items()}


@pytest.mark.parametrize("crowded", [400, 9])
def test_pieces_in_any_order_give_what_one_run_gives(
    made: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crowded: int
) -> None:
    monkeypatch.setattr(promises, "CROWDED", crowded)
    whole = joined(tmp_path / "whole.db", iter([made]))
    assert all(whole[name] for name in ("acts", "disputes", "promises", "stories", "copies"))
    assert {row[3] for row in whole["promises"]} >= {"kept", "nothing-found"}
    assert joined(tmp_path / "days.db", days(made, 40)) == whole
    assert joined(tmp_path / "mixed.db", pieces(made, 1)) == whole


def test_a_report_coded_anew_leaves_what_one_run_would_find(made: list[Record], tmp_path: Path) -> None:
    chance = random.Random(2)
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for each in made:
            archive.add_record(each)
        join(archive)
        before = found_in(archive)
        with_events = [each for each in made if each.events]
        for each in chance.sample(with_events, 12):
            archive.replace_record(replace(each, events=each.events[1:]))
        join(archive)
        after = found_in(archive)
        assert after != before
        for table in ("joined", "act_link", "dispute", "telling", "promise", "story", "copy", "fingerprint"):
            archive.db.execute(f"DELETE FROM {table}")
        join(archive)
        assert found_in(archive) == after
