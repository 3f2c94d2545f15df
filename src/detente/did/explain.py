"""How an event came about: its sentence, its trigger's sense, its sides' paths, its status and date by which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc
from spacy.tokens import Span as Stretch

from detente.did.candidate import Candidate, Member, Weight
from detente.record import Event, Span, Time


@dataclass(frozen=True, slots=True)
class SideReason:
    """One party of a side, and the path from the trigger to it."""

    span: Span
    text: str
    country: str | None
    path: str


@dataclass(frozen=True, slots=True)
class StatusReason:
    """Words that changed the status, and the status they led to."""

    span: Span
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an event reads as it does; every part points into the text.

    `sense` names the trigger's entry in the codebook; `status` lists the words met from the trigger upwards, empty
    where the plain tense says it; `date` is the time expression the date was taken from, null where none was.
    `weights` are the answers that a learned proposer weighed, `changes` what the constraints made of its candidate.
    """

    event: Event
    sentence: Span
    trigger: Span
    sense: str
    actors: tuple[SideReason, ...]
    recipients: tuple[SideReason, ...]
    status: tuple[StatusReason, ...]
    date: Time | None
    weights: tuple[Weight, ...] = ()
    changes: tuple[str, ...] = ()


def explain_event(
    event_id: str,
    doc: Doc,
    times: Sequence[Time],
    proposed: Sequence[Candidate],
    candidates: Sequence[Candidate],
    events: Sequence[Event],
) -> Explanation | None:
    """The reasons of the event with `event_id`; null where there is none.

    `proposed` are a proposer's candidates, `candidates` those that stand, and `events` what they became, one each.
    """
    for candidate, event in zip(candidates, events, strict=True):
        if event.id == event_id:
            first = next((c for c in proposed if c.root == candidate.root), candidate)
            return _explained(event, candidate, doc, times, tuple(_changes(first, candidate)))
    return None


def _changes(proposed: Candidate, settled: Candidate) -> Iterator[str]:
    """What the constraints changed, field by field, in words."""
    for name in ("type", "mode", "status", "date"):
        before, after = getattr(proposed, name), getattr(settled, name)
        if before != after:
            yield f"{name}: {before or 'none'} became {after or 'none'}"
    for name in ("actors", "recipients"):
        before, after = (_told(getattr(c, name)) for c in (proposed, settled))
        if before != after:
            yield f"{name}: {before or 'none'} became {after or 'none'}"


def _told(members: Sequence[Member]) -> str:
    return ", ".join(f"{m.party.text} ({m.party.country or '?'})" for m in members)


def _explained(
    event: Event, candidate: Candidate, doc: Doc, times: Sequence[Time], changes: tuple[str, ...]
) -> Explanation:
    sentence = doc[candidate.root].sent
    return Explanation(
        event=event,
        sentence=Span(sentence.start_char, sentence.end_char),
        trigger=event.trigger,
        sense=candidate.why,
        actors=tuple(_side(m) for m in candidate.actors),
        recipients=tuple(_side(m) for m in candidate.recipients),
        status=tuple(StatusReason(r.words, r.words.of(doc.text), r.effect) for r in candidate.reasons),
        date=_time_of(event, sentence, times),
        weights=candidate.weights,
        changes=changes,
    )


def _side(member: Member) -> SideReason:
    party = member.party
    return SideReason(party.span, party.text, party.country, member.path)


def _time_of(event: Event, sentence: Stretch, times: Sequence[Time]) -> Time | None:
    """The nearest time expression of the sentence that names the event's date."""
    if event.date is None or event.date_is_report:
        return None
    first = event.date.partition("/")[0]
    near = sorted(times, key=lambda t: (abs(t.span.start - event.trigger.start), t.span.start))
    inside = [t for t in near if sentence.start_char <= t.span.start < sentence.end_char]
    for time in (*inside, *near):
        if time.start is not None and (time.start.startswith(first) or time.start == first):
            return time
    return None
