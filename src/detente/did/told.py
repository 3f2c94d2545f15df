"""Which acts are not coded again: what a speech act demands, threatens, promises or refuses."""

from __future__ import annotations

from spacy.tokens import Token

from detente.language.syntax import MAX_CHAIN, is_infinitive, marker

CONTENT_TYPES = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT", "CONCEDE"})
"""Types whose complement is part of the act itself."""

_COMPLEMENTS = frozenset(
    {"xcomp", "ccomp", "dobj", "pobj", "pcomp", "acl", "prep", "oprd", "dative", "conj", "attr", "compound", "poss"}
)
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "amod", "nmod"})
_PREPOSITIONS = frozenset({"for", "of", "to", "on", "from", "against", "with", "in", "into", "about"})


def is_told_again(act: Token, act_type: str, speech: Token, speech_type: str) -> bool:
    """Whether the act at `act` is only the content of the speech act at `speech`, and so not an event of its own.

    The way up from `act` must lead to `speech` through complements alone: a relative clause, an adverbial clause or a
    phrase of time tells of something else.
    """
    if speech_type not in CONTENT_TYPES or act.i == speech.i:
        return False
    return complement_path(act, speech)


def complement_path(lower: Token, upper: Token) -> bool:
    """Whether `lower` stands in the complement of `upper`."""
    token = lower
    for _ in range(MAX_CHAIN):
        if token.i == upper.i:
            return token.i != lower.i
        if token.head.i == token.i:
            return False
        if not _is_complement(token, upper):
            return False
        token = token.head
    return False


def _is_complement(token: Token, upper: Token) -> bool:
    dep = token.dep_
    if dep == "acl":
        return is_infinitive(token) or token.tag_ == "VBG"
    if dep == "advcl":
        return is_infinitive(token) and not marker(token)
    if dep == "conj":
        return token.head.i != upper.i
    if dep == "prep":
        return token.lower_ in _PREPOSITIONS
    if dep in _ARGUMENTS:
        return token.head.i != upper.i
    return dep in _COMPLEMENTS
