"""Score the dev sets: ``python -m bench.dev [sentences|reports] [--errors N]``. Cached parses, one process."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from bench.parses import parsed
from detente.coder import Coder
from detente.record import Report

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
GOLD = SHARED / "gold"


def reports_of(path: Path) -> list[Report]:
    """The reports of a coded file: its `date` is the day they were published."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Report(r["id"], r["text"], title=r.get("title"), url=r.get("url"), published=r["date"]) for r in rows]


def predict(name: str, out: Path) -> Path:
    """Code ``dev_<name>.jsonl`` and write the records to `out`."""
    reports = reports_of(GOLD / f"dev_{name}.jsonl")
    coder = Coder()
    with out.open("w", encoding="utf-8") as sink:
        for report, doc in zip(reports, parsed(f"dev_{name}", (r.text for r in reports)), strict=True):
            sink.write(coder.record_of(report, doc).to_json() + "\n")
    return out


def main() -> None:
    """Code and score the named dev sets."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=["sentences", "reports"])
    args.add_argument("--errors", type=int, default=0)
    args.add_argument("--out", type=Path, default=Path(".cache"))
    options = args.parse_args()
    for name in options.sets:
        print(f"dev_{name}", flush=True)
        options.out.mkdir(parents=True, exist_ok=True)
        path = predict(name, options.out / f"dev_{name}.pred.jsonl")
        gold = GOLD / f"dev_{name}.jsonl"
        command = [sys.executable, str(GOLD / "score.py"), str(gold), str(path), "--errors", str(options.errors)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
