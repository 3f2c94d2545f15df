"""On whose word an act is told."""

from __future__ import annotations

from collections.abc import Sequence

from detente.did.members import Member
from detente.record import Party, Span, Statement, Voice
from detente.said import statement_holding

SPEECH_ACTS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""The types that words alone perform: their speaker is their actor, not a witness."""


def voice_of(trigger: Span, event_type: str, actors: Sequence[Member], statements: Sequence[Statement]) -> Voice | None:
    """The source of the innermost statement that holds the act; null where the reporter tells it.

    A speech act is told by its own speaker's words: it needs no other voice.
    """
    statement = statement_holding(trigger, statements)
    if statement is None or statement.source is None:
        return None
    source = statement.source
    if statement.cue is not None and statement.cue.overlaps(trigger):
        return None
    if event_type in SPEECH_ACTS and any(is_same_party(m.party, source) for m in actors):
        return None
    return voice_from(source, statement.id)


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
