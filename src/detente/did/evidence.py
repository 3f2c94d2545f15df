"""The clause an act is told in, as one stretch of the text."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from detente.language.syntax import child, clause_of
from detente.record import Span

MAX_TOKENS = 120
"""A clause beyond this is debris or a list; the evidence is then cut around the trigger."""


def evidence_of(root: Token, trigger: Span) -> Span:
    """The span of the smallest clause that holds `root`, trimmed of what joins it to others; it contains `trigger`."""
    head = clause_of(root)
    first, last = head.left_edge.i, head.right_edge.i
    for c in head.rights:
        if c.dep_ in ("conj", "cc", "parataxis") and c.left_edge.i > root.i and c.right_edge.i == head.right_edge.i:
            joined = child(head, "cc")
            last = min(last, (joined.i if joined is not None and joined.i > root.i else c.left_edge.i) - 1)
    first, last = max(first, root.i - MAX_TOKENS), min(last, root.i + MAX_TOKENS)
    return _covering(_trimmed(root.doc, first, last), trigger)


def _trimmed(doc: Doc, first: int, last: int) -> Span:
    while first < last and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in ("mark", "cc", "punct")):
        first += 1
    while last > first and (doc[last].is_space or doc[last].is_punct or doc[last].dep_ == "cc"):
        last -= 1
    return Span(doc[first].idx, doc[last].idx + len(doc[last]))


def _covering(evidence: Span, trigger: Span) -> Span:
    return Span(min(evidence.start, trigger.start), max(evidence.end, trigger.end))
