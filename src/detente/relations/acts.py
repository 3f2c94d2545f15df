"""Acts between states as rows of a series: dated, weighed, each counted once however often it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from detente.archive.told import pairs_among
from detente.codebook import quad_of
from detente.relations.weights import STATUSES, By, Weights, weights

QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
"""Quad classes 1 to 4."""


@dataclass(frozen=True, slots=True)
class DyadAct:
    """One telling of one act between states, as the archive holds it.

    `start` and `end` are the closed interval of days of the act, null where the text gives none; `told` is the day of
    the report, null where it has none. `joined` is shared by all tellings of the same act. `intensity` is PLOVER's
    score, -10 to 10.
    """

    id: str
    joined: str
    report: str
    told: date | None
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

    @property
    def counted_on(self) -> date | None:
        """The first day the act may have been on; of a plan or possibility the day it was told. None without a day."""
        return self.told if self.status in ("planned", "possible") else self.start

    def day(self, by: By = "week") -> date | None:
        """The day the act is drawn on: that of `counted_on`, none where it is wider than a point of the series allows.

        What happened on no day that is told is drawn on none: the day of the report says nothing of it.
        """
        first = self.counted_on
        if first is None or self.status in ("planned", "possible"):
            return first
        return first if ((self.end or first) - first).days <= weights().widest_date[by] else None

    def weight(self, given: Weights | None = None) -> float:
        """What the act adds to tension: -intensity / 10 × the weight of its status."""
        return -self.intensity / 10 * (given or weights()).status[self.status]


def directed(acts: Iterable[DyadAct], actor: str, recipient: str) -> list[DyadAct]:
    """The acts of `actor` towards `recipient`; acts done together (no recipient named) belong to both directions."""
    return [act for act in acts if _goes(act, actor, recipient)]


def between(acts: Iterable[DyadAct], one: str, other: str) -> list[DyadAct]:
    """The acts between two states, in either direction or together."""
    return [act for act in acts if _goes(act, one, other) or _goes(act, other, one)]


def _goes(act: DyadAct, actor: str, recipient: str) -> bool:
    if actor not in act.actors:
        return False
    return recipient in act.recipients or (not act.recipients and recipient in act.actors)


def pairs_of(act: DyadAct) -> set[tuple[str, str]]:
    """The pairs the act is between, each in order of its codes: the rule of `between` for all pairs at once."""
    return pairs_among(act.actors, act.recipients)


def is_of_time(act: DyadAct, since: date | None, until: date | None) -> bool:
    """Whether an act is of that time, both days included: by its day, one without a day by when it was told."""
    day = act.counted_on or act.told
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)


def once(acts: Iterable[DyadAct]) -> list[DyadAct]:
    """One act for all its tellings, in order of day: the telling that stands for it (`archive.told.STANDING`).

    Its `tellings` is the number of rows joined. Acts without a day come last.
    """
    groups: dict[str, list[DyadAct]] = {}
    for act in acts:
        groups.setdefault(act.joined, []).append(act)
    chosen = []
    for group in groups.values():
        best = min(group, key=_standing) if len(group) > 1 else group[0]
        chosen.append(replace(best, tellings=sum(act.tellings for act in group)) if len(group) > 1 else best)
    return sorted(chosen, key=lambda act: (act.counted_on or date.max, act.id))


def _standing(act: DyadAct) -> tuple[int, bool, date, str]:
    return STATUSES.index(act.status), act.counted_on is None, act.told or date.max, act.id
