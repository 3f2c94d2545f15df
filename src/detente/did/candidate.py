"""A candidate: what a proposer takes for an act, before the constraints have looked at it and it becomes an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from spacy.tokens import Doc

from detente.record import Party, Place, Span, Statement, Status, Time, Voice
from detente.where import PlaceMention
from detente.who import Cast


@dataclass(frozen=True, slots=True)
class Member:
    """A party on a side: where its mention starts in the Doc, and the path that led to it, in words for a reader."""

    party: Party
    start: int
    path: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that changed a status, and how: `effect` is the status they lead to."""

    words: Span
    effect: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One answer that a proposer weighed: to which `question` (type, status, actor …), in words, with its chance."""

    question: str
    answer: str
    chance: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One act that one word of the text may name.

    `root` is the index in the Doc of the trigger's head, `trigger` its characters. `voice` is the source of the words
    the act stands in, whoever acts. `score` is the probability that the candidate is right, null where the proposer
    gives none; `why` tells a reader how it came about, `reasons` the words its status rests on, in the order met,
    `weights` what was weighed, likeliest first for each question.
    """

    root: int
    trigger: Span
    type: str
    status: Status
    mode: str | None = None
    actors: tuple[Member, ...] = ()
    recipients: tuple[Member, ...] = ()
    date: str | None = None
    date_is_report: bool = False
    place: Place | None = None
    voice: Voice | None = None
    score: float | None = None
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    weights: tuple[Weight, ...] = ()


def likely(score: float | None, least: float | None) -> bool:
    """Whether a score is no lower than `least`; one that is not known is no reason to leave anything out."""
    return score is None or least is None or score >= least


class Proposer(Protocol):
    """Finds the acts that a parsed report may tell: everything that is not settled by `detente.did.constraints`."""

    @property
    def model(self) -> str | None:
        """The weights it works with, by name and checksum; null where it has none."""

    def propose(
        self,
        doc: Doc,
        times: Sequence[Time],
        cast: Cast,
        places: Sequence[PlaceMention],
        statements: Sequence[Statement],
        day: date | None,
    ) -> tuple[Candidate, ...]:
        """Candidates in text order, one a trigger; `day` is the day of the report."""

    def acts(self, doc: Doc, candidates: Sequence[Candidate]) -> Sequence[int]:
        """Which candidates tell one act: the number of the act of each, from 1 in text order."""
