"""One trigger while its arguments are looked for, and the searches that verbs and nouns share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from detente.codebook import types_with
from detente.codebook.plover import Trait
from detente.codebook.senses import SenseFrame
from detente.did.candidate import Member
from detente.did.retelling import unique
from detente.did.rules.members import members_of, mention_at
from detente.did.rules.roles import Filler
from detente.did.words import ActWords, load_words
from detente.language.syntax import child, clause_of, is_verbal, phrases
from detente.record import Party
from detente.who import Cast

_REACH = 25
"""How many tokens after a trigger a stray phrase is still looked for."""

_STRAYING = frozenset({"against", "to", "for", "with", "around", "on", "toward", "towards"})
"""Prepositions whose attachment the parser most often gets wrong, and whose object is seldom a place."""


_MODIFIERS = frozenset({"amod", "npadvmod"})

_AIMED = frozenset({"at", "into"})
"""Prepositions that an attack strays behind as well; behind other acts they name places."""


@dataclass(slots=True)
class Predicate:
    """One trigger while its arguments are looked for; `words` are its own, which name no side."""

    root: Token
    type: str
    mode: str | None
    frame: SenseFrame
    cast: Cast
    speaker: Party | None = None
    words: tuple[int, ...] = ()
    lexicon: ActWords = field(default_factory=load_words)

    @property
    def verbal(self) -> bool:
        if self.root.pos_ == "ADJ" and self.root.dep_ in ("acomp", "oprd", "xcomp", "ccomp"):
            return True
        return is_verbal(self.root) and self.root.dep_ not in ("amod", "compound")

    def has(self, trait: Trait) -> bool:
        return self.type in types_with(trait)

    def members(self, argument: Filler | None) -> tuple[Member, ...]:
        """The parties an argument stands for, with the path that led to it."""
        if argument is None or argument.token.i in self.words:
            return ()
        found = tuple(
            Member(m.party, m.start, argument.path if m.path == "named" else f"{argument.path}, {m.path}")
            for m in members_of(argument.token, self.cast)
        )
        if not found and argument.token.lower_ in self.lexicon.small["first_person"]:
            return self.spoken(argument.token.lower_)
        return self._ours(found, argument.token)

    def _ours(self, found: tuple[Member, ...], token: Token) -> tuple[Member, ...]:
        """``our civilians``, ``our territory``: what is the speaker's is of his state."""
        owner = child(token, "poss")
        if self.speaker is None or owner is None or owner.lower_ not in self.lexicon.small["first_person"]:
            return found
        if token.lemma_.lower() in self.lexicon.having["companion"]:
            return found
        if not found:
            return self.spoken(owner.lower_) if self.has("inflicted") else ()
        return tuple(
            replace(m, party=replace(m.party, country=self.speaker.country)) if _is_unknown(m, owner) else m
            for m in found
        )

    def spoken(self, word: str = "") -> tuple[Member, ...]:
        """The speaker of the words the trigger stands in, as a party."""
        if self.speaker is None:
            return ()
        return (Member(self.speaker, -1, f"speaker, {word}" if word else "speaker"),)


def _is_unknown(member: Member, owner: Token) -> bool:
    return member.party.country is None and member.party.text.lower().startswith(owner.lower_)


def others(recipients: Iterable[Member], actors: Iterable[Member]) -> tuple[Member, ...]:
    """Recipients without the actors' own mentions, nor plain pronouns that were led back to an actor.

    Nobody acts upon himself by one word, nor by *it* or *them* (principle B of the binding theory).
    """
    actors = tuple(actors)
    own = {(m.party.span, m.party.country) for m in actors}
    names = {(m.party.name, m.party.country) for m in actors}
    plain = load_words().small["plain_pronouns"]
    return unique(
        m
        for m in recipients
        if (m.party.span, m.party.country) not in own
        and not (m.party.text.lower() in plain and (m.party.name, m.party.country) in names)
        and not _is_owned(m, actors)
    )


def _is_owned(member: Member, actors: Iterable[Member]) -> bool:
    """``recalled **its ambassador**``: what belongs to the actor is no other side."""
    first = member.party.text.partition(" ")[0].lower()
    return first in load_words().small["possessives"] and member.party.country in countries(actors)


