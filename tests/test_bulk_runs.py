"""Bulk coding: the same files whatever happens on the way, and an account of every item."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.bulk import pools
from detente.bulk.asking import ask, open_dataset
from detente.bulk.cutting import Limits, Part, warc_places
from detente.bulk.entering import items_of
from detente.bulk.manifest import Account, open_manifest
from detente.bulk.plan import Coding, plan_of
from detente.bulk.pools import Ended, LocalPool, Pool, Task, outcome
from detente.bulk.running import run_bulk
from detente.bulk.sources import find_sources, is_unchanged, opened
from detente.bulk.working import cut_file
from detente.coding import Settings, make_coder
from detente.errors import MissingFile, UsageError
from detente.reading import read_reports
from detente.reading.markup import DIRECT
from detente.record import CoderId
from tests.made_archive import STATES, made_report
from tests.made_coder import BROKEN, DEADLY, DEADLY_ONCE, made_coder

__all__ = ["made_coder"]

CODING = Coding(CoderId("made", "1"), Settings())
LIMITS = Limits(reports=32)


def rows(count: int, seed: int = 3) -> list[dict[str, Any]]:
    """Reports of three years, half of them of one pair, each tenth taken over by another outlet a day later."""
    chance = random.Random(seed)
    made: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        week = date(2023, 1, 2) + timedelta(days=7 * (number * 150 // count))
        one, other = STATES[:2] if chance.random() < 0.5 else chance.sample(STATES, 2)
        record = made_report(chance, number, one, other, week)
        row = {"id": record.id, "title": record.title, "url": record.url, "publisher": record.publisher}
        made.append({**row, "published": record.published, "text": record.text})
        if number % 10 == 0:
            later = (date.fromisoformat(str(record.published)) + timedelta(days=1)).isoformat()
            url = f"{record.url}/again"
            made.append({**made[-1], "id": f"again-{number}", "publisher": "Echo", "published": later, "url": url})
    return made


def write_lines(path: Path, made: list[dict[str, Any]]) -> Path:
    text = "".join(json.dumps(row) + "\n" for row in made)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@dataclass(slots=True)
class HerePool:
    """Does each task in this process, as soon as it is given."""

    done: list[Ended] = field(default_factory=list)

    def room(self) -> int:
        return 3 - len(self.done)

    def give(self, ticket: int, task: Task) -> None:
        self.done.append(Ended(ticket, *outcome(task.do, task.args)))

    def ended(self) -> list[Ended]:
        done, self.done = self.done[::-1], []
        return done

    def close(self) -> None:
        pass


def run(folder: Path, *inputs: Path | str, workers: int = 0, limits: Limits | None = LIMITS) -> Account:
    """A run with so many processes; with none, in this one."""
    pool: Callable[[], Pool] = (lambda: LocalPool(workers)) if workers else HerePool
    return run_bulk(folder, [str(path) for path in inputs], CODING, pool, limits=limits)


def digests(folder: Path) -> dict[str, str]:
    """The files of a dataset by name; the plan names where the input lies, which may differ."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"plan.json", ".lock"}
    }


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "reports.jsonl", rows(200))


@pytest.mark.usefixtures("made_coder")
def test_any_number_of_workers_gives_the_same_files(lines: Path, tmp_path: Path) -> None:
    run(tmp_path / "here", lines)
    run(tmp_path / "three", lines, workers=3)
    assert digests(tmp_path / "here") == digests(tmp_path / "three")


@pytest.mark.usefixtures("made_coder")
def test_records_are_those_of_coding_the_file_in_one_go(lines: Path, tmp_path: Path) -> None:
    run(tmp_path / "out", lines)
    held = ask(tmp_path / "out", "SELECT record FROM reports ORDER BY n").column("record").to_pylist()
    whole = [r.to_dict() for r in make_coder("made").stream(read_reports([lines]))]  # type: ignore[union-attr]
    assert [{**json.loads(row), "text": r["text"]} for row, r in zip(held, whole, strict=True)] == whole


