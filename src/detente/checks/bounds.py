"""Sentences beyond what is read as one: what is said of them is less sure, and the check says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

from detente.checks.residue import MOST_SPANS
from detente.language.bounds import LONGEST_SENTENCE
from detente.language.pipeline import cut_sentences
from detente.record import Check, Span
from detente.who.mentions import MOST_MENTIONS, Cast


def bounds_checks(doc: Doc, cast: Cast) -> Iterator[Check]:
    """The checks ``long-sentence`` and ``crowded-sentence``."""
    if cut := cut_sentences(doc):
        message = f"A sentence has more than {LONGEST_SENTENCE} words: it was read in pieces of at most so many."
        yield Check("long-sentence", message, _spans(doc, cut))
    if cast.crowded:
        message = f"A sentence has more than {MOST_MENTIONS} mentions of parties: those beyond were left out."
        yield Check("crowded-sentence", message, _spans(doc, cast.crowded))


def _spans(doc: Doc, sentences: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    spans = (Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in sentences)
    return tuple(islice(spans, MOST_SPANS))
