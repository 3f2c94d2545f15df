"""What the JSON twin of each page holds, as types: `openapi` writes its schemas from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from detente.archive.answers import EventRow, Hit, ReportRow, StatementRow
from detente.archive.corrections import Correction
from detente.archive.disputes import OtherAccount
from detente.archive.promises import Looked, Settled
from detente.archive.reports import ReportHead
from detente.record import Check
from detente.relations.matrix import Cell

part = dataclass(frozen=True, kw_only=True)
"""Types that are only read for their fields, some of them those of two others, which slots would forbid."""


@part
class PageOfAny:
    """What every page has."""

    title: str


@part
class FaultPage(PageOfAny):
    """Why there is no answer."""

    error: str
    status: int


@part
class ScoredPage(PageOfAny):
    """A page of events: the least score asked for, and whether any event of the archive has one."""

    min_score: float | None
    scored: bool


@part
class TurnedPage(PageOfAny):
    """A page of a list: its number, how many rows there are in all, and the addresses of the pages beside it."""

    page: int
    total: int
    shown: str
    newer: str | None
    older: str | None


@part
class EventCard(EventRow):
    """An event with its sides in words and its place in the Reader."""

    who: str
    whom: str
    address: str


@part
class WordedEvent(EventCard):
    """An event with the whole sentence that tells it."""

    words: str


@part
class FoundEvent(EventCard):
    """An event and how it came about: pairs of a label and words."""

    found: tuple[tuple[str, str], ...]


@part
class EventOfReport(FoundEvent):
    """An event as a card beside its report."""

    kind_of: Literal["event"]
    at: int


@part
class EventOfDay(EventCard):
    """An event in the timeline."""

    counted_on: str | None = field()  # else the property of that name would be its default


@part
class EventOfPoint(EventCard):
    """An event of one point of a series: what it adds, and how many tellings it has."""

    weight: float
    tellings: int


@part
class StatementCard(StatementRow):
    """A statement in one piece, and its place in the Reader."""

    words: str
    address: str


@part
class StatementOfReport(StatementCard):
    """A statement as a card beside its report."""

    kind_of: Literal["statement"]
    at: int


@part
class HitCard(Hit):
    """Words found in a report; pieces are words and whether they matched."""

    address: str
    pieces: tuple[tuple[str, bool], ...]


@part
class ReportLine(ReportHead):
    """A report in a list."""

    address: str


@part
class LookedAt(Looked):
    """Where an answer was looked for, with the reports and acts of that time."""

    party: str | None
    reports_address: str
    acts_address: str


@part
class PromiseCard:
    """Something announced and what came of it."""

    event: WordedEvent
    answer: WordedEvent | None
    outcome: str
    looked: LookedAt
    due_start: str | None
    due_end: str | None


@part
class DisputeCard:
    """Two accounts that cannot both hold."""

    kind: str
    what: str
    one: WordedEvent
    other: WordedEvent


@part
class MatrixCell:
    """How a state stands to another."""

    other: str
    acts: int
    tension: float | None
    shade: str


@part
class MatrixRow:
    """How a state stands to all others."""

    state: str
    cells: tuple[MatrixCell, ...]


@part
class SurpriseLine:
    """A surprise on the front page."""

    names: tuple[str, ...]
    start: str
    direction: str
    z: float
    formula: str
    address: str


@part
class HomePage(PageOfAny):
    """How the states stand."""

    window: str
    windows: tuple[str, ...]
    since: str | None
    states: tuple[str, ...]
    matrix: tuple[MatrixRow, ...]
    cells: tuple[Cell, ...]
    surprises: tuple[SurpriseLine, ...]
    due: tuple[PromiseCard, ...]
    newest: tuple[ReportLine, ...]


@part
class FacetValue:
    """A value to narrow a list by."""

    value: str
    count: int
    chosen: bool
    address: str


@part
class EventHit(EventCard):
    """An event found by words; pieces are words and whether they were asked for."""

    pieces: tuple[tuple[str, bool], ...]


@part
class StatementHit(StatementCard):
    """A statement found by words; pieces are words and whether they were asked for."""

    pieces: tuple[tuple[str, bool], ...]


@part
class Facet:
    """The values of one field, the commonest first."""

    name: str
    values: tuple[FacetValue, ...]


@part
class SearchPage(TurnedPage, ScoredPage):
    """Events, statements or reports that were asked for."""

    q: str | None
    kind: str
    kinds: tuple[str, ...]
    given: dict[str, str | None]
    rows: tuple[EventHit | StatementHit | HitCard, ...]
    facets: tuple[Facet, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]


@part
class ReportsPage(TurnedPage):
    """Reports, newest first."""

    reports: tuple[ReportLine, ...]
    since: str | None
    until: str | None


@part
class Glyph:
    """The number and sign of a card in the text."""

    n: int
    status: str


@part
class PieceLine:
    """Words of the report under the same marks."""

    words: str
    classes: str
    of: tuple[str, ...]
    opens: tuple[str, ...]


@part
class ReaderPage(ScoredPage):
    """A report with everything found in it."""

    report: ReportRow
    text: str
    checks: tuple[Check, ...]
    cards: tuple[EventOfReport | StatementOfReport, ...]
    left_out: int
    glyphs: dict[str, Glyph]
    paragraphs: tuple[tuple[PieceLine, ...], ...]


@part
class HistoryLine(Correction):
    """One judgement of a person, and whether it was taken back."""

    undone: bool


@part
class SettledPromise(Settled):
    """What became of an event that was announced."""

    address: str | None


@part
class OtherAccountLine(OtherAccount):
    """An account that disputes an event."""

    address: str


@part
class EventPage(PageOfAny):
    """One event with all that is known of it."""

    event: FoundEvent
    history: tuple[HistoryLine, ...]
    tellings: tuple[EventCard, ...]
    promise: SettledPromise | None
    disputes: tuple[OtherAccountLine, ...]
    pair: str | None
