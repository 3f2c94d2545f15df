"""Review: one card at a time, and the rates of agreement and error as they grow."""

from __future__ import annotations

from typing import Any

from detente.archive import Archive
from detente.relations.weights import STATUSES
from detente.web.pages import Asked, Page
from detente.web.views.events import history
from detente.web.views.lists import TYPES
from detente.web.views.reader import found_lines
from detente.web.views.rows import Row, event_row


def review(asked: Asked) -> Page:
    """The next event nobody has judged, after the event named by ``after``; ``type`` narrows it."""
    archive = asked.archive
    type_ = asked.one_of("type", TYPES)
    event = next_event(archive, type_, asked.text("after"))
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
        "card": card, "type": type_, "types": TYPES, "statuses": STATUSES, "rates": rates(archive),
        "last": last_judged(archive),
    }  # fmt: skip
    return Page("review.html", "Review", data, data["rates"], part="deck")


def next_event(archive: Archive, type_: str | None, after: str | None) -> str | None:
    """The id of the first event without a verdict, in the order they came, after another one."""
    row = archive.db.execute(
        "SELECT id FROM event WHERE verdict IS NULL AND (?1 IS NULL OR type = ?1)"
        " AND n > COALESCE((SELECT n FROM event WHERE id = ?2), 0) ORDER BY n LIMIT 1",
        (type_, after),
    ).fetchone()
    return str(row["id"]) if row else None


def last_judged(archive: Archive) -> Row | None:
    """The newest line of the corrections that was not taken back: what `u` undoes."""
    row = archive.db.execute(
        "SELECT n, event, verdict, field, new FROM correction line WHERE undoes IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM correction later WHERE later.undoes = line.n) ORDER BY n DESC LIMIT 1"
    ).fetchone()
    return dict(row) if row else None


def rates(archive: Archive) -> list[Row]:
    """By type: events judged right and wrong, edited ones, and the share that was right."""
    rows = archive.db.execute(
        "SELECT type, sum(verdict = 'right') AS right, sum(verdict = 'wrong') AS wrong, sum(corrected) AS edited"
        " FROM event WHERE verdict IS NOT NULL OR corrected = 1 GROUP BY type ORDER BY type"
    )
    found = []
    for row in rows:
        right, wrong = row["right"] or 0, row["wrong"] or 0
        judged = right + wrong
        found.append(
            {**dict(row), "right": right, "wrong": wrong, "agreement": round(right / judged, 3) if judged else None}
        )
    return found
