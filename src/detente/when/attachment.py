"""What each time expression is told of: the verb or noun that it modifies, and through which preposition."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from detente.language import text_of
from detente.language.syntax import MAX_CHAIN, clause_of, is_verbal
from detente.record import Time
from detente.when.lexicon import lexicon

_BOUND = frozenset({"compound", "poss", "amod", "nummod", "nmod", "det", "quantmod", "appos"})
_NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Told:
    """A time with its head word and its host.

    A ``free`` time (*on Friday*, *last week*) may belong to the clause around its host too; a ``bound`` one (*the 1991
    settlement*, *Friday's march*, *the resolution of 1991*) is told of its host alone.
    """

    time: Time
    until: Time | None
    root: Token
    host: Token
    link: Literal["free", "bound"]
    preposition: str = ""


def told_times(doc: Doc, times: Sequence[Time]) -> tuple[Told, ...]:
    """The `times` of a Doc with what each is told of; quarters of a year that figures are reckoned by are left out."""
    found = (_told(doc, first, last) for first, last in _ranges(text_of(doc), times))
    return tuple(told for told in found if told is not None and not _is_of_figures(told))


def _is_of_figures(told: Told) -> bool:
    """``its **profit** fell in the second quarter``: no act has that time."""
    if "-Q" not in told.time.value:
        return False
    clause = clause_of(told.root)
    nouns = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
    return any(noun.lower_ in lexicon().figures for noun in nouns)


def _ranges(text: str, times: Sequence[Time]) -> Iterator[tuple[Time, Time | None]]:
    """Each time, with the one that ends a range it begins: *27–28 February*, *from April to June*."""
    skip = False
    for k, time in enumerate(times):
        if skip:
            skip = False
            continue
        following = times[k + 1] if k + 1 < len(times) else None
        if following is not None and _joins(text, time, following):
            skip = True
            yield time, following
        else:
            yield time, None


def _joins(text: str, first: Time, last: Time) -> bool:
    if first.start is None or last.end is None or first.start > last.end or first.type == "DURATION":
        return False
    between = text[first.span.end : last.span.start].strip().lower()
    opening = text[max(0, first.span.start - len(" between ")) : first.span.start].split()
    return between in lexicon().joiners or (between == "and" and opening[-1:] in (["between"], ["Between"]))


def _told(doc: Doc, time: Time, until: Time | None) -> Told | None:
    span = doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    root = span.root
    before = doc[span.start - 1] if span.start else root
    if root.dep_ in _BOUND and root.lower_ in lexicon().weekdays and before.lower_ == "on" and is_verbal(before.head):
        # "on Sunday Presidents A and B signed": the parse takes the day for the presidents' name.
        return Told(time, until, root, before.head, "free", before.lower_)
    token, preposition = root, ""
    link: Literal["free", "bound"] = "free"
    for _ in range(MAX_CHAIN):
        head, label = token.head, token.dep_
        if head.i == token.i:
            break
        if label in ("pobj", "pcomp") and head.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "ADJ"):
            preposition = preposition or head.lower_
            token = head
            continue
        outside = not span.start <= head.i < span.end
        if (preposition == "of" and head.pos_ != "VERB") or (label in _BOUND and head.pos_ in _NOUNS and outside):
            link = "bound"
        token = head
        if head.pos_ in ("ADP", "SCONJ") and head.dep_ == "prep":
            continue
        if outside and label != "conj":
            break
    return Told(time, until, root, token, link, preposition)


def index_at(told: Sequence[Told], at: int) -> int:
    """How many of `told` begin before code point `at`."""
    return bisect_left(told, at, key=lambda t: t.time.span.start)


def is_beside(told: Told) -> bool:
    """Whether the time bounds the act instead of dating it: *after Friday*, *until May*."""
    return told.preposition in lexicon().apart
