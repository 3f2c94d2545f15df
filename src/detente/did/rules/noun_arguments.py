"""Arguments of an act that a noun names: ``US sanctions on Iran``, ``held talks with``, ``the arrest of``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.codebook.senses import SenseFrame
from detente.did.candidate import Member
from detente.did.rules.predicate import (
    Predicate,
    asked,
    countries,
    named_before,
    nearby,
    others,
    phrase,
    places_of,
    possessive,
    within,
)
from detente.did.rules.recipients import load_recipients
from detente.did.rules.roles import Filler, beneficiary_of, doer_of, subject_of, undergoer_of
from detente.did.words import load_words
from detente.language.syntax import clause_of, conjuncts, is_passive, is_verbal, phrases


@dataclass(frozen=True, slots=True)
class _Beside:
    """The parties that stand beside a noun, by where they stand."""

    by: tuple[Member, ...]
    carrying: tuple[Member, ...]
    holder: tuple[Member, ...]
    before: tuple[Member, ...]


def arguments_of_noun(act: Predicate) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """Actors and recipients of the act that a noun names."""
    between = _between(act, act.root) or _broken_out(act)
    if len(between) > 1:
        return between, ()
    beside = _beside(act)
    actors, places = _actors(act, beside)
    recipients = _suffered(act) or _noun_recipients(act, places, actors) or _answered(act, actors)
    if not recipients and _is_received(act, beside):
        return (), beside.holder or beside.before
    actors, recipients = _with_clause(act, beside, actors, recipients)
    recipients = recipients or _owners(act, beside, actors) or within(act, actors)
    return actors, (*recipients, *_victims_of_noun(act)) if act.has("violent") else recipients


def _beside(act: Predicate) -> _Beside:
    root = act.root
    return _Beside(
        by=phrase(act, root, "by") or _agent_behind(act),
        carrying=() if _answers(root) else _carried(act),  # ``responded to **Russian** shelling``
        holder=act.members(possessive(root)),
        before=act.members(named_before(act, root)),
    )


def _actors(act: Predicate, beside: _Beside) -> tuple[tuple[Member, ...], list[str]]:
    """The first actors named, and where recipients are then looked for: a phrase that names an actor names no other."""
    places = list(places_of(act, load_recipients()[act.type].noun))
    actors = beside.by or beside.carrying or beside.holder or beside.before or phrase(act, act.root, "from")
    if not actors and (act.frame.reciprocal or act.has("held")):
        actors = phrase(act, act.root, "of")
        if actors:
            places = [place for place in places if place != "of"]
    return actors, places


def _answered(act: Predicate, actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """Who answers an attack is the one attacked."""
    if not act.has("violent") or not _answers(act.root):
        return ()
    return others(act.members(subject_of(act.root.head.head)), actors)


def _with_clause(
    act: Predicate, beside: _Beside, actors: tuple[Member, ...], recipients: tuple[Member, ...]
) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    """Both sides, with whoever acts in the clause around the noun where one of two who act together is missing."""
    clause = clause_of(act.root)
    if clause.i == act.root.i:
        return actors, recipients
    if act.has("reciprocal") and len(countries((*actors, *recipients))) < 2 and not beside.carrying:
        around = act.members(subject_of(clause))
        return (around, actors + recipients) if around else (actors, recipients)
    if act.has("joint") and recipients and not actors:
        return others(act.members(subject_of(clause)), recipients), recipients
    return actors, recipients


def _owners(act: Predicate, beside: _Beside, actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """Parties beside the noun that are no actors: they undergo what the noun names, or belong to another state."""
    found = others((*beside.before, *beside.holder), actors)
    undergone = act.root.lemma_.lower() in act.lexicon.having["undergone"]
    return found if undergone or not countries(found) <= countries(actors) else ()


def _agent_behind(act: Predicate) -> tuple[Member, ...]:
    """A *by* phrase hung on the undergoer or on the active verb above: ``supported his murder by agents``."""
    for name, obj in phrases(act.root):
        if name == "of" and (found := phrase(act, obj, "by")):
            return found
    carrier = carrier_of(act.root)
    if carrier is None or is_passive(carrier) or act.root.lemma_.lower() not in act.lexicon.having["undergone"]:
        return ()
    return phrase(act, carrier, "by")


def _noun_recipients(act: Predicate, places: Iterable[str], actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """The first phrase of the noun, or of the verb that carries it, that names another party."""
    carrier = carrier_of(act.root)
    for place in places:
        if place == "complement":
            found = others(act.members(asked(act.root)), actors)
        else:
            found = others(phrase(act, act.root, place), actors)
            if not found and carrier is not None and place not in ("of", "in"):
                found = others(phrase(act, carrier, place), actors)
        if found:
            return found
    if carrier is not None and act.has("addressed"):
        found = others(act.members(beneficiary_of(carrier)), actors)
        if found:
            return found
    return nearby(act, places, actors)


def carrier_of(root: Token) -> Token | None:
    """The verb that has the act as its object or means."""
    token = root
    for _ in range(6):
        if token.dep_ == "conj" and not is_verbal(token.head):
            token = token.head
        elif token.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and is_verbal(token.head):
            return token.head
        elif (
            token.dep_ == "pobj"
            and not _is_measured(token)
            and token.head.dep_ == "prep"
            and token.head.lower_ in ("with", "in", "to", "on", "through", "for")
        ):
            outer = token.head.head
            if is_verbal(outer) and (token.head.lower_ != "for" or outer.lemma_ in load_words().having["readies"]):
                return outer
            return None
        elif token.dep_ == "compound" or _is_measured(token):
            token = token.head if token.dep_ == "compound" else token.head.head
        else:
            return None
    return None


def _is_received(act: Predicate, beside: _Beside) -> bool:
    """Whether a name before the noun is on the receiving end: ``the Crimea blockade``, not ``the Russian blockade``."""
    noun = act.root.lemma_.lower()
    if noun not in act.lexicon.having["undergone"] or beside.by or beside.carrying:
        return False
    adjective = bool(beside.before) and act.root.doc[beside.before[0].start].tag_ == "JJ"
    named = bool(beside.holder or beside.before)
    return named and not (adjective and noun in act.lexicon.having["inflicted"])


def _between(act: Predicate, token: Token) -> tuple[Member, ...]:
    """The parties of ``talks between A and B``, ``fighting broke out between A and B``."""
    return tuple(
        m for name, obj in phrases(token) if name in ("between", "among") for m in act.members(Filler(obj, name))
    )


def _broken_out(act: Predicate) -> tuple[Member, ...]:
    """Where the verb has the phrase: ``talks were held between A and B``."""
    root = act.root
    on_verb = root.dep_ in ("nsubj", "nsubjpass", "dobj") and is_verbal(root.head) and act.has("two-sided")
    return _between(act, root.head) if on_verb else ()


def _answers(root: Token) -> bool:
    """Whether the verb above answers the act of somebody else: ``respond to``, ``retaliate for``."""
    if root.dep_ != "pobj" or root.head.dep_ != "prep" or root.head.lower_ not in ("to", "for"):
        return False
    return root.head.head.lemma_ in load_words().having["answers"]


def _is_measured(token: Token) -> bool:
    """Whether a sum or a share of `token` is told: ``$400 million in **aid**``."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("in", "of", "worth"):
        return False
    sum_ = token.head.head
    return sum_.ent_type_ in ("MONEY", "CARDINAL", "QUANTITY") or sum_.like_num


