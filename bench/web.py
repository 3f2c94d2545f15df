"""How fast the workbench answers: ``python -m bench.web ARCHIVE [--readers 20] [--requests 1000] [--pause 1]``.

The workbench runs in a process of its own on loopback. First every page is asked for once by one reader (cold, nothing
kept), then readers side by side ask for pages drawn with a seed, and read each for as long as ``--pause`` says. Pages
are drawn anew for each part, so that a share of the addresses is new and keeping pages does not carry the result.
"""

from __future__ import annotations

import argparse
import http.client
import random
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from detente.archive import Archive

SEED = 20261125
WORDS = ("border", "sanctions", "talks", "missile", "embassy", "ceasefire", "grain", "troops", "summit", "accused")
LONGEST_MS = 200.0
LONGEST_PAIR_MS = 300.0

Times = dict[str, list[float]]


def addresses(archive: Archive, count: int, draw: random.Random) -> list[tuple[str, str]]:
    """`count` pages by kind, in the mix of a working day, drawn from what the archive holds."""
    db = archive.db
    pairs = db.execute(
        "SELECT a.country, b.country, count(*) AS n FROM event_party a JOIN event_party b"
        " ON b.event = a.event AND b.country > a.country GROUP BY 1, 2 ORDER BY n DESC LIMIT 60"
    ).fetchall()
    reports = [row[0] for row in db.execute("SELECT id FROM report ORDER BY id LIMIT 400")]
    events = [row[0] for row in db.execute("SELECT id FROM event ORDER BY id LIMIT 400")]
    speakers = [
        row[0] for row in db.execute("SELECT DISTINCT source_name FROM statement WHERE source_name > '' LIMIT 60")
    ]
    days = [
        row[0] for row in db.execute("SELECT DISTINCT substr(report_date, 1, 7) FROM report WHERE report_date > ''")
    ]

    def pair() -> str:
        one, other, _ = draw.choice(pairs)
        return f"/pair/{one}/{other}"

    kinds: dict[str, Callable[[], str]] = {
        "home": lambda: draw.choice(("/", "/?window=90+days", "/?window=all", "/?window=5+years")),
        "reader": lambda: f"/report/{draw.choice(reports)}",
        "event": lambda: f"/event/{draw.choice(events)}",
        "pair": pair,
        "pair in part": lambda: f"{pair()}?since={draw.choice(days)}&by={draw.choice(('week', 'month'))}",
        "search": lambda: f"/search?q={draw.choice(WORDS)}&since={draw.choice(days)}",
        "search reports": lambda: f"/search?kind=reports&q={draw.choice(WORDS)}+{draw.choice(WORDS)}",
        "timeline": lambda: f"/timeline?until={draw.choice(days)}&page={draw.randint(1, 4)}",
        "who": lambda: f"/who/{draw.choice(pairs)[draw.randint(0, 1)]}",
        "speaker": lambda: f"/who/{quote(draw.choice(speakers), safe='')}",
        "promises": lambda: f"/promises?page={draw.randint(1, 9)}",
        "disputes": lambda: f"/disputes?page={draw.randint(1, 9)}",
        "stories": lambda: f"/stories?page={draw.randint(1, 9)}",
        "network": lambda: draw.choice(("/network", "/network?window=all")),
        "review": lambda: "/review",
        "table": lambda: f"{pair()}.csv",
    }
    names = list(kinds)
    return [(name, kinds[name]()) for name in (draw.choice(names) for _ in range(count))]


def spent_by(process: int) -> float:
    """Milliseconds of processor that a process took so far, all of its threads together."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6


def ask_alone(process: int, port: int, asked: Sequence[tuple[str, str]]) -> tuple[Times, Times]:
    """One reader, by the clock and by the processor: on a machine that others use the second is the truer."""
    clock: Times = defaultdict(list)
    burnt: Times = defaultdict(list)
    for kind, address in asked:
        before = spent_by(process)
        ask(port, [(kind, address)], clock, threading.Lock(), 0.0)
        burnt[kind].append(spent_by(process) - before)
    return clock, burnt


def ask(port: int, asked: Sequence[tuple[str, str]], times: Times, lock: threading.Lock, pause: float) -> None:
    """One reader: a connection kept open, one page after another, each read for `pause` seconds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for kind, address in asked:
        begun = time.perf_counter()
        line.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        spent = 1000 * (time.perf_counter() - begun)
        if answer.status != 200:
            sys.exit(f"{address} answered {answer.status}")
        with lock:
            times[kind].append(spent)
        time.sleep(pause)
    line.close()


def measure(port: int, asked: Sequence[tuple[str, str]], readers: int, pause: float = 0.0) -> Times:
    """Milliseconds by kind of page, with so many readers side by side who begin one after another."""
    times: Times = defaultdict(list)
    lock = threading.Lock()
    threads = [threading.Thread(target=ask, args=(port, asked[i::readers], times, lock, pause)) for i in range(readers)]
    for thread in threads:
        thread.start()
        time.sleep(pause / readers)
    for thread in threads:
        thread.join()
    return times


def p95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def show(title: str, times: Times) -> float:
    """Print median, 95th percentile and slowest by kind; the 95th percentile of all."""
    print(f"{title}\n{'page':16s} {'asked':>6s} {'median':>8s} {'p95':>8s} {'slowest':>8s}")
    for kind, found in sorted(times.items()):
        print(f"{kind:16s} {len(found):6d} {statistics.median(found):8.1f} {p95(found):8.1f} {max(found):8.1f}")
    every = [ms for found in times.values() for ms in found]
    print(
        f"{'all':16s} {len(every):6d} {statistics.median(every):8.1f} {p95(every):8.1f} {max(every):8.1f}\n", flush=True
    )
    return p95(every)


def main() -> None:
    """Serve, measure, judge."""
    args = argparse.ArgumentParser(prog="python -m bench.web")
    args.add_argument("archive", type=Path)
    args.add_argument("--readers", type=int, default=20)
    args.add_argument("--requests", type=int, default=1000)
    args.add_argument("--pause", type=float, default=0.0, metavar="SECONDS", help="how long a reader reads a page")
    options = args.parse_args()
    draw = random.Random(SEED)
    with Archive.open(options.archive) as archive:
        cold = addresses(archive, 200, draw)
        loaded = addresses(archive, options.requests, draw)
        side_by_side = addresses(archive, options.requests, draw)
    command = [sys.executable, "-m", "detente", "serve", str(options.archive), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        port = int(server.stdout.readline().rsplit(":", 1)[1].split("/", 1)[0])
        alone, burnt = ask_alone(server.pid, port, list(dict.fromkeys(cold)))
        show("one reader, every page for the first time", alone)
        show("the same, milliseconds of processor", burnt)
        _, again = ask_alone(server.pid, port, loaded)
        show("one reader, pages drawn again, milliseconds of processor", again)
        together = show(f"{options.readers} readers", measure(port, side_by_side, options.readers, options.pause))
    finally:
        server.terminate()
        server.wait(10)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = 1000 * (used.ru_utime + used.ru_stime) / (len(set(cold)) + 2 * len(loaded))
    print(f"CPU of the workbench: {spent:.1f} ms a page, starting included")
    pairs = p95(alone.get("pair", [0.0]))
    print(f"p95 of all pages under load {together:.0f} ms (at most {LONGEST_MS:.0f});", end=" ")
    print(f"p95 of a pair of all years, first time {pairs:.0f} ms (at most {LONGEST_PAIR_MS:.0f})")
    if together > LONGEST_MS or pairs > LONGEST_PAIR_MS:
        sys.exit("slower than it should be")


if __name__ == "__main__":
    main()
