"""Whether the clause around some words tells of the past or of what is to come."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from detente.record import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FARTHEST = 8
"""Steps up the tree from a word to its verb."""

_FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_CLAUSES = frozenset({"relcl", "acl", "csubj", "advcl", "ccomp", "xcomp", "ROOT", "conj", "pcomp"})


class Tense(Enum):
    """What a clause tells: `PAST` acts, `FUTURE` ones with will or shall; anything else is `OTHER`."""

    PAST = "past"
    FUTURE = "future"
    OTHER = "other"


def tense_at(doc: Doc, span: Span) -> Tense:
    """The tense of the verb that governs the words at `span`; `OTHER` where nothing was parsed."""
    covered = doc.char_span(span.start, span.end, alignment_mode="expand")
    verb = _governing(covered.root) if covered is not None and len(covered) else None
    return _tense_of(verb) if verb is not None else Tense.OTHER


def _governing(token: Token) -> Token | None:
    for _ in range(FARTHEST):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _tense_of(verb: Token) -> Tense:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lowered = {child.lower_ for child in helpers}
    if lowered & _FUTURE_MODALS:
        # A plan told by someone in the past ("said it will") is still a plan; one in quotes may be old.
        return Tense.FUTURE
    if any(child.tag_ == "MD" or child.tag_ == "TO" for child in helpers):
        return Tense.OTHER
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in helpers):
        return Tense.PAST
    return Tense.OTHER
