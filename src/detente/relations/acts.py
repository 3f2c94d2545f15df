"""Acts between states as rows of a series: dated, weighed, each counted once however often it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from detente.codebook import quad_of
from detente.relations.weights import By, Weights, weights

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""Quad classes 1 to 4."""


@dataclass(frozen=True, slots=True)
class DyadAct:
    """One telling of one act between states, as the archive holds it.

    `start` and `end` are the closed interval of days of the act, null where the text gives none; `told` is the day of
    the report. `joined` is shared by all tellings of the same act. `intensity` is PLOVER's score, -10 to 10.
    """

    id: str
    joined: str
    report: str
    told: date
    start: date | None
    end: date | None
    type: str
    status: str
    intensity: float
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    tellings: int = 1

    @property
    def quad(self) -> str:
        """The quad class of the type, in words."""
        return QUADS[quad_of(self.type) - 1]

    def day(self, by: By = "week") -> date | None:
        """The day the act belongs to: when it happened, or when a plan or possibility was told.

        None where its date is wider than a point of the series allows.
        """
        if self.status in ("planned", "possible") or self.start is None:
            return self.told
        end = self.end or self.start
        return self.start if (end - self.start).days <= weights().widest_date[by] else None

    def weight(self, given: Weights | None = None) -> float:
        """What the act adds to tension: -intensity / 10 × the weight of its status."""
        return -self.intensity / 10 * (given or weights()).status[self.status]


def directed(acts: Iterable[DyadAct], actor: str, recipient: str) -> list[DyadAct]:
    """The acts of `actor` towards `recipient`; acts done together (no recipient named) belong to both directions."""
    return [act for act in acts if _goes(act, actor, recipient)]


def between(acts: Iterable[DyadAct], one: str, other: str) -> list[DyadAct]:
    """The acts between two states, in either direction or together."""
    return [act for act in acts if _goes(act, one, other) or _goes(act, other, one)]


def among(acts: Iterable[DyadAct], group: Iterable[str]) -> list[DyadAct]:
    """The acts between any two states of a group."""
    members = sorted(set(group))
    pairs = [(a, b) for a in members for b in members if a != b]
    return [act for act in acts if any(_goes(act, a, b) for a, b in pairs)]


def _goes(act: DyadAct, actor: str, recipient: str) -> bool:
    if actor not in act.actors:
        return False
    return recipient in act.recipients or (not act.recipients and recipient in act.actors)


def once(acts: Iterable[DyadAct]) -> list[DyadAct]:
    """One act for all its tellings, in order of day: the telling that asserts most, told first.

    Its `tellings` is the number of rows joined.
    """
    groups: dict[str, list[DyadAct]] = {}
    for act in acts:
        groups.setdefault(act.joined, []).append(act)
    told = weights().status
    chosen = []
    for group in groups.values():
        best = min(group, key=lambda act: (-told[act.status], act.told, act.id)) if len(group) > 1 else group[0]
        chosen.append(replace(best, tellings=sum(act.tellings for act in group)) if len(group) > 1 else best)
    return sorted(chosen, key=lambda act: (act.start or act.told, act.id))
