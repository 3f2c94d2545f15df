"""Days of acts told as background: ``python -m bench.background [--coder NAME] [--errors]``.

data/background_acts.csv holds acts that a sentence tells in passing ("since the coup", "in retaliation for the
killing", "last week's attack"), by report id and the place of the word that names them, drawn by such phrases from
uncoded reports. `when` is the day, week (ISO), month or year that the sentence gives them, empty where it gives none. A
language model coded them by reading, before any output was seen; only the sentence is coded, under the day of its page.

An act is right where it is not told as an event, has no day, or lies within `when`; wrong on the day of the report or
on any other.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.shared import DATA, rows_of
from detente.coding import DEFAULT_CODER, make_coder
from detente.record import Event, Report, days_of

ACTS = Path(__file__).with_name("data") / "background_acts.csv"
RIGHT = ("no event", "no day", "its own day")


@dataclass(frozen=True, slots=True)
class BackgroundAct:
    """An act told in passing: its sentence and its word by bounds in the text of a report, and its time if told."""

    report: str
    sentence: tuple[int, int]
    trigger: tuple[int, int]
    when: str


def background_acts() -> list[BackgroundAct]:
    """The acts of background_acts.csv."""
    with ACTS.open(encoding="utf-8") as lines:
        return [
            BackgroundAct(
                row["report"],
                (int(row["start"]), int(row["end"])),
                (int(row["trigger_start"]), int(row["trigger_end"])),
                row["when"],
            )
            for row in csv.DictReader(lines)
        ]


def verdict(act: BackgroundAct, event: Event | None, day: str) -> str:
    """What became of the act: one of `RIGHT`, the day of the report, or another day."""
    if event is None:
        return "no event"
    if event.date is None:
        return "no day"
    first, last = (date.fromisoformat(edge or "0001-01-01") for edge in days_of(event.date))
    low, high = time_of(act.when)
    if act.when and low <= first and last <= high:
        return "its own day"
    return "the day of the report" if first <= date.fromisoformat(day) <= last else "another day"


def time_of(when: str) -> tuple[date, date]:
    """First and last day of a day, month, year or ISO week; the first day of all for nothing."""
    if "W" in when:
        monday = date.fromisocalendar(int(when[:4]), int(when[6:]), 1)
        return monday, monday + timedelta(days=6)
    first, last = days_of(when) if when else (None, None)
    return date.fromisoformat(first or "0001-01-01"), date.fromisoformat(last or "0001-01-01")


def main() -> None:
    """Measure and print."""
    args = argparse.ArgumentParser()
    args.add_argument("--coder", default=DEFAULT_CODER)
    args.add_argument("--errors", action="store_true")
    options = args.parse_args()
    acts = background_acts()
    wanted = {act.report for act in acts}
    pages = {
        row["id"]: (row["text"], row["date"][:10])
        for name in ("wcep_events", "reports")
        for row in rows_of(DATA / f"{name}.jsonl.gz")
        if row["id"] in wanted
    }
    coder = make_coder(options.coder)
    counts: Counter[str] = Counter()
    for number, act in enumerate(acts):
        text, day = pages[act.report]
        start, end = act.sentence
        record = coder.code(Report(f"b{number}", text[start:end], published=day, date=day))
        events = [event for event in record.events if _is_named(event, act)]
        found = verdict(act, next(iter(events), None), day)
        counts[found] += 1
        if options.errors and found not in RIGHT:
            told = ", ".join(f"{event.type} {event.date}" for event in events)
            print(f"{found}: {told}; told for {act.when or 'no day'}, in a report of {day}\n  {text[start:end]}")
    right = sum(counts[name] for name in RIGHT)
    print(f"{right} of {len(acts)} right: {dict(counts.most_common())}")


def _is_named(event: Event, act: BackgroundAct) -> bool:
    start = act.sentence[0]
    return event.trigger.start + start < act.trigger[1] and event.trigger.end + start > act.trigger[0]


if __name__ == "__main__":
    main()
