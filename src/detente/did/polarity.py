"""Small questions about the words around an act: is it negated, reported, asked, taken for granted."""

from __future__ import annotations

from spacy.tokens import Token

from detente.did.words import ActWords, load_words
from detente.language.syntax import child, object_of

_FOCUS = frozenset({"only", "just", "merely", "simply"})
"""Words that take the negation before them for themselves."""

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"})


def negation_of(word: Token, lexicon: ActWords) -> Token | None:
    """The word that negates `word`, or a subject or object that counts none."""
    for c in word.children:
        if c.dep_ == "neg" or (c.dep_ == "advmod" and c.lower_ == "never"):
            if not is_only(c):
                return c
        elif c.dep_ in ("nsubj", "nsubjpass", "dobj"):
            counted = (c, *(d for d in c.children if d.dep_ in ("det", "neg", "preconj", "poss")))
            if (none := next((d for d in counted if d.lower_ in lexicon.small["none"]), None)) is not None:
                return none
        elif c.dep_ in ("preconj", "cc") and c.lower_ in ("neither", "nor") and c.i < word.i:
            return c
    return None


def is_negated(verb: Token) -> bool:
    """Whether *not*, *never* or *no longer* stands with `verb`."""
    lexicon = load_words()
    if negation_of(verb, lexicon) is not None:
        return True
    adverbs = (" ".join(t.lower_ for t in c.subtree) for c in verb.children if c.dep_ in ("advmod", "neg"))
    return any(lexicon.adverbs.get(adverb) == "denied" for adverb in adverbs)


def is_refusal(verb: Token) -> bool:
    """Whether `verb` says what its subject will not do: ``will not agree``, but not ``has not agreed``."""
    modals = load_words().modals
    return is_negated(verb) and any(c.dep_ == "aux" and c.lower_ in modals for c in verb.children)


def is_only(negation: Token) -> bool:
    """``not only``, ``not just`` negate nothing."""
    following = negation.i + 1
    return following < len(negation.doc) and negation.doc[following].lower_ in _FOCUS


def is_reported(verb: Token) -> bool:
    """Whether the clause of `verb` is the content of a verb of saying, where *would* is a *will* of the past."""
    token = verb
    for _ in range(4):
        if token.dep_ == "conj":
            token = token.head
        else:
            return token.dep_ in ("ccomp", "xcomp", "acl", "parataxis")
    return False


def is_question(verb: Token) -> bool:
    """Whether the sentence of the root `verb` ends with a question mark."""
    last = verb.right_edge
    for token in (last, *(last.doc[last.i + 1 : last.i + 3])):
        if token.text == "?":
            return True
    return any(c.text == "?" for c in verb.rights if c.is_punct)


def is_definite(noun: Token) -> bool:
    """Whether the phrase of `noun` takes the act for granted."""
    return any((c.dep_ == "det" and c.lower_ in _DEFINITE) or c.dep_ == "poss" for c in noun.children)


def name_with_particle(verb: Token) -> str:
    """The lemma of `verb` with its particle, which the parser takes for a preposition where more follows: *fell through
    on Monday*."""
    lemma, particle = verb.lemma_.lower(), child(verb, "prt")
    following = next((c for c in verb.rights if c.i == verb.i + 1 and c.dep_ in ("prep", "advmod")), None)
    if particle is None and following is not None and object_of(verb, following.lower_) is None:
        particle = following
    return lemma if particle is None else f"{lemma} {particle.lower_}"


def outermost(prep: Token) -> Token:
    """The first of nested prepositions: *ahead* of ``ahead of``."""
    while prep.dep_ in ("prep", "pcomp") and prep.head.pos_ in ("ADP", "ADV", "SCONJ") and prep.head.i != prep.i:
        prep = prep.head
    return prep


def name_of(prep: Token) -> str:
    """A preposition with those above it: ``ahead of``, ``prior to``, ``in advance of``."""
    name = prep.lower_
    head = prep.head
    if head.pos_ in ("ADP", "ADV", "ADJ", "SCONJ") and head.i < prep.i and prep.i - head.i <= 2:
        return f"{head.lower_} {name}"
    if head.pos_ == "NOUN" and head.dep_ == "pobj" and head.i == prep.i - 1 and head.head.i == head.i - 1:
        return f"{head.head.lower_} {head.lower_} {name}"
    return name
