"""Bulk coding measured: ``python -m bench.bulk`` times it against ``detente code`` on one worker and two, and kills it.

``--full`` takes full reports in place of event reports of a few sentences. ``--kill N`` ends a worker, the run, or all
of it at N moments in turn: the files must be equal to those of a run that was left alone. Memory is that of the largest
worker, looked at twice a second. What is asked of a dataset is measured by ``bench.bulk_asked``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.shared import DATA, rows_of

SEED = 20261130
REPORTS = 3_000
FULL = {False: "wcep_events.jsonl.gz", True: "reports.jsonl.gz"}
OF = {False: 109_266, True: 5_758}
"""How many reports the two files have: those that are taken are spread over the whole."""

LOOKS = 0.5
LEAST = 50
"""Megabytes below which a child is no worker."""

LEAST_LEFT = 0.3
"""Share of a run's time within which moments are drawn at least, however much earlier runs have done."""

MOST_TRIES = 4
"""Moments drawn for each kill asked for, at most."""

WHOM = ("a worker", "the run", "the run and its workers")


def sample(path: Path, count: int, *, full: bool) -> None:
    """Write `count` reports to `path`."""
    step = max(1, OF[full] // count)
    rows = islice(islice(rows_of(DATA / FULL[full]), 0, None, step), count)
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def bulk(source: Path, out: Path, workers: int, shard: int, coder: str) -> list[str]:
    """The command that makes a dataset."""
    options = ["--out", str(out), "-w", str(workers), "--shard", str(shard), "--coder", coder, "-q"]
    return [sys.executable, "-m", "detente", "bulk", str(source), *options]


@dataclass(slots=True)
class Cost:
    """What a command took: seconds by the clock, seconds of processor, and megabytes of its largest child, in order."""

    clock: float = 0.0
    burnt: float = 0.0
    megabytes: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        told = f"{self.clock:.1f} s by the clock, {self.burnt:.1f} s of processor"
        if not self.megabytes:
            return told
        quarters = [self.megabytes[len(self.megabytes) * n // 4 - (n == 4)] for n in range(1, 5)]
        shown = ", ".join(f"{megabytes:.0f}" for megabytes in quarters)
        return f"{told}; a worker has {shown} MB after each quarter, {max(self.megabytes):.0f} at most"


def timed(command: list[str]) -> Cost:
    """What a command takes; on a machine that is shared the processor is the truer measure."""
    cost = Cost()
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    running = subprocess.Popen(command)
    watch = threading.Thread(target=_watch, args=(running, cost.megabytes))
    watch.start()
    if running.wait() > 1:
        raise SystemExit(f"failed: {' '.join(command)}")
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost.burnt = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost.clock = time.perf_counter() - begun
    return cost


def _watch(running: subprocess.Popen[bytes], megabytes: list[float]) -> None:
    while running.poll() is None:
        if sizes := [size for child in _children(running.pid) if (size := _resident(child)) > LEAST]:
            megabytes.append(max(sizes))
        time.sleep(LOOKS)


def _children(process: int) -> list[int]:
    with suppress(OSError):
        return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]
    return []


def _resident(process: int) -> float:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 1e6
    return 0.0


def digests(folder: Path) -> dict[str, str]:
    """The files of a dataset."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {".lock", "plan.json"}
    }


def killed(command: list[str], out: Path, whole: dict[str, str], kills: int, seconds: float) -> None:
    """Kill a worker, the run or its whole group, in turn, until `kills` have hit, at moments drawn over what is left.

    A run that was killed goes on in the next one, which has less to do; one that ends is compared, and the next begins
    anew. A moment that comes too late hits nothing and is drawn again, `MOST_TRIES` times as often as asked at most.
    """
    draw = random.Random(SEED)
    hits, ends, tries, done = dict.fromkeys(WHOM, 0), 0, 0, 0.0
    while (hit := sum(hits.values())) < kills and tries < MOST_TRIES * kills:
        tries += 1
        running = subprocess.Popen(command, start_new_session=True)
        moment = draw.uniform(0.02, 1.0) * max(seconds - done, LEAST_LEFT * seconds)
        time.sleep(moment)
        whom = WHOM[hit % len(WHOM)]
        hits[whom] += running.poll() is None and _kill(running.pid, whom)
        done += moment
        if running.wait() >= 0:
            ends, done = ends + 1, 0.0
            _compare(running.returncode, out, whole)
    timed(command)
    _compare(0, out, whole)
    told = ", ".join(f"{whom} {count}" for whom, count in hits.items())
    print(f"{sum(hits.values())} kills hit ({told}) in {tries} tries; {ends + 1} runs ended, with equal files")


def _compare(code: int, out: Path, whole: dict[str, str]) -> None:
    if code > 1:
        raise SystemExit("a run did not survive the death of a worker")
    if digests(out) != whole:
        raise SystemExit("a run that was killed ended with other files")
    shutil.rmtree(out)


def _kill(run: int, whom: str) -> bool:
    """Whether there was one to kill."""
    if whom == WHOM[2]:
        os.killpg(run, signal.SIGKILL)
        return True
    victims = [run] if whom == WHOM[1] else [child for child in _children(run) if _resident(child) > LEAST]
    for victim in victims[-1:]:
        os.kill(victim, signal.SIGKILL)
    return bool(victims)


def main() -> None:
    """Time, or kill."""
    args = argparse.ArgumentParser(prog="python -m bench.bulk")
    args.add_argument("--reports", type=int, default=REPORTS)
    args.add_argument("--full", action="store_true", help="full reports")
    args.add_argument("--coder", default="learned")
    args.add_argument("--shard", type=int, default=256)
    args.add_argument("--kill", type=int, default=0)
    options = args.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "reports.jsonl.gz"
        sample(source, options.reports, full=options.full)

        def command(out: str, workers: int) -> list[str]:
            return bulk(source, folder / out, workers, options.shard, options.coder)

        if not options.kill:
            code = [sys.executable, "-m", "detente", "code", str(source), "-o", str(folder / "records.jsonl")]
            print(f"detente code: {timed([*code, '--coder', options.coder, '-q'])}", flush=True)
            print(f"bulk, 1 worker: {timed(command('w1', 1))}", flush=True)
        two = timed(command("w2", 2))
        print(f"bulk, 2 workers: {two}", flush=True)
        whole = digests(folder / "w2")
        if options.kill:
            killed(command("cut", 2), folder / "cut", whole, options.kill, two.clock)
        elif digests(folder / "w1") != whole:
            raise SystemExit("the number of workers changed the files")


if __name__ == "__main__":
    main()
