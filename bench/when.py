"""Dates of acts with the coded triggers as oracle: ``python -m bench.when [sentences|reports] [--show N] [--of KIND]``.

Each coded act is of one kind: ``dated`` in the text, the day's news (``report``), or without a date (``none``).
``--speed`` times the room alone, given the parses of 80 reports, against the parse of the same texts.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from spacy.tokens import Doc

from bench.parses import parsed
from bench.shared import DATA, GOLD, module_at, reports_of
from detente.language import load_pipeline, parse_many
from detente.record import Report
from detente.when import EventDate, date_of, find_report_date, find_times, told_times

KINDS = ("dated", "report", "none")
Row = dict[str, Any]


def kind_of(day: str | None, is_report: bool) -> str:
    """Which of `KINDS` a date is."""
    return "report" if is_report else "none" if day is None else "dated"


def dated_events(name: str) -> Iterator[tuple[Row, Row, EventDate, str]]:
    """Every coded event of a dev set with its row, the date the program gives it, and its sentence."""
    path = GOLD / f"dev_{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = parsed(f"dev_{name}", (r["text"] for r in rows))
    for row, doc, report in zip(rows, docs, reports_of(path), strict=True):
        told = find_report_date(report).date
        day = None if told is None else date.fromisoformat(told)
        told_here = told_times(doc, find_times(doc, day))
        for event in row["events"]:
            start, end = event["trigger"]
            trigger = doc.char_span(start, end, alignment_mode="expand")
            if trigger is not None:
                yield row, event, date_of(trigger.root, told_here, day, event["status"]), trigger.sent.text.strip()


def speed() -> tuple[float, float]:
    """The room's share of the parse's CPU time (a date for every fortieth word) and its reports of 2 kB a second."""
    nlp = load_pipeline()
    reports = random.Random(5).sample(reports_of(DATA / "reports.jsonl.gz"), 80)
    start = time.process_time()
    docs = list(parse_many(nlp, [r.text for r in reports]))
    parse_seconds = time.process_time() - start
    seconds = min(_timed(reports, docs) for _ in range(3))
    return seconds / parse_seconds, sum(len(r.text) for r in reports) / 2000 / seconds


def _timed(reports: list[Report], docs: list[Doc]) -> float:
    start = time.process_time()
    for report, doc in zip(reports, docs, strict=True):
        told = find_report_date(report, doc).date
        day = None if told is None else date.fromisoformat(told)
        told_here = told_times(doc, find_times(doc, day))
        for token in list(doc)[::40]:
            date_of(token, told_here, day)
    return time.process_time() - start


def main() -> None:
    """Print, for each kind of coded date, how often the program says the same."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=["sentences", "reports"])
    args.add_argument("--show", type=int, default=0)
    args.add_argument("--of", choices=KINDS, default="dated")
    args.add_argument("--speed", action="store_true")
    options = args.parse_args()
    if options.speed:
        ratio, rate = speed()
        print(f"{ratio:.3f} of the parse, {rate:.0f} reports of 2 kB a second")
        return
    days = module_at(GOLD / "score.py").day_range
    for name in options.sets:
        counts: Counter[tuple[str, str]] = Counter()
        right: Counter[str] = Counter()
        shown = 0
        for row, event, found, sentence in dated_events(name):
            kind = kind_of(event["date"], event["date_is_report"])
            ours = kind_of(found.date, found.is_report)
            counts[kind, ours] += 1
            same = days(found.date) == days(event["date"]) and (kind == "dated" or kind == ours)
            right[kind] += same
            if not same and kind == options.of and shown < options.show:
                shown += 1
                trigger = row["text"][slice(*event["trigger"])]
                print(f"{row['date'][:10]} {event['status']} {trigger!r}: gold {event['date']} {kind}, ", end="")
                print(f"ours {found.date} {ours}\n    {' '.join(sentence.split())[:500]}")
        print(f"dev_{name}")
        for kind in KINDS:
            total = sum(counts[kind, other] for other in KINDS)
            told = ", ".join(f"{other} {counts[kind, other]}" for other in KINDS)
            print(
                f"  {kind:7s} right {right[kind]:4d} of {total:4d} = {right[kind] / max(total, 1):.3f}   told as {told}"
            )


if __name__ == "__main__":
    main()
