"""The command killed while the rules code: the run, the run with its workers, and a worker, one after the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from detente.bulk.manifest import open_manifest
from detente.bulk.plan import Coding
from detente.bulk.running import SHARD, run_bulk
from detente.coding import Settings, make_coder
from detente.record import CoderId
from tests.test_bulk_runs import LIMITS, HerePool, digests, rows, write_lines


def started(lines: Path, out: Path) -> subprocess.Popen[bytes]:
    options = ["--out", str(out), "--coder", "rules", "--workers", "2", "--shard", str(LIMITS.reports), "--quiet"]
    command = [sys.executable, "-m", "detente", "bulk", str(lines), *options]
    return subprocess.Popen(command, start_new_session=True)


def coded(out: Path) -> int:
    """How many shards the manifest has."""
    return len(open_manifest(out).of(SHARD)) if out.exists() else 0


def largest_child(process: int) -> int:
    """The worker that has loaded its models, or has got furthest with it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return max(map(int, children), key=lambda child: int(Path(f"/proc/{child}/statm").read_text().split()[1]))


def test_whoever_is_killed_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path) -> None:
    made = rows(400)
    lines, out = write_lines(tmp_path / "reports.jsonl", made), tmp_path / "out"
    for whom in ("the run", "all of it", "a worker"):
        before = coded(out)
        running = started(lines, out)
        while running.poll() is None and coded(out) == before:
            time.sleep(0.02)
        assert running.poll() is None, "it should have been killed before its end"
        if whom == "the run":
            os.kill(running.pid, signal.SIGKILL)
        elif whom == "all of it":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            os.kill(largest_child(running.pid), signal.SIGKILL)
        assert running.wait() == (0 if whom == "a worker" else -signal.SIGKILL)
    coding = Coding(CoderId("rules", make_coder("rules").version), Settings())
    account = run_bulk(tmp_path / "whole", [str(lines)], coding, HerePool, limits=LIMITS)
    assert account.read == account.coded == len(made)
    assert digests(out) == digests(tmp_path / "whole")
