"""Said: who says what."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from detente.record import Span, Statement
from detente.who import Cast


def find_statements(doc: Doc, cast: Cast) -> tuple[Statement, ...]:
    return ()


def statement_holding(span: Span, statements: Sequence[Statement]) -> Statement | None:
    """The innermost statement whose content holds `span`."""
    return None
