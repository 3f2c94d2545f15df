"""Bulk coding measured: ``python -m bench.bulk`` times it against ``detente code`` on one worker and two, and kills it.

``--kill N`` ends a worker, the run, or all of it at N moments in turn: the files must be equal to those of a run that
was left alone. ``--ask DIR`` times questions to a dataset that is repeated, with shifted days, up to ``--events``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from bench.shared import DATA, rows_of
from detente.bulk.asking import open_dataset
from detente.bulk.tables import connected, parquet

SEED = 20261130
REPORTS = 3_000
STEP = 36
"""Reports between two that are taken, of the 109,000."""

EVENTS = 1_000_000
DAYS_APART = 7
"""Days between two repetitions: a week, so that every repetition has weeks of its own and shares others."""

QUESTIONS = {
    "pair_weeks of all pairs": "SELECT count(*), sum(tension) FROM (SELECT * FROM pair_weeks)",
    "filtered count": "SELECT count(*) FROM events WHERE type = 'ASSAULT' AND status = 'happened'"
    " AND day BETWEEN DATE '2014-01-01' AND DATE '2014-12-31'",
    "acts by type": "SELECT type, count(*) FROM acts GROUP BY 1",
}


def sample(path: Path, count: int) -> None:
    """Write `count` event reports to `path`."""
    rows = islice(islice(rows_of(DATA / "wcep_events.jsonl.gz"), 0, None, STEP), count)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def bulk(source: Path, out: Path, workers: int, shard: int) -> list[str]:
    """The command that makes a dataset."""
    options = ["--out", str(out), "-w", str(workers), "--shard", str(shard), "-q"]
    return [sys.executable, "-m", "detente", "bulk", str(source), *options]


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds a command takes by the clock, and of processor; on a machine that is shared the second is the truer."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    if subprocess.run(command, check=False).returncode > 1:
        raise SystemExit(f"failed: {' '.join(command)}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    burnt = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begun, burnt


def digests(folder: Path) -> dict[str, str]:
    """The files of a dataset."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {".lock", "plan.json"}
    }


def killed(source: Path, out: Path, kills: int, workers: int, shard: int) -> int:
    """Kill a worker, the run or its whole group, in turn, at moments drawn over it; how many kills hit."""
    draw = random.Random(SEED)
    hits = 0
    for number in range(kills):
        running = subprocess.Popen(bulk(source, out, workers, shard), start_new_session=True)
        time.sleep(draw.uniform(0.5, 20))
        if running.poll() is None:
            hits += 1
            _kill(running.pid, number % 3)
        if number % 3 == 0:  # the run goes on without the worker
            running.wait()
            if running.returncode > 1:
                raise SystemExit("a run did not survive the death of a worker")
        else:
            running.wait()
    return hits


def _kill(run: int, whom: int) -> None:
    children = Path(f"/proc/{run}/task/{run}/children").read_text(encoding="ascii").split()
    if whom == 2:
        os.killpg(run, signal.SIGKILL)
    elif whom == 0 and children:
        os.kill(int(children[-1]), signal.SIGKILL)
    else:
        os.kill(run, signal.SIGKILL)


def repeat(folder: Path, out: Path, events: int) -> int:
    """Write `folder`'s reports and events to `out`, repeated with shifted days and changed ids; how many events."""
    db = connected()
    files = {table: parquet(folder / table / "month=*" / "*.parquet") for table in ("reports", "events")}
    ((held,),) = db.sql(f"SELECT count(*) FROM {files['events']}").fetchall()
    times = -(-events // held)
    shift = f"INTERVAL (k * {DAYS_APART}) DAY"
    days = {
        "reports": ("report_date",),
        "events": ("report_date", "day", "date_start", "date_end"),
    }
    ids = {"reports": ("id",), "events": ("id", "report", "joined", "same_as")}
    for table, source in files.items():
        moved = [f"CAST({day} + {shift} AS DATE) AS {day}" for day in days[table]]
        named = [f"{name} || '-' || k AS {name}" for name in ids[table]]
        emptied = ["'' AS text", "'' AS record"] if table == "reports" else []
        changed = ", ".join([*moved, *named, *emptied])
        month = f"strftime(report_date + {shift}, '%Y-%m') AS month"
        query = f"SELECT * EXCLUDE (month) REPLACE ({changed}), {month} FROM {source}, range({times}) r(k)"
        (out / table).mkdir(parents=True)
        options = "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), FILENAME_PATTERN 'part-{i}'"
        db.execute(f"COPY ({query}) TO '{out / table}' ({options})")
    for table in ("parties", "statements", "checks"):
        (out / table).symlink_to((folder / table).absolute())
    (out / "failures").symlink_to((folder / "failures").absolute())
    (out / "datapackage.json").write_bytes((folder / "datapackage.json").read_bytes())
    return int(held * times)


def ask(folder: Path, events: int) -> None:
    """Time the questions on the repeated dataset."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "repeated"
        print(f"{repeat(folder, out, events):,} events by repetition with shifted days")
        for question, sql in QUESTIONS.items():
            begun = time.perf_counter()
            burnt = time.process_time()
            db = open_dataset(out)
            answer = db.sql(sql).fetchall()
            seconds, spent = time.perf_counter() - begun, time.process_time() - burnt
            print(f"{question}: {seconds:.2f} s ({spent:.2f} s of processor): {answer[:2]}", flush=True)
            db.close()


def main() -> None:
    """Time, kill or ask."""
    args = argparse.ArgumentParser(prog="python -m bench.bulk")
    args.add_argument("--reports", type=int, default=REPORTS)
    args.add_argument("--shard", type=int, default=256)
    args.add_argument("--kill", type=int, default=0)
    args.add_argument("--ask", type=Path)
    args.add_argument("--events", type=int, default=EVENTS)
    options = args.parse_args()
    if options.ask:
        ask(options.ask, options.events)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "reports.jsonl.gz"
        sample(source, options.reports)
        if not options.kill:
            code = [sys.executable, "-m", "detente", "code", str(source), "-o", str(folder / "records.jsonl"), "-q"]
            print("detente code: {:.1f} s, {:.1f} s of processor".format(*timed(code)), flush=True)
        for workers in (1, 2):
            figures = timed(bulk(source, folder / f"w{workers}", workers, options.shard))
            print("bulk, {} workers: {:.1f} s, {:.1f} s of processor".format(workers, *figures), flush=True)
        whole = digests(folder / "w1")
        if digests(folder / "w2") != whole:
            raise SystemExit("the number of workers changed the files")
        if options.kill:
            hits = killed(source, folder / "cut", options.kill, 2, options.shard)
            timed(bulk(source, folder / "cut", 2, options.shard))
            if digests(folder / "cut") != whole:
                raise SystemExit("a run that was killed ended with other files")
            print(f"{hits} of {options.kill} kills hit a running process; the files are equal")


if __name__ == "__main__":
    main()