def places_of(act: Predicate, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Where recipients are looked for: the sense's own places, then the `usual` ones unless the sense says none."""
    own = act.frame.recipients
    return own[:-1] if own and own[-1] == "none" else (*own, *usual)


def within(act: Predicate, actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """The first party of another state that the act's own words name: ``approves a mission in **Chad**``."""
    if not act.has("about"):
        return ()
    known = countries(actors)
    for token in act.root.subtree:
        if token.dep_ in _MODIFIERS:
            continue
        if token.i > act.root.i and not _is_aside(token, act.root, act.lexicon):
            mention = act.cast.headed_by(token)
            if mention is not None and all(p.country and p.country not in known for p in mention.parties):
                return act.members(Filler(token, "within what is said"))
    return ()


def _is_aside(token: Token, root: Token, lexicon: ActWords) -> bool:
    """Whether `token` stands in a clause of time, reason or description below `root`."""
    for _ in range(_REACH):
        if token.i == root.i or token.head.i == token.i:
            return False
        if token.dep_ in ("advcl", "relcl", "conj", "parataxis", "appos") and is_verbal(token):
            return True
        if token.dep_ == "prep" and token.lower_ in lexicon.small["circumstances"]:
            return True
        token = token.head
    return True


def nearby(act: Predicate, places: Iterable[str], actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """A phrase after the trigger in the same clause that the parser hung elsewhere: ``a package of aid for Chad``."""
    clause = clause_of(act.root)
    wanted = (_STRAYING | _AIMED if act.has("violent") else _STRAYING).intersection(places)
    for token in act.root.doc[act.root.i + 1 : min(clause.right_edge.i + 1, act.root.i + _REACH)]:
        if token.dep_ in ("relcl", "advcl", "ccomp", "conj") and is_verbal(token):
            break
        if token.dep_ in ("prep", "dative") and token.lower_ in wanted and not _lies_in_place(token, act.lexicon):
            obj = child(token, "pobj")
            if obj is not None and (token.lower_ not in _AIMED or mention_at(obj, act.cast) is not None):
                found = others(act.members(Filler(obj, f"{token.lower_}-phrase of the clause")), actors)
                if found:
                    return found
    return ()


def _lies_in_place(prep: Token, lexicon: ActWords) -> bool:
    """``a plant on the border **with** Kenya``: the phrase belongs to a place."""
    noun = prep.head
    return noun.dep_ == "pobj" and noun.head.lower_ in lexicon.small["location"] and noun.head.lower_ != "to"


def countries(members: Iterable[Member]) -> set[str | None]:
    return {m.party.country for m in members}


def phrase(act: Predicate, token: Token, place: str) -> tuple[Member, ...]:
    found: list[Member] = []
    for name, obj in phrases(token):
        if is_named(name, place) and not is_verbal(obj):
            found.extend(act.members(Filler(obj, f"{name}-phrase")))
    return tuple(found)


def is_named(preposition: str, place: str) -> bool:
    """Whether a preposition, compound or not, fills `place`: ``out of`` fills *of*, ``according to`` nothing."""
    return preposition == place or (preposition.endswith(f" {place}") and not preposition.startswith("according"))


def possessive(root: Token) -> Filler | None:
    found = child(root, "poss")
    return Filler(found, "possessive") if found is not None else None


def named_before(act: Predicate, root: Token) -> Filler | None:
    """A party's name or adjective before the noun: ``US sanctions``, ``Iranian strikes``."""
    for c in root.children:
        if c.dep_ in ("compound", "amod", "nmod", "npadvmod") and c.i < root.i:
            if mention_at(c, act.cast) is not None or act.cast.covering(c) is not None:
                return Filler(c, "name before the noun")
            if c.dep_ in ("compound", "amod"):
                inner = named_before(act, c)
                if inner is not None:
                    return inner
    return None


def asked(root: Token) -> Filler | None:
    """The subject of what is asked for: ``demanding that **Britain** return``, ``calls for **the UN** to act``."""
    for c in root.children:
        if c.dep_ in ("ccomp", "xcomp", "acl", "advcl"):
            subject = child(c, "nsubj", "nsubjpass")
            if subject is not None:
                return Filler(subject, "subject of what is asked")
    for name, obj in phrases(root):
        if name == "for" and not is_verbal(obj):
            return Filler(obj, "for-phrase")
        if name == "for":
            subject = child(obj, "nsubj")
            return Filler(subject, "subject of what is asked") if subject is not None else None
    return None
