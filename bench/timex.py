"""Time expressions against coded ones: ``python -m bench.timex [meantime|wikiwars] [--errors N] [--kind VAL]``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.parses import parsed
from bench.shared import SHARED, module_at, rows_of
from detente.when import find_times

SETS = {"meantime": "meantime_en.jsonl", "wikiwars": "wikiwars.jsonl.gz"}
Row = dict[str, Any]


def predictions(name: str) -> Iterator[tuple[Row, Row]]:
    """The coded texts of a set, each with what the program finds in it."""
    rows = list(rows_of(SHARED / "bench" / SETS[name]))
    for row, doc in zip(rows, parsed(name, (row["text"] for row in rows)), strict=True):
        times = find_times(doc, date.fromisoformat(row["dct"][:10]))
        found = [{"start": t.span.start, "end": t.span.end, "type": t.type, "value": t.value} for t in times]
        yield row, {"id": row["id"], "timexes": found}


def evaluate_set(name: str, errors: list[Any] | None = None) -> dict[str, Any]:
    """The metrics of timex_eval.py for a set of `SETS`; `errors` is filled with its rows of what went wrong."""
    gold, found = {}, {}
    for row, prediction in predictions(name):
        gold[row["id"]] = row
        found[row["id"]] = prediction
    return dict(module_at(SHARED / "bench" / "timex_eval.py").evaluate(gold, found, errs=errors))


def main() -> None:
    """Print the metrics, and the errors asked for."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=list(SETS))
    args.add_argument("--errors", type=int, default=0)
    args.add_argument("--kind", choices=("VAL", "MISS", "SPUR"))
    options = args.parse_args()
    for name in options.sets:
        errors: list[Any] = []
        measured = evaluate_set(name, errors)
        print(name)
        for key, value in measured.items():
            print(f"  {key:22s} {value}")
        shown = [error for error in errors if options.kind in (None, error[0])]
        for error in shown[: options.errors]:
            print("\t".join(map(str, error)))


if __name__ == "__main__":
    main()
