"""States lent to parties that the text gives none: which the words around them rule out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.codebook import types_with
from detente.did.candidate import Candidate, Member
from detente.did.words import load_words
from detente.knowledge.peoples import load_peoples
from detente.record import Span
from detente.who import Cast

States = Mapping[Span, set[str | None]]
"""The states of which each party of a cast is, by its words."""


def states_in(cast: Cast) -> States:
    """The states that the cast of a report tells of its parties."""
    told: dict[Span, set[str | None]] = {}
    for mention in cast.mentions:
        for party in mention.parties:
            told.setdefault(party.span, set()).add(party.country)
    return told


def without_borrowed(doc: Doc, candidate: Candidate, told: States) -> Candidate:
    """The candidate without the states that a proposer lent to fighters of a people that has none."""
    actors, recipients = (
        tuple(_corrected(doc, candidate, m, told) for m in side) for side in (candidate.actors, candidate.recipients)
    )
    return replace(
        candidate, actors=_without_groups_told_twice(actors), recipients=_without_groups_told_twice(recipients)
    )


def _corrected(doc: Doc, candidate: Candidate, member: Member, told: States) -> Member:
    """The member, without its state where that is lent and cannot be its own: ``Kurdish fighters``.

    A mediator is not of the state of whom he meets, or where; *the foreign ministers* who meet are not all of the state
    they meet in, of which nobody is told.
    """
    party = member.party
    place = candidate.place.country if candidate.place is not None else None
    lent = party.country is not None and party.country not in told.get(party.span, ())
    if not lent or party.sector is None:
        return member
    root = _root(doc, member)
    others = {m.party.country for m in (*candidate.actors, *candidate.recipients) if m is not member}
    between = root.lemma_.lower() in load_words().small["go_betweens"] and party.country in {place, *others}
    words = {*(t.lower_ for t in doc[root.left_edge.i : root.i]), *party.name.lower().split()}
    people = party.country != place and not words.isdisjoint(load_peoples())
    met = candidate.type in types_with("reciprocal") and candidate.mode != "visit" and root.tag_ == "NNS"
    guests = met and party.country == place and not any(place in countries for countries in told.values())
    return replace(member, party=replace(party, country=None)) if between or people or guests else member


def _root(doc: Doc, member: Member) -> Token:
    span = doc.char_span(*member.party.span, alignment_mode="expand")
    return doc[member.start] if span is None or not len(span) else span.root


def _without_groups_told_twice(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """``fighters of the Islamic State``: the fighters are the group, and of no other state than it."""
    inner = {n: outer for n, m in enumerate(members) for outer in _around(m, members)}
    return tuple(
        replace(m, party=replace(m.party, country=None)) if n in inner.values() else m
        for n, m in enumerate(members)
        if n not in inner
    )


def _around(member: Member, members: tuple[Member, ...]) -> Iterator[int]:
    """The places of the members whose phrases hold that of a stateless group."""
    party = member.party
    if party.country is None and party.id is not None:
        for n, other in enumerate(members):
            if other is not member and other.party.span != party.span and other.party.span.contains(party.span):
                yield n
