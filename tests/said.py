"""How the tests of statements ask: a text in, its statements as plain words out."""

from __future__ import annotations

from spacy.language import Language

from detente.language import parse
from detente.record import Statement
from detente.said import find_statements
from detente.who import Cast

Row = tuple[str | None, str | None, tuple[str, ...]]


def statements_of(nlp: Language, text: str) -> tuple[Statement, ...]:
    """The statements of `text` where no party is known: sources are what the syntax gives."""
    return find_statements(parse(nlp, text), Cast(()))


def said(nlp: Language, text: str) -> list[Row]:
    """Each statement of `text` as (source, cue, contents)."""
    return [
        (s.source.text if s.source else None, s.cue.of(text) if s.cue else None, tuple(c.of(text) for c in s.content))
        for s in statements_of(nlp, text)
    ]
