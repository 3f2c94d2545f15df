"""Who: what a state or a person said, did and planned."""

from __future__ import annotations

from typing import Any

from detente.archive import Archive
from detente.archive.answers import Answer, EventRow
from detente.archive.events import rows_of
from detente.archive.states import code_of
from detente.relations.names import state_name
from detente.web.pages import Asked, Page
from detente.web.rendering import to
from detente.web.views.rows import event_rows, statement_row

MOST = 15


def who(asked: Asked) -> Page:
    """The page of a state (by name or code) or of a person, body or group (by its name)."""
    given = asked.parts["name"]
    code = code_of(given) if (len(given) == 3 and given.isupper()) or not _is_speaker(asked, given) else None
    archive = asked.archive
    did = _acts(archive, code, given, "actor", "happened")
    planned = _acts(archive, code, given, "actor", "planned", "possible")
    denied = _acts(archive, code, given, "actor", "denied")
    suffered = _acts(archive, code, given, "recipient", "happened")
    said = archive.statements(speaker=code or given, limit=MOST, newest=True)
    name = state_name(code) if code else given
    data: dict[str, Any] = {
        "name": name,
        "code": code,
        "partners": _partners(asked, code) if code else [],
        "speakers": _speakers(asked, code) if code else [],
        "did": _part(did),
        "suffered": _part(suffered),
        "planned": _part(planned),
        "denied": _part(denied),
        "said": {"total": said.total, "rows": [statement_row(row) for row in said]},
    }
    return Page("who.html", name, data, [*did.to_flat(), *planned.to_flat(), *denied.to_flat(), *said.to_flat()])


def _acts(archive: Archive, code: str | None, name: str, side: str, *statuses: str) -> Answer[EventRow]:
    """The newest acts of a state by its code, or of a party by its whole name."""
    party = "party.country = ?" if code else "party.name = ? COLLATE NOCASE"
    rows = archive.db.execute(
        "SELECT event.n, count(*) OVER () AS total FROM event_party party CROSS JOIN event ON event.n = party.event"
        f" WHERE {party} AND party.side = ? AND event.status IN ({', '.join('?' * len(statuses))})"
        " AND event.verdict IS NOT 'wrong' AND event.same_as IS NULL"
        " GROUP BY event.n ORDER BY event.day DESC, event.n DESC LIMIT ?",
        (code or name, side, *statuses, MOST),
    ).fetchall()
    return Answer(rows_of(archive.db, [row["n"] for row in rows]), rows[0]["total"] if rows else 0)


def _part(answer: Any) -> dict[str, Any]:
    return {"total": answer.total, "rows": event_rows(answer)}


def _is_speaker(asked: Asked, name: str) -> bool:
    query = "SELECT 1 FROM statement WHERE source_name = ? COLLATE NOCASE LIMIT 1"
    return asked.archive.db.execute(query, (name,)).fetchone() is not None


def _partners(asked: Asked, code: str) -> list[dict[str, Any]]:
    rows = asked.archive.db.execute(
        "SELECT other.country AS code, count(DISTINCT other.event) AS acts FROM event_party own"
        " JOIN event_party other ON other.event = own.event AND other.country <> own.country"
        " WHERE own.country = ? GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12",
        (code,),
    )
    return [{**dict(row), "name": state_name(row["code"]), "address": to("pair", code, row["code"])} for row in rows]


def _speakers(asked: Asked, code: str) -> list[dict[str, Any]]:
    rows = asked.archive.db.execute(
        "SELECT source_name AS name, max(source_role) AS role, count(*) AS times FROM statement"
        " WHERE source_country = ? AND source_name IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 12",
        (code,),
    )
    return [{**dict(row), "address": to("who", row["name"])} for row in rows]