def _carried(act: Predicate) -> tuple[Member, ...]:
    """The subject of the verb that carries the act, or who is tied to it: *responsibility for*, *accused of*."""
    carrier = carrier_of(act.root)
    if carrier is not None:
        if carrier.lemma_ in act.lexicon.having["carries"]:
            return act.members(doer_of(carrier))
        return _blamed(act, act.root, carrier)
    return _through_noun(act)


def _through_noun(act: Predicate) -> tuple[Member, ...]:
    """``responsibility for the attack``, ``a round of talks``, ``blamed Iran for the strike``."""
    token = act.root
    if token.dep_ != "pobj" or token.head.dep_ not in ("prep", "agent"):
        return ()
    outer = token.head.head
    if is_verbal(outer):
        return _blamed(act, token, outer)
    if outer.lemma_.lower() in act.lexicon.having["ties"]:
        inner = Predicate(outer, act.type, act.mode, SenseFrame(), act.cast, act.speaker)
        return inner.members(possessive(outer)) or _carried(inner) or inner.members(named_before(inner, outer))
    return ()


def _blamed(act: Predicate, token: Token, verb: Token) -> tuple[Member, ...]:
    if verb.lemma_ not in act.lexicon.having["blames"] or token.dep_ != "pobj":
        return ()
    return act.members(undergoer_of(verb))


def _suffered(act: Predicate) -> tuple[Member, ...]:
    """``faces sanctions``: the subject is on the receiving side."""
    carrier = carrier_of(act.root)
    if (
        carrier is None
        or act.root.dep_ != "dobj"
        or carrier.lemma_ not in act.lexicon.having["suffers"]
        or is_passive(carrier)
    ):
        return ()
    return act.members(subject_of(carrier))


def _victims_of_noun(act: Predicate) -> tuple[Member, ...]:
    """``an air strike hit a bus``, ``an attack which killed two``, ``killed in the attack``."""
    found: list[Member] = []
    for verb in _harming(act.root):
        if verb.lemma_ in act.lexicon.having["harms"]:
            found.extend(act.members(undergoer_of(verb)))
    return tuple(found)


def _harming(root: Token) -> Iterator[Token]:
    if root.dep_ == "nsubj" and is_verbal(root.head):
        yield from (t for t in conjuncts(root.head) if is_verbal(t))
    for c in root.children:
        if c.dep_ in ("relcl", "acl") and is_verbal(c) and not is_passive(c):
            yield c
    if root.dep_ == "pobj" and root.head.lower_ in ("in", "by", "during", "with") and is_verbal(root.head.head):
        yield root.head.head
    if root.dep_ == "dobj" and is_verbal(root.head):
        yield from (c for c in root.head.children if c.dep_ == "advcl" and c.tag_ == "VBG")
