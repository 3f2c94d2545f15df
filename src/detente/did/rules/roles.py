"""Which words of a sentence fill the places of an act: doer, undergoer, phrases; written, shared or elided.

Every answer is an `Filler`: the head token and the path that led to it, in words a reader can check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from detente.did.words import load_words
from detente.language.syntax import (
    child,
    direct_object,
    first_conjunct,
    indirect_object,
    is_infinitive,
    is_passive,
    is_verbal,
    own_subject,
    phrases,
)

_DEPTH = 12
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "IN", "DT"})
_OBJECT_COMPLEMENTS = frozenset({"of", "for", "from", "with", "into"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that fills a place of an act, and by which path."""

    token: Token
    path: str


def doer_of(verb: Token) -> Filler | None:
    """Who does the act of `verb`: its subject, or the *by* phrase of a passive."""
    if is_passive(verb):
        agent = child(verb, "agent")
        if agent is None:
            # An agent may hang on the first of two coordinated participles.
            agent = child(verb.head, "agent") if verb.dep_ == "conj" else None
        if agent is None:
            agent = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
        doer = child(agent, "pobj") if agent is not None else None
        return Filler(doer, "by-phrase of the passive") if doer is not None else None
    return subject_of(verb)


def undergoer_of(verb: Token) -> Filler | None:
    """Whom the act of `verb` is done to: its object, or the subject of a passive."""
    if is_passive(verb) and not _keeps_object(verb):
        return subject_of(verb)
    found = direct_object(verb)
    if found is not None:
        if found.lower_ in _RELATIVES and verb.dep_ == "relcl":
            return _antecedent(verb, verb.head, 0)
        return Filler(found, "object")
    if verb.dep_ == "relcl" and not _relative_subject(verb) and not _has_stranded_preposition(verb):
        return _antecedent(verb, verb.head, 0)
    if verb.dep_ == "conj" and is_verbal(verb.head) and _shares_object(verb):
        following = next((c for c in verb.rights if c.dep_ == "conj"), None)
        return undergoer_of(following) if following is not None else None
    following = next((c for c in verb.children if c.dep_ == "conj" and is_verbal(c)), None)
    if following is not None and _only_joined(verb, following):
        shared = direct_object(following)
        return Filler(shared, "object shared with the next verb") if shared is not None else None
    return None


def beneficiary_of(verb: Token) -> Filler | None:
    """The indirect object without a preposition, and the subject of a passive that keeps its object."""
    found = indirect_object(verb)
    if found is None and _keeps_object(verb):
        return subject_of(verb)
    return Filler(found, "indirect object") if found is not None else None


def _keeps_object(verb: Token) -> bool:
    """``were **denied** asylum``, ``was **offered** a truce``: the subject is who gets the object, or not."""
    return verb.lemma_ in load_words().having["gives"] and is_passive(verb) and direct_object(verb) is not None


def subject_of(verb: Token, depth: int = 0) -> Filler | None:
    """The subject of `verb`, written or elided, whatever its voice."""
    if depth > _DEPTH:
        return None
    written = _written(verb)
    if written is not None or verb.head.i == verb.i:
        return written
    elided = _ELIDED.get(verb.dep_)
    return elided(verb, verb.head, depth) if elided is not None else None


def _written(verb: Token) -> Filler | None:
    own = own_subject(verb)
    if own is None:
        return None
    if own.lower_ in _RELATIVES and own.tag_ in _RELATIVE_TAGS:
        clause = _relative_clause(verb)
        if clause is not None:
            return _antecedent(clause, clause.head, 0)
    return Filler(own, "subject") if own.dep_ != "csubj" else None


def _of_main_clause(verb: Token, head: Token, depth: int) -> Filler | None:
    return _renamed(subject_of(head, depth + 1), "subject of the main clause") if is_verbal(head) else None


def _antecedent(verb: Token, head: Token, depth: int) -> Filler:
    return Filler(head, "antecedent of the relative clause")


def _modified(verb: Token, head: Token, depth: int) -> Filler:
    return Filler(head, "noun it stands before")


def _shared(verb: Token, head: Token, depth: int) -> Filler | None:
    if not is_verbal(head):
        return None
    if verb.tag_ in _FINITE and is_infinitive(head) and is_verbal(head.head):
        head = head.head  # ``urged her to wait and **left**``: a finite verb is not joined to an infinitive
    if _acts_on_itself(verb, head, depth):
        return _renamed(subject_of(head.head, depth + 1), "subject of the main clause")
    return _renamed(subject_of(head, depth + 1), "subject shared with the verb before")


def _acts_on_itself(verb: Token, head: Token, depth: int) -> bool:
    """``ruled that the groups are illegal and **banned them**``: nobody's plain pronoun is his own verb's object.

    The subject is then that of the clause above (principle B of the binding theory).
    """
    if head.dep_ != "ccomp" or not is_verbal(head.head) or verb.tag_ != head.head.tag_:
        return False
    pronoun, subject = direct_object(verb), subject_of(head, depth + 1)
    if pronoun is None or subject is None or pronoun.tag_ != "PRP" or pronoun.lower_.endswith(("self", "selves")):
        return False
    features, others = pronoun.morph.to_dict(), subject.token.morph.to_dict()
    return features.get("Person") == "3" and features.get("Number") == others.get("Number")


def _controller(verb: Token, head: Token, depth: int) -> Filler | None:
    """Who is understood before an infinitive or gerund: the object of *urge*, else the subject of *agree*."""
    if not is_verbal(head):
        return (
            _renamed(subject_of(head.head, depth + 1), "subject of the main clause") if is_verbal(head.head) else None
        )
    if not is_passive(head) and head.lemma_ not in load_words().having["promises"]:
        controlled = direct_object(head) or indirect_object(head)
        if controlled is not None and controlled.i < verb.i:
            return Filler(controlled, f"object of {head.lower_}")
    return _renamed(subject_of(head, depth + 1), f"subject of {head.lower_}")


