"""Two codings of the same reports side by side: which events are the same, and field by field where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.record import Event, Party, Record, Span

FIELDS = ("type", "mode", "status", "actors", "recipients", "date", "said_by")
"""What is compared of two events that tell one act; sides by their countries."""

_UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Coded:
    """An event as it is compared; `actors` and `recipients` are countries, ``?`` where none is known."""

    id: str
    trigger: Span
    evidence: Span
    type: str
    mode: str | None
    status: str
    actors: frozenset[str]
    recipients: frozenset[str]
    date: str | None
    said_by: bool

    @classmethod
    def of(cls, event: Event) -> Coded:
        """An event of a record."""
        return cls(
            id=event.id,
            trigger=event.trigger,
            evidence=event.evidence,
            type=event.type,
            mode=event.mode,
            status=event.status,
            actors=_countries(event.actors),
            recipients=_countries(event.recipients),
            date=event.date,
            said_by=event.said_by is not None,
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """What two codings make of one act: null where one of them has no such event; `differs` names fields."""

    one: Coded | None
    other: Coded | None
    differs: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both have the event, and all of it alike."""
        return self.one is not None and self.other is not None and not self.differs

    @property
    def start(self) -> int:
        """Where the act is told."""
        return min(coded.trigger.start for coded in (self.one, self.other) if coded is not None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two codings agree: events of each, those in both, and of these how many have each field alike."""

    reports: int
    one: int
    other: int
    both: int
    alike: tuple[tuple[str, int], ...]
    whole: int

    @property
    def f1(self) -> float:
        """The share of all events that both have, 1 where there are none."""
        return 2 * self.both / (self.one + self.other) if self.one + self.other else 1.0


def paired(one: Sequence[Coded], other: Sequence[Coded]) -> tuple[Pair, ...]:
    """The events of one report in pairs, in text order; those that tell one act stand together.

    They do when their triggers overlap, or when they have one type and the evidence of each holds the other's trigger.
    The likest are paired first.
    """
    weights = [(_weight(a, b), -i, -j) for i, a in enumerate(one) for j, b in enumerate(other)]
    taken: dict[int, int] = {}
    for weight, i, j in sorted(weights, reverse=True):
        if weight > 0 and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    pairs = [_pair(a, other[taken[i]]) if i in taken else Pair(a, None) for i, a in enumerate(one)]
    pairs += [Pair(None, b) for j, b in enumerate(other) if j not in taken.values()]
    return tuple(sorted(pairs, key=lambda pair: pair.start))


def compared(one: Iterable[Record], other: Iterable[Record]) -> list[tuple[Record, Record, tuple[Pair, ...]]]:
    """The records of both codings of each text that both hold, with their events in pairs."""
    theirs = {record.text_sha256: record for record in other}
    return [
        (record, theirs[record.text_sha256], paired(_events(record), _events(theirs[record.text_sha256])))
        for record in one
        if record.text_sha256 in theirs
    ]


def agreement(reports: Iterable[Sequence[Pair]]) -> Agreement:
    """How the codings agree over the pairs of each report."""
    told = list(reports)
    pairs = [pair for report in told for pair in report]
    both = [pair for pair in pairs if pair.one is not None and pair.other is not None]
    return Agreement(
        reports=len(told),
        one=sum(pair.one is not None for pair in pairs),
        other=sum(pair.other is not None for pair in pairs),
        both=len(both),
        alike=tuple((field, sum(field not in pair.differs for pair in both)) for field in FIELDS),
        whole=sum(pair.agrees for pair in pairs),
    )


def _events(record: Record) -> list[Coded]:
    return [Coded.of(event) for event in record.events]


def _countries(side: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.country or _UNKNOWN for party in side)


def _pair(one: Coded, other: Coded) -> Pair:
    return Pair(one, other, tuple(field for field in FIELDS if getattr(one, field) != getattr(other, field)))


def _weight(one: Coded, other: Coded) -> int:
    touch = one.trigger.overlaps(other.trigger)
    same = one.type == other.type
    if not touch and not (same and one.evidence.contains(other.trigger) and other.evidence.contains(one.trigger)):
        return 0
    sides = (one.actors, one.recipients) == (other.actors, other.recipients)
    return 4 * touch + 3 * same + (one.status == other.status) + 2 * sides
