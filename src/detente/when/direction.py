"""Which way a time without a year lies: back or forward, by the words before it and the verb that governs it."""

from __future__ import annotations

from itertools import islice
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from detente.language.syntax import chain, is_infinitive, marker
from detente.when.lexicon import Lexicon, lexicon

_STEPS_TO_VERB = 8
_WORDS_BEFORE = 5
"""Words before a time among which one may turn it forward: *scheduled for 8 p.m. on Thursday*."""


class Direction(NamedTuple):
    """`way` is -1 for the past, 1 for what is to come, 0 where nothing tells; `strong` where a word says so itself.

    `is_owner` where the time is whose something is (*May's raid*): of what readers know of, mostly from the past.
    """

    way: Literal[-1, 0, 1]
    strong: bool = False
    is_owner: bool = False


UNKNOWN = Direction(0)


def direction_at(doc: Doc, start: int, end: int) -> Direction:
    """The direction of a time expression at code points `start` to `end` of `doc`."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return UNKNOWN
    lex = lexicon()
    if _is_ahead(span.root, lex) or _asks_for_future(span.root, doc, span.start, lex):
        return Direction(1, strong=True)
    if span.start and doc[span.start - 1].lower_ == "since":
        return Direction(-1, strong=True)
    verb = governing_verb(span.root)
    way = 0 if verb is None else tense_of(verb, lex)
    return Direction(way, is_owner=doc[span.end - 1 : span.end + 1][-1].tag_ == "POS")


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above `token`."""
    for step, upper in enumerate(chain(token)):
        if step > _STEPS_TO_VERB:
            return None
        if upper.pos_ in ("VERB", "AUX") and upper.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return upper
    return None


def _is_ahead(root: Token, lex: Lexicon) -> bool:
    """*ahead of Sunday's vote*, *plans for a summit on 5 June*: what the time is told of is still to come."""
    nouns = lex.forward["nouns"]
    for upper in islice(chain(root), _STEPS_TO_VERB):
        if upper.lower_ in lex.forward["ahead"] or (upper.pos_ == "NOUN" and upper.lemma_ in nouns):
            return True
        if upper.pos_ in ("VERB", "AUX"):
            if upper.dep_ not in ("amod", "acl"):
                return marker(upper) in lex.forward["ahead"]
            nouns = frozenset()  # "plans announced in January"
    return False


def _asks_for_future(root: Token, doc: Doc, first: int, lex: Lexicon) -> bool:
    """*until Friday*, *due on 5 June*, *scheduled for May*, *begin on Wednesday* with a verb that is not past."""
    for k in range(first - 1, max(first - _WORDS_BEFORE - 1, -1), -1):
        token = doc[k]
        if token.lower_ in lex.forward["adjectives"]:
            return True
        if token.lower_ in lex.forward["with_for"] and doc[k + 1].lower_ == "for":
            return True
        if k == first - 1 and token.lower_ in ("to", "until", "till", "for") and _moves(token, lex):
            return True
        if k == first - 1 and token.lower_ in lex.forward["prepositions"]:
            verb = governing_verb(root)
            return verb is None or (tense_of if token.lower_ == "by" else _finite)(verb, lex) >= 0
        if token.lemma_ in lex.forward["openers"] and token.tag_ in ("VB", "VBZ", "VBG", "VBP"):
            return True
        if token.is_punct:
            return False
    return False


def _moves(preposition: Token, lex: Lexicon) -> bool:
    """*pushed back to August*, *postponed until May*: the day that something is moved to lies ahead."""
    return any(upper.lemma_ in lex.forward["moved"] for upper in islice(chain(preposition), 1, 4))


def tense_of(verb: Token, lex: Lexicon) -> Literal[-1, 0, 1]:
    """-1 where `verb` tells of what was, 1 of what is to come, 0 where it leaves that open."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in lex.forward["modals"] for c in helpers):
        return 1
    if any(c.tag_ == "MD" for c in helpers):
        return 0 if any(c.lower_ == "have" for c in helpers) else 1
    if is_infinitive(verb):
        return _of_infinitive(verb, lex)
    if verb.tag_ == "VBD" or any(c.tag_ == "VBD" or c.lower_ in ("has", "have", "'ve", "’ve") for c in helpers):
        return -1
    if verb.tag_ == "VBN" and not helpers:
        return 1 if verb.lemma_ in lex.scheduled else -1
    if verb.tag_ == "VBG":
        if any(c.tag_ in ("VBZ", "VBP") for c in helpers):
            return 1 if verb.lemma_ != "go" else 0
        return _of_upper(verb, lex)
    return 0


def _of_infinitive(verb: Token, lex: Lexicon) -> Literal[-1, 0, 1]:
    """``is to meet``, ``plans to meet``, ``agreed to meet`` look forward; ``failed to meet`` does not."""
    upper = verb.head
    if upper.lemma_ == "be" or upper.lemma_ in lex.forward["verbs"] or upper.pos_ not in ("VERB", "AUX"):
        return 1
    if upper.lemma_ == "go" and upper.tag_ == "VBG":
        return 1
    return _of_upper(verb, lex)


def _of_upper(verb: Token, lex: Lexicon) -> Literal[-1, 0, 1]:
    if verb.head.i == verb.i:
        return 0
    upper = governing_verb(verb.head)
    return 0 if upper is None or upper.i == verb.i or upper.i == verb.head.head.i == verb.i else _finite(upper, lex)


def _finite(verb: Token, lex: Lexicon) -> Literal[-1, 0, 1]:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lower_ in lex.forward["modals"] for c in helpers):
        return 1
    if verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helpers):
        return -1
    return 0
