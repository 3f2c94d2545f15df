"""Review: one card at a time, and the rates of agreement and error as they grow."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from detente.archive import Archive
from detente.archive.events import EventQuestion, count_events
from detente.archive.judged import agreement_by_type, last_in_force, next_unjudged
from detente.relations.weights import STATUSES
from detente.web.pages import Asked, WebPage
from detente.web.views.events import history
from detente.web.views.lists import TYPES
from detente.web.views.reader import found_lines
from detente.web.views.rows import Row, event_row


def review(asked: Asked) -> WebPage:
    """The next event nobody has judged, after the event named by ``after``; ``type`` narrows it."""
    archive = asked.archive
    type_ = asked.one_of("type", TYPES)
    event = next_unjudged(archive.db, type_, asked.text("after"))
    card = None
    if event:
        row = archive.event(event)
        text = archive.text(row.source.report)
        card = {
            **event_row(row),
            "found": found_lines(row),
            "before": text[max(0, row.evidence_start - 240) : row.evidence_start],
            "after": text[row.evidence_end : row.evidence_end + 240],
            "history": history(archive, row.id),
        }
    data: dict[str, Any] = {
        "card": card, "type": type_, "after": asked.text("after"),
        "events": count_events(archive.db, EventQuestion(type=type_ or (), wrong=True)),
        "types": TYPES, "statuses": STATUSES,
        "rates": [asdict(row) for row in agreement_by_type(archive.db)], "last": _last(archive),
    }  # fmt: skip
    return WebPage("review.html", "Review", data, data["rates"], part="deck")


def _last(archive: Archive) -> Row | None:
    """The newest line of the corrections that was not taken back: what `u` undoes."""
    line = last_in_force(archive.db)
    return {name: getattr(line, name) for name in ("n", "event", "verdict", "field", "new")} if line else None
