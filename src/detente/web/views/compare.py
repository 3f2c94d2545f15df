"""Compare: two codings of the same reports, the events that differ side by side, each to be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from detente.archive import Archive
from detente.archive.answers import EventRow, Side
from detente.coding.agreement import Agreement, Coded, Pair, agreement, paired
from detente.errors import UsageError
from detente.record import Span
from detente.web.pages import Asked, WebPage
from detente.web.views.rows import Row, event_row

_AROUND = 240
"""Characters of the report shown before and after the act."""


def compare(asked: Asked) -> WebPage:
    """The next difference with an event nobody has judged, from number ``from`` on, and how far the codings agree."""
    if asked.beside is None:
        raise UsageError("no other coding lies beside this archive")
    beside = asked.beside
    key = ("compare", beside.generation())
    reports = asked.reading.kept(key, lambda archive: _pairs(archive, beside.archive()))
    differing = [(report, pair) for report, pairs in reports.items() for pair in pairs if not pair.agrees]
    start = asked.number("from", 0, 0, len(differing))
    card = next((c for n in range(start, len(differing)) if (c := _card(asked, n, *differing[n])) is not None), None)
    found = agreement(reports.values())
    data: dict[str, Any] = {"card": card, "differing": len(differing), "agreement": _numbers(found)}
    rows = [_row(n, report, pair) for n, (report, pair) in enumerate(differing)]
    return WebPage("compare.html", "Compare", data, rows, part="deck")


def _pairs(archive: Archive, beside: Archive) -> dict[str, tuple[Pair, ...]]:
    """The events of each report that both archives hold, in pairs."""
    one, other = _by_report(archive), _by_report(beside)
    both = [r for r in one if beside.has(r)] + [r for r in other if r not in one and archive.has(r)]
    return {report: paired(one.get(report, []), other.get(report, [])) for report in both}


def _by_report(archive: Archive) -> dict[str, list[Coded]]:
    found: dict[str, list[Coded]] = {}
    for event in archive.each_event(wrong=True):
        found.setdefault(event.source.report, []).append(_coded(event))
    return {report: sorted(events, key=lambda e: e.trigger) for report, events in sorted(found.items())}


def _coded(event: EventRow) -> Coded:
    return Coded(
        id=event.id,
        trigger=Span(event.trigger_start, event.trigger_end),
        evidence=Span(event.evidence_start, event.evidence_end),
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=_countries(event.actors),
        recipients=_countries(event.recipients),
        date=event.date,
        said_by=event.said_by is not None,
    )


def _countries(sides: Iterable[Side]) -> frozenset[str]:
    return frozenset(side.country or "?" for side in sides)


def _card(asked: Asked, number: int, report: str, pair: Pair) -> Row | None:
    """A difference with both its events; null where all of it is judged."""
    assert asked.beside is not None
    sides = [_side(asked.archive, pair.one, ""), _side(asked.beside.archive(), pair.other, "beside")]
    open_sides = [side for side in sides if side is not None and side["verdict"] is None]
    if not open_sides:
        return None
    open_sides[0]["live"] = True
    text = asked.archive.text(report)
    start, end = _around(pair)
    return {
        "number": number,
        "report": report,
        "sides": sides,
        "differs": pair.differs,
        "before": text[max(0, start - _AROUND) : start],
        "words": text[start:end],
        "after": text[end : end + _AROUND],
    }


def _side(archive: Archive, coded: Coded | None, under: str) -> Row | None:
    return None if coded is None else {**event_row(archive.event(coded.id)), "under": under, "live": False}


def _around(pair: Pair) -> tuple[int, int]:
    spans = [coded.evidence for coded in (pair.one, pair.other) if coded is not None]
    return min(span.start for span in spans), max(span.end for span in spans)


def _numbers(found: Agreement) -> dict[str, Any]:
    return {**asdict(found), "f1": round(found.f1, 3), "alike": dict(found.alike)}


def _row(number: int, report: str, pair: Pair) -> Row:
    return {
        "number": number,
        "report": report,
        "one": pair.one and pair.one.id,
        "other": pair.other and pair.other.id,
        "differs": " ".join(pair.differs),
    }
