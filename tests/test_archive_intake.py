"""Taking in: once, in any number of goes, with an account of everything that was read."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.archive.account import Note, account_of
from detente.archive.doctor import SETTLED_SECONDS, examine, sweep
from detente.intake.recoding import recode
from detente.intake.retrying import retry
from detente.intake.taking import Intake
from detente.language.pipeline import BATCH_SIZE
from detente.reading.confined import ConfinedParser
from detente.reading.fetching import Fetcher
from detente.reading.gathering import Gatherer
from detente.reading.markup import DIRECT
from detente.record import Event, Failure, Party, Record, Report, ReportDate, Span, sha256_of
from tests.web_archives import answer, warc

MEETING = b"<html><body><article><p>Norway met Chile in Oslo on Wednesday, and the two spoke of fishing.</p></article>"


class FakeCoder:
    """Finds the word "met" in each report, in batches like the real one, and can be made to fail or to end."""

    def __init__(self, broken: str = "", ends_after: int | None = None) -> None:
        self.broken = broken
        self.ends_after = ends_after
        self.coded: list[str] = []

    def stream(self, reports: Iterable[Report | Failure], workers: int = 1) -> Iterator[Record | Failure]:
        batch: list[Report | Failure] = []
        for item in reports:
            batch.append(item)
            if len(batch) == BATCH_SIZE:
                yield from map(self._code, batch)
                batch = []
        yield from map(self._code, batch)

    def _code(self, item: Report | Failure) -> Record | Failure:
        assert isinstance(item, Report)
        if self.ends_after is not None and len(self.coded) >= self.ends_after:
            raise KeyboardInterrupt
        self.coded.append(item.id)
        if self.broken and self.broken in item.text:
            return Failure(item.id, item.origin, "internal", "it broke")
        at = item.text.index("met")
        side = Party(Span(0, 5), item.text[:5], "Norway", "NOR", "GOV")
        act = Event("e1", "CONSULT", "happened", Span(at, at + 3), Span(0, len(item.text)), (side,), ())
        day = ReportDate(item.published, "the page", True)
        sha = sha256_of(item.text)
        return Record(
            item.id, item.title, item.url, item.publisher, "en", item.published, day, item.text, sha, events=(act,)
        )


def lines(path: Path, texts: Iterable[str], **more: object) -> Path:
    rows = [json.dumps({"id": f"r{i}", "text": text, "date": "2021-06-11", **more}) for i, text in enumerate(texts)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def texts(count: int) -> list[str]:
    return [f"Oslo, the ministers met for time number {i}." for i in range(count)]


def run(archive: Archive, coder: FakeCoder, *sources: Path, again: bool = False) -> Counter[str]:
    heard: Counter[str] = Counter()

    def hear(note: Note) -> None:
        heard[note.outcome] += 1

    gathered = Gatherer(DIRECT, Fetcher()).gather(map(str, sources))
    Intake(archive, lambda: coder, hear, again=again).add(gathered)
    return heard


def content(archive: Archive) -> list[tuple[object, ...]]:
    """What the archive holds, without the numbers and times of this file."""
    events = archive.db.execute(
        "SELECT event.id, type, status, day, trigger_start, evidence_end, report.id, title FROM event"
        " JOIN report ON report.n = event.report ORDER BY event.id"
    )
    notes = archive.db.execute("SELECT place, item, outcome, code, reason FROM intake ORDER BY place, item")
    return [tuple(row) for row in (*events, *notes)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "a.db", create=True)


def test_reports_are_coded_and_kept_with_their_topics_and_original(archive: Archive, tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", texts(3), topics=["Fishing talks"], cited=["Reuters", "AP"])
    assert run(archive, FakeCoder(), path) == {"coded": 3}
    row = archive.report("r1")
    assert (row.topics, row.cited, row.origin) == (("Fishing talks",), ("Reuters", "AP"), f"{path}:2")
    assert row.original is not None
    assert archive.originals.read(row.original) == path.read_bytes()
    assert archive.events(actor="NOR").total == 3


def test_a_second_run_adds_no_row_and_loads_no_coder(archive: Archive, tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", [*texts(3), "", texts(1)[0]])
    assert run(archive, FakeCoder(), path) == {"coded": 3, "known": 1, "failed": 1}
    before = list(archive.db.iterdump())
    coder = FakeCoder()
    assert run(archive, coder, path) == {"known": 4, "failed": 1}
    assert coder.coded == []
    assert list(archive.db.iterdump()) == before


def test_a_report_read_at_another_place_is_known_and_its_place_noted(archive: Archive, tmp_path: Path) -> None:
    one, other = lines(tmp_path / "one.jsonl", texts(2)), lines(tmp_path / "other.jsonl", texts(3))
    run(archive, FakeCoder(), one)
    assert run(archive, FakeCoder(), other) == {"known": 2, "coded": 1}
    reason = archive.db.execute("SELECT reason FROM intake WHERE place = ?", (f"{other}:1",)).fetchone()[0]
    assert reason == f"the same report was read at {one}:1"


@pytest.mark.parametrize("ends_after", [0, 1, BATCH_SIZE, BATCH_SIZE + 7, 2 * BATCH_SIZE - 1])
def test_a_run_cut_off_and_taken_up_again_ends_like_one_that_was_not(tmp_path: Path, ends_after: int) -> None:
    many = texts(2 * BATCH_SIZE + 5)
    path = lines(tmp_path / "in.jsonl", [*many[:40], "", many[3], *many[40:]])
    with Archive.open(tmp_path / "whole.db", create=True) as whole:
        run(whole, FakeCoder("number 9"), path)
        expected = content(whole)
    with Archive.open(tmp_path / "cut.db", create=True) as cut:
        with pytest.raises(KeyboardInterrupt):
            run(cut, FakeCoder("number 9", ends_after), path)
        assert all(not finding.faults for finding in examine(cut) if "left over" not in finding.check)
        run(cut, FakeCoder("number 9"), path)
        assert content(cut) == expected


def test_batches_are_cut_where_they_were_before_a_run_was_cut_off(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", texts(3 * BATCH_SIZE))
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        with pytest.raises(KeyboardInterrupt):
            run(archive, FakeCoder(ends_after=BATCH_SIZE + 10), path)
        assert archive.counts()["report"] == BATCH_SIZE
        coder = FakeCoder()
        run(archive, coder, path)
    assert coder.coded[0] == f"r{BATCH_SIZE}"


def test_the_account_balances_and_gives_a_reason_for_everything(archive: Archive, tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", [*texts(4), texts(1)[0], "", "Bergen, they met and it BREAKS."])
    heard = run(archive, FakeCoder("BREAKS"), path)
    assert heard == {"coded": 4, "known": 1, "failed": 2}
    assert str(account_of(archive.db)) == "7 read = 4 coded + 1 known + 0 skipped + 2 failed"
    assert [finding.faults for finding in examine(archive, deep=True) if finding.faults] == []


def test_what_is_no_page_in_a_web_archive_is_skipped_and_not_tried_again(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(warc([answer(MEETING), answer(b"GIF8", "image/gif"), answer(b"<html>")]))
    assert run(archive, FakeCoder(), tmp_path / "crawl.warc.gz") == {"coded": 1, "skipped": 1, "failed": 1}
    row = archive.report(archive.events()[0].source.report)
    assert row.url == "https://news.example/0"
    assert row.original is not None
    assert archive.originals.read(row.original) == MEETING
    retry(archive, FakeCoder, DIRECT, Fetcher())
    assert str(account_of(archive.db)) == "3 read = 1 coded + 0 known + 1 skipped + 1 failed"


def test_what_could_not_be_coded_is_skipped_until_it_is_tried_again(archive: Archive, tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", [*texts(2), "Bergen, they met and it BREAKS."])
    run(archive, FakeCoder("BREAKS"), path)
    assert run(archive, FakeCoder(), path) == {"known": 2, "skipped": 1}
    assert account_of(archive.db).failed == 1
    assert retry(archive, FakeCoder, DIRECT, Fetcher()) == {}
    assert str(account_of(archive.db)) == "3 read = 3 coded + 0 known + 0 skipped + 0 failed"


def test_a_line_that_was_mended_is_read_when_it_is_tried_again(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": texts(1)[0]}) + "\n{broken\n", encoding="utf-8")
    run(archive, FakeCoder(), path)
    lines(path, texts(2))
    retry(archive, FakeCoder, DIRECT, Fetcher())
    assert str(account_of(archive.db)) == "2 read = 2 coded + 0 known + 0 skipped + 0 failed"


def test_a_file_that_was_damaged_as_a_whole_is_read_when_it_is_tried_again(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08 damaged")
    assert run(archive, FakeCoder(), path) == {"failed": 1}
    lines(path, texts(2))
    retry(archive, FakeCoder, DIRECT, Fetcher())
    assert str(account_of(archive.db)) == "2 read = 2 coded + 0 known + 0 skipped + 0 failed"


def test_a_source_that_is_gone_is_told(archive: Archive, tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", [""])
    run(archive, FakeCoder(), path)
    path.unlink()
    assert retry(archive, FakeCoder, DIRECT, Fetcher()) == {str(path): "there is no such file any more"}


def test_what_failed_at_one_place_and_was_coded_from_another_is_known(archive: Archive, tmp_path: Path) -> None:
    bad = lines(tmp_path / "bad.jsonl", ["Bergen, they met and it BREAKS."])
    run(archive, FakeCoder("BREAKS"), bad)
    run(archive, FakeCoder(), lines(tmp_path / "good.jsonl", ["Bergen, they met and it BREAKS."]), again=True)
    retry(archive, FakeCoder, DIRECT, Fetcher())
    assert str(account_of(archive.db)) == "2 read = 1 coded + 1 known + 0 skipped + 0 failed"


def test_a_page_that_hangs_is_a_reason_and_is_tried_again(archive: Archive, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "1.html").write_bytes(b"<html><body><article><p>" + b"<b>met</b> and then " * 14_000)
    (pages / "2.html").write_bytes(MEETING)
    with ConfinedParser(seconds=1) as parser:
        Intake(archive, FakeCoder).add(Gatherer(parser, Fetcher()).gather([str(pages)]))
        assert str(account_of(archive.db)) == "2 read = 1 coded + 0 known + 0 skipped + 1 failed"
        row = archive.db.execute("SELECT place, code FROM intake WHERE outcome = 'failed'").fetchone()
        assert tuple(row) == (str(pages / "1.html"), "page-timeout")
        (pages / "1.html").write_bytes(MEETING.replace(b"Oslo", b"Bergen"))
        retry(archive, FakeCoder, parser, Fetcher())
    assert str(account_of(archive.db)) == "2 read = 2 coded + 0 known + 0 skipped + 0 failed"


def test_two_runs_at_once_add_everything_once(tmp_path: Path) -> None:
    path = lines(tmp_path / "in.jsonl", texts(6 * BATCH_SIZE))
    Archive.open(tmp_path / "a.db", create=True).close()

    def add(number: int) -> None:
        with Archive.open(tmp_path / "a.db") as archive:
            run(archive, FakeCoder(), path)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(add, range(3)))  # raises what one of them raised
    with Archive.open(tmp_path / "a.db") as archive:
        assert archive.counts()["report"] == archive.counts()["event"] == 6 * BATCH_SIZE
        assert [finding.faults for finding in examine(archive) if finding.faults] == []
        assert str(account_of(archive.db)) == "192 read = 192 coded + 0 known + 0 skipped + 0 failed"


def test_coding_anew_keeps_corrections(archive: Archive, tmp_path: Path) -> None:
    run(archive, FakeCoder(), lines(tmp_path / "in.jsonl", [*texts(2), "Bergen, they met and it BREAKS."]))
    event = archive.events()[0].id
    archive.correct(event, "status", "planned", "Mia")
    coded, failures = recode(archive, FakeCoder("BREAKS"))
    assert (coded, [failure.code for failure in failures]) == (2, ["internal"])
    assert archive.event(event).status == "planned"
    assert archive.counts()["event"] == 3


def age(path: Path) -> None:
    """Make `path` older than any run under way."""
    then = time.time() - 2 * SETTLED_SECONDS
    os.utime(path, (then, then))


def test_the_doctor_finds_what_is_wrong(archive: Archive, tmp_path: Path) -> None:
    run(archive, FakeCoder(), lines(tmp_path / "in.jsonl", texts(2)))
    digest = archive.report("r1").original
    assert digest is not None
    archive.originals.path_of(digest).write_bytes(b"not gzip")
    age(archive.originals.path_of(archive.originals.add(b"nobody has this")))
    torn = archive.originals.path_of(digest).with_name(".abc.part")
    torn.write_bytes(b"half of")
    age(torn)
    archive.originals.add(b"somebody is about to have this")
    archive.db.execute("DELETE FROM intake WHERE place LIKE '%:1'")
    archive.db.execute("DROP TRIGGER report_fts_update")
    archive.db.execute("UPDATE report SET text = 'Something else.' WHERE record_id = 'r1'")
    faults = {finding.check: finding.faults for finding in examine(archive, deep=True) if finding.faults}
    assert set(faults) == {
        "the account balances",
        "the full-text index holds what the reports hold",
        "evidence lies in its text",
        "no original is left over",
        "originals have the bytes they had",
    }
    assert sweep(archive) == 2
    assert not torn.exists()
    archive.originals.path_of(digest).unlink()
    assert any("is missing" in fault for finding in examine(archive) for fault in finding.faults)
