"""What the JSON twins of the other pages hold: timeline, who, joins, network, review, help, compare."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from detente.archive.judged import TypeAgreement
from detente.archive.parties import Speaker
from detente.archive.stories import StoryHead
from detente.relations.matrix import Cell
from detente.web.described import (
    DisputeCard,
    EventCard,
    EventOfDay,
    FoundEvent,
    HistoryLine,
    PageOfAny,
    PromiseCard,
    ReportLine,
    ScoredPage,
    StatementCard,
    TurnedPage,
    part,
)


@part
class DayOfEvents:
    """A day and the acts that are counted on it."""

    day: str
    events: tuple[EventOfDay, ...]


@part
class TimelinePage(TurnedPage, ScoredPage):
    """Acts day by day, newest first; those of days to come, and those without a day, apart."""

    days: tuple[DayOfEvents, ...]
    given: dict[str, str | None]
    one: str | None
    other: str | None
    types: tuple[str, ...]
    map: str
    to_come: int
    to_come_address: str | None
    undated: int
    undated_events: tuple[EventCard, ...]
    statuses: tuple[str, ...]


@part
class Partner:
    """A state and the acts shared with it."""

    code: str
    name: str
    address: str
    acts: int
    undated: int


@part
class SpeakerLine(Speaker):
    """Who speaks for a state."""

    address: str


@part
class EventsOf:
    """The newest events of a kind, and how many there are."""

    total: int
    rows: tuple[EventCard, ...]


@part
class StatementsOf:
    """The newest statements, and how many there are."""

    total: int
    rows: tuple[StatementCard, ...]


@part
class WhoPage(PageOfAny):
    """What a state or a person did, had done to it, planned, denied and said."""

    name: str
    code: str | None
    partners: tuple[Partner, ...]
    speakers: tuple[SpeakerLine, ...]
    did: EventsOf
    suffered: EventsOf
    planned: EventsOf
    denied: EventsOf
    said: StatementsOf


@part
class PromisesPage(TurnedPage, ScoredPage):
    """What was announced and what came of it; `counts` by outcome."""

    promises: tuple[PromiseCard, ...]
    outcome: str | None
    outcomes: tuple[str, ...]
    counts: dict[str, int]
    one: str | None
    other: str | None


@part
class DisputesPage(TurnedPage, ScoredPage):
    """Accounts that cannot both hold."""

    disputes: tuple[DisputeCard, ...]
    kind: str | None
    kinds: tuple[str, ...]
    one: str | None
    other: str | None


@part
class StoryLine(StoryHead):
    """A story in a list."""

    name: str = field()  # else the property of that name would be its default
    address: str


@part
class StoriesPage(TurnedPage):
    """Stories, newest first."""

    stories: tuple[StoryLine, ...]


@part
class StoryOfPage:
    """A story: what it is called, its first and last day, and its words."""

    id: str
    name: str
    first: str
    last: str
    words: str


@part
class StoryPage(PageOfAny):
    """One story: its reports and what happened in them."""

    story: StoryOfPage
    reports: tuple[ReportLine, ...]
    events: tuple[EventCard, ...]


@part
class TieLine(Cell):
    """A tie of the network."""

    address: str


@part
class NetworkPage(PageOfAny):
    """The busiest ties."""

    window: str
    windows: tuple[str, ...]
    since: str | None
    ties: tuple[TieLine, ...]


@part
class PlaceLine:
    """A place and the acts that were there, with how precisely it is known."""

    key: str
    name: str
    country: str | None
    precision: str
    latitude: float
    longitude: float
    acts: int
    tension: float
    address: str
    timeline: str


@part
class PlaceShown(PlaceLine):
    """The place looked at, with its newest acts."""

    events: tuple[EventCard, ...]
    more: int


@part
class MapPage(ScoredPage):
    """Acts by where they were; `elsewhere` counts those without a known place."""

    points: tuple[PlaceLine, ...]
    listed: int
    given: dict[str, str | None]
    one: str | None
    other: str | None
    acts: int
    drawn: int
    elsewhere: int
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    at: PlaceShown | None
    timeline: str
    search: str


@part
class CardToJudge(FoundEvent):
    """An event nobody has judged, with the words around it."""

    before: str
    after: str
    history: tuple[HistoryLine, ...]


@part
class LastLine:
    """The newest judgement that was not taken back."""

    n: int
    event: str
    verdict: str | None
    field: str | None
    new: str | None


@part
class ReviewPage(PageOfAny):
    """The next event to judge, and the rates so far."""

    card: CardToJudge | None
    type: str | None
    after: str | None
    events: int
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    rates: tuple[TypeAgreement, ...]
    last: LastLine | None


@part
class KeyLine:
    """A key and what it does."""

    key: str
    does: str


@part
class HelpPage(PageOfAny):
    """Keys, and the numbers behind the index."""

    keys: tuple[KeyLine, ...]
    status_weights: dict[str, float]
    surprise_at: float
    half_life: dict[str, float]
    least_spread: dict[str, float]


@part
class ComparePage(PageOfAny):
    """The next difference between two codings, and how far they agree."""

    card: dict[str, Any] | None
    differing: int
    agreement: dict[str, Any]
