"""The gate: what a coder claims stands only where the text and the ontology bear it out.

A claim is one time, statement or event. One that fails is left out and counted with its reason under the check
``coder-claims``; it is never repaired, since a repaired claim would be a guess with somebody else's name on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar, get_args

from detente.codebook import load_codebook
from detente.codebook.contexts import load_contexts
from detente.coding.protocol import Coder, Explains, Item, Result
from detente.did.acts import acts_of, linked
from detente.did.candidate import likely
from detente.did.explain import Explanation
from detente.errors import UsageError
from detente.knowledge.tables import country_codes, load_sectors
from detente.reading.fields import beyond, error_of
from detente.record import Check, Event, Failure, Kind, Party, Record, Report, Span, Statement, Status, Time, days_of

CHECK = "coder-claims"
"""The code of the check that tells how many claims were left out, and why."""

_Claim = TypeVar("_Claim", Time, Statement, Event)
_STATUSES, _KINDS = frozenset(get_args(Status)), frozenset(get_args(Kind))


class Gate:
    """A coder whose records hold only claims that stand, and no event with a score below `min_score`."""

    def __init__(self, coder: Coder, min_score: float | None = None) -> None:
        self.coder = coder
        self.min_score = min_score

    @property
    def name(self) -> str:
        """The name of the coder."""
        return self.coder.name

    @property
    def version(self) -> str:
        """The version of the coder."""
        return self.coder.version

    def code(self, report: Report) -> Record:
        """The record of one report; raises `DetenteError` where it cannot be coded."""
        if isinstance(item := _readable(report), Failure):
            raise error_of(item)
        return checked(self.coder.code(report), self.min_score)

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`."""
        for result in self.coder.stream(map(_readable, reports), workers):
            yield checked(result, self.min_score) if isinstance(result, Record) else result

    def explain(self, report: Report, event_id: str) -> Explanation | None:
        """Why an event reads as it does; null where the report has no such event, `UsageError` from a mute coder."""
        if not isinstance(self.coder, Explains):
            raise UsageError(f"The coder {self.name!r} does not say how it came to an event.")
        return self.coder.explain(report, event_id)


def _readable(item: Item) -> Item:
    """`item`, unless its text is longer than any coder is given."""
    if isinstance(item, Failure) or (reason := beyond(item.text)) is None:
        return item
    return Failure(item.id, item.origin, *reason)


def checked(record: Record, min_score: float | None = None) -> Record:
    """`record` with only the claims that stand, and a check that counts the others by reason.

    Events with a score below `min_score` are left out too; they are no wrong claims, so nothing counts them.
    """
    claims = _Claims(record.text)
    times = claims.standing(record.times, claims.fault_of_time)
    statements = claims.standing(record.statements, claims.fault_of_statement)
    claims.statements = frozenset(s.id for s in statements)
    claims.ids.clear()
    events = claims.standing(record.events, claims.fault_of_event)
    checks = record.checks if not claims.refused else (*record.checks, _counted(claims.refused))
    events = linked(event for event in events if likely(event.score, min_score))
    return replace(record, checks=checks, times=times, statements=statements, events=events, acts=acts_of(events))


def _counted(refused: Counter[str]) -> Check:
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(refused.items()))
    return Check(CHECK, f"{refused.total()} claims of the coder were left out ({reasons}).")


@dataclass(slots=True)
class _Claims:
    """The claims about one text while they are held to it; a `fault` is a reason, null where a claim stands."""

    text: str
    refused: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    triggers: set[Span] = field(default_factory=set)
    statements: frozenset[str] = frozenset()

    def standing(self, claims: Sequence[_Claim], fault_of: Callable[[_Claim], str | None]) -> tuple[_Claim, ...]:
        """The claims without a fault; those with one are counted."""
        kept = []
        for claim in claims:
            fault = fault_of(claim)
            if fault is None:
                kept.append(claim)
            else:
                self.refused[fault] += 1
        return tuple(kept)

    def fault_of_time(self, time: Time) -> str | None:
        """What is wrong with a time expression."""
        if not self._inside(time.span):
            return "span-outside"
        if (time.start is None) != (time.end is None):
            return "no-such-date"
        return None if time.start is None or _is_date(f"{time.start}/{time.end}") else "no-such-date"

    def fault_of_statement(self, statement: Statement) -> str | None:
        """What is wrong with a statement."""
        spans = (*statement.content, statement.cue, statement.addressee)
        if not statement.content or not all(self._inside(span) for span in spans if span is not None):
            return "span-outside"
        if statement.kind not in _KINDS:
            return "unknown-kind"
        if statement.date is not None and not _is_date(statement.date):
            return "no-such-date"
        fault = self._fault_of_parties(() if statement.source is None else (statement.source,))
        return fault or self._taken(statement.id)

    def fault_of_event(self, event: Event) -> str | None:
        """What is wrong with an event."""
        fault = _fault_of_codes(event) or self._fault_of_spans(event) or self._fault_of_sides(event)
        if fault is not None:
            return fault
        if event.date is not None and not _is_date(event.date):
            return "no-such-date"
        if event.said_by is not None and event.said_by.statement is not None:
            if event.said_by.statement not in self.statements:
                return "unknown-statement"
        if event.trigger in self.triggers:
            return "trigger-taken"
        if (taken := self._taken(event.id)) is None:
            self.triggers.add(event.trigger)
        return taken

    def _fault_of_spans(self, event: Event) -> str | None:
        if not (self._inside(event.trigger) and self._inside(event.evidence)):
            return "span-outside"
        if not event.evidence.contains(event.trigger):
            return "evidence-without-trigger"
        named = (event.place, event.said_by)
        if any(part is not None and not self._reads(part.span, part.text) for part in named):
            return "words-differ"
        if event.place is not None and event.place.country not in (None, *country_codes()):
            return "unknown-country"
        return None

    def _fault_of_sides(self, event: Event) -> str | None:
        acting = {(p.span, p.country) for p in event.actors}
        if any((p.span, p.country) in acting for p in event.recipients):
            return "both-sides"
        return self._fault_of_parties((*event.actors, *event.recipients))

    def _fault_of_parties(self, parties: Iterable[Party]) -> str | None:
        for party in parties:
            if not self._reads(party.span, party.text):
                return "words-differ"
            if party.country is not None and party.country not in country_codes():
                return "unknown-country"
            if party.sector is not None and party.sector not in load_sectors():
                return "unknown-sector"
        return None

    def _inside(self, span: Span) -> bool:
        return 0 <= span.start < span.end <= len(self.text)

    def _reads(self, span: Span, words: str) -> bool:
        return self._inside(span) and span.of(self.text) == words

    def _taken(self, id: str) -> str | None:
        if id in self.ids:
            return "id-taken"
        self.ids.add(id)
        return None


def _fault_of_codes(event: Event) -> str | None:
    entry = load_codebook().types.get(event.type)
    if entry is None:
        return "unknown-type"
    if event.mode is not None and event.mode not in entry.modes:
        return "unknown-mode"
    if event.status not in _STATUSES:
        return "unknown-status"
    if not set(event.contexts) <= set(load_contexts().names):
        return "unknown-context"
    if event.score is not None and not 0 <= event.score <= 1:
        return "score-outside"
    return None


def _is_date(told: str) -> bool:
    start, end = days_of(told)
    try:
        return start is not None and end is not None and date.fromisoformat(start) <= date.fromisoformat(end)
    except ValueError:
        return False
