"""Stories against the headings of timelines.jsonl.gz: ``python -m bench.stories [--near X …]``.

All 109,000 event reports are threaded, the words of their text alone (no headings); those that stand under a heading
are scored. B-cubed: for each report, the share of its story that stands under its heading (precision), and of its
heading that is in its story (recall). Headings last for years ("Syrian civil war": 622 reports), stories for weeks, so
that recall is also given within a fortnight: of the reports of its heading at most 14 days off.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from bench.shared import DATA, rows_of
from detente.linking.stories import NEAR, thread

FORTNIGHT = 14


def headings() -> dict[str, set[str]]:
    """Report id → the headings it stands under."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(DATA / "timelines.jsonl.gz"):
        for entry in row["entries"]:
            found[entry["id"]].add(row["topic"].casefold())
    return found


def b_cubed(
    stories: Mapping[str, int], topics: Mapping[str, set[str]], days: Mapping[str, date]
) -> tuple[float, float, float]:
    """Precision, recall, and recall within a fortnight, averaged over the reports under headings."""
    by_story: dict[int, list[str]] = defaultdict(list)
    by_topic: dict[str, list[str]] = defaultdict(list)
    for report in topics:
        by_story[stories[report]].append(report)
        for topic in topics[report]:
            by_topic[topic].append(report)
    precision, recall, near = [], [], []
    for report, own in topics.items():
        together = by_story[stories[report]]
        precision.append(sum(bool(own & topics[other]) for other in together) / len(together))
        alike = {other for topic in own for other in by_topic[topic]}
        recall.append(sum(stories[other] == stories[report] for other in alike) / len(alike))
        close = [other for other in alike if abs((days[other] - days[report]).days) <= FORTNIGHT]
        near.append(sum(stories[other] == stories[report] for other in close) / len(close))
    return tuple(sum(values) / len(values) for values in (precision, recall, near))  # type: ignore[return-value]


def main() -> None:
    """Measure and print."""
    args = argparse.ArgumentParser()
    args.add_argument("--near", type=float, nargs="*", default=[NEAR])
    args.add_argument("--since", default="2002")
    options = args.parse_args()
    rows = [row for row in rows_of(DATA / "wcep_events.jsonl.gz") if row["date"] >= options.since]
    rows.sort(key=lambda row: (row["date"], row["id"]))
    days = {row["id"]: date.fromisoformat(row["date"]) for row in rows}
    topics = {report: own for report, own in headings().items() if report in days}
    for near in options.near:
        start = time.process_time()
        reports = ((number, days[row["id"]], row["text"]) for number, row in enumerate(rows))
        stories = {rows[number]["id"]: story for number, story in thread(reports, near)}
        seconds = time.process_time() - start
        precision, recall, close = b_cubed(stories, topics, days)
        count = len(set(stories.values()))
        print(f"near {near}: {len(rows)} reports in {count} stories, {seconds:.0f} s; {len(topics)} under headings")
        print(f"  B-cubed precision {precision:.3f}, recall {recall:.3f}, within a fortnight {close:.3f}", flush=True)


if __name__ == "__main__":
    main()
