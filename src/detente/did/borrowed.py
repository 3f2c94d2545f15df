"""States lent to parties that the text gives none: which the words around them rule out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.codebook import types_with
from detente.did.candidate import Candidate, Member
from detente.knowledge.peoples import load_peoples
from detente.record import Span
from detente.who import Cast


def without_borrowed(doc: Doc, candidate: Candidate, cast: Cast) -> Candidate:
    """The candidate without states that a proposer lent to bare words against what the sentence says."""
    if not (candidate.actors or candidate.recipients):
        return candidate
    own = _Own(doc, candidate, cast)
    actors = tuple(own.corrected(m, candidate.recipients) for m in candidate.actors)
    recipients = tuple(own.corrected(m, candidate.actors) for m in candidate.recipients)
    return replace(
        candidate, actors=_without_groups_told_twice(actors), recipients=_without_groups_told_twice(recipients)
    )


class _Own:
    """What the cast itself says of the members of one candidate."""

    def __init__(self, doc: Doc, candidate: Candidate, cast: Cast) -> None:
        self._doc = doc
        self._candidate = candidate
        self._cast = cast
        self._told: dict[Span, set[str | None]] = {}
        for mention in cast.mentions:
            for party in mention.parties:
                self._told.setdefault(party.span, set()).add(party.country)

    def corrected(self, member: Member, opposite: Iterable[Member]) -> Member:
        """The member, without its state where that is lent and cannot be its own."""
        country = member.party.country
        if country is None or not self._is_lent(member) or not self._is_ruled_out(member, country, opposite):
            return member
        return replace(member, party=replace(member.party, country=None))

    def _is_lent(self, member: Member) -> bool:
        told = self._told.get(member.party.span)
        return told is None or member.party.country not in told

    def _is_ruled_out(self, member: Member, country: str, opposite: Iterable[Member]) -> bool:
        candidate = self._candidate
        root = self._root(member)
        place = candidate.place.country if candidate.place is not None else None
        if member.party.sector is None:
            return False  # a town may well stand for its state
        if candidate.type in types_with("reciprocal") and candidate.mode != "visit":
            others = (m for m in (*candidate.actors, *candidate.recipients) if m is not member)
            return self._bears(others, country, root) or (place == country and not self._is_told(country))
        if candidate.type in types_with("violent") and self._bears(opposite, country, root):
            return True
        return place != country and self._is_of_a_people(root)

    def _bears(self, members: Iterable[Member], country: str, root: Token) -> bool:
        """Whether one of `members` is of the state in its own right, and no part of the phrase of `root`."""
        first, last = root.left_edge.i, root.right_edge.i
        return any(
            m.party.country == country and not self._is_lent(m) and not first <= m.start <= last for m in members
        )

    def _is_told(self, country: str) -> bool:
        """Whether any party of the report is of the state; a place alone is only where they met."""
        return any(country in countries for countries in self._told.values())

    def _is_of_a_people(self, root: Token) -> bool:
        """``Kurdish fighters``: a people that has no state."""
        return any(token.lower_ in load_peoples() for token in self._doc[root.left_edge.i : root.i])

    def _root(self, member: Member) -> Token:
        span = self._doc.char_span(*member.party.span, alignment_mode="expand")
        return self._doc[member.start] if span is None or not len(span) else span.root


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
