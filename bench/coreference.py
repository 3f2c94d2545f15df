"""Pronouns and repeated nouns led to the right party: ``python -m bench.coreference [--errors N]``.

``data/coreference_own.yaml`` holds short reports of our own; ``data/coreference_shared.jsonl`` ids and offsets over
``../shared``: for each pronoun or role the mentions it stands for, none where it stands for no party. Coded by a
language model reading the texts. *Coverage*: the share resolved of those that stand for a party. *Accuracy*: the share
right of all that are resolved; a pronoun that stands for no party counts against it when it is resolved.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from spacy.tokens import Doc

from bench.parses import parsed
from bench.shared import DATA, rows_of
from detente.knowledge import load_knowledge
from detente.who import Cast, Mention, find_parties

FOLDER = Path(__file__).with_name("data")
MARK = re.compile(r"\[(?P<party>[^\]]+)\](?P<number>\d)|\{(?P<link>[^}]+)\}(?P<answer>\d(?:\+\d)*)")
OWN_DAY = date(2024, 6, 1)

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coded:
    """A report with its links: where a pronoun or noun stands, and the mentions it stands for."""

    text: str
    day: date | None
    links: tuple[tuple[Range, tuple[Range, ...]], ...]


def read_marked(marked: str) -> Coded:
    """A report of our own without its marks."""
    text, last = "", 0
    parties: dict[str, Range] = {}
    links: list[tuple[Range, str]] = []
    for found in MARK.finditer(marked):
        text += marked[last : found.start()]
        words = found["party"] or found["link"]
        at = (len(text), len(text) + len(words))
        if found["party"]:
            parties.setdefault(found["number"], at)
        else:
            links.append((at, found["answer"]))
        text, last = text + words, found.end()
    answers = tuple((at, tuple(parties[n] for n in answer.split("+") if n != "0")) for at, answer in links)
    return Coded(text + marked[last:], OWN_DAY, answers)


def coded() -> Iterator[Coded]:
    """All coded reports; those over the shared texts are left out where they are absent."""
    yield from (read_marked(m) for m in yaml.safe_load((FOLDER / "coreference_own.yaml").read_text(encoding="utf-8")))
    if not DATA.is_dir():
        return
    wanted = {row["id"]: row["links"] for row in rows_of(FOLDER / "coreference_shared.jsonl")}
    for name in ("wcep_events", "reports"):
        for row in rows_of(DATA / f"{name}.jsonl.gz"):
            if row["id"] in wanted:
                links = tuple(((s, e), tuple((a, b) for a, b in spans)) for s, e, spans in wanted[row["id"]])
                yield Coded(row["text"], date.fromisoformat(row["date"][:10]), links)


def mention_at(doc: Doc, cast: Cast, at: Range) -> Mention | None:
    """The mention at the characters `at`, by head."""
    span = doc.char_span(*at, alignment_mode="expand")
    if span is None:
        return None
    found = cast.headed_by(span.root) or cast.covering(span.root)
    return found or next(iter(cast.within(span.start, span.end)), None)


def is_right(mention: Mention, antecedents: list[Mention | None]) -> bool:
    """Whether a mention stands for just the parties of its antecedents."""
    if len(antecedents) == 1 and antecedents[0] is not None and mention.entity == antecedents[0].entity:
        return True
    parties = [p for m in antecedents if m is not None for p in m.parties]
    if len(antecedents) == 1 and mention.kind in ("role", "noun") and antecedents[0] is not None:
        # A state's institution is right where it is of that state.
        if antecedents[0].kind == "state":
            return {p.country for p in mention.parties} == {p.country for p in parties}
    return bool(parties) and {p.name for p in mention.parties} == {p.name for p in parties}


def measure(errors: int = 0) -> dict[str, float]:
    """Coverage and accuracy over all links, and how many there are."""
    reports = list(coded())
    total = standing = covered = resolved = right = 0
    for report, doc in zip(reports, parsed("coreference", (r.text for r in reports)), strict=True):
        cast = find_parties(doc, report.day, load_knowledge())
        for at, answers in report.links:
            mention = mention_at(doc, cast, at)
            hit = mention is not None and is_right(mention, [mention_at(doc, cast, a) for a in answers])
            total, standing = total + 1, standing + bool(answers)
            resolved, right = resolved + (mention is not None), right + hit
            covered += mention is not None and bool(answers)
            if not hit and (answers or mention) and errors > 0:
                errors -= 1
                told = " + ".join(report.text[s:e] for s, e in answers) or "nobody"
                ours = " + ".join(p.name for p in mention.parties) if mention else "-"
                before = " ".join(report.text[max(0, at[0] - 150) : at[1] + 20].split())
                print(f"{report.text[at[0] : at[1]]!r}: coded {told}, ours {ours}\n   … {before}")
    return {
        "links": float(total),
        "coverage": covered / max(standing, 1),
        "accuracy": right / max(resolved, 1),
    }


def main() -> None:
    """Print the numbers and wrong or missing links."""
    args = argparse.ArgumentParser()
    args.add_argument("--errors", type=int, default=0)
    found = measure(args.parse_args().errors)
    print("coreference: " + ", ".join(f"{key} {value:.3f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
