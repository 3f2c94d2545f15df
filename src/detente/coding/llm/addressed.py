"""Words of a report that speak to whoever codes it: they are told of in a check, and nothing they say is coded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc
from spacy.tokens import Span as Stretch

from detente.errors import DataError
from detente.language.syntax import own_subject
from detente.record import Check, Span
from detente.shipped import mapping_of, shipped_table, words_of

_FILE = "coding/llm/data/addressed.yaml"

CHECK = "addressed-to-coder"
"""The code of the check."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What speaks to a coder: patterns as one, and the words that begin an order behind them."""

    patterns: re.Pattern[str]
    orders: frozenset[str]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the package; raises `DataError` where it is not valid."""
    raw = mapping_of(shipped_table(_FILE), {"patterns", "orders"}, _FILE)
    try:
        patterns = re.compile("|".join(f"(?:{pattern})" for pattern in raw["patterns"]), re.IGNORECASE)
    except (re.error, TypeError) as error:
        raise DataError(f"{_FILE}: patterns: {error}") from error
    return Lexicon(patterns, frozenset(words_of(raw["orders"], f"{_FILE}: orders")))


def addressed_in(doc: Doc) -> tuple[Span, ...]:
    """The sentences of a parsed report that speak to its coder, with the orders that go on behind them."""
    places = [match.span() for match in load_lexicon().patterns.finditer(doc.text)]
    found: list[Span] = []
    orders = False
    for sentence in doc.sents if places else ():
        told = any(start < sentence.end_char and sentence.start_char < end for start, end in places)
        orders = told or (orders and _is_order(sentence))
        if orders:
            found.append(Span(sentence.start_char, sentence.end_char))
    return tuple(found)


def check_of(spans: tuple[Span, ...]) -> Check:
    """The check that tells of them."""
    return Check(CHECK, "The report holds words that speak to whoever codes it; nothing they say was coded.", spans)


def _is_order(sentence: Stretch) -> bool:
    """Whether a sentence tells somebody to do something: it begins with such a verb, or has a bare one at its head."""
    if sentence[0].lower_ in load_lexicon().orders:
        return True
    return sentence.root.tag_ == "VB" and own_subject(sentence.root) is None
