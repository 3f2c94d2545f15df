"""Parties beside the coded ones: ``python -m bench.parties [sentences|reports] [--errors N] [--kind K]``.

Every party of the coded events and statement sources counts once a mention. *Found*: a mention of ours overlaps it.
*Country* and *sector*: right among those found.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from spacy.tokens import Doc

from bench.parses import parsed
from bench.shared import GOLD, rows_of
from detente.knowledge import load_knowledge
from detente.record import Party
from detente.who import Cast, find_parties

SETS = ("sentences", "reports")


@dataclass(frozen=True, slots=True)
class Match:
    """A coded party beside what we found there; `ours` is empty where nothing overlaps it."""

    text: str
    coded: dict[str, Any]
    ours: tuple[Party, ...]
    sentence: str
    is_pronoun: bool

    @property
    def country_right(self) -> bool:
        return any(p.country == self.coded["country"] for p in self.ours)

    @property
    def sector_right(self) -> bool:
        return any(p.sector == self.coded["sector"] for p in self.ours)

    @property
    def kind(self) -> str:
        if self.is_pronoun:
            return "pronoun"
        return "name" if any(word[0].isupper() for word in self.text.split()[-1:]) else "noun"


def coded_parties(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The parties of a coded report, each mention and country once."""
    sides = [p for event in row["events"] for p in (*event["actors"], *event["recipients"])]
    sources = [s["source"] for s in row.get("statements") or [] if s["source"]]
    seen = set()
    for party in (*sides, *sources):
        key = (tuple(party["span"]), party.get("country"))
        if key not in seen:
            seen.add(key)
            yield party


def ours_at(doc: Doc, cast: Cast, start: int, end: int) -> tuple[Party, ...]:
    """The parties of the mention that stands for the characters ``start:end``: by head, else by the longest overlap."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return ()
    mention = cast.headed_by(span.root)
    if mention is None:
        touching = [m for m in cast.mentions if m.start < span.end and m.end > span.start]
        mention = max(touching, key=lambda m: (min(m.end, span.end) - max(m.start, span.start), m.end), default=None)
    return mention.parties if mention is not None else ()


def matches(name: str) -> list[Match]:
    """All coded parties of a dev set beside ours."""
    rows = list(rows_of(GOLD / f"dev_{name}.jsonl"))
    knowledge = load_knowledge()
    found = []
    for row, doc in zip(rows, parsed(f"dev_{name}", (r["text"] for r in rows)), strict=True):
        cast = find_parties(doc, date.fromisoformat(row["date"][:10]) if row["date"] else None, knowledge)
        for party in coded_parties(row):
            start, end = party["span"]
            span = doc.char_span(start, end, alignment_mode="expand")
            sentence = " ".join(span.sent.text.split()) if span is not None else ""
            pronoun = span is not None and len(span) == 1 and span[0].pos_ == "PRON"
            found.append(Match(row["text"][start:end], party, ours_at(doc, cast, start, end), sentence, pronoun))
    return found


def rates(found: Iterable[Match]) -> dict[str, float]:
    """Shares found, and right in country and sector among those found."""
    counts: Counter[str] = Counter()
    for match in found:
        counts["all"] += 1
        counts["found"] += bool(match.ours)
        counts["country"] += match.country_right
        counts["sector"] += match.sector_right
    hit = max(counts["found"], 1)
    return {
        "found": counts["found"] / max(counts["all"], 1),
        "country right": counts["country"] / hit,
        "sector right": counts["sector"] / hit,
    }


def measure() -> dict[str, float]:
    """The rates of both dev sets together."""
    return rates(match for name in SETS for match in matches(name))


def main() -> None:
    """Print the rates of the named sets by kind of mention, and wrong cases."""
    args = argparse.ArgumentParser()
    args.add_argument("sets", nargs="*", default=list(SETS))
    args.add_argument("--errors", type=int, default=0)
    args.add_argument("--sectors", action="store_true", help="show wrong sectors rather than countries")
    args.add_argument("--kind", default="", help="only name, noun or pronoun")
    options = args.parse_args()
    for name in options.sets:
        found = matches(name)
        for kind in ("", "name", "noun", "pronoun"):
            some = [m for m in found if kind in ("", m.kind)]
            shown = ", ".join(f"{key} {value:.3f}" for key, value in rates(some).items())
            print(f"dev_{name} {kind or 'all'} ({len(some)}): {shown}")
        wrong = [m for m in found if not (m.sector_right if options.sectors else m.country_right)]
        for match in [m for m in wrong if options.kind in ("", m.kind)][: options.errors]:
            ours = "; ".join(f"{p.text!r}@{p.name} {p.country} {p.sector}" for p in match.ours) or "-"
            coded = match.coded
            print(f"{match.text!r} @{coded['name']} {coded['country']} {coded['sector']}")
            print(f"   ours {ours}\n   {match.sentence[:300]}")


if __name__ == "__main__":
    main()
