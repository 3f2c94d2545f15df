"""Near-copies: ``python -m bench.copies [--errors N]``.

Two sets. The labelled pairs of duplicates.jsonl.gz; and look-alikes mined from reports.jsonl.gz: pairs that share at
least .7 of the shorter text and have page dates more than ten days apart. They are yearly notices, declarations and
schedules; of some 70 read, one was a true revision (a statement with signatories added). With page dates and titles,
and by the texts alone. The thresholds are also chosen anew on four fifths of the labelled pairs and judged on the
fifth, in five folds.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.shared import DATA, rows_of
from detente.checks.copies import COPIED, COPIES, EXCHANGED, Comparison, Version, compare
from detente.checks.fingerprints import Index, fingerprint
from detente.checks.page_date import page_day

MINED_OVERLAP = 0.7
MINED_DAYS = 10
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions and whether they are said to be one text; `label` is the word of the file."""

    label: str
    kind: str
    one: Version
    other: Version


def version_of(row: dict[str, Any]) -> Version:
    """A row of the data files as a version of a text."""
    return Version(row["text"], row["title"], row["url"], row["source"], page_day(row["date"]))


def labelled() -> list[Pair]:
    """The pairs of duplicates.jsonl.gz."""
    rows = rows_of(DATA / "duplicates.jsonl.gz")
    return [Pair(r["label"], r["kind"], version_of(r["a"]), version_of(r["b"])) for r in rows]


def mined() -> Iterator[Pair]:
    """Look-alikes of long overlap among the reports, found by fingerprint."""
    index = Index()
    versions = [version_of(row) for row in rows_of(DATA / "reports.jsonl.gz")]
    for number, version in enumerate(versions):
        print_ = fingerprint(version.text)
        for earlier in index.near(print_):
            other = versions[earlier]
            apart = abs((version.day - other.day).days) if version.day and other.day else 0
            if apart > MINED_DAYS and compare(other, version).overlap >= MINED_OVERLAP:
                yield Pair("different", "mined", other, version)
        index.add(number, print_)


def text_only(pair: Pair) -> Pair:
    """The pair without titles, addresses, outlets and dates."""
    return Pair(pair.label, pair.kind, Version(pair.one.text), Version(pair.other.text))


def report(name: str, pairs: Sequence[Pair]) -> None:
    """Print recall of duplicates and the share of look-alikes called so, and the kinds found."""
    found = [(pair, compare(pair.one, pair.other).kind) for pair in pairs]
    for label in sorted({pair.label for pair in pairs}):
        kinds = [kind for pair, kind in found if pair.label == label]
        called = sum(kind in COPIES for kind in kinds)
        counts = ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(map(str, kinds)).items()))
        print(f"{name:24s} {label:14s} copies {called:4d} of {len(kinds):4d} = {called / len(kinds):.4f} ({counts})")


def cross_validated(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Recall and false-copy share over five folds, overlap and exchange limits chosen on the other four."""
    rows = [(pair.label == "duplicate", compare(*_texts(pair))) for pair in pairs if pair.label != "partial-reuse"]
    grid = [(c / 100, e / 100) for c in range(30, 91, 5) for e in (0, 2, 4, 6, 8, 10, 15, 20, 30)]
    right = wrong = same = other = 0
    for fold in range(FOLDS):
        train = [row for n, row in enumerate(rows) if n % FOLDS != fold]
        best = max(grid, key=lambda limits: (_balance(train, limits), limits))
        for duplicate, comparison in (row for n, row in enumerate(rows) if n % FOLDS == fold):
            called = _called(comparison, best)
            right += duplicate and called
            wrong += called and not duplicate
            same += duplicate
            other += not duplicate
    return right / same, wrong / other


def _texts(pair: Pair) -> tuple[Version, Version]:
    bare = text_only(pair)
    return bare.one, bare.other


def _called(comparison: Comparison, limits: tuple[float, float]) -> bool:
    return comparison.overlap >= limits[0] and comparison.exchanged <= limits[1]


def _balance(rows: Sequence[tuple[bool, Comparison]], limits: tuple[float, float]) -> float:
    shares = []
    for wanted in (True, False):
        part = [_called(comparison, limits) == wanted for duplicate, comparison in rows if duplicate == wanted]
        shares.append(sum(part) / len(part))
    return sum(shares)


def main() -> None:
    """Measure and print."""
    args = argparse.ArgumentParser()
    args.add_argument("--errors", type=int, default=0)
    options = args.parse_args()
    pairs = labelled()
    start = time.process_time()
    report("labelled", pairs)
    print(f"{(time.process_time() - start) / len(pairs) * 1000:.1f} ms a pair")
    report("labelled, text alone", [text_only(pair) for pair in pairs])
    recall, false = cross_validated(pairs)
    print(f"text alone, limits chosen in {FOLDS} folds: recall {recall:.4f}, look-alikes called copies {false:.4f}")
    hard = list(mined())
    report("mined look-alikes", hard)
    report("mined, text alone", [text_only(pair) for pair in hard])
    missed = [p for p in (*pairs, *hard) if (compare(p.one, p.other).kind in COPIES) != (p.label == "duplicate")]
    for pair in missed[: options.errors]:
        found = compare(pair.one, pair.other)
        print(f"\n{pair.label} {pair.kind} {found} {pair.one.day} {pair.other.day}")
        print(f"  {pair.one.title}\n  {pair.other.title}")
    print(f"limits in use: overlap {COPIED}, exchanged {EXCHANGED}")


if __name__ == "__main__":
    main()
