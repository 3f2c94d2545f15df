"""Score a language model on the dev sets: ``python -m bench.llm --server URL --model NAME [sentences] [reports]``.

``--answers FOLDER`` scores answers that were made by hand from the requests in ``data/llm`` instead; ``--replay FILE``
a cassette that ``--record FILE`` kept; ``--gold`` the codings themselves told as answers, which is the most that any
model can reach. ``--write-requests`` writes ``data/llm`` anew.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cassettes import Line, Recording, Replaying, cassette, seal_of
from bench.llm_gold import answer_of
from bench.shared import GOLD, rows_of
from detente.coding.llm.coder import LlmCoder
from detente.coding.llm.parts import parts_of
from detente.coding.llm.prompt import Message, instructions, messages_for
from detente.coding.llm.server import Answers, Server
from detente.coding.llm.settings import Asking
from detente.coding.pipeline import Pipeline
from detente.coding.protocol import Settings
from detente.coding.validate import checked
from detente.record import Failure, Record, Report

FOLDER = Path(__file__).with_name("data") / "llm"
CACHE = Path(__file__).resolve().parent.parent / ".cache"
PAGE = CACHE.parent / "docs" / "benchmarks.md"
MARK = "<!-- llm -->"
REQUESTS = {"sentences": 40, "reports": 5}
"""How many of each dev set stand in `FOLDER`."""

METRICS = ("type", "status", "who", "when", "event", "said", "false alarm")


@dataclass(frozen=True, slots=True)
class Request:
    """One file of `FOLDER`: its name without ending, and what is sent."""

    name: str
    messages: list[Message]


def rows(name: str, most: int | None) -> list[dict[str, Any]]:
    """The first `most` coded texts of a dev set."""
    return list(rows_of(GOLD / f"dev_{name}.jsonl"))[:most]


def requests_of(row: dict[str, Any], longest: int) -> Iterator[Request]:
    """The requests about a coded text; a later part goes without names of earlier ones, which no answer told yet."""
    spans = parts_of(row["text"], longest)
    for n, span in enumerate(spans, 1):
        name = row["id"] if len(spans) == 1 else f"{row['id']}.{n}"
        yield Request(name, messages_for(span.of(row["text"]), row["date"]))


def write_requests() -> None:
    """Write `FOLDER`: the instructions once, and a file for each request."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.txt"):
        old.unlink()
    (FOLDER / "instructions.txt").write_text(instructions() + "\n", encoding="utf-8")
    for name, most in REQUESTS.items():
        for row in rows(name, most):
            for request in requests_of(row, Asking().longest):
                (FOLDER / f"{request.name}.txt").write_text(request.messages[1]["content"] + "\n", encoding="utf-8")


def by_hand(folder: Path) -> list[Line]:
    """The answers in a folder, by the names of the requests; a second try at one ends in ``.again.json``."""
    lines = []
    for request in sorted(FOLDER.glob("*.txt")):
        messages = [{"role": "system", "content": ""}, {"role": "user", "content": request.read_text("utf-8")}]
        for turn, ending in ((1, ".json"), (2, ".again.json")):
            answer = folder / f"{request.stem}{ending}"
            if request.stem != "instructions" and answer.exists():
                lines.append(Line(seal_of(messages), turn, answer.read_text(encoding="utf-8")))
    return lines


def told_by_gold(coded: Sequence[dict[str, Any]]) -> list[Line]:
    """The codings as answers."""
    pipeline = Pipeline()
    docs = pipeline.parsed([row["text"] for row in coded])
    lines = []
    for row, doc in zip(coded, docs, strict=True):
        found = pipeline.stages(_report(row), doc)[1]
        seal = seal_of(messages_for(row["text"], row["date"]))
        lines.append(Line(seal, 1, answer_of(row, doc, found)))
    return lines


def _report(row: dict[str, Any]) -> Report:
    return Report(row["id"], row["text"], title=row.get("title"), url=row.get("url"), published=row["date"])


