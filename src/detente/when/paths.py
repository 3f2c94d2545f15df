"""How near a time is to an act in the tree: told of the act itself, inside its phrase, or of a verb it shares."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.language.syntax import MAX_CHAIN, chain, is_verbal, marker
from detente.record import Status
from detente.when.attachment import Told
from detente.when.direction import tense_of
from detente.when.lexicon import lexicon
from detente.when.scene import is_known, is_perfect

_OTHER_CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl", "csubj", "csubjpass", "pcomp", "parataxis"})
_TEMPORAL = frozenset({"during", "in", "at", "on"})
_ALONGSIDE = frozenset({"when", "where", "as", "while"})
_FAR = 20
"""Steps that a verb shared counts, so that any time within the act's own phrase is nearer."""


def distance(told: Told, trigger: Token, status: Status | None) -> int | None:
    """Steps from a time to the act it dates; null where it dates something else."""
    if told.host.i == trigger.i:
        return 0
    if is_verbal(trigger):
        steps = _steps_within(told, trigger)
        if steps is not None:
            return steps
        if marker(told.host) == "since" and told.host.head.i == trigger.i and is_perfect(trigger):
            return 1
    else:
        for clause in trigger.children:
            if clause.dep_ in ("relcl", "acl") and told.host.i == clause.i and told.link == "free":
                return 1
        if lasts(told, trigger) or _follows(told, trigger):
            return 1
    for number, upper in enumerate(shared_verbs(trigger, status), 1):
        steps = _steps_within(told, upper)
        if steps is not None:
            return _FAR * number + steps
    return None


def _steps_within(told: Told, verb: Token) -> int | None:
    """Steps from a time's host to `verb` through its phrase, without another clause on the way."""
    token = told.host
    if told.link == "bound" and not _speaks_for_verb(told, verb):
        return None
    for step in range(MAX_CHAIN):
        if token.i == verb.i:
            return step
        if token.head.i == token.i or (token.dep_ == "conj" and is_verbal(token)):
            return None
        if token.dep_ in _OTHER_CLAUSES and not (token.dep_ == "relcl" and token.lemma_ in lexicon().occurs):
            return None
        if step == 0 and token.pos_ == "NOUN" and token.dep_ == "pobj" and not is_verbal(token.head.head):
            return None  # of a noun inside another: that noun's own time
        token = token.head
    return None


def _speaks_for_verb(told: Told, verb: Token) -> bool:
    """``Monday's bid failed``, ``protested during Monday's session``: the noun's time is the verb's."""
    noun = told.host
    if told.root.dep_ == "poss" and noun.dep_ in ("nsubj", "nsubjpass"):
        return noun.head.i == verb.i
    return noun.dep_ == "pobj" and noun.head.lower_ in _TEMPORAL and noun.head.head.i == verb.i


def _follows(told: Told, noun: Token) -> bool:
    """``a row over the arrest of a man last month``: a time hung on an outer noun is told of the act before it."""
    if told.link != "free" or told.root.i < noun.i or told.host.pos_ != "NOUN":
        return False
    for upper in chain(noun):
        if upper.i == told.host.i:
            return upper.i != noun.i
        if is_verbal(upper):
            return False
    return False


def lasts(told: Told, noun: Token) -> bool:
    """``ten months of negotiations``: whether the time is the length of the act."""
    return (
        told.time.type == "DURATION"
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "of"
        and noun.head.head.i == told.root.i
    )


def shared_verbs(trigger: Token, status: Status | None) -> Iterator[Token]:
    """The verbs above the act whose time is its own too, the nearest first."""
    token = trigger
    if not is_verbal(trigger):
        upper = _verb_of_noun(trigger)
        if upper is None:
            return
        yield upper
        token = upper
    for _ in range(MAX_CHAIN):
        above = _sharing(token, status)
        if above is None:
            return
        yield above
        token = above


def _verb_of_noun(noun: Token) -> Token | None:
    """The verb whose time is the noun's too: not that of a verb which only speaks of a known act."""
    for token in chain(noun):
        head, label = token.head, token.dep_
        if head.i == token.i or label in ("relcl", "acl"):
            return None
        if label == "prep" and not is_verbal(head) and token.lower_ != "of":
            return None  # guilt in murders, a row over an arrest: of another noun
        if is_verbal(head):
            spoken_of = label in ("dobj", "pobj", "dative", "attr", "oprd", "prep", "agent") and is_known(noun)
            return None if spoken_of else head
    return None


def _sharing(verb: Token, status: Status | None) -> Token | None:
    """The verb above `verb` whose time it shares."""
    head, label = verb.head, verb.dep_
    if head.i == verb.i:
        return None
    if label in ("conj", "xcomp"):
        return head if is_verbal(head) else _verb_of_noun(head)
    if label in ("advcl", "acl") and not marker(verb) and verb.tag_ in ("VBG", "VB"):
        return head if is_verbal(head) else _verb_of_noun(head)
    if label in ("advcl", "relcl") and marker(verb) in _ALONGSIDE and tense_of(verb, lexicon()) < 0:
        return head if is_verbal(head) else _verb_of_noun(head)
    if label == "ccomp" and is_verbal(head):
        tense = tense_of(verb, lexicon())
        return head if tense == 0 or (tense > 0 and status == "happened") else None
    return None
