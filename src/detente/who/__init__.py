"""Who: mentions resolved to parties."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from detente.knowledge import Knowledge
from detente.who.mentions import Cast, Mention

__all__ = ["Cast", "Mention", "find_parties"]


def find_parties(doc: Doc, as_of: date | None, knowledge: Knowledge) -> Cast:
    return Cast(())
