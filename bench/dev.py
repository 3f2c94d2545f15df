"""Score coded sets: ``python -m bench.dev [SET…] [--coder NAME]``, of sentences, reports and the held-out ones.

Cached parses, one process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import heldout
from bench.parses import parsed
from bench.shared import GOLD, module_at, reports_of, rows_of
from detente.coding import DEFAULT_CODER
from detente.coding.registry import pipeline_of

PREDICTED = Path(__file__).resolve().parent.parent / ".cache"


def gold_of(name: str) -> Path:
    """The coded file of a set: ``dev_<name>.jsonl``, or a held-out one."""
    return heldout.joined(name) if name in heldout.CODES else GOLD / f"dev_{name}.jsonl"


def predict(name: str, coder: str = DEFAULT_CODER) -> Path:
    """Code the texts of a set and return the file of records."""
    reports = reports_of(gold_of(name))
    pipeline = pipeline_of(coder)
    out = PREDICTED / f"dev_{name}.{coder}.jsonl"
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8") as sink:
        for report, doc in zip(reports, parsed(f"dev_{name}", (r.text for r in reports)), strict=True):
            sink.write(pipeline.record_of(report, doc).to_json() + "\n")
    return out


def scores(name: str, predicted: Path) -> dict[str, Any]:
    """What score.py says of the records in `predicted`, as its JSON."""
    command = [sys.executable, str(GOLD / "score.py"), str(gold_of(name)), str(predicted), "--json"]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def dates_found(name: str, predicted: Path) -> tuple[int, int]:
    """Of the coded events with a date told that were found: how many have it right, and how many these are."""
    score = module_at(GOLD / "score.py")
    records = {row["id"]: row for row in rows_of(predicted)}
    right = found = 0
    for row in rows_of(gold_of(name)):
        weight = score.event_weight(score.sentence_of(row["text"]))
        for coded, ours in score.align(row["events"], records[row["id"]]["events"], weight):
            if coded.get("date") and not coded.get("date_is_report"):
                found += 1
                right += score.day_range(coded["date"]) == score.day_range(ours["date"])
    return right, found


def main() -> None:
    """Code and score the named dev sets, with the scorer's own table and errors."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=["sentences", "reports"])
    args.add_argument("--coder", default=DEFAULT_CODER)
    args.add_argument("--errors", type=int, default=0)
    options = args.parse_args()
    for name in options.sets:
        print(f"dev_{name}", flush=True)
        command = [sys.executable, str(GOLD / "score.py"), str(gold_of(name)), str(predict(name, options.coder))]
        errors = 0 if name in heldout.CODES else options.errors
        subprocess.run([*command, "--errors", str(errors)], check=True)


if __name__ == "__main__":
    main()
