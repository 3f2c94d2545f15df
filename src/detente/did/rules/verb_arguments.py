"""Arguments of an act that a verb or a predicate names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from spacy.tokens import Token

from detente.codebook.senses import load_triggers
from detente.did.candidate import Member
from detente.did.rules.members import mention_at
from detente.did.rules.predicate import (
    Predicate,
    asked,
    is_named,
    named_before,
    nearby,
    others,
    phrase,
    places_of,
    possessive,
    within,
)
from detente.did.rules.recipients import load_recipients
from detente.did.rules.roles import Filler, beneficiary_of, doer_of, outer_phrases, subject_of, undergoer_of
from detente.language.syntax import clause_of, is_infinitive, is_passive, is_verbal, phrases


def arguments_of_verb(act: Predicate) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
    actors = _actors(act)
    places = places_of(act, load_recipients()[act.type].verb)
    recipients = _first(act, places, actors) or within(act, actors)
    if act.has("violent"):
        return actors or _means(act), (*recipients, *_victims_of_verb(act))
    return actors, recipients


def _actors(act: Predicate) -> tuple[Member, ...]:
    """The actor where the frame puts him; else the doer, else the speaker."""
    place = act.frame.actor
    if place == "speaker":
        return act.spoken()
    if place in ("", "subject"):
        return _doers(act)
    found = _at(act, place)
    return found if found or place == "by" else _doers(act)


def _doers(act: Predicate) -> tuple[Member, ...]:
    """The doer; where that is a paper (a resolution that condemns), whoever issued it."""
    verb = act.root
    if verb.pos_ == "ADJ" and verb.dep_ in ("acomp", "oprd", "xcomp", "ccomp") and is_verbal(verb.head):
        return act.members(subject_of(verb.head))
    doer = doer_of(verb)
    if doer is None:
        return _before(act) or _partner(act) or _orderer(act)
    if doer.path.startswith("subject shared") and (own := _before(act)):
        return own
    return act.members(doer) or _issuers(act, doer.token)


def _partner(act: Predicate) -> tuple[Member, ...]:
    """The subject of a passive that is two-sided (``was allied with``), or the noun a protest describes."""
    verb = act.root
    if act.has("crowd") and verb.dep_ == "acl":
        return act.members(Filler(verb.head, "noun before the verb"))
    if is_passive(verb) and (act.frame.reciprocal or act.has("reciprocal")):
        return act.members(subject_of(verb))
    return ()


def _orderer(act: Predicate) -> tuple[Member, ...]:
    """Who says with authority what will be done: ``**Chile** announced that ten diplomats would be expelled``."""
    verb, above = act.root, act.root.head
    if not act.has("decreed") or not is_passive(verb) or verb.dep_ != "ccomp":
        return ()
    if above.lemma_ not in act.lexicon.having["orders"] or not any(c.tag_ == "MD" for c in verb.children):
        return ()
    return act.members(doer_of(above))


def _before(act: Predicate) -> tuple[Member, ...]:
    """A party right before a finite verb that the parser left without a subject: ``**Panama** severs ties``."""
    verb = act.root
    first = next((c for c in verb.children if c.dep_ in ("aux", "auxpass")), verb)
    if first.i == 0 or is_passive(verb) or first.tag_ not in ("VBZ", "VBD", "VBP", "NNS", "MD"):
        return ()
    last = first.nbor(-1)
    if last.i > 0 and last.dep_ in ("compound", "advmod") and last.head.i == verb.i and not act.cast.covering(last):
        last = last.nbor(-1)
    mention = act.cast.covering(last)
    if mention is None or mention.end != last.i + 1 or verb.doc[mention.start].sent != verb.sent:
        return ()
    return act.members(Filler(verb.doc[mention.root], "name before the verb"))


def _issuers(act: Predicate, paper: Token) -> tuple[Member, ...]:
    """Who made the thing that speaks: the subject of *adopts a resolution*, the holder of *its letter*."""
    if paper.pos_ not in ("NOUN", "PROPN") or act.has("violent"):  # a bombing that kills is nobody's paper
        return ()
    found = act.members(possessive(paper)) or phrase(act, paper, "by")
    maker = clause_of(paper)
    if not found and paper.dep_ in ("dobj", "nsubjpass", "pobj") and is_verbal(maker) and maker.i != act.root.i:
        found = act.members(doer_of(maker))
    if not found:
        found = phrase(act, paper, "of") or phrase(act, paper, "from")
    return tuple(Member(m.party, m.start, f"behind {paper.lower_}: {m.path}") for m in found)


def _means(act: Predicate) -> tuple[Member, ...]:
    """Who stands behind the means: ``killed in a Russian missile attack``, ``by a rocket fired by``."""
    subject = doer_of(act.root)
    tokens = [subject.token] if subject is not None else []
    tokens += [obj for name, obj in phrases(act.root) if name in ("in", "by", "with", "when", "during")]
    for token in tokens:
        fired = next((c for c in token.children if c.dep_ in ("acl", "relcl") and is_verbal(c)), None)
        found = act.members(doer_of(fired)) if fired is not None and is_passive(fired) else ()
        found = found or act.members(named_before(act, token))
        if found and mention_at(token, act.cast) is None:
            return found
    return ()


def _first(act: Predicate, places: Iterable[str], actors: tuple[Member, ...]) -> tuple[Member, ...]:
    """The parties of the first place that names any but the actors."""
    for place in places:
        found = others(_at(act, place), actors)
        if found and not _is_own(found, actors, place):
            return found
    return nearby(act, places, actors)


def _is_own(found: tuple[Member, ...], actors: tuple[Member, ...], place: str) -> bool:
    """``recalled its ambassador``: an object that is the actor's own is no other side."""
    if place != "object" or not actors:
        return False
    names = {m.party.name for m in actors}
    countries = {m.party.country for m in actors if m.party.country}
    return all(m.party.name in names or ("behind" in m.path and m.party.country in countries) for m in found)


