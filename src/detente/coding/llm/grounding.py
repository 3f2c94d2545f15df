"""What an answer says, found in the text: statements and candidates for events, each at the words it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from spacy.tokens import Doc

from detente.coding.llm.asking import Part
from detente.coding.llm.form import REPORT, ToldEvent, ToldParty, ToldStatement
from detente.coding.llm.linking import Linker, Near
from detente.coding.llm.quoting import Quoting
from detente.coding.pipeline import Found
from detente.did import Candidate
from detente.did.retelling import acts_told
from detente.did.sources import voice_from
from detente.language.quotes import find_quotes
from detente.record import Kind, Party, Place, Span, Statement, Time, Voice
from detente.said import dated, statement_holding
from detente.when import Told, date_of, told_times
from detente.when.form import form_of
from detente.where import PlaceMention
from detente.who import Cast

_MARKS = "\"“”„«»‹›「」『』'‘’ \n\t"


@dataclass(frozen=True, slots=True)
class _Date:
    date: str | None = None
    is_report: bool = False


class Grounding:
    """Grounds the answers about one report; `faults` counts what was left out, by reason.

    What lies in one of the spans `barred` is left out too.
    """

    def __init__(self, doc: Doc, found: Found, parts: Sequence[Part], barred: Sequence[Span] = ()) -> None:
        self._doc = doc
        self._times, cast, self._places, _, self._day = found
        self._parts = [(Quoting(part.span.of(doc.text), part.span.start), part.answer) for part in parts]
        self._barred = barred
        self._told = told_times(doc, self._times)
        self.faults: Counter[str] = Counter()
        for part in parts:
            self.faults.update(dict(part.answer.faults))
        self._linker = Linker(doc, cast, self._places, self.faults)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements whose words stand in the text, in its order."""
        found: dict[tuple[Span, ...], Statement] = {}
        for quoting, answer in self._parts:
            for told in answer.statements:
                statement = self._statement(told, quoting)
                if statement is not None:
                    found.setdefault(statement.content, statement)
        ordered = sorted(found.values(), key=lambda s: (s.content[0].start, -s.content[-1].end))
        numbered = (replace(statement, id=f"s{n}") for n, statement in enumerate(ordered, 1))
        return dated(numbered, self._doc, self._times, self._day)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The events whose triggers stand in the text, in its order, one a word."""
        found: dict[int, Candidate] = {}
        for quoting, answer in self._parts:
            for told in answer.events:
                candidate = self._candidate(told, quoting, [c.trigger for c in found.values()])
                if candidate is not None and candidate.root in found:
                    self.faults["trigger-taken"] += 1
                elif candidate is not None:
                    found[candidate.root] = candidate
        return tuple(sorted(found.values(), key=lambda c: (c.trigger.start, c.trigger.end)))

    @property
    def model(self) -> str | None:
        """None of its own: the coder names the model that was asked."""
        return None

    def acts(self, doc: Doc, candidates: Sequence[Candidate]) -> Sequence[int]:
        """Which candidates tell one act, as the rules see it."""
        return acts_told(doc, candidates)

    def propose(
        self,
        doc: Doc,
        times: Sequence[Time],
        cast: Cast,
        places: Sequence[PlaceMention],
        statements: Sequence[Statement],
        day: date | None,
    ) -> tuple[Candidate, ...]:
        """The candidates, as a `detente.did.Proposer` gives them."""
        return self.candidates

    def _candidate(self, told: ToldEvent, quoting: Quoting, taken: Sequence[Span]) -> Candidate | None:
        trigger = self._trigger(told, quoting, taken)
        if trigger is None:
            return None
        near = self._near(quoting, trigger)
        root = self._linker.words(trigger).root
        actors, recipients = self._linker.members(told.actors, near), self._linker.members(told.recipients, near)
        acting = {(m.party.span, m.party.country) for m in actors}
        when = self._date(told, near, root.i)
        return Candidate(
            root=root.i,
            trigger=trigger,
            type=told.type,
            mode=told.mode,
            status=told.status,
            actors=actors,
            recipients=tuple(m for m in recipients if (m.party.span, m.party.country) not in acting),
            date=when.date,
            date_is_report=when.is_report,
            place=self._place(told.where, near),
            voice=self._voice(told.said_by, near),
            why="told by the model",
        )

    def _trigger(self, told: ToldEvent, quoting: Quoting, taken: Sequence[Span]) -> Span | None:
        """The place of the trigger that is free and whose sentence holds most of the event's other words."""
        places = quoting.places(told.trigger)
        if not places:
            self.faults["trigger-not-found"] += 1
            return None
        open_places = [p for p in places if not self._is_barred(p)]
        if not open_places:
            self.faults["addressed-to-coder"] += 1
            return None
        free = [p for p in open_places if p not in taken]
        if not free:
            self.faults["trigger-taken"] += 1
            return None
        others = [*(p.mention for p in (*told.actors, *told.recipients)), told.when, told.where]
        spots = [place for words in others if words for place in quoting.places(words)]
        return max(free, key=lambda p: (self._company(p, spots), -p.start)) if len(free) > 1 else free[0]

    def _company(self, place: Span, spots: Sequence[Span]) -> int:
        sentence = self._sentence(place)
        return sum(sentence.contains(spot) for spot in spots)

    def _near(self, quoting: Quoting, span: Span) -> Near:
        return Near(quoting, span, self._sentence(span))

    def _sentence(self, span: Span) -> Span:
        sentence = self._linker.words(span).root.sent
        return Span(sentence.start_char, sentence.end_char)

    def _is_barred(self, span: Span) -> bool:
        return any(barred.overlaps(span) for barred in self._barred)

    def _date(self, told: ToldEvent, near: Near, root: int) -> _Date:
        if told.when is None:
            return _Date()
        if told.when == REPORT:
            return _Date(self._day.isoformat(), True) if self._day is not None else _Date()
        span = near.find(told.when)
        if span is None:
            self.faults["when-not-found"] += 1
            return _Date()
        here = [t for t in self._told if _touches(t, span)]
        value = self._value(here, told, root)
        if value is None:
            self.faults["when-without-date"] += 1
        return _Date(value)

    def _value(self, here: Sequence[Told], told: ToldEvent, root: int) -> str | None:
        """The date of the time words as the act stands to them, else as they stand by themselves."""
        taken = date_of(self._doc[root], here, self._day, told.status)
        if taken.date is not None and not taken.is_report:
            return taken.date
        return next((form for t in here if (form := form_of(t.time, t.until)) is not None), None)

    def _place(self, where: str | None, near: Near) -> Place | None:
        if where is None:
            return None
        span = near.find(where)
        if span is None:
            self.faults["where-not-found"] += 1
            return None
        known = (m.place for m in self._places if m.place.span.overlaps(span))
        return next(known, None) or Place(span, span.of(self._doc.text))

    def _voice(self, told: ToldParty | None, near: Near) -> Voice | None:
        party = self._party(told, near)
        if party is None:
            return None
        statement = statement_holding(near.span, self.statements)
        same = statement is not None and statement.source is not None and statement.source.span.overlaps(party.span)
        return voice_from(party, statement.id if statement is not None and same else None)

    def _party(self, told: ToldParty | None, near: Near) -> Party | None:
        return next(iter(self._linker.parties(told, near)), None) if told is not None else None

    def _statement(self, told: ToldStatement, quoting: Quoting) -> Statement | None:
        content = tuple(self._content(told, quoting))
        if not content:
            return None
        if any(self._is_barred(span) for span in content):
            self.faults["addressed-to-coder"] += 1
            return None
        near = self._near(quoting, content[0])
        cue = self._optional(told.cue, near, "cue-not-found")
        near = near if cue is None else self._near(quoting, cue)
        addressee = self._optional(told.addressee, near, "addressee-not-found")
        return Statement("", self._party(told.source, near), cue, content, self._kind(content), addressee)

    def _content(self, told: ToldStatement, quoting: Quoting) -> Iterator[Span]:
        """The parts of the content in text order, each the first place behind the one before."""
        end = 0
        for words in told.content:
            places = quoting.places(words)
            place = next((p for p in places if p.start >= end), None)
            bare = None if place is None else _unmarked(self._doc.text, place)
            if bare is None:
                self.faults["content-not-found"] += 1
            else:
                yield bare
                end = bare.end

    def _optional(self, words: str | None, near: Near, reason: str) -> Span | None:
        span = None if words is None else near.find(words)
        if words is not None and span is None:
            self.faults[reason] += 1
        return span

    def _kind(self, content: Sequence[Span]) -> Kind:
        touching = [[q for q in self._quotes if q.overlaps(span)] for span in content]
        if all(any(q.contains(span) for q in quotes) for span, quotes in zip(content, touching, strict=True)):
            return "direct"
        return "mixed" if any(touching) else "indirect"

    @cached_property
    def _quotes(self) -> list[Span]:
        return [quote.outer for quote in find_quotes(self._doc.text)]


def _touches(told: Told, span: Span) -> bool:
    return told.time.span.overlaps(span) or (told.until is not None and told.until.span.overlaps(span))


def _unmarked(text: str, span: Span) -> Span | None:
    """A span without the quotation marks around it; null where it is nothing but marks."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_MARKS))
    end = span.end - (len(words) - len(words.rstrip(_MARKS)))
    return Span(start, end) if start < end else None
