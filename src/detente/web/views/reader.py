"""The Reader: a report with its evidence marked, and a card for everything found in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from detente.archive.answers import EventRow, StatementRow
from detente.marking import Mark, pieces_of
from detente.record import Record
from detente.relations.weights import STATUSES
from detente.web.pages import Asked, WebPage
from detente.web.rendering import day_words
from detente.web.views.rows import event_row, statement_row


def reader(asked: Asked) -> WebPage:
    """One report: text, statements, events, checks, and the saved copy it rests on."""
    archive = asked.archive
    report = archive.report(asked.parts["report"])
    record = archive.record(report.id)
    everything = archive.events(report=report.id, wrong=True)
    least = asked.share("min_score")
    events = archive.events(report=report.id, wrong=True, min_score=least) if least else everything
    statements = archive.statements(report=report.id)
    paragraphs = pieces_of(record.text, _marks(record, events, statements))
    cards = sorted(
        [*({"kind_of": "event", "at": e.evidence_start, **event_row(e), "found": found_lines(e)} for e in events),
         *({"kind_of": "statement", "at": s.spans[0][0] if s.spans else 0, **statement_row(s)} for s in statements)],
        key=lambda card: (card["at"], card["kind_of"], card["id"]),
    )  # fmt: skip
    data: dict[str, Any] = {
        "report": asdict(report),
        "text": record.text,
        "checks": [asdict(check) for check in record.checks],
        "cards": cards,
        "min_score": least,
        "scored": any(event.score is not None for event in everything),
        "left_out": len(everything) - len(events),
        "glyphs": {c["id"]: {"n": n, "status": c.get("status", "said")} for n, c in enumerate(cards, 1)},
        "paragraphs": [[_piece(piece) for piece in paragraph] for paragraph in paragraphs],
    }
    rows = [*events.to_flat(), *statements.to_flat()]
    return WebPage("reader.html", report.title or f"Report of {day_words(report.report_date)}", data, rows)


def _piece(piece: Any) -> dict[str, Any]:
    status = next((kind for kind in piece.kinds if kind in (*STATUSES, "said")), "")
    lines = ("trigger", "odd") if status else ("trigger", "odd", "content")
    classes = [status, *(kind for kind in lines if kind in piece.kinds)]
    return {"words": piece.words, "classes": " ".join(filter(None, classes)), "of": piece.of, "opens": piece.opens}


def _marks(record: Record, events: Sequence[EventRow], statements: Sequence[StatementRow]) -> Iterator[Mark]:
    for event in events:
        yield Mark(event.evidence_start, event.evidence_end, event.status, event.id)
        yield Mark(event.trigger_start, event.trigger_end, "trigger", event.id)
    coded = {span: statement for statement in record.statements for span in map(tuple, statement.content)}
    for row in statements:
        for start, end in row.spans:
            yield Mark(start, end, "content", row.id)
        statement = coded.get(row.spans[0]) if row.spans else None
        for span in (statement.source.span if statement and statement.source else None, statement and statement.cue):
            if span:
                yield Mark(*span, "said", row.id)
    for check in record.checks:
        for start, end in check.spans:
            yield Mark(start, end, "odd")


def found_lines(event: EventRow) -> list[tuple[str, str]]:
    """How the event came about, as pairs of a label and words."""
    lines = [("trigger", f"“{event.trigger}”")]
    for name, sides in (("who", event.actors), ("whom", event.recipients)):
        for side in sides:
            known = " · ".join(
                filter(None, (side.name if side.name != side.text else None, side.country, side.sector, side.role))
            )
            lines.append((name, f"“{side.text}” → {known or 'unknown'}"))
    if event.date is None:
        lines.append(("date", "none told"))
    else:
        lines.append(
            ("date", f"{event.date}, {'the day of the report' if event.date_is_report else 'told in the text'}")
        )
    if event.place:
        lines.append(("place", " · ".join(filter(None, (event.place, event.place_country)))))
    if event.intensity is not None:
        lines.append(("PLOVER intensity", f"{event.intensity:+.1f}"))
    if event.score is not None:
        lines.append(("likely right", f"{event.score:.0%}"))
    if event.same_as:
        lines.append(("same act as", event.same_as))
    return lines