def _at(act: Predicate, place: str) -> tuple[Member, ...]:
    if place == "object":
        return act.members(undergoer_of(act.root))
    if place == "subject":
        return act.members(subject_of(act.root))
    if place.startswith("object-"):
        undergoer = undergoer_of(act.root)
        return phrase(act, undergoer.token, place.removeprefix("object-")) if undergoer is not None else ()
    if place == "indirect":
        return act.members(beneficiary_of(act.root))
    if place == "complement":
        return act.members(asked(act.root))
    if place == "purpose":
        return _met(act)
    found: list[Member] = []
    for name, obj in outer_phrases(act.root):
        if is_named(name, place):
            found.extend(act.members(Filler(obj, f"{name}-phrase")))
    return tuple(found)


def _met(act: Predicate) -> tuple[Member, ...]:
    """Whom a journey is made to meet: ``flew to Berlin to meet **Merkel**``, ``to hold talks with **her**``."""
    for clause in act.root.rights:
        if clause.dep_ not in ("advcl", "xcomp") or not is_infinitive(clause):
            continue
        held = undergoer_of(clause)
        found = act.members(held) if _is_meeting(clause.lemma_, "verbs") else ()
        if not found and held is not None and _is_meeting(held.token.lemma_, "nouns"):
            found = phrase(act, held.token, "with") or phrase(act, clause, "with")
        if found:
            return found
    return ()


def _is_meeting(lemma: str, part: Literal["verbs", "nouns"]) -> bool:
    return any(sense.type == "CONSULT" for sense in getattr(load_triggers(), part).get(lemma, ()))


def _victims_of_verb(act: Predicate) -> tuple[Member, ...]:
    """Victims told by a following participle: ``bombed the town, killing two soldiers``."""
    found: list[Member] = []
    for c in act.root.children:
        if c.dep_ == "advcl" and c.tag_ == "VBG" and c.lemma_ in act.lexicon.having["harms"]:
            found.extend(act.members(undergoer_of(c)))
    return tuple(found)
