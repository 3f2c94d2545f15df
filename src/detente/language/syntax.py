"""Small questions to a dependency tree: who is the subject, which phrases follow, how far a clause reaches.

Every function takes spaCy tokens with the English dependency labels (CLEAR style) and gives tokens back. Tokens
without a parse have no labels, so every answer about them is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MAX_CHAIN = 60
"""Longer conjunctions and chains of governors are lists or debris; the cap keeps hostile input linear."""

_DASHES = frozenset({"–", "—", "--", "-", ":"})
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_CLAUSES = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "conj", "parataxis"}
)


def child(token: Token, *labels: str) -> Token | None:
    """The first child of `token` with one of `labels`."""
    return next((c for c in token.children if c.dep_ in labels), None)


def conjuncts(token: Token) -> list[Token]:
    """`token` and what is coordinated with it, left to right: ``A, B and C`` from A; from B, B and C."""
    found = [token]
    for known in found:
        if len(found) > MAX_CHAIN:
            break
        found.extend(c for c in known.children if c.dep_ == "conj")
    return sorted(found, key=lambda t: t.i)


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that `token` is in, or `token`."""
    for _ in range(MAX_CHAIN):
        if token.dep_ != "conj" or token.head.i == token.i:
            break
        token = token.head
    return token


def is_verbal(token: Token) -> bool:
    """Whether `token` heads a verb phrase: a verb, or what the tagger takes for a noun but has a subject or object."""
    if token.pos_ in ("VERB", "AUX"):
        return True
    if token.pos_ == "NOUN" and token.dep_ in ("ROOT", "ccomp", "conj", "advcl"):
        return any(c.dep_ in ("nsubj", "dobj") for c in token.children)
    return token.tag_.startswith("VB") and token.dep_ != "amod"


def is_passive(verb: Token) -> bool:
    """Whether `verb` is a passive: an auxiliary or subject says so, or it is a bare past participle after its noun."""
    for c in verb.children:
        if c.dep_ in ("auxpass", "nsubjpass"):
            return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ == "acl":
        return child(verb, "nsubj") is None  # ``the claim that it had **hacked** the site``
    if child(verb, "agent") is not None and child(verb, "dobj") is None:
        return True
    if verb.dep_ in ("advcl", "amod", "oprd", "pcomp", "relcl"):
        return not any(c.dep_ == "aux" for c in verb.children)
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and own_subject(verb) is None:
        return not any(c.dep_ == "aux" for c in verb.children) and is_passive(verb.head)
    if verb.dep_ in ("xcomp", "ccomp", "ROOT") and child(verb, "dobj") is None:
        return any(c.dep_ == "aux" and c.lemma_ in ("be", "get") for c in verb.children)
    return False


def own_subject(verb: Token) -> Token | None:
    """The subject written before `verb` itself.

    A dateline before a dash is none where another follows (*OSLO, June 9 – Norway* expelled). The small
    parser calls some subjects modifiers of a verb (*Chad and Sudan* resume), and the surname May a modal: a finite verb
    takes them back.
    """
    found = child(verb, "nsubj", "nsubjpass", "csubj")
    if found is not None and found.i < verb.i and verb.doc[found.right_edge.i].text in _DASHES:
        found = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.i > found.i), found)
    if found is None and (verb.tag_ in ("VBZ", "VBP", "VBD") or (verb.pos_ == "NOUN" and verb.dep_ == "ROOT")):
        for c in verb.lefts:
            noun = c.dep_ in ("compound", "nmod", "amod", "npadvmod", "poss") and c.pos_ in ("PROPN", "NOUN")
            if noun or is_name_like_modal(c):
                found = c
    return found


def is_name_like_modal(token: Token) -> bool:
    """Whether what the tagger takes for a modal is a name: no modal stands before the past (``**May** then met``)."""
    return token.tag_ == "MD" and token.dep_ == "aux" and token.head.tag_ == "VBD" and token.text[0].isupper()


def direct_object(verb: Token) -> Token | None:
    """The direct object of `verb`."""
    return child(verb, "dobj", "obj")


def indirect_object(verb: Token) -> Token | None:
    """The indirect object without a preposition: ``gave **Ukraine** aid``."""
    for c in verb.children:
        if c.dep_ == "dative" and c.pos_ != "ADP":
            return c
    return None


def phrases(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of `token`: the lower-cased preposition and the head of its object.

    Compound prepositions give every step: ``out of Iraq`` gives ``out of`` and Iraq.
    """
    for prep in token.children:
        if prep.dep_ in _PREPOSITIONS and prep.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART", "ADJ"):
            yield from _phrase(prep, prep.lower_, 0)
            if prep.n_lefts + prep.n_rights == 0 and (shared := _shared_object(token, prep)) is not None:
                yield prep.lower_, shared


def _phrase(prep: Token, name: str, depth: int) -> Iterator[tuple[str, Token]]:
    for c in prep.children:
        if c.dep_ in ("pobj", "pcomp"):
            yield name, c
        elif c.dep_ == "prep" and depth < 3:
            yield from _phrase(c, f"{name} {c.lower_}", depth + 1)
        elif c.dep_ == "conj" and c.pos_ == "ADP" and depth < 3:
            yield from _phrase(c, c.lower_, depth + 1)


def _shared_object(token: Token, prep: Token) -> Token | None:
    """The object that a bare preposition shares with the verb joined behind it: ``meet with and talk to China``."""
    if token.pos_ != "VERB" or prep.i < token.i:
        return None
    joined = next((c for c in token.rights if c.dep_ == "conj" and c.i > prep.i), None)
    if joined is None or joined.i - prep.i > 3:
        return None
    behind = next((c for c in joined.rights if c.dep_ in _PREPOSITIONS and c.i == joined.i + 1), None)
    return None if behind is None else next((c for c in behind.rights if c.dep_ == "pobj"), None)


def object_of(token: Token, *prepositions: str) -> Token | None:
    """The object of the first phrase of `token` that opens with one of `prepositions`."""
    return next((obj for name, obj in phrases(token) if name in prepositions), None)


def chain(token: Token) -> Iterator[Token]:
    """`token` and its governors up to the root of the sentence."""
    for _ in range(MAX_CHAIN):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def clause_of(token: Token) -> Token:
    """The head of the smallest clause that holds `token`: a verb, or the root of the sentence."""
    for t in chain(token):
        if (is_verbal(t) and t.dep_ in _CLAUSES) or t.head.i == t.i:
            return t
    return token


def is_infinitive(verb: Token) -> bool:
    """Whether `verb` is marked by *to*."""
    return any(c.dep_ in ("aux", "mark") and c.tag_ == "TO" for c in verb.children)


def finite_tag(verb: Token) -> str:
    """The tag that carries the tense of `verb`: its own or that of an auxiliary; empty where it has none."""
    if verb.tag_ in FINITE:
        return verb.tag_
    return next((c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass") and c.tag_ in FINITE), "")


def is_finite(verb: Token) -> bool:
    """Whether `verb` or an auxiliary of it carries tense: no infinitive, participle or subjunctive."""
    return bool(finite_tag(verb))


def marker(verb: Token) -> str:
    """The conjunction that opens the clause of `verb` (``if``, ``after`` …), lower-cased, or the empty string."""
    for c in verb.children:
        if c.dep_ == "mark" or (c.dep_ == "advmod" and c.tag_ == "WRB"):
            return c.lower_
    return ""
