"""On whose word an act is told."""

from __future__ import annotations

from collections.abc import Sequence

from detente.record import Party, Span, Statement, Voice
from detente.said import statement_holding


def voice_at(trigger: Span, statements: Sequence[Statement]) -> Voice | None:
    """The source of the innermost statement that holds `trigger`; null where the reporter tells it.

    A trigger that is the statement's own cue is told by nobody but the reporter.
    """
    statement = statement_holding(trigger, statements)
    if statement is None or statement.source is None:
        return None
    if statement.cue is not None and statement.cue.overlaps(trigger):
        return None
    return voice_from(statement.source, statement.id)


def voice_from(party: Party, statement: str | None = None) -> Voice:
    """The voice of a party."""
    return Voice(party.span, party.text, party.name, statement)


def is_same_party(a: Party, b: Party) -> bool:
    """Whether two mentions name one party."""
    if a.id is not None and a.id == b.id:
        return True
    return a.name == b.name and a.country == b.country


def speaker_at(trigger: Span, statements: Sequence[Statement]) -> Party | None:
    """Who speaks where `trigger` stands."""
    statement = statement_holding(trigger, statements)
    return statement.source if statement is not None else None
