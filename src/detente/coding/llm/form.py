"""The form of an answer: a record in quotations, as docs/record.md tells it, and its JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from detente.codebook import load_codebook
from detente.knowledge.tables import load_sectors
from detente.record import Status

REPORT = "report"
"""`ToldEvent.when` of what is told as the news of the day."""

STATUSES = get_args(Status)


@dataclass(frozen=True, slots=True)
class ToldParty:
    """A party as the model tells it: quotations of its mention, its full name, its state; a sector."""

    mention: str
    name: str | None = None
    state: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event as the model tells it; `trigger`, `when` and `where` are quotations."""

    type: str
    mode: str | None
    status: Status
    trigger: str
    actors: tuple[ToldParty, ...] = ()
    recipients: tuple[ToldParty, ...] = ()
    when: str | None = None
    where: str | None = None
    said_by: ToldParty | None = None


@dataclass(frozen=True, slots=True)
class ToldStatement:
    """A statement as the model tells it; `cue`, `content` and `addressee` are quotations."""

    source: ToldParty | None
    cue: str | None
    content: tuple[str, ...]
    addressee: str | None = None


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an answer, strict enough for servers that bind the model to it."""
    codebook = load_codebook()
    modes = sorted({mode for entry in codebook.types.values() for mode in entry.modes})
    quotation: dict[str, Any] = {"type": "string"}
    perhaps: dict[str, Any] = {"type": ["string", "null"]}
    sector = {"type": ["string", "null"], "enum": [*load_sectors(), None]}
    party = {
        "anyOf": [quotation, _object(mention=quotation, name=perhaps, state=perhaps, sector=sector)],
    }
    source = {"anyOf": [*party["anyOf"], {"type": "null"}]}
    event = _object(
        type={"type": "string", "enum": list(codebook.types)},
        mode={"type": ["string", "null"], "enum": [*modes, None]},
        status={"type": "string", "enum": list(STATUSES)},
        trigger=quotation,
        actors={"type": "array", "items": party},
        recipients={"type": "array", "items": party},
        when=perhaps,
        where=perhaps,
        said_by=source,
    )
    statement = _object(source=source, cue=perhaps, content={"type": "array", "items": quotation}, addressee=perhaps)
    return _object(events={"type": "array", "items": event}, statements={"type": "array", "items": statement})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
