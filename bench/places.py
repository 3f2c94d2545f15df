"""Places of the coded events, their triggers given: ``python -m bench.places [--errors N]``."""

from __future__ import annotations

import argparse
from datetime import date

from bench.parses import parsed
from bench.shared import GOLD, rows_of
from bench.sides import trigger_of
from detente.knowledge import load_knowledge
from detente.record import Span
from detente.where import find_places, place_of
from detente.who import find_parties


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
    found = measure(args.parse_args().errors)
    print("places: " + ", ".join(f"{key} {value:.3f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
