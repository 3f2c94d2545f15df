"""One event: its card, all tellings of its act, what was corrected in it, what it promises or disputes."""

from __future__ import annotations

from detente.archive import Archive
from detente.web.pages import Asked, Page
from detente.web.rendering import to
from detente.web.views.joins import tellings
from detente.web.views.reader import found_lines
from detente.web.views.rows import Row, event_row


def event(asked: Asked) -> Page:
    """The page of an event, from which it may be corrected."""
    archive = asked.archive
    row = archive.event(asked.parts["event"])
    codes = list(dict.fromkeys(side.country for side in (*row.actors, *row.recipients) if side.country))
    data = {
        "event": {**event_row(row), "found": found_lines(row)},
        "history": history(archive, row.id),
        "tellings": tellings(archive, row.id),
        "promise": _promise(archive, row.id),
        "disputes": _disputes(archive, row.id),
        "pair": to("pair", *codes[:2]) if len(codes) > 1 else None,
    }
    flat = [event_row(row)]
    title = f"{flat[0]['who'] or 'Unnamed'} → {flat[0]['whom']}" if flat[0]["whom"] else flat[0]["who"] or "Unnamed"
    return Page("event.html", f"{title}: {row.trigger}", data, [_flat(row) for row in flat])


def history(archive: Archive, event: str) -> list[Row]:
    """What persons judged of an event, in order; a line taken back says so."""
    rows = archive.db.execute(
        "SELECT line.n, line.verdict, line.field, line.old, line.new, line.undoes, line.who, line.at,"
        " EXISTS (SELECT 1 FROM correction later WHERE later.undoes = line.n) AS undone"
        " FROM correction line WHERE line.event = ? ORDER BY line.n",
        (event,),
    )
    return [{**dict(row), "undone": bool(row["undone"])} for row in rows]


def _promise(archive: Archive, event: str) -> Row | None:
    row = archive.db.execute(
        "SELECT outcome, due_start, due_end, answer.id AS answer FROM promise JOIN event ON event.n = promise.event"
        " LEFT JOIN event answer ON answer.n = promise.answer WHERE event.id = ?",
        (event,),
    ).fetchone()
    return {**dict(row), "address": row["answer"] and to("event", row["answer"])} if row else None


def _disputes(archive: Archive, event: str) -> list[Row]:
    rows = archive.db.execute(
        "SELECT dispute.kind, dispute.what, CASE WHEN one.id = ?1 THEN other.id ELSE one.id END AS event"
        " FROM dispute JOIN event one ON one.n = dispute.one JOIN event other ON other.n = dispute.other"
        " WHERE ?1 IN (one.id, other.id) ORDER BY other.day",
        (event,),
    )
    return [{**dict(row), "address": to("event", row["event"])} for row in rows]


def _flat(row: Row) -> Row:
    source: Row = row["source"]
    return {name: value for name, value in row.items() if not isinstance(value, dict | list | tuple)} | source