@pytest.mark.usefixtures("made_coder")
def test_the_account_names_every_item_that_was_not_coded(tmp_path: Path) -> None:
    made = rows(60)
    made[7]["text"] += f" {BROKEN}"
    made.append(made[3])
    path = write_lines(tmp_path / "reports.jsonl", made)
    with path.open("a", encoding="utf-8") as more:
        more.write("{no json\n\n")
    account = run(tmp_path / "out", path)
    assert account == Account(read=len(made) + 1, coded=len(made) - 2, skipped=1, failed=2)
    found = ask(tmp_path / "out", "SELECT n, origin, outcome, code FROM failures ORDER BY n").to_pylist()
    place = str(path)
    assert found == [
        {"n": 7, "origin": f"{place}:8", "outcome": "failed", "code": "internal"},
        {"n": len(made) - 1, "origin": f"{place}:{len(made)}", "outcome": "skipped", "code": "repeated"},
        {"n": len(made), "origin": f"{place}:{len(made) + 1}", "outcome": "failed", "code": "broken-line"},
    ]


@pytest.mark.usefixtures("made_coder")
def test_a_text_that_kills_every_worker_is_set_aside_and_costs_no_other(tmp_path: Path) -> None:
    made = rows(60)
    clean = write_lines(tmp_path / "clean.jsonl", made[:20] + made[21:])
    made[20]["text"] += f" {DEADLY}"
    account = run(tmp_path / "out", write_lines(tmp_path / "reports.jsonl", made), workers=2)
    run(tmp_path / "clean", clean)
    assert account.failed == 1
    assert account.coded == len(made) - 1
    failure = ask(tmp_path / "out", "SELECT n, code, reason FROM failures").to_pylist()
    assert failure == [{"n": 20, "code": "broke-worker", "reason": "the worker died (exit code 9)"}]
    events = "SELECT id FROM events ORDER BY id"
    assert ask(tmp_path / "out", events) == ask(tmp_path / "clean", events)


@pytest.mark.usefixtures("made_coder")
def test_a_worker_that_dies_by_accident_leaves_no_trace(lines: Path, tmp_path: Path) -> None:
    made = rows(200)
    made[100]["text"] += f" {DEADLY_ONCE}"
    path = write_lines(tmp_path / "once.jsonl", made)
    account = run(tmp_path / "out", path, workers=2)
    assert (tmp_path / "died").exists()
    run(tmp_path / "again", path)
    assert account.failed == 0
    assert digests(tmp_path / "out") == digests(tmp_path / "again")


def test_a_worker_is_replaced_when_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = LocalPool(1)
    seen: list[int] = []
    try:
        for ticket, age in enumerate((3600.0, 0.0, 0.0)):
            monkeypatch.setattr(pools, "SECONDS_A_WORKER", age)
            pool.give(ticket, Task(os.getpid, (), 3600.0))
            while not (ended := pool.ended()):
                pass
            seen.append(ended[0].result)
    finally:
        pool.close()
    assert seen[0] == seen[1] != seen[2]
    assert os.getpid() not in seen


@pytest.mark.usefixtures("made_coder")
def test_a_run_killed_again_and_again_ends_with_the_same_files(lines: Path, tmp_path: Path) -> None:
    run(tmp_path / "whole", lines)
    cut = tmp_path / "cut"
    chance = random.Random(11)
    script = (
        "import sys; from tests.test_bulk_runs import run, LIMITS\n"
        "if __name__ == '__main__': run(__import__('pathlib').Path(sys.argv[1]), sys.argv[2], workers=1)"
    )
    for _ in range(3):
        started = subprocess.Popen([sys.executable, "-c", script, str(cut), str(lines)], start_new_session=True)
        wanted = len(open_manifest(cut).lines) + chance.randrange(1, 4)
        while started.poll() is None and len(open_manifest(cut).lines) < wanted:
            time.sleep(0.01)
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    run(cut, lines)
    assert digests(cut) == digests(tmp_path / "whole")


