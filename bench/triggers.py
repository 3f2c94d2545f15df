"""Triggers beside the coded ones, one act a sentence told once.

``python -m bench.triggers [sentences|reports] [--show N] [--kind missed|spurious|confused]``

`found` counts triggers that overlap a coded one, or are of one type in one sentence; `type` those of the right type.
`entities` replaces the program's parties by the parser's entities, so that the lexicon can be judged without them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from spacy.tokens import Doc
from spacy.tokens import Span as Stretch

from bench.parses import parsed
from bench.shared import GOLD, reports_of, rows_of
from detente.did import Candidate, find_candidates
from detente.knowledge import load_knowledge
from detente.record import Party, Span
from detente.said import find_statements
from detente.who import Cast, Mention, find_parties

_POLITICAL = frozenset({"GPE", "NORP", "ORG", "PERSON"})
Row = dict[str, Any]


def entity_cast(doc: Doc) -> Cast:
    """The parser's own names as parties."""
    mentions = []
    for ent in doc.ents:
        if ent.label_ in _POLITICAL:
            party = Party(Span(ent.start_char, ent.end_char), ent.text, ent.text, None, None)
            kind: Any = {"PERSON": "person", "ORG": "group"}.get(ent.label_, "state")
            mentions.append(Mention(ent.start, ent.end, ent.root.i, kind, (party,)))
    return Cast(mentions)


def _tokens(doc: Doc, row: Row) -> Stretch | None:
    start, end = row["trigger"]
    span: Stretch | None = doc.char_span(start, end, alignment_mode="expand")
    return span


def pairs(doc: Doc, gold: list[Row], own: Iterable[Candidate]) -> Iterator[tuple[Row | None, Candidate | None]]:
    """Coded and found triggers side by side: overlapping ones first, then those of one type in one sentence."""
    left = list(own)
    open_rows = []
    for row in gold:
        start, end = row["trigger"]
        touching = [t for t in left if t.trigger.start < end and start < t.trigger.end]
        touching.sort(key=lambda t: t.type != row["type"])
        if touching:
            left.remove(touching[0])
            yield row, touching[0]
        else:
            open_rows.append(row)
    for row in open_rows:
        span = _tokens(doc, row)
        same = [t for t in left if span is not None and t.type == row["type"] and doc[t.root].sent == span.sent]
        if same:
            left.remove(same[0])
            yield row, same[0]
        else:
            yield row, None
    yield from ((None, trigger) for trigger in left)


def _shown(doc: Doc, row: Row | None, trigger: Candidate | None) -> str:
    coded = f"{row['type']} {row['mode'] or ''} {row['trigger_text']!r}" if row else "-"
    found = "-"
    if trigger is not None:
        found = f"{trigger.type} {trigger.mode or ''} {trigger.trigger.of(doc.text)!r} [{trigger.why}]"
    at = doc[trigger.root] if trigger is not None else None
    if at is None and row is not None:
        span = _tokens(doc, row)
        at = span.root if span is not None else doc[0]
    return f"{coded} | {found}\n    {at.sent.text.strip()[:350] if at is not None else ''}"


def measure(name: str, options: argparse.Namespace) -> None:
    """Print found and type F1 of one dev set, and the errors asked for."""
    path = GOLD / f"dev_{name}.jsonl"
    rows = list(rows_of(path))
    counts: Counter[str] = Counter()
    knowledge = load_knowledge()
    show = options.show
    for row, doc, report in zip(rows, parsed(f"dev_{name}", (r["text"] for r in rows)), reports_of(path), strict=True):
        day = date.fromisoformat(report.published[:10]) if report.published else None
        cast = entity_cast(doc) if options.entities else find_parties(doc, day, knowledge)
        own = find_candidates(doc, (), cast, (), find_statements(doc, cast), day)
        counts["gold"] += len(row["events"])
        counts["own"] += len(own)
        counts["empty"] += not row["events"]
        counts["false alarm"] += not row["events"] and bool(own)
        for coded, trigger in pairs(doc, row["events"], own):
            kind = "missed" if trigger is None else "spurious" if coded is None else "found"
            right = trigger is not None and coded is not None and trigger.type == coded["type"]
            counts[kind] += 1
            counts["type"] += right
            counts["mode"] += right and trigger is not None and coded is not None and trigger.mode == coded["mode"]
            kind = "confused" if kind == "found" and not right else kind
            if not right and show > 0 and options.kind in ("", kind):
                show -= 1
                print(f"{kind}: {_shown(doc, coded, trigger)}")
    total = counts["gold"] + counts["own"]
    print(
        f"dev_{name}: {counts['gold']} coded, {counts['own']} found; found F1 {2 * counts['found'] / total:.3f}, "
        f"type F1 {2 * counts['type'] / total:.3f} (P {counts['type'] / counts['own']:.3f}, "
        f"R {counts['type'] / counts['gold']:.3f}), mode {counts['mode'] / max(counts['type'], 1):.3f} of right types, "
        f"false alarm {counts['false alarm']}/{counts['empty']}"
    )


def main() -> None:
    """Measure the named sets."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=["sentences", "reports"])
    args.add_argument("--show", type=int, default=0)
    args.add_argument("--kind", default="", choices=["", "missed", "spurious", "confused"])
    args.add_argument("--entities", action="store_true", help="the parser's entities as parties")
    options = args.parse_args()
    for name in options.sets:
        measure(name, options)


if __name__ == "__main__":
    main()
