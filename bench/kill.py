"""A run killed at random moments, taken up again each time, against one that was left alone: ``python -m bench.kill``.

Both end with the same events and the same account, or the bench fails. It also times one worker against two.
"""

from __future__ import annotations

import argparse
import gzip
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
from detente.archive import Archive
from detente.archive.account import account_of
from detente.archive.doctor import examine
from detente.errors import ArchiveError

SEED = 20261125
REPORTS = 2_000
KILLS = 20
STEP = 53
"""Reports between two that are taken, of the 109,000: they come from 23 years, not from one."""

COMPARED = {
    "report": "id, record_id, title, url, publisher, published, report_date, certain, basis, language, cited, original,"
    " origin, text",
    "event": "id, local, type, mode, contexts, status, quad, intensity, date, date_start, date_end, day, trigger_start,"
    " trigger_end, evidence_start, evidence_end, place, place_country, latitude, said_by, statement, same_as, verdict",
    "event JOIN event_party ON event = n": "id, side, position, start, end, text, name, country, sector, entity, role",
    "statement": "id, local, kind, date, day, cue_start, cue_end, source_start, source_name, source_country",
    "statement JOIN statement_span s ON s.statement = n": "id, position, start, end",
    "intake": "place, item, source, outcome, code, reason",
    "report JOIN report_topic t ON t.report = n": "id, position, topic",
    "report JOIN report_check c ON c.report = n": "id, position, code, message, spans",
}
"""What two archives of the same reports have in common, whatever the course of their runs."""


def content_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an archive holds, sorted, without the numbers and times of the file."""
    with Archive.open(path) as archive:
        return {
            table: sorted((tuple(row) for row in archive.db.execute(f"SELECT {columns} FROM {table}")), key=repr)
            for table, columns in COMPARED.items()
        }


def kept(path: Path) -> int:
    """How many reports an archive holds; none where it is not made yet."""
    try:
        with Archive.open(path) as archive:
            return archive.counts()["report"]
    except ArchiveError:
        return 0


def add(archive: Path, source: Path, workers: int) -> subprocess.Popen[bytes]:
    """A process that adds."""
    command = [sys.executable, "-m", "detente", "add", str(archive), str(source), "-q", "-w", str(workers)]
    return subprocess.Popen(command, env=os.environ)


def killed_at_random(archive: Path, source: Path, reports: int, kills: int, workers: int) -> int:
    """Start and kill a run `kills` times, at random points of its progress; return how often it still ran.

    A point is a number of reports kept, drawn over the whole run, and up to a second more: inside a batch, a commit or
    the start of the program.
    """
    draw = random.Random(SEED)
    alive = 0
    for number, wanted in enumerate(sorted(draw.randrange(reports) for _ in range(kills)), 1):
        running = add(archive, source, workers)
        while running.poll() is None and kept(archive) < wanted:
            time.sleep(0.02)
        time.sleep(draw.random())
        alive += running.poll() is None
        running.send_signal(signal.SIGKILL)
        running.wait()
        print(f"kill {number:2d}: {kept(archive):5d} reports kept", flush=True)
    return alive


def sample(path: Path, count: int) -> None:
    """Write `count` event reports to `path`."""
    rows = islice(islice(rows_of(DATA / "wcep_events.jsonl.gz"), 0, None, STEP), count)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run both, compare, time."""
    args = argparse.ArgumentParser(prog="python -m bench.kill")
    args.add_argument("--reports", type=int, default=REPORTS)
    args.add_argument("--kills", type=int, default=KILLS)
    args.add_argument("--workers", type=int, default=2)
    args.add_argument("--times-only", action="store_true", help="only time one worker against the others")
    options = args.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "reports.jsonl.gz"
        sample(source, options.reports)
        seconds = {}
        for workers in dict.fromkeys((1, options.workers)):
            begun, burnt = time.perf_counter(), _processor_seconds()
            if add(folder / f"w{workers}.db", source, workers).wait():
                raise SystemExit("the undisturbed run failed")
            seconds[workers] = time.perf_counter() - begun
            burnt = _processor_seconds() - burnt  # on a machine that is shared, the truer number
            print(
                f"{options.reports} reports, {workers} workers: {seconds[workers]:.1f} s, {burnt:.1f} s of processor",
                flush=True,
            )
        print(f"{options.workers} workers are {seconds[1] / seconds[options.workers]:.2f} times as fast as one")
        whole = content_of(folder / "w1.db")
        if content_of(folder / f"w{options.workers}.db") != whole:
            raise SystemExit("the number of workers changed what is kept")
        if options.times_only:
            return
        cut = folder / "cut.db"
        alive = killed_at_random(cut, source, options.reports, options.kills, options.workers)
        add(cut, source, options.workers).wait()
        differ = [table for table, rows in content_of(cut).items() if rows != whole[table]]
        with Archive.open(cut) as archive:
            faults = [fault for finding in examine(archive, deep=True) for fault in finding.faults]
            print(f"{alive} of {options.kills} kills hit a running process; {account_of(archive.db)}")
        events = len(whole["event"])
        if differ or faults:
            raise SystemExit(f"NOT equal: {differ} {faults}")
        print(f"equal: all of {events:,} events, and everything else that is kept; nothing for the doctor")


if __name__ == "__main__":
    main()
