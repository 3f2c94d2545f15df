"""The fields an act touches, by the words of the clause it is told in."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.codebook.contexts import load_contexts
from detente.record import Span


def contexts_of(trigger: Token, evidence: Span) -> tuple[str, ...]:
    """The contexts that the words of `evidence` (characters of the text) show."""
    return load_contexts().of(_words(trigger, evidence))


def _words(trigger: Token, evidence: Span) -> Iterator[str]:
    before = ""
    for token in trigger.sent:
        if evidence.start <= token.idx < evidence.end:
            lemma = token.lemma_.lower()
            yield lemma
            yield token.lower_
            yield f"{before} {lemma}"
            yield f"{before} {token.lower_}"
            before = token.lower_
