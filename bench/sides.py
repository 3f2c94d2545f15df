"""Arguments and status with the coded triggers as oracle: ``python -m bench.sides [sentences|reports] [--show N]``.

Each coded event's trigger is given; the rest is the program's. `own` uses the parties the program finds, `given` a cast
made of the coded mentions, so that the difference is the share lost to parties rather than to paths.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.tokens import Doc, Span

from bench.parses import parsed
from bench.shared import GOLD, reports_of
from detente.codebook.senses import SenseFrame
from detente.did.rules.arguments import Arguments, arguments_of
from detente.did.rules.factuality import factuality_of
from detente.knowledge import load_knowledge
from detente.record import Party
from detente.record import Span as Range
from detente.who import Cast, Mention, find_parties

POOLED = ("CONSULT", "COOPERATE", "AGREE")
Row = dict[str, Any]


def coded_cast(doc: Doc, events: Iterable[Row]) -> Cast:
    """A cast of the mentions that the coded events name."""
    parties: dict[tuple[int, int], dict[str, Party]] = defaultdict(dict)
    for event in events:
        for p in (*event["actors"], *event["recipients"]):
            start, end = p["span"]
            party = Party(Range(start, end), p["text"], p.get("name") or p["text"], p.get("country"), p.get("sector"))
            parties[start, end][str(p.get("country"))] = party
    mentions = []
    for (start, end), found in sorted(parties.items()):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            mentions.append(Mention(span.start, span.end, span.root.i, "noun", tuple(found.values())))
    return Cast(mentions)


def trigger_of(doc: Doc, event: Row) -> Span | None:
    """The tokens of a coded trigger."""
    start, end = event["trigger"]
    span: Span | None = doc.char_span(start, end, alignment_mode="expand")
    return span


def countries(parties: Iterable[Any]) -> frozenset[str]:
    """Countries as the scorer sees them."""
    return frozenset((p["country"] if isinstance(p, Mapping) else p.country) or "?" for p in parties)


def is_right(event: Row, sides: Arguments) -> tuple[bool, bool, bool]:
    """Whether actors, recipients and both agree with the coding as the scorer compares them."""
    actors, recipients = countries(m.party for m in sides.actors), countries(m.party for m in sides.recipients)
    gold_actors, gold_recipients = countries(event["actors"]), countries(event["recipients"])
    if event["type"] in POOLED:
        both = actors | recipients == gold_actors | gold_recipients
        return both, both, both
    return actors == gold_actors, recipients == gold_recipients, (actors, recipients) == (gold_actors, gold_recipients)


def described(sides: Arguments) -> str:
    """Both sides with countries and paths, on one line."""

    def side(members: Iterable[Any]) -> str:
        return ", ".join(f"{m.party.text}[{m.party.country}] <{m.path}>" for m in members) or "-"

    return f"{side(sides.actors)} => {side(sides.recipients)}"


def measure(name: str, show: int, given_only: bool, lost_only: bool = False) -> None:
    """Print the table of one dev set, and `show` wrong cases."""
    path = GOLD / f"dev_{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    docs = parsed(f"dev_{name}", (r["text"] for r in rows))
    counts: Counter[str] = Counter()
    knowledge = None if given_only else load_knowledge()
    for row, doc, report in zip(rows, docs, reports_of(path), strict=True):
        given = coded_cast(doc, row["events"])
        own = given if knowledge is None else find_parties(doc, _day(report.published), knowledge)
        for event in row["events"]:
            trigger = trigger_of(doc, event)
            if trigger is None:
                continue
            counts["events"] += 1
            reading = factuality_of(trigger.root, event["type"])
            counts["status"] += reading.status == event["status"]
            was_right = False
            for label, cast in (("given", given), ("own", own)):
                sides = arguments_of(trigger.root, event["type"], event["mode"], SenseFrame(), cast)
                actor, recipient, both = is_right(event, sides)
                counts[f"{label} actor"] += actor
                counts[f"{label} recipient"] += recipient
                counts[f"{label} who"] += both
                is_shown = (label == "own") != given_only and (was_right or not lost_only)
                was_right = both
                if not both and show > 0 and is_shown:
                    show -= 1
                    gold = " => ".join(
                        ", ".join(f"{p['text']}[{p['country']}]" for p in event[side]) or "-"
                        for side in ("actors", "recipients")
                    )
                    print(f"{event['type']} {event['mode'] or ''} {trigger.text!r} ({trigger.root.dep_})")
                    print(f"  gold {gold}\n  got  {described(sides)}\n  in   {trigger.sent.text.strip()[:400]}")
    total = counts.pop("events")
    print(f"dev_{name}: {total} coded events; " + ", ".join(f"{k} {v / total:.3f}" for k, v in sorted(counts.items())))


def _day(published: str | None) -> Any:
    from datetime import date

    return date.fromisoformat(published[:10]) if published else None


def main() -> None:
    """Measure the named sets."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=["sentences", "reports"])
    args.add_argument("--show", type=int, default=0)
    args.add_argument("--given", action="store_true", help="only the cast of the coded mentions")
    args.add_argument("--lost", action="store_true", help="show only what the coded mentions get right and ours do not")
    options = args.parse_args()
    for name in options.sets:
        measure(name, options.show, options.given, options.lost)


if __name__ == "__main__":
    main()
