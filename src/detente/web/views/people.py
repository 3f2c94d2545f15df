"""Who: what a state or a person said, did and planned."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from detente.archive import Archive
from detente.archive.answers import Answer, EventRow
from detente.archive.events import rows_of
from detente.archive.members import CODE_LENGTH, Member, member_asked
from detente.archive.parties import is_speaker, newest_acts, speakers_of
from detente.errors import ArchiveError, UsageError
from detente.relations.matrix import cells_with
from detente.relations.names import state_name
from detente.web.pages import MOST_ROWS, Asked, WebPage
from detente.web.rendering import to
from detente.web.views.rows import event_rows, statement_row

MOST = 15

PATIENCE = 30.0
"""Seconds that the acts of a state of a large archive may lag behind what is being added."""

MOST_PARTNERS = 12
"""States that stand beside a state."""


def who(asked: Asked) -> WebPage:
    """The page of a state (by name or code) or of a person, body or group (by its name)."""
    archive = asked.archive
    most = asked.number("limit", MOST, 0, MOST_ROWS) or MOST_ROWS
    member = _member(archive, asked.parts["name"])
    code, called = (member.key if member.is_state else None), member.key

    def acts(side: str, kind: str) -> Answer[EventRow]:
        found = asked.reading.kept(
            ("acts of", called.casefold(), side, most),
            lambda archive: newest_acts(archive.db, code=code, name=called, side=side, limit=most),
            PATIENCE,
        )
        numbers, total = found.get(kind, ([], 0))
        return Answer(rows_of(archive.db, numbers), total, EventRow)

    did, denied, planned = (acts("actor", kind) for kind in ("happened", "denied", "planned"))
    suffered = acts("recipient", "happened")
    said = archive.statements(speaker=called, limit=most, newest=True)
    name = state_name(code) if code else called
    data: dict[str, Any] = {
        "name": name,
        "code": code,
        "partners": asked.reading.kept(("partners", called), lambda archive: _partners(archive, called), PATIENCE),
        "speakers": _speakers(archive, code) if code else [],
        "did": _part(did),
        "suffered": _part(suffered),
        "planned": _part(planned),
        "denied": _part(denied),
        "said": {"total": said.total, "rows": [statement_row(row) for row in said]},
    }
    return WebPage("who.html", name, data, [*did.to_flat(), *planned.to_flat(), *denied.to_flat(), *said.to_flat()])


def _member(archive: Archive, given: str) -> Member:
    # A person may be called as a state is: whoever speaks by that whole name is meant, unless it is a code.
    is_code = len(given) == CODE_LENGTH and given.isupper()
    if not is_code and is_speaker(archive.db, given):
        return Member(given, False)
    try:
        return member_asked(archive.db, given)
    except UsageError as error:
        raise ArchiveError(str(error)) from error


def _part(answer: Any) -> dict[str, Any]:
    return {"total": answer.total, "rows": event_rows(answer)}


def _partners(archive: Archive, code: str) -> list[dict[str, Any]]:
    """The states that a party shares most acts with: as many as their page, the matrix and the timeline count."""
    found = []
    for cell in cells_with(archive, code)[:MOST_PARTNERS]:
        other = cell.other if cell.one == code else cell.one
        named = {"code": other, "name": state_name(other), "address": to("pair", code, other)}
        found.append({**named, "acts": cell.acts, "undated": cell.undated})
    return found


def _speakers(archive: Archive, code: str) -> list[dict[str, Any]]:
    return [{**asdict(speaker), "address": to("who", speaker.name)} for speaker in speakers_of(archive.db, code)]
