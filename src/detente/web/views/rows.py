"""Rows of the archive as plain dicts for templates and twins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from detente.archive.answers import EventRow, Side, StatementRow
from detente.relations.names import state_name
from detente.web.rendering import joined, to

Row = dict[str, Any]


def event_row(event: EventRow) -> Row:
    """An event with the words a card shows beside its fields."""
    return {
        **asdict(event),
        "who": sides_words(event.actors),
        "whom": sides_words(event.recipients),
        "address": to("report", event.source.report) + f"#{event.id}",
    }


def statement_row(statement: StatementRow) -> Row:
    """A statement with its words in one piece and its address."""
    return {
        **asdict(statement),
        "words": " … ".join(statement.content),
        "address": to("report", statement.source.report) + f"#{statement.id}",
    }


def event_rows(events: Iterable[EventRow]) -> list[Row]:
    """Several events."""
    return [event_row(event) for event in events]


def sides_words(sides: Iterable[Side]) -> str:
    """One side in words: states by name, others by what they are called."""
    named = (state_name(s.country) if s.country and s.sector in ("GOV", None) else s.name for s in sides)
    return joined(list(dict.fromkeys(named)))