@pytest.mark.usefixtures("made_coder")
def test_a_run_goes_on_without_being_told_its_input_and_a_finished_one_stays(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run(out, lines)
    before = digests(out)
    assert run(out, limits=None) == first
    assert run(out, lines) == first
    assert digests(out) == before


@pytest.mark.usefixtures("made_coder")
def test_a_folder_is_not_filled_from_other_input(lines: Path, tmp_path: Path) -> None:
    run(tmp_path / "out", lines)
    other = write_lines(tmp_path / "other.jsonl", rows(10))
    with pytest.raises(UsageError, match="other input"):
        run(tmp_path / "out", other)
    with pytest.raises(UsageError, match="other settings"):
        run_bulk(tmp_path / "out", [str(lines)], Coding(CoderId("made", "2"), Settings()), HerePool)
    with pytest.raises(UsageError, match="nothing in"):
        run(tmp_path / "empty")
    with pytest.raises(MissingFile):
        run(tmp_path / "empty", tmp_path / "absent.jsonl")


@pytest.mark.usefixtures("made_coder")
def test_a_file_that_changed_is_noticed_even_at_its_old_size(lines: Path, tmp_path: Path) -> None:
    out, data = tmp_path / "out", lines.read_bytes()
    run(tmp_path / "whole", lines)

    def stop(step: str, done: int, total: int) -> None:
        if done > 64:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_bulk(out, [str(lines)], CODING, HerePool, limits=LIMITS, tell=stop)
    lines.write_bytes(data.replace(b"2023-", b"2022-", 1))
    assert lines.stat().st_size == len(data)
    for inputs in ((lines,), ()):
        with pytest.raises(UsageError, match="has changed"):
            run(out, *inputs)
    lines.write_bytes(data)
    os.utime(lines, ns=(1, 1))  # written anew, and the same to the last byte
    run(out)
    assert digests(out) == digests(tmp_path / "whole")
    lines.write_bytes(data.replace(b"2023-", b"2022-", 1))
    with pytest.raises(UsageError, match="has changed"):
        run(out, lines)


@pytest.mark.usefixtures("made_coder")
def test_nothing_to_read_gives_an_empty_dataset(tmp_path: Path) -> None:
    account = run(tmp_path / "out", write_lines(tmp_path / "none.jsonl", []))
    assert account == Account(0, 0, 0, 0)
    assert ask(tmp_path / "out", "SELECT count(*) AS n FROM pair_weeks").to_pylist() == [{"n": 0}]


def write_csv(path: Path, made: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        rows_ = csv.DictWriter(out, list(made[0]))
        rows_.writeheader()
        rows_.writerows({**row, "text": row["text"].replace(". ", ".\n", 1)} for row in made)
    return path


def write_parquet(path: Path, made: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.Table.from_pylist(made), path, row_group_size=50)
    return path


def write_warc(path: Path, made: list[dict[str, Any]]) -> Path:
    with path.open("wb") as out:
        for row in made:
            page = f"<html><head><title>{row['title']}</title></head><body><p>{row['text']}</p></body></html>"
            body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http;msgtype=response\r\n"
                f"WARC-Target-URI: {row['url']}\r\nWARC-Record-ID: <urn:{row['id']}>\r\n"
                f"WARC-Date: {row['published']}T00:00:00Z\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + body + b"\r\n\r\n"))
    return path


WRITERS: dict[str, Callable[[Path, list[dict[str, Any]]], Path]] = {
    "a.jsonl": write_lines,
    "a.jsonl.gz": write_lines,
    "a.csv": write_csv,
    "a.parquet": write_parquet,
    "a.warc.gz": write_warc,
    "a.json": lambda path, made: (path.write_text(json.dumps(made), encoding="utf-8"), path)[1],
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_cut_into_shards_is_read_as_if_whole(name: str, tmp_path: Path) -> None:
    path = WRITERS[name](tmp_path / name, rows(12 if "warc" in name else 120))
    (source,) = find_sources([str(path)])
    parts = cut_file(source, Limits(reports=1 if "warc" in name else 32)).parts
    if "warc" in name:
        parts = [
            Part(source, i, 1, place.size, place.offset, place.before) for i, place in enumerate(warc_places(source)[1])
        ]
    assert len(parts) > 3
    assert list(items_of(parts, None, DIRECT)) == list(read_reports([path]))


def test_many_small_files_share_a_shard_and_folders_and_globs_are_read(tmp_path: Path) -> None:

    for number in range(40):
        (tmp_path / f"{number:02d}.txt").write_text(f"Norway thanked Chile {number} times.", encoding="utf-8")
    sources = find_sources([str(tmp_path / "0*.txt"), str(tmp_path)])
    assert [Path(source.name).name for source in sources] == [f"{n:02d}.txt" for n in range(40)]
    plan = plan_of(CODING, LIMITS, sources, [part for s in sources for part in cut_file(s, LIMITS).parts])
    assert [(shard.first, shard.count) for shard in plan.shards] == [(0, 32), (32, 8)]


def test_an_object_store_is_read_like_a_folder(tmp_path: Path) -> None:

    files = fsspec.filesystem("memory")
    for name in ("b.jsonl", "a.jsonl"):
        files.pipe(f"/news/{name}", name.encode())
    sources = find_sources(["memory://news/*.jsonl"])
    assert [source.name for source in sources] == ["memory:///news/a.jsonl", "memory:///news/b.jsonl"]
    with opened(sources[0]) as raw:
        assert raw.read() == b"a.jsonl"
    assert all(is_unchanged(source) for source in sources)
    files.pipe("/news/a.jsonl", b"b.jsonl")
    files.rm("/news/b.jsonl")
    assert not any(is_unchanged(source) for source in sources)


@pytest.mark.usefixtures("made_coder")
def test_files_lie_by_month_sorted_and_described(lines: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(out, lines)
    package = json.loads((out / "datapackage.json").read_bytes())
    assert [resource["name"] for resource in package["resources"]][:2] == ["reports", "events"]
    for resource in package["resources"]:
        for file in resource["files"]:
            held = pq.ParquetFile(out / file["path"])
            assert held.metadata.num_rows == file["rows"]
            assert held.schema_arrow.names == [field["name"] for field in resource["schema"]["fields"]]
            assert all(field["description"] for field in resource["schema"]["fields"])
            if held.metadata.num_row_groups:
                assert held.metadata.row_group(0).column(0).compression == "ZSTD"
    events = pq.read_table(out / "events" / "month=2023-05" / "part-0.parquet").to_pylist()
    assert [(e["day"], e["pair"]) for e in events] == sorted((e["day"], e["pair"]) for e in events)
    assert {f"{e['report_date']:%Y-%m}" for e in events} == {"2023-05"}
    assert not (out / "shards").exists()


@pytest.mark.usefixtures("made_coder")
def test_a_copy_is_marked_and_an_act_told_twice_is_one(lines: Path, tmp_path: Path) -> None:
    run(tmp_path / "out", lines)
    copies = ask(tmp_path / "out", "SELECT record_id, copy_of, copy_kind FROM reports WHERE record_id LIKE 'again-%'")
    assert copies.num_rows == 20
    assert copies.column("copy_of").null_count == 0
    told = "SELECT count(*) AS told, count(DISTINCT joined) AS acts FROM events WHERE joined LIKE 'ac%'"
    (counts,) = ask(tmp_path / "out", told).to_pylist()
    assert counts["told"] >= 2 * counts["acts"] > 0


@pytest.fixture
def asked(made_coder: str, lines: Path, tmp_path: Path) -> Iterator[Any]:
    run(tmp_path / "out", lines)
    db = open_dataset(tmp_path / "out")
    yield db
    db.close()


def test_a_question_may_not_reach_beyond_the_dataset(asked: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    assert asked.execute("SELECT count(*) FROM events").fetchone()[0] > 0
    with pytest.raises(duckdb.Error):
        asked.execute(f"SELECT * FROM '{tmp_path}/secret.csv'")
    with pytest.raises(duckdb.Error):
        asked.execute("SET enable_external_access = true")
