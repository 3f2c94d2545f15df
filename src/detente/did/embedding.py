"""Embedding: what a speech act demands, threatens, promises or refuses is part of it and no act beside it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from detente.codebook import types_with
from detente.did.candidate import Candidate
from detente.did.words import load_words
from detente.language.syntax import MAX_CHAIN, chain, is_infinitive, is_verbal, marker

_COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "pobj", "pcomp", "oprd", "dative", "attr", "compound", "poss"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "amod", "nmod"})
_COMPLEMENT_PREPOSITIONS = frozenset({"for", "of", "to", "on", "from", "against", "into", "about"})
_ACCOMPANYING = frozenset({"in", "by", "with", "during", "of", "on", "against", "at"})
_CONDITIONS = frozenset({"if", "unless", "until"})


def without_embedded(doc: Doc, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Candidates that are neither the content of a speech act of the same sentence nor a condition of another act."""
    by_root = {c.root: c for c in candidates}
    kept = []
    for candidate in candidates:
        root = doc[candidate.root]
        if is_condition(root):
            continue
        sided = bool(candidate.actors or candidate.recipients)
        above = (by_root[t.i] for t in chain(root) if t.i != root.i and t.i in by_root)
        if not any(is_embedded(root, candidate.type, sided, doc[u.root], u.type) for u in above):
            kept.append(candidate)
    return kept


def is_embedded(act: Token, act_type: str, has_side: bool, speech: Token, speech_type: str) -> bool:
    """Whether the act at `act` is only the content of the speech act at `speech`, and so not an event of its own.

    The way up from `act` must lead to `speech` through complements alone: a relative clause, an adverbial clause or a
    phrase of time tells of something else. An act of conflict named by a noun with a side of its own is what the
    speech is about (*demanded an end to the Chilean blockade*), and stays.
    """
    if speech_type in types_with("sending"):
        return act_type in types_with("errand") and is_verbal(act) and is_complement_of(act, speech)
    if speech_type not in types_with("content") or not is_complement_of(act, speech):
        return False
    return is_verbal(act) or not has_side or act_type not in types_with("given")


def is_condition(act: Token) -> bool:
    """Whether the act is only a condition of another: ``if Chad does not **release** the crew``."""
    return act.dep_ == "advcl" and is_verbal(act) and marker(act) in _CONDITIONS


def is_complement_of(lower: Token, upper: Token) -> bool:
    """Whether `lower` stands in the complement of `upper`."""
    token = lower
    for _ in range(MAX_CHAIN):
        if token.i == upper.i:
            return token.i != lower.i
        if token.head.i == token.i or not _is_complement(token, upper):
            return False
        token = _head_of(token)
    return False


def _head_of(token: Token) -> Token:
    """The head; of a finite verb that the parser joined to an infinitive, the verb above that infinitive."""
    head = token.head
    if token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ", "VBP") and is_infinitive(head):
        return head.head
    return head


def _is_complement(token: Token, upper: Token) -> bool:
    dep = token.dep_
    if dep == "acl":
        return is_infinitive(token) or token.tag_ == "VBG"
    if dep == "advcl":
        return is_infinitive(token) and not marker(token)
    if dep == "conj":
        return _head_of(token).i != upper.i
    if dep == "prep":
        return token.lower_ in _COMPLEMENT_PREPOSITIONS or (token.lower_ == "in" and _carries_out(token.head))
    if dep in _ARGUMENTS:
        return token.head.i != upper.i
    return dep in _COMPLEMENTS


def _carries_out(verb: Token) -> bool:
    """``engage in``, ``participate in``: what follows is what is done."""
    governor = load_words().verbs.get(verb.lemma_.lower())
    return governor is not None and governor.name == "implies"


def is_manner_of(lower: Token, upper: Token) -> bool:
    """Whether `lower` tells how `upper` was done, or is one deed with it: ``listing firms``, ``took and burnt``."""
    if lower.head.i != upper.i or not is_verbal(lower):
        return False
    if lower.dep_ == "advcl":
        return lower.tag_ == "VBG" and not marker(lower) and lower.i > upper.i
    return lower.dep_ == "conj" and lower.i - upper.i == 2


def tells_with(lower: Token, upper: Token) -> bool:
    """Whether `lower` tells more of the act at `upper`: ``attacked the base, killing two``, ``killed in a raid``."""
    token = lower
    for _ in range(MAX_CHAIN):
        if token.i == upper.i:
            return token.i != lower.i
        if token.head.i == token.i or not _accompanies(token):
            return False
        token = token.head
    return False


def _accompanies(token: Token) -> bool:
    dep = token.dep_
    if dep == "advcl":
        return token.tag_ == "VBG" and not marker(token)
    if dep in ("prep", "agent"):
        return token.lower_ in _ACCOMPANYING
    return dep in ("conj", "relcl", "acl", "dobj", "pobj", "nsubj", "nsubjpass", "compound", "pcomp", "ccomp")
