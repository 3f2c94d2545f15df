"""One event: its card, all tellings of its act, what was corrected in it, what it promises or disputes."""

from __future__ import annotations

from dataclasses import asdict

from detente.archive import Archive
from detente.archive.acts import tellings_of
from detente.archive.disputes import disputes_of
from detente.archive.promises import promise_of
from detente.web.pages import Asked, WebPage
from detente.web.rendering import to
from detente.web.views.reader import found_lines
from detente.web.views.rows import Row, event_row, event_rows


def event(asked: Asked) -> WebPage:
    """The page of an event, from which it may be corrected."""
    archive = asked.archive
    row = archive.event(asked.parts["event"])
    codes = list(dict.fromkeys(side.country for side in (*row.actors, *row.recipients) if side.country))
    data = {
        "event": {**event_row(row), "found": found_lines(row)},
        "history": history(archive, row.id),
        "tellings": event_rows(tellings_of(archive.db, row.id)),
        "promise": _promise(archive, row.id),
        "disputes": _disputes(archive, row.id),
        "pair": to("pair", *codes[:2]) if len(codes) > 1 else None,
    }
    flat = [event_row(row)]
    title = f"{flat[0]['who'] or 'Unnamed'} → {flat[0]['whom']}" if flat[0]["whom"] else flat[0]["who"] or "Unnamed"
    return WebPage("event.html", f"{title}: {row.trigger}", data, [_flat(row) for row in flat])


def history(archive: Archive, event: str) -> list[Row]:
    """What persons judged of an event, in order; a line taken back says so."""
    lines = archive.history(event)
    undone = {line.undoes for line in lines}
    return [{**asdict(line), "undone": line.n in undone} for line in lines]


def _promise(archive: Archive, event: str) -> Row | None:
    found = promise_of(archive.db, event)
    return {**asdict(found), "address": found.answer and to("event", found.answer)} if found else None


def _disputes(archive: Archive, event: str) -> list[Row]:
    return [{**asdict(other), "address": to("event", other.event)} for other in disputes_of(archive.db, event)]


def _flat(row: Row) -> Row:
    source: Row = row["source"]
    return {name: value for name, value in row.items() if not isinstance(value, dict | list | tuple)} | source
