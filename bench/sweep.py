"""Code every report of the shared collection and look for what must never happen.

``python -m bench.sweep [--every K]`` counts failures, evidence that is not where its span points, and reports slower
than ten seconds; it fails if there is any. Reports are coded one at a time, so that each has a time of its own.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from bench.shared import DATA, reports_of
from detente.coding.pipeline import Pipeline
from detente.record import Failure, Party, Record, Span

SLOWEST_ALLOWED = 10.0
"""Seconds for one report."""


def misplaced(record: Record) -> Iterator[str]:
    """What in `record` is not the text its span points at."""
    text = record.text
    for span, words, where in _quoted(record):
        if span.of(text) != words:
            yield f"{record.id} {where}: {words!r} is not {span.of(text)!r}"
    for span, where in _pointing(record):
        if not 0 <= span.start < span.end <= len(text):
            yield f"{record.id} {where}: {span} lies outside the text or is empty"


def _quoted(record: Record) -> Iterator[tuple[Span, str, str]]:
    for event in record.events:
        for party in (*event.actors, *event.recipients):
            yield party.span, party.text, event.id
        for mention in (event.place, event.said_by):
            if mention:
                yield mention.span, mention.text, event.id
    for statement in record.statements:
        if isinstance(statement.source, Party):
            yield statement.source.span, statement.source.text, statement.id


def _pointing(record: Record) -> Iterator[tuple[Span, str]]:
    for event in record.events:
        yield event.trigger, f"{event.id} trigger"
        yield event.evidence, f"{event.id} evidence"
        if not event.evidence.contains(event.trigger):
            yield Span(-1, -1), f"{event.id} evidence without its trigger"
    for statement in record.statements:
        for span in statement.content:
            yield span, f"{statement.id} content"
        for part in (statement.cue, statement.addressee):
            if part:
                yield part, statement.id
    for time_ in record.times:
        yield time_.span, f"time {time_.value}"
    for check in record.checks:
        for span in check.spans:
            yield span, f"check {check.code}"


def main() -> None:
    """Sweep and report."""
    args = argparse.ArgumentParser()
    args.add_argument("--every", type=int, default=1)
    options = args.parse_args()
    reports = reports_of(DATA / "reports.jsonl.gz")[:: options.every]
    faults: list[str] = []
    events = statements = 0
    slowest = 0.0
    coder = Pipeline()
    for report in reports:
        start = time.process_time()
        result = next(coder.stream([report]))
        seconds = time.process_time() - start
        slowest = max(slowest, seconds)
        if seconds > SLOWEST_ALLOWED:
            faults.append(f"{report.id}: took {seconds:.1f} s")
        if isinstance(result, Failure):
            faults.append(f"{result.id}: {result.code}: {result.reason}")
            continue
        events += len(result.events)
        statements += len(result.statements)
        faults += misplaced(result)
        if Record.from_json(result.to_json()) != result:
            faults.append(f"{result.id}: does not survive its own JSON")
    print(f"{len(reports)} reports, {events} events, {statements} statements, {len(faults)} faults, ", end="")
    print(f"slowest {slowest:.2f} s")
    print("\n".join(faults[:50]))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
