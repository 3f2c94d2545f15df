"""How long coding takes beside the bare spaCy parse of the same texts, in one process, and the memory it peaks at.

``python -m bench.speed`` prints both; the peak is that of `bench.peak`, a process of its own.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from bench.shared import DATA, reports_of
from detente.coding import DEFAULT_CODER
from detente.coding.registry import pipeline_of
from detente.language.pipeline import BATCH_SIZE
from detente.record import Report

REPORTS = 500
PARTS = 10


@dataclass(frozen=True, slots=True)
class Speed:
    """Ratios are parse time over coding time: above 1, coding is faster than the parse alone."""

    ratio: float
    ratio_without_names: float
    words_per_second: float
    peak_megabytes: float


def sample() -> list[Report]:
    """The same reports on every run."""
    return random.Random(20261124).sample(reports_of(DATA / "reports.jsonl.gz"), REPORTS)


def measure(reports: list[Report], coder_name: str = DEFAULT_CODER) -> Speed:
    """Time coder and parse by turns over parts of the sample, so that a busy machine slows both."""
    coder = pipeline_of(coder_name)
    deque(coder.stream(reports[:BATCH_SIZE]), maxlen=0)
    coded = bare = nameless = 0.0
    size = -(-len(reports) // PARTS)
    for start in range(0, len(reports), size):
        part = reports[start : start + size]
        texts = [report.text for report in part]
        ours_first = (start // size) % 2 == 0  # new words cost whoever meets them first, and are kept for the other
        coded += _seconds(coder.stream(part)) if ours_first else 0.0
        bare += _seconds(coder.nlp.pipe(texts, batch_size=BATCH_SIZE))
        coded += 0.0 if ours_first else _seconds(coder.stream(part))
        nameless += _seconds(coder.nlp.pipe(texts, batch_size=BATCH_SIZE, disable=["ner"]))
    words = sum(len(report.text.split()) for report in reports)
    return Speed(bare / coded, nameless / coded, words / coded, _peak_of_a_run(coder_name))


def _seconds(results: Iterable[object]) -> float:
    start = time.process_time()
    deque(results, maxlen=0)
    return time.process_time() - start


def _peak_of_a_run(coder: str) -> float:
    command = [sys.executable, "-m", "bench.peak", "--coder", coder]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the measured ratios and the peak memory in MB."""
    args = argparse.ArgumentParser()
    args.add_argument("--coder", default=DEFAULT_CODER)
    options = args.parse_args()
    print(measure(sample(), options.coder))


if __name__ == "__main__":
    main()
