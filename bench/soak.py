"""Whether memory stays flat, however long a stream: ``python -m bench.soak [--reports 20000] [--coder rules]``.

The shared reports come round and round, each time with words that nobody has written before, which is what a
vocabulary grows by. What the process holds goes up and down as the model is loaded anew: compared are the most it
holds in the second thousand reports, and the most after that (of a run below 4,000, in its second quarter, and after
its half). Above `MOST_GROWTH` the exit code is 1. ``--longest`` cuts the texts, for a quick run.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.shared import DATA, reports_of
from detente.coding import DEFAULT_CODER, Settings
from detente.coding.registry import bare_coder
from detente.record import Report

SEED = 20261130
REPORTS = 20_000
NEW_WORDS = 50
"""New words in each report, made up: more than news has."""

SETTLED = 2_000
"""Reports after which every table and cache is filled."""

MOST_GROWTH = 0.05
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STATM = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Soak:
    """Bytes held at most when the stream had settled, in the `first` reports, and from then on."""

    reports: int
    first: int
    settled: int
    most: int

    @property
    def growth(self) -> float:
        """What was added later, as a share."""
        return self.most / self.settled - 1

    def __str__(self) -> str:
        return (
            f"{self.reports:,} reports: at most {self.settled >> 20:,} MB before {self.first:,}, "
            f"{self.most >> 20:,} MB after that, {self.growth:+.1%}"
        )


def stream(texts: Sequence[str], count: int, longest: int | None = None) -> Iterator[Report]:
    """`count` reports of `texts` in turn, each with new words in it."""
    draw = random.Random(SEED)
    for number in range(count):
        new = " ".join("".join(draw.choices(_LETTERS, k=draw.randint(4, 11))).title() for _ in range(NEW_WORDS))
        yield Report(str(number), f"{texts[number % len(texts)][:longest]}\n\nThe list: {new}.")


def measure(reports: Iterator[Report], count: int, coder: str) -> Soak:
    """What coding `reports` in this process holds, told as it goes."""
    first = min(SETTLED, count // 2)
    settled = most = 0
    for number, _ in enumerate(bare_coder(coder, Settings()).stream(reports), 1):
        held = held_now()
        if first // 2 < number <= first:
            settled = max(settled, held)
        elif number > first:
            most = max(most, held)
        if number % max(10, count // 100) == 0:
            print(f"{number:,}\t{held >> 20:,} MB", flush=True)
    return Soak(count, first, settled, most)


def held_now() -> int:
    """The bytes of memory the process has in use."""
    return int(_STATM.read_text().split()[1]) * resource.getpagesize()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--coder", default=DEFAULT_CODER)
    parser.add_argument("--longest", type=int, help="characters of a text that are used")
    given = parser.parse_args()
    texts = [report.text for report in reports_of(DATA / "reports.jsonl.gz")]
    soak = measure(stream(texts, given.reports, given.longest), given.reports, given.coder)
    print(soak)
    return int(soak.growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
