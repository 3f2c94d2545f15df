"""``make bench``: measure everything, write docs/benchmarks.md, fail where a number fell below its floor.

What needs the shared data is skipped, with the reason, where that is absent.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench import calibration, coreference, dev, heldout, parties, places, speed, timex
from bench.shared import GOLD, SHARED, hash_of
from detente.coding import DEFAULT_CODER

FLOORS = Path(__file__).with_name("floors.yaml")
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
MARK = "<!-- measured -->"

CODERS = (DEFAULT_CODER, "rules")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number: `name` is ``set/metric``; `data` the file it was measured on."""

    name: str
    value: float
    data: Path | None = None


LABELS = {
    **{name: f"dev_{name}" for name in ("sentences", "reports")},
    "heldout": "heldout_sentences",
    **{name: f"heldout_{name}" for name in ("windows", "press", "long")},
}
"""The coded sets, and what their rows are called."""


def coded_sets() -> list[Row]:
    """The coded sets through score.py."""
    return [row for coder in CODERS for row in coded_by(coder)]


def coded_by(coder: str) -> list[Row]:
    """The coded sets by one coder; the rows of the default bear no name of a coder."""
    rows: list[Row] = []
    dated: list[tuple[int, int]] = []
    prefix = "" if coder == DEFAULT_CODER else f"{coder} "
    for name, label in LABELS.items():
        gold = heldout.CODES.get(name) or dev.gold_of(name)
        predicted = dev.predict(name, coder)
        if name not in heldout.CODES:
            dated.append(dev.dates_found(name, predicted))
        for metric, score in dev.scores(name, predicted).items():
            value = score["f1"] if isinstance(score, dict) else score
            rows.append(Row(f"{prefix}{label}/{metric}", value, gold))
    right, found = map(sum, zip(*dated, strict=True))
    return [*rows, Row(f"{prefix}dev dates/right of the dated events found", right / found)]


def time_sets() -> list[Row]:
    """MEANTIME and WikiWars through timex_eval.py: value F1."""
    return [
        Row(f"{name}/value F1", timex.evaluate_set(name)["value"]["F1"], SHARED / "bench" / timex.SETS[name])
        for name in timex.SETS
    ]


def party_sets() -> list[Row]:
    """Mentions of the coded parties and places of the coded events of both dev sets, and coreference."""
    rows = [Row(f"dev parties/{name}", value) for name, value in parties.measure().items()]
    rows += [Row(f"dev places/{name}", value) for name, value in places.measure().items()]
    rows.append(Row("places/country right", places.countries()))
    return [*rows, *(Row(f"coreference/{name}", value) for name, value in coreference.measure().items())]


def speeds() -> list[Row]:
    """Coding against the bare parse on 500 reports."""
    rows = []
    for coder in CODERS:
        measured = speed.measure(speed.sample(), coder)
        rows += [
            Row(f"{coder} speed/ratio to the whole parse", measured.ratio),
            Row(f"{coder} speed/ratio to the parse without names", measured.ratio_without_names),
            Row(f"{coder} speed/words per CPU second", measured.words_per_second),
            Row(f"{coder} speed/peak MB", measured.peak_megabytes),
        ]
    return rows


def scores() -> list[Row]:
    """How far the scores of the default coder are probabilities."""
    return [Row(f"score/{name}", value) for name, value in calibration.measure().items()]


def below_floor(rows: list[Row]) -> list[str]:
    """What fell below its floor, or was measured on other data than the floor was set on."""
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    faults = []
    for row in rows:
        if row.name not in floors["floors"]:
            continue
        floor = floors["floors"][row.name]
        ceiling = row.name in floors["at_most"]
        if row.data and hash_of(row.data) != floors["data"][row.data.name]:
            faults.append(f"{row.name}: {row.data.name} is not the file its floor was set on")
        elif (row.value > floor) if ceiling else (row.value < floor):
            faults.append(f"{row.name}: {row.value:.3f}, {'at most' if ceiling else 'floor'} {floor}")
    return faults


def write_page(rows: list[Row]) -> None:
    """Put the table of `rows` between the marks of docs/benchmarks.md."""
    table = "\n".join(["| what | measured |", "|---|---|", *(f"| {row.name} | {row.value:.3f} |" for row in rows)])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(MARK)
    _, _, after = rest.partition(MARK)
    PAGE.write_text(f"{before}{MARK}\n\n{table}\n\n{MARK}{after}", encoding="utf-8")


def main() -> None:
    """Measure, write, judge."""
    args = argparse.ArgumentParser(prog="python -m bench")
    args.add_argument("--no-speed", action="store_true", help="leave out the slow timing of 500 reports")
    options = args.parse_args()
    if not GOLD.is_dir():
        print("skipped: the shared data folder is not beside this checkout, so there is nothing to measure on")
        return
    jobs: list[Callable[[], list[Row]]] = [coded_sets, scores, party_sets, time_sets]
    if not options.no_speed:
        jobs.append(speeds)
    rows = [row for job in jobs for row in job()]
    for row in rows:
        print(f"{row.name:45s} {row.value:10.3f}")
    if not options.no_speed:
        write_page(rows)
    if faults := below_floor(rows):
        sys.exit("below the floor:\n" + "\n".join(faults))


if __name__ == "__main__":
    main()
