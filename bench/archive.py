"""How long an archive takes to answer: ``python -m bench.archive ARCHIVE``.

Questions are drawn with a seed from what the archive itself holds, so that they find something: every kind of question
the command line has, with one to four conditions. Each is asked once, in an order drawn too.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from detente.archive import Archive

SEED = 20261125
QUESTIONS = 200
ROWS = 50
LONGEST_MS = 300.0
LONGEST_SEARCH_MS = 200.0

Question = Callable[[], object]


def questions(archive: Archive, count: int = QUESTIONS, seed: int = SEED) -> list[tuple[str, str, Question]]:
    """`count` questions: kind, what is asked, and the asking."""
    draw = random.Random(seed)
    sample = _sample(archive, draw)
    kinds = (_events, _pair, _statements, _search, _evidence, _timeline, _show)
    return [kinds[number % len(kinds)](archive, draw, sample) for number in range(count)]


def measure(
    archive: Archive, count: int = QUESTIONS, clock: Callable[[], float] = time.perf_counter
) -> dict[str, list[float]]:
    """Milliseconds of each question by kind, slowest last."""
    asked = questions(archive, count)
    random.Random(SEED + 1).shuffle(asked)
    times: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for kind, what, ask in asked:
        begun = clock()
        ask()
        times[kind].append((1000 * (clock() - begun), what))
    for kind, found in sorted(times.items()):
        slowest = max(found)
        print(f"{kind:12s} slowest {slowest[0]:8.1f} ms: {slowest[1]}")
    return {kind: sorted(ms for ms, _ in found) for kind, found in sorted(times.items())}


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _sample(archive: Archive, draw: random.Random) -> dict[str, list[Any]]:
    """What there is to ask for, in proportion to how often it occurs."""
    db = archive.db
    highest = db.execute("SELECT max(n) FROM event").fetchone()[0] or 0
    numbers = sorted(draw.sample(range(1, highest + 1), min(2_000, highest)))
    marks = ", ".join("?" * len(numbers))
    events = db.execute(f"SELECT id, type, status, day, said_by FROM event WHERE n IN ({marks})", numbers).fetchall()
    parties = db.execute(
        f"SELECT side, country, name FROM event_party WHERE country IS NOT NULL AND event IN ({marks})", numbers
    ).fetchall()
    reports = db.execute(
        f"SELECT text FROM report WHERE n IN (SELECT report FROM event WHERE n IN ({marks}))", numbers
    ).fetchall()
    speakers = db.execute(
        "SELECT source_name FROM statement WHERE source_name IS NOT NULL ORDER BY n LIMIT 2000"
    ).fetchall()
    return {
        "event": events,
        "party": parties,
        "word": sorted({word for row in reports for word in row["text"].split() if word.isalpha() and len(word) > 3}),
        "text": [row["text"] for row in reports],
        "speaker": [row["source_name"] for row in speakers],
    }


def _events(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    event, one, other = draw.choice(sample["event"]), draw.choice(sample["party"]), draw.choice(sample["party"])
    asked: dict[str, Any] = {
        "actor": draw.choice([one["country"], one["name"]]),
        "recipient": other["country"],
        "type": event["type"],
        "status": event["status"],
        "since": (event["day"] or "2010")[: draw.choice([4, 7])],
        "said_by": event["said_by"],
        "until": "2030",
    }
    chosen = {key: asked[key] for key in draw.sample(sorted(asked), draw.randint(1, 4)) if asked[key] is not None}
    return "events", str(chosen), lambda: archive.events(limit=ROWS, newest=True, **chosen)


def _pair(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    pair = (draw.choice(sample["party"])["country"], draw.choice(sample["party"])["country"])
    return "pair", str(pair), lambda: archive.events(pair=pair, limit=ROWS, newest=True)


def _timeline(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    party = draw.choice(sample["party"])["country"]
    return "timeline", party, lambda: archive.events(party=party, once=True, limit=ROWS)


def _statements(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    asked: dict[str, Any] = {"speaker": draw.choice(sample["speaker"]).split()[-1]}
    if draw.random() < 0.5:
        asked["words"] = draw.choice(sample["word"])
    if draw.random() < 0.3:
        asked["since"] = str(draw.randint(2003, 2024))
    return "statements", str(asked), lambda: archive.statements(limit=ROWS, newest=True, **asked)


def _search(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    if draw.random() < 0.4:
        words = draw.choice(sample["text"]).split()
        start = draw.randrange(max(1, len(words) - 2))
        asked = f'"{" ".join(words[start : start + 2])}"'.replace('"', " ").strip()
    else:
        asked = " ".join(draw.sample(sample["word"], draw.randint(1, 2)))
    if draw.random() < 0.2:
        asked = draw.choice(["the", "in", "the government", "killed"])
    return "search", asked, lambda: archive.search(asked)


def _evidence(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    word = draw.choice(sample["word"])
    return "events words", word, lambda: archive.events(words=word, limit=ROWS, newest=True)


def _show(archive: Archive, draw: random.Random, sample: dict[str, list[Any]]) -> tuple[str, str, Question]:
    event = draw.choice(sample["event"])["id"]

    def show() -> object:
        row = archive.event(event)
        return archive.history(event), archive.record(row.source.report)

    return "show", event, show


def main() -> None:
    """Ask, print the times, and fail where they are above what is promised."""
    args = argparse.ArgumentParser(prog="python -m bench.archive")
    args.add_argument("archive", type=Path)
    args.add_argument("--questions", type=int, default=QUESTIONS)
    args.add_argument("--processor", action="store_true", help="time of the processor, where others use the machine")
    options = args.parse_args()
    with Archive.open(options.archive) as archive:
        print(", ".join(f"{count:,} {name}s" for name, count in archive.counts().items()))
        times = measure(archive, options.questions, time.process_time if options.processor else time.perf_counter)
    everything = sorted(ms for found in times.values() for ms in found)
    for kind, found in [*times.items(), ("all", everything)]:
        print(
            f"{kind:12s} {len(found):4d} asked   median {statistics.median(found):7.1f} ms   p95 {p95(found):7.1f} ms"
        )
    if p95(everything) > LONGEST_MS or p95(times.get("search", [0.0, 0.0])) > LONGEST_SEARCH_MS:
        raise SystemExit(f"slower than {LONGEST_MS:g} ms for all or {LONGEST_SEARCH_MS:g} ms for searches (p95)")


if __name__ == "__main__":
    main()
