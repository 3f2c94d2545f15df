"""What is joined in the text stands together: parties named in one list, verbs that share an object or a tense."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.codebook import types_with
from detente.did.candidate import Candidate, Member
from detente.did.retelling import unique
from detente.did.rules.members import members_of
from detente.language.syntax import child, phrases
from detente.who import Cast, Mention

_ENOUGH = 2
"""Parties of a list that stand on a side before the rest are taken along."""


def with_whole_lists(doc: Doc, candidate: Candidate, cast: Cast) -> Candidate:
    """The candidate with all of a list of parties on the side where most of it stands."""
    sentence = doc[candidate.root].sent
    lists = [m for m in cast.within(sentence.start, sentence.end) if len({p.country for p in m.parties}) > _ENOUGH]
    for mention in lists:
        actors = _completed(candidate.actors, candidate.recipients, mention)
        recipients = _completed(candidate.recipients, candidate.actors, mention)
        candidate = replace(candidate, actors=actors, recipients=recipients)
    return candidate


def _completed(side: Sequence[Member], opposite: Sequence[Member], mention: Mention) -> tuple[Member, ...]:
    whole = {p.country for p in mention.parties}
    there = {m.party.country for m in side}
    if len(whole & there) < _ENOUGH or whole <= there or whole & {m.party.country for m in opposite}:
        return tuple(side)
    added = [Member(p, mention.start, "of the same list") for p in mention.parties if p.country not in there]
    return unique((*side, *added))


def with_joined_verbs(doc: Doc, candidates: Sequence[Candidate], cast: Cast) -> list[Candidate]:
    """Candidates with what a verb shares with the one joined to it: ``**meet with** and **talk to** China``."""
    by_root = {c.root: c for c in candidates}
    return [_with_tense(doc[c.root], _with_object(doc[c.root], c, cast), by_root) for c in candidates]


def _with_object(root: Token, candidate: Candidate, cast: Cast) -> Candidate:
    if candidate.type not in types_with("reciprocal") or candidate.recipients or root.pos_ != "VERB":
        return candidate
    shared = [m for obj in _behind_bare_prepositions(root) for m in members_of(obj, cast)]
    return replace(candidate, actors=unique((*candidate.actors, *shared))) if shared else candidate


def _behind_bare_prepositions(root: Token) -> Iterator[Token]:
    bare = {c.lower_ for c in root.children if c.dep_ == "prep" and not any(c.children)}
    if bare:
        yield from (obj for name, obj in phrases(root) if name in bare)


def _with_tense(root: Token, candidate: Candidate, by_root: dict[int, Candidate]) -> Candidate:
    """A bare verb joined to another has its status: what is *wanted* is no more certain for being told second."""
    if candidate.status != "happened" or root.dep_ != "conj" or root.tag_ != "VB" or child(root, "aux", "nsubj"):
        return candidate
    first = by_root.get(root.head.i)
    if first is None or first.status not in ("planned", "possible"):
        return candidate
    dated = candidate.date is not None and not candidate.date_is_report
    return replace(candidate, status=first.status, date=candidate.date if dated else first.date, date_is_report=False)
