"""Events put together: candidates that may stand, with their evidence, their ids and their acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from detente.codebook import intensity_of
from detente.did.acts import linked
from detente.did.candidate import Candidate, Member, Proposer, likely
from detente.did.constraints import borne_out, settled
from detente.did.contexts import contexts_of
from detente.did.evidence import evidence_of
from detente.did.rules import RULES
from detente.record import Event, Party, Statement, Time
from detente.where import PlaceMention
from detente.who import Cast


def find_candidates(
    doc: Doc,
    times: Sequence[Time],
    cast: Cast,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    day: date | None,
    proposer: Proposer = RULES,
) -> tuple[Candidate, ...]:
    """What `proposer` finds in a parsed report and the constraints let stand, in text order."""
    return standing(doc, proposer.propose(doc, times, cast, places, statements, day), times, cast, statements, day)


def standing(
    doc: Doc,
    proposed: Sequence[Candidate],
    times: Sequence[Time],
    cast: Cast,
    statements: Sequence[Statement],
    day: date | None,
) -> tuple[Candidate, ...]:
    """What the constraints let stand of the candidates `proposed` for a report, in text order."""
    return settled(doc, borne_out(doc, proposed, times, cast), statements, day)


def find_events(
    doc: Doc,
    times: Sequence[Time],
    cast: Cast,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    day: date | None,
    proposer: Proposer = RULES,
    min_score: float | None = None,
) -> tuple[Event, ...]:
    """The events of a parsed report in text order, with ids ``e1`` … and the numbers of their acts.

    Those with a score below `min_score` are left out before ids are given.
    """
    found = find_candidates(doc, times, cast, places, statements, day, proposer)
    return assembled(doc, [candidate for candidate in found if likely(candidate.score, min_score)], proposer)


def assembled(doc: Doc, candidates: Sequence[Candidate], proposer: Proposer = RULES) -> tuple[Event, ...]:
    """One event a candidate, in the order of `candidates`; `proposer` says which tell one act."""
    numbers = proposer.acts(doc, candidates)
    return linked(
        _event(f"e{n}", act, candidate, doc)
        for n, (candidate, act) in enumerate(zip(candidates, numbers, strict=True), 1)
    )


def _event(id: str, act: int, candidate: Candidate, doc: Doc) -> Event:
    root = doc[candidate.root]
    evidence = evidence_of(root, candidate.trigger)
    return Event(
        id=id,
        type=candidate.type,
        status=candidate.status,
        trigger=candidate.trigger,
        evidence=evidence,
        actors=_parties(candidate.actors),
        recipients=_parties(candidate.recipients),
        mode=candidate.mode,
        contexts=contexts_of(root, evidence),
        date=candidate.date,
        date_is_report=candidate.date_is_report,
        place=candidate.place,
        said_by=candidate.voice,
        intensity=intensity_of(candidate.type, candidate.mode),
        score=candidate.score,
        act=act,
    )


def _parties(members: Sequence[Member]) -> tuple[Party, ...]:
    return tuple(m.party for m in members)
