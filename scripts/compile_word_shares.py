"""Compile linking/data/word_shares.csv: in how many of 10,000 event reports a word stands.

``python -m scripts.compile_word_shares`` reads the shared event reports (Wikipedia's Current events, CC BY-SA), and
keeps counts of single words alone. The table is fixed on purpose: weights that grew with an archive would make its
joins depend on the order in which reports came.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from bench.shared import DATA, rows_of

from detente.linking.words import stems_of

TABLE = Path(__file__).resolve().parent.parent / "src" / "detente" / "linking" / "data" / "word_shares.csv"
RAREST = 4.0
"""Reports in 10,000 below which a word is as good as unique."""


def main() -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    reports = 0
    for row in rows_of(DATA / "wcep_events.jsonl.gz"):
        counts.update(stems_of(row["text"]))
        reports += 1
    shares = [(word, round(10_000 * n / reports, 1)) for word, n in counts.items()]
    kept = sorted(((w, s) for w, s in shares if s >= RAREST), key=lambda pair: (-pair[1], pair[0]))
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(["stem", "share"])
        lines.writerows(kept)
    print(f"{len(kept)} stems from {reports} reports")


if __name__ == "__main__":
    main()
