"""Our own coded reports: invented texts of six kinds and years, coded by the guide, and how records fare on them.

A mention is found by its words; ``words#2`` is their second place in the text. ``python -m tests.own`` prints the
scores and every event and statement that is not as coded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from detente.coding import Coder, make_coder
from detente.record import Event, Party, Record, Report, Span, Statement

FOLDER = Path(__file__).with_name("own_reports")
POOLED = frozenset({"AGREE", "CONSULT", "COOPERATE"})


@dataclass(frozen=True, slots=True)
class Coded:
    """One of our reports with its coding."""

    report: Report
    events: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]

    def span(self, words: str) -> Span:
        """Where `words` stand; raises `AssertionError` where they do not."""
        wanted, _, number = words.partition("#")
        places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", self.report.text)]
        assert len(places) >= int(number or 1), f"{self.report.id}: {words!r} is not in the text"
        start = places[int(number or 1) - 1]
        return Span(start, start + len(wanted))


def coded_reports() -> Iterator[Coded]:
    """All reports, in the order of their files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        row = yaml.safe_load(path.read_text(encoding="utf-8"))
        report = Report(row["id"], row["text"], date=str(row["date"]))
        yield Coded(report, tuple(row["events"]), tuple(row["statements"]))


@dataclass(slots=True)
class Tally:
    """How many were right, predicted and coded."""

    right: int = 0
    predicted: int = 0
    coded: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.predicted + self.coded)


def countries(side: Any) -> frozenset[str]:
    """Countries of a side, coded or predicted, as the scorer of the guide compares them."""
    return frozenset((p.country if isinstance(p, Party) else p[1]) or "?" for p in side)


def same_sides(coded: dict[str, Any], event: Event) -> bool:
    """Whether both sides have the coded countries; acts done together are compared as one side."""
    actors, recipients = countries(coded["actors"]), countries(coded["recipients"])
    if coded["type"] in POOLED:
        return actors | recipients == countries(event.actors) | countries(event.recipients)
    return actors == countries(event.actors) and recipients == countries(event.recipients)


def score(coder: Coder, show: bool = False) -> dict[str, Tally]:
    """Tallies of ``type``, ``status``, ``event`` (type, status and sides) and ``said`` (source and cue)."""
    tallies = {name: Tally() for name in ("type", "status", "event", "said")}
    for coded in coded_reports():
        record = coder.code(coded.report)
        _score_events(coded, record, tallies, show)
        _score_statements(coded, record, tallies["said"], show)
    return tallies


def _score_events(coded: Coded, record: Record, tallies: dict[str, Tally], show: bool) -> None:
    left = list(record.events)
    for name in ("type", "status", "event"):
        tallies[name].predicted += len(left)
        tallies[name].coded += len(coded.events)
    for row in coded.events:
        trigger = coded.span(str(row["trigger"]))
        event = next((e for e in left if e.type == row["type"] and e.trigger.overlaps(trigger)), None)
        if event is None:
            _tell(show, f"{record.id} missed: {row}")
            continue
        left.remove(event)
        status, sides = event.status == row["status"], same_sides(row, event)
        tallies["type"].right += 1
        tallies["status"].right += status
        tallies["event"].right += status and sides
        if not (status and sides):
            _tell(show, f"{record.id} wrong: {row}\n    got {shown(event, record.text)}")
    for event in left:
        _tell(show, f"{record.id} spurious: {shown(event, record.text)}")


def _score_statements(coded: Coded, record: Record, tally: Tally, show: bool) -> None:
    left = list(record.statements)
    tally.predicted += len(left)
    tally.coded += len(coded.statements)
    for row in coded.statements:
        found = next((s for s in left if _is_said(coded, row, s)), None)
        if found is None:
            _tell(show, f"{record.id} not said: {row}")
            continue
        left.remove(found)
        tally.right += 1
    for s in left:
        words = " … ".join(span.of(record.text) for span in s.content)
        _tell(show, f"{record.id} spurious: {s.source and s.source.text} {s.cue and s.cue.of(record.text)} {words!r}")


def _is_said(coded: Coded, row: dict[str, Any], statement: Statement) -> bool:
    source, cue = row["source"], row["cue"]
    if (source is None) != (statement.source is None) or (cue is None) != (statement.cue is None):
        return False
    if statement.source and not statement.source.span.overlaps(coded.span(source)):
        return False
    if statement.cue and not statement.cue.overlaps(coded.span(cue)):
        return False
    return all(any(span.overlaps(coded.span(words)) for span in statement.content) for words in row["content"])


def shown(event: Event, text: str) -> str:
    """An event in one line."""
    sides = " > ".join(
        ", ".join(f"{p.text}[{p.country}]" for p in side) or "-" for side in (event.actors, event.recipients)
    )
    return f"{event.type} {event.mode or ''} {event.status} {event.trigger.of(text)!r} {sides} {event.date}"


def _tell(show: bool, line: str) -> None:
    if show:
        print(line)  # noqa: T201  what a person asked for


if __name__ == "__main__":
    for name, tally in score(make_coder(), show=True).items():
        print(f"{name:8s} F1 {tally.f1:.3f}  {tally.right}/{tally.predicted} predicted, {tally.coded} coded")  # noqa: T201
