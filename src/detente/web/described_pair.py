"""What the JSON twin of a pair holds: its whole series, surprises, turns, and the point that is looked at."""

from __future__ import annotations

from detente.archive.parties import Teller
from detente.web.described import EventOfPoint, PromiseCard, ScoredPage, part


@part
class Stretch:
    """From a day to a day, both included."""

    start: str
    end: str


@part
class SurpriseCard(Stretch):
    """A point outside its band, with its numbers; acts are ids."""

    direction: str
    tension: float
    expected: float
    spread: float
    z: float
    volume: float
    read: int
    formula: str
    acts: tuple[str, ...]
    address: str


@part
class TurnCard:
    """The first point of a new level."""

    start: str
    direction: str
    before: float
    after: float
    acts: tuple[str, ...]
    address: str


@part
class PointRow(Stretch):
    """One point of the series: tension, what was expected, what was read, acts by quad class."""

    tension: float | None
    expected: float | None
    low: float | None
    high: float | None
    z: float | None
    read: int
    mentioning: int
    coverage: str
    acts: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int


@part
class PointCard(Stretch):
    """The point that is looked at, with its events."""

    tension: float | None
    read: int
    mentioning: int
    coverage: str
    more: int
    events: tuple[EventOfPoint, ...]


@part
class TellerLine(Teller):
    """Who tells of the pair."""

    address: str


@part
class PairPage(ScoredPage):
    """How two states stand: the whole series with what was expected, surprises, turns, promises."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    by: str
    steps: tuple[str, ...]
    directed: bool
    since: str | None
    until: str | None
    acts: int
    loose: int
    beyond: int
    undated: int
    quads: dict[str, int]
    coverage: dict[str, int]
    needed: int
    known: int
    unread: tuple[Stretch, ...]
    points: tuple[PointRow, ...]
    surprises: tuple[SurpriseCard, ...]
    turns: tuple[TurnCard, ...]
    point: PointCard | None
    promises: tuple[PromiseCard, ...]
    says: tuple[TellerLine, ...]
    swap: str
