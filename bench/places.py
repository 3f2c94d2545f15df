"""Places: ``python -m bench.places [--errors N]``.

Two measures. *Of events*: over the dev sets, their triggers given, a place is right where the spans overlap.
*Countries*: 200 place mentions of uncoded reports (``bench/data/places_200.csv``: file, report, span and the country a
reader gave before any output was seen; empty for what lies in several or none). Drawn at random from what a plain
recogniser calls a place, one a report, states by name left out where the report has another.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.parses import parsed
from bench.shared import DATA, GOLD, reports_of, rows_of
from bench.sides import trigger_of
from detente.checks import page_day
from detente.knowledge import home_of, load_knowledge
from detente.record import Span
from detente.where import find_places, place_of
from detente.who import find_parties

CODED = Path(__file__).parent / "data" / "places_200.csv"
FILES = {"wcep": "wcep_events.jsonl.gz", "reports": "reports.jsonl.gz"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A place mention that a reader coded."""

    report: str
    span: Span
    country: str | None


def coded_places() -> dict[str, list[Coded]]:
    """The coded mentions by file."""
    found: dict[str, list[Coded]] = {name: [] for name in FILES}
    with CODED.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            span = Span(int(row["start"]), int(row["end"]))
            found[row["file"]].append(Coded(row["id"], span, row["country"] or None))
    return found


def countries(errors: int = 0) -> float:
    """The share of the coded mentions whose country is right."""
    right = every = 0
    for name, coded in coded_places().items():
        wanted = {one.report for one in coded}
        reports = {r.id: r for r in reports_of(DATA / FILES[name]) if r.id in wanted}
        docs = parsed(f"places-{name}", (reports[one.report].text for one in coded))
        for one, doc in zip(coded, docs, strict=True):
            report = reports[one.report]
            cast = find_parties(doc, page_day(report.published), load_knowledge(), home_of(report.url))
            ours = [p.place for p in find_places(doc, cast) if p.place.span.overlaps(one.span)]
            hit = any(p.country == one.country for p in ours) or (not ours and one.country is None)
            right, every = right + hit, every + 1
            if not hit and errors > 0:
                errors -= 1
                told = ", ".join(f"{p.text} {p.country}" for p in ours) or "-"
                print(f"{one.report} coded {one.span.of(report.text)!r} {one.country}, ours {told}")
                print(f"   {report.text[max(0, one.span.start - 120) : one.span.end + 60]!r}")
    return right / max(every, 1)


def measure(errors: int = 0) -> dict[str, float]:
    """Precision and recall of places over both dev sets: right where the spans overlap."""
    right = ours = coded = 0
    for name in ("sentences", "reports"):
        rows = list(rows_of(GOLD / f"dev_{name}.jsonl"))
        for row, doc in zip(rows, parsed(f"dev_{name}", (r["text"] for r in rows)), strict=True):
            cast = find_parties(doc, date.fromisoformat(row["date"][:10]), load_knowledge())
            places = find_places(doc, cast)
            for event in row["events"]:
                trigger = trigger_of(doc, event)
                found = place_of(trigger.root, places) if trigger is not None else None
                wanted = Span(*event["place"]["span"]) if event["place"] else None
                hit = found is not None and wanted is not None and found.span.overlaps(wanted)
                right, ours, coded = right + hit, ours + (found is not None), coded + (wanted is not None)
                if not hit and (found or wanted) and errors > 0:
                    errors -= 1
                    shown = f"{found.text} {found.country}" if found else "-"
                    told = wanted.of(row["text"]) if wanted else "-"
                    print(f"{event['trigger_text']!r}: coded {told!r}, ours {shown}")
                    print(f"   {trigger.sent.text.strip()[:300] if trigger else ''}")
    return {"precision": right / max(ours, 1), "recall": right / max(coded, 1)}


def main() -> None:
    """Print precision, recall and wrong cases."""
    args = argparse.ArgumentParser()
    args.add_argument("--errors", type=int, default=0)
    errors = args.parse_args().errors
    print(f"countries: right {countries(errors):.3f}")
    found = measure(errors)
    print("places of events: " + ", ".join(f"{key} {value:.3f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
