"""One act, many reports: ``python -m bench.joins [--errors N] [--coder NAME]``.

data/act_pairs.csv holds pairs of sentences of different event reports that share words and names; `answer` says whether
both tell one act (``same``), at least one of them as its news, or none (``different``); whether they share an act that
both mention in passing only (``background``); or that it cannot be decided (``unclear``). A language model coded them
by reading, not human experts. `drawn` tells how a pair came in:

- ``words``: by shared words, at most three days apart, before any joining was written. Rules were tuned on them, and
  twelve answers were changed from ``different`` to ``background`` where joining showed an act that was overlooked.
  Recall is measured here alone; a fourth of the pairs have no event in one of the sentences.
- ``joined``: 120 pairs that an early version joined in an archive of thirteen other years. Its precision was .82, and
  the rules were tightened on them.
- ``joined-again``: 80 pairs that the tightened rules joined in the same years, none of them seen before. Precision on
  these as drawn was .92; nothing was tuned on them.
- ``joined-later``: 49 pairs of 2008, 2014, 2017 and 2021 that a wider rule newly joined, all of them, read with their
  sentences; the rule was tightened on them.
- ``unseen-words``: 212 pairs by shared words again, of ten years the joined ones are not of, a third of them near in
  words, coded before any output on them was seen. Their misses were read once since, with those of ``words``, to
  find the kinds to mend; no limit was chosen on them.

Only ``same`` and ``different`` are scored: a pair counts as joined if any event of one sentence is joined with any
event of the other.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.parses import parsed
from bench.shared import DATA, rows_of
from detente.archive import Archive
from detente.coding import DEFAULT_CODER
from detente.coding.registry import pipeline_of
from detente.linking.same_act import compare
from detente.linking.tellings import Telling, load_tellings
from detente.record import Report

PAIRS = Path(__file__).with_name("data") / "act_pairs.csv"
SCORED = ("same", "different")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences by report id and bounds, and whether they tell one act."""

    a: str
    a_bounds: tuple[int, int]
    b: str
    b_bounds: tuple[int, int]
    answer: str
    drawn: str


def coded_pairs() -> list[Pair]:
    """The pairs of act_pairs.csv."""
    with PAIRS.open(encoding="utf-8") as lines:
        return [
            Pair(
                row["a"],
                (int(row["a_start"]), int(row["a_end"])),
                row["b"],
                (int(row["b_start"]), int(row["b_end"])),
                row["answer"],
                row["drawn"],
            )
            for row in csv.DictReader(lines)
        ]


def archive_of(ids: set[str], path: Path, name: str = DEFAULT_CODER) -> Archive:
    """An archive at `path` of the event reports named, coded as they come."""
    rows = [row for row in rows_of(DATA / "wcep_events.jsonl.gz") if row["id"] in ids]
    coder = pipeline_of(name)
    archive = Archive.open(path, create=True)
    docs = parsed("joins", (row["text"] for row in rows))
    with archive.transaction():
        for row, doc in zip(rows, docs, strict=True):
            day = row["date"]
            archive.add_record(coder.record_of(Report(row["id"], row["text"], published=day, date=day), doc))
    return archive


def by_sentence(archive: Archive) -> dict[str, list[tuple[int, Telling]]]:
    """Tellings by the report's id in the files, each with the place of its trigger."""
    tellings = load_tellings(archive.db)
    found: dict[str, list[tuple[int, Telling]]] = defaultdict(list)
    query = "SELECT event.n, trigger_start, record_id FROM event JOIN report ON report.n = event.report ORDER BY 1"
    for number, start, record_id in archive.db.execute(query):
        if number in tellings:
            found[record_id].append((start, tellings[number]))
    return found


def joined(pair: Pair, tellings: dict[str, list[tuple[int, Telling]]]) -> list[tuple[Telling, Telling]]:
    """The events of the two sentences that are joined."""
    sides = []
    for report, (start, end) in ((pair.a, pair.a_bounds), (pair.b, pair.b_bounds)):
        sides.append([telling for place, telling in tellings.get(report, ()) if start <= place < end])
    return [(one, other) for one in sides[0] for other in sides[1] if compare(one, other).joined]


def main() -> None:
    """Measure and print."""
    args = argparse.ArgumentParser()
    args.add_argument("--errors", type=int, default=0)
    args.add_argument("--coder", default=DEFAULT_CODER)
    options = args.parse_args()
    pairs = coded_pairs()
    texts = {row["id"]: row["text"] for row in rows_of(DATA / "wcep_events.jsonl.gz")}
    with TemporaryDirectory() as folder:
        ids = {id for pair in pairs for id in (pair.a, pair.b)}
        with archive_of(ids, Path(folder) / "pairs.db", options.coder) as archive:
            tellings = by_sentence(archive)
    counts: Counter[tuple[str, str, bool]] = Counter()
    shown = 0
    for pair in pairs:
        found = joined(pair, tellings)
        counts[pair.drawn, pair.answer, bool(found)] += 1
        if bool(found) != (pair.answer == "same") and pair.answer in SCORED and shown < options.errors:
            shown += 1
            how = [(x.trigger, y.trigger, round(compare(x, y).near, 2)) for x, y in found]
            print(f"\n{pair.answer}, but {'joined' if found else 'apart'} {how}")
            print(f"  {texts[pair.a][slice(*pair.a_bounds)]}\n  {texts[pair.b][slice(*pair.b_bounds)]}")
    print(f"{len(pairs)} pairs: {dict(sorted(Counter(p.answer for p in pairs).items()))}")
    drawn = sorted({pair.drawn for pair in pairs}, reverse=True)
    for name in (*drawn, "all"):
        of = drawn if name == "all" else [name]
        right, wrong, missed = (
            sum(counts[one, answer, told] for one in of)
            for answer, told in (("same", True), ("different", True), ("same", False))
        )
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"{name:13s} precision {precision:.3f} ({right} of {right + wrong}), recall {recall:.3f}")


if __name__ == "__main__":
    main()