def _of_noun(verb: Token, noun: Token, depth: int) -> Filler | None:
    """The subject of a clause on a noun: the noun of a participle, the holder of a plan."""
    if not is_infinitive(verb):
        return Filler(noun, "noun of the reduced relative clause")
    holder = holder_of(noun)
    if holder is not None:
        return holder
    if noun.dep_ in ("dobj", "attr", "oprd") and is_verbal(noun.head):
        return _renamed(subject_of(noun.head, depth + 1), f"subject of {noun.head.lower_}")
    if noun.dep_ == "pobj":
        return _behind_preposition(noun, noun.head, depth)
    return None


def holder_of(noun: Token) -> Filler | None:
    """Whose plan, decision or threat a noun names: possessive, *by* or *of* phrase, or the name before it."""
    for c in noun.children:
        if c.dep_ == "poss":
            return Filler(c, "possessive")
    for name, obj in phrases(noun):
        if name in ("by", "of", "from") and obj.pos_ in ("PROPN", "NOUN", "PRON"):
            return Filler(obj, f"{name}-phrase")
    for c in noun.children:
        if c.dep_ in ("compound", "amod", "nmod") and (c.ent_type_ in ("GPE", "NORP", "ORG") or c.pos_ == "PROPN"):
            return Filler(c, "name before the noun")
    return None


def _behind_preposition(verb: Token, prep: Token, depth: int) -> Filler | None:
    """The subject of a gerund behind a preposition: of the verb, or its object for *accuse of*, *prevent from*."""
    outer = prep.head
    while outer.dep_ == "prep" and outer.pos_ in ("ADP", "SCONJ", "ADV") and outer.head.i != outer.i:
        outer = outer.head
    if is_verbal(outer):
        if prep.lower_ in _OBJECT_COMPLEMENTS:
            undergoer = undergoer_of(outer) if is_passive(outer) else None
            target = undergoer or (Filler(o, "object") if (o := direct_object(outer)) is not None else None)
            if (
                target is not None
                and target.token.ent_type_ not in ("DATE", "MONEY", "CARDINAL")
                and target.token.i < prep.i
            ):
                return Filler(target.token, f"object of {outer.lower_}")
        return _renamed(subject_of(outer, depth + 1), f"subject of {outer.lower_}")
    if outer.pos_ == "ADJ":
        return (
            _renamed(subject_of(outer.head, depth + 1), "subject of the main clause") if is_verbal(outer.head) else None
        )
    accused = first_conjunct(outer)
    if (
        accused.dep_ in ("dobj", "nsubjpass")
        and accused.head.lemma_ in load_words().having["blames"]
        and prep.lower_ in ("of", "for")
    ):
        return Filler(accused, f"object of {accused.head.lower_}")
    holder = holder_of(outer)
    if holder is not None and not (holder.path == "of-phrase" and prep.lower_ == "of"):
        return holder
    if outer.dep_ in ("dobj", "nsubjpass") and is_verbal(outer.head):
        doer = doer_of(outer.head) if depth < _DEPTH else None
        return _renamed(doer, f"subject of {outer.head.lower_}")
    if outer.dep_ == "pobj" and depth < _DEPTH:
        return _behind_preposition(outer, outer.head, depth + 1)
    return None


def _relative_clause(verb: Token) -> Token | None:
    """The verb of the relative clause that `verb` stands in, through auxiliaries and coordination."""
    token = verb
    for _ in range(_DEPTH):
        if token.dep_ in ("relcl", "acl"):
            return token
        if token.dep_ not in ("ccomp", "conj", "xcomp") or token.head.i == token.i:
            return None
        token = token.head
    return None


def _relative_subject(verb: Token) -> bool:
    own = own_subject(verb)
    return own is None or own.lower_ in _RELATIVES


def _has_stranded_preposition(verb: Token) -> bool:
    return any(c.dep_ == "prep" and not any(True for _ in c.children) for c in verb.children)


def _shares_object(verb: Token) -> bool:
    return any(c.dep_ == "conj" for c in verb.children)


def _only_joined(verb: Token, following: Token) -> bool:
    """Whether nothing but *and* stands between two verbs: ``boarded and seized the ship``."""
    return 0 < following.i - verb.i <= 3 and own_subject(following) is None


def _renamed(argument: Filler | None, path: str) -> Filler | None:
    if argument is None:
        return None
    return Filler(argument.token, path if argument.path == "subject" else f"{path}: {argument.path}")


def outer_phrases(token: Token) -> Iterator[tuple[str, Token]]:
    """The phrases of `token`, and those that hang on its object (``imposed sanctions on Russia``)."""
    yield from phrases(token)
    inner = direct_object(token) if is_verbal(token) else None
    if inner is not None:
        yield from phrases(inner)


_ELIDED: Mapping[str, Callable[[Token, Token, int], Filler | None]] = {
    "conj": _shared,
    **dict.fromkeys(("xcomp", "ccomp", "oprd"), _controller),
    **dict.fromkeys(("advcl", "dobj", "dep", "acomp", "attr", "aux", "auxpass"), _of_main_clause),
    "acl": _of_noun,
    "relcl": _antecedent,
    **dict.fromkeys(("pcomp", "pobj"), _behind_preposition),
    **dict.fromkeys(("amod", "compound"), _modified),
}
"""Where the subject of a verb without one is found, by what the verb is to its head."""