def score(name: str, coded: Sequence[dict[str, Any]], coder: LlmCoder, show: int) -> dict[str, Any]:
    """What score.py says of the coder on the coded texts; a report that failed counts as one without events."""
    CACHE.mkdir(exist_ok=True)
    gold, predicted = CACHE / f"llm_{name}.gold.jsonl", CACHE / f"llm_{name}.pred.jsonl"
    gold.write_text("".join(json.dumps(row) + "\n" for row in coded), encoding="utf-8")
    failed = 0
    with predicted.open("w", encoding="utf-8") as sink:
        for result in coder.stream(map(_report, coded)):
            failed += isinstance(result, Failure)
            if isinstance(result, Record):
                sink.write(checked(result).to_json() + "\n")
            else:
                print(f"{result.id}: {result.code}: {result.reason}", file=sys.stderr)
    command = [sys.executable, str(GOLD / "score.py"), str(gold), str(predicted), "--json", "--errors", str(show)]
    scores = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return {**scores, "failed": failed}


def line_of(name: str, model: str, scores: dict[str, Any], texts: int, coder: LlmCoder, seconds: float) -> str:
    """The row of a table: model, set, F1 by metric, what it cost."""
    values = [scores.get(metric) for metric in METRICS]
    told = [f"{v['f1']:.2f}" if isinstance(v, dict) else "–" if v is None else f"{v:.2f}" for v in values]
    cells = [model, f"{name}, {texts}", *told, str(scores["failed"]), f"{seconds / texts:.1f} s", coder.spent()]
    return f"| {' | '.join(cells)} |"


def header() -> str:
    """The first two rows of that table."""
    names = ["model", "texts", *METRICS, "failed", "a text", "account"]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def write_row(row: str) -> None:
    """Put a row into the table of docs/benchmarks.md, in the place of the same model's on the same texts."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
    inside, _, after = rest.partition(MARK)
    rows = [line for line in inside.strip().splitlines()[2:] if line.split("|")[1:3] != row.split("|")[1:3]]
    table = "\n".join([header(), *rows, row])
    PAGE.write_text(f"{before}{MARK}\n\n{table}\n\n{MARK}{after}", encoding="utf-8")


def main() -> None:
    """Ask, score, print the table."""
    args = argparse.ArgumentParser(prog="python -m bench.llm")
    args.add_argument("sets", nargs="*", default=["sentences", "reports"])
    args.add_argument("--server")
    args.add_argument("--model")
    args.add_argument("--settings", type=Path)
    args.add_argument("--cache", type=Path)
    args.add_argument("--record", type=Path)
    args.add_argument("--replay", type=Path)
    args.add_argument("--answers", type=Path)
    args.add_argument("--gold", action="store_true")
    args.add_argument("--limit", type=int)
    args.add_argument("--errors", type=int, default=0)
    args.add_argument("--write", action="store_true")
    args.add_argument("--write-requests", action="store_true")
    options = args.parse_args()
    if not GOLD.is_dir():
        print("skipped: the shared data folder is not beside this checkout, so there is nothing to measure on")
        return
    if options.write_requests:
        write_requests()
        return
    print(header())
    for name in options.sets:
        coded = rows(name, REQUESTS[name] if options.answers else options.limit)
        model = options.model or (options.answers.name if options.answers else "gold" if options.gold else None)
        asking = Asking(server=options.server, model=model, cache=options.cache).with_file(options.settings)
        coder = LlmCoder(Settings(asking=asking), _answers(options, asking, coded))
        began = time.perf_counter()
        scores = score(name, coded, coder, options.errors)
        row = line_of(name, asking.model or "", scores, len(coded), coder, time.perf_counter() - began)
        print(row, flush=True)
        if options.write:
            write_row(row)


def _answers(options: argparse.Namespace, asking: Asking, coded: Sequence[dict[str, Any]]) -> Answers:
    if options.answers:
        return Replaying(by_hand(options.answers))
    if options.replay:
        return Replaying(cassette(options.replay))
    if options.gold:
        return Replaying(told_by_gold(coded))
    server = Server(asking)
    return Recording(server, options.record) if options.record else server


if __name__ == "__main__":
    main()
