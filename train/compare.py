"""Last step of training: the rules, the weights that ship and the new ones on the texts kept apart, side by side.

    python -m train.compare NET SHIPPED GOLD…

Prints F1 with bootstrap intervals and appends a line to ``train/runs.csv``.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.codings import coded_rows
from bench.shared import GOLD

from detente.coding.pipeline import Pipeline
from detente.coding.protocol import Settings
from detente.did.model import ModelProposer, load_network
from detente.did.rules import RULES
from detente.record import Report
from train.fit import is_kept_apart

LOG = Path(__file__).with_name("runs.csv")
MEASURES = ("type", "status", "who", "when", "event")


def report_of(row: dict[str, Any]) -> Report:
    """The report of a coded text."""
    return Report(row["id"], row["text"], title=row.get("title"), url=row.get("url"), published=row["date"])


def scored(rows: Sequence[dict[str, Any]], coder: Pipeline) -> dict[str, Any]:
    """What score.py says of a coder on some coded texts, with intervals from 200 resamples."""
    with tempfile.TemporaryDirectory() as folder:
        gold, made = Path(folder) / "gold.jsonl", Path(folder) / "made.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        with made.open("w", encoding="utf-8") as sink:
            for row in rows:
                report = Report(
                    row["id"], row["text"], title=row.get("title"), url=row.get("url"), published=row["date"]
                )
                sink.write(coder.code(report).to_json() + "\n")
        command = [sys.executable, str(GOLD / "score.py"), str(gold), str(made), "--json", "--boot", "200"]
        return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("net", type=Path)
    args.add_argument("shipped", type=Path)
    args.add_argument("gold", type=Path, nargs="+")
    options = args.parse_args()
    coders = {"rules": Pipeline("rules", Settings(), lambda: RULES)}
    for name, folder in (("shipped", options.shipped), ("new", options.net)):
        if (folder / "network.json").exists():
            proposer = ModelProposer(load_network(folder))
            coders[name] = Pipeline("learned", Settings(), lambda proposer=proposer: proposer)  # type: ignore[misc]
    line: dict[str, Any] = {"day": datetime.now(UTC).date().isoformat(), "network": load_network(options.net).version}
    for path in options.gold:
        rows = [row for row in coded_rows(path) if is_kept_apart(row["id"])]
        for name, coder in coders.items():
            found = scored(rows, coder)
            told = "  ".join(f"{m} {found[m]['f1']:.3f} {found[m]['ci95']}" for m in MEASURES if m in found)
            print(f"{path.name.partition('.')[0]:16s} {name:8s} {len(rows)} texts  {told}", flush=True)
            if name == "new":
                line |= {f"{path.name.partition('.')[0]}/{m}": found[m]["f1"] for m in MEASURES if m in found}
    new = not LOG.exists()
    with LOG.open("a", encoding="utf-8", newline="") as sink:
        writer = csv.DictWriter(sink, list(line))
        if new:
            writer.writeheader()
        writer.writerow(line)


if __name__ == "__main__":
    main()
