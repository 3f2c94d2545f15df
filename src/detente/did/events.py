"""Events put together: from triggers to who did what to whom, when, where, on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from detente.codebook import intensity_of
from detente.did.contexts import contexts_of
from detente.did.evidence import evidence_of
from detente.did.frames import load_sides
from detente.did.members import Member, unique
from detente.did.same import earlier_telling
from detente.did.sides import Frame, Sides, sides_of
from detente.did.status import Reading, status_of
from detente.did.told import is_complement_of, is_condition, is_manner_of, is_told_again, tells_with
from detente.did.triggers import Trigger, find_triggers
from detente.did.voices import SPEECH_ACTS, speaker_at, voice_from, voice_of
from detente.language.syntax import chain, marker
from detente.record import Event, Party, Place, Span, Statement, Status, Time, Voice
from detente.when import EventDate, Told, date_of, told_times
from detente.where import PlaceMention, place_of
from detente.who import Cast

_SUFFERED = frozenset({"ASSAULT", "COERCE"})
_ROAMING = frozenset({"REB", "UAF", "CRM", "REF", "IGO", "NGO", "MNC", "MIL"})
"""Sectors whose members are seldom at home where an act meets them."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An event in the making: its trigger, its sides with their paths, its status with its words."""

    trigger: Trigger
    root: Token
    span: Span
    sides: Sides
    reading: Reading

    @property
    def type(self) -> str:
        """The event type of the trigger."""
        return self.trigger.type


def draft_events(doc: Doc, cast: Cast, statements: Sequence[Statement]) -> tuple[Draft, ...]:
    """The events of `doc` before dates, places and voices, in text order, told once a sentence."""
    drafts = [_draft(doc, trigger, cast, statements) for trigger in find_triggers(doc, cast)]
    drafts = _without_content(drafts)
    return tuple(sorted(_merged(drafts), key=lambda d: (d.span.start, d.span.end)))


def find_events(
    doc: Doc,
    times: Sequence[Time],
    cast: Cast,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    report_date: date | None,
) -> tuple[Event, ...]:
    """The events of a parsed report in text order, with ids ``e1`` … and links to earlier tellings."""
    drafts = draft_events(doc, cast, statements)
    told = told_times(doc, times)
    found: list[tuple[Event, str]] = []
    acts: dict[str, int] = {}
    for number, draft in enumerate(drafts, 1):
        event = _event(f"e{number}", draft, drafts, told, places, statements, report_date)
        lemma = draft.root.lemma_.lower()
        known = any(c.lower_ in ("the", "this", "that", "these", "those") for c in draft.root.children)
        first = earlier_telling(event, found, lemma, known)
        acts[event.id] = acts[first] if first is not None else len(set(acts.values())) + 1
        found.append((replace(event, same_as=first, act=acts[event.id]), lemma))
    return tuple(event for event, _ in found)


def _draft(doc: Doc, trigger: Trigger, cast: Cast, statements: Sequence[Statement]) -> Draft:
    root = doc[trigger.root]
    frame = _frame_of(trigger)
    light = None if frame.light is None else doc[frame.light]
    hint = trigger.frame.status
    if hint is not None:
        reading = status_of(root, trigger.type, light, settled=True)
        if reading.status == "denied":
            reading = Reading(hint)
    else:
        reading = status_of(root, trigger.type, light)
    span = Span(doc[trigger.start].idx, doc[trigger.end - 1].idx + len(doc[trigger.end - 1]))
    speaker = speaker_at(span, statements)
    sides = sides_of(root, trigger.type, trigger.mode, frame, cast, speaker)
    together = trigger.sense.frame.together
    if together is not None and len({m.party.country for m in sides.actors}) > 1:
        trigger = replace(trigger, type=together, mode=None)
    return Draft(trigger, root, span, sides, reading)


def _frame_of(trigger: Trigger) -> Frame:
    own = trigger.frame
    return Frame(own.actor, tuple(own.recipient), own.reciprocal, own.light, tuple(range(trigger.start, trigger.end)))


def _without_content(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts that are not the content of a speech act of the same sentence."""
    by_token = {d.root.i: d for d in drafts}
    kept = []
    for draft in drafts:
        above = (by_token.get(t.i) for t in chain(draft.root) if t.i != draft.root.i)
        sided = bool(draft.sides.actors or draft.sides.recipients)
        if is_condition(draft.root):
            continue
        if not any(u is not None and is_told_again(draft.root, draft.type, sided, u.root, u.type) for u in above):
            kept.append(draft)
    return kept


def _merged(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each act of a sentence: the upper telling takes what the lower one adds."""
    by_token = {d.root.i: d for d in drafts}
    gone: set[int] = set()
    for draft in sorted(drafts, key=lambda d: -_depth(d.root)):
        for token in chain(draft.root):
            upper = by_token.get(token.i)
            if upper is None or token.i == draft.root.i or upper.root.i in gone:
                continue
            if _is_one_act(draft, upper):
                trigger = replace(upper.trigger, mode=upper.trigger.mode or draft.trigger.mode)
                by_token[token.i] = replace(upper, trigger=trigger, sides=_joined(upper.sides, draft.sides))
                gone.add(draft.root.i)
                break
    return [d for i, d in by_token.items() if i not in gone]


def _depth(token: Token) -> int:
    return sum(1 for _ in chain(token))


def _is_one_act(lower: Draft, upper: Draft) -> bool:
    """Whether two triggers of one sentence tell one act: one type, one status, sides that do not disagree."""
    if lower.type != upper.type or lower.reading.status != upper.reading.status:
        return False
    if not (_compatible(lower.sides.actors, upper.sides.actors)):
        return False
    if lower.type == "ASSAULT":
        return tells_with(lower.root, upper.root) or _is_outcome(upper.root, lower.root)
    if is_manner_of(lower.root, upper.root):
        return _compatible(lower.sides.recipients, upper.sides.recipients)
    return is_complement_of(lower.root, upper.root) and _compatible(lower.sides.recipients, upper.sides.recipients)


def _is_outcome(harm: Token, attack: Token) -> bool:
    """``were injured after soldiers attacked``: what the attack did is the attack."""
    follows = attack.dep_ == "advcl" and attack.head.i == harm.i and marker(attack) in ("after", "when", "as")
    return follows and harm.lemma_ in load_sides().harms


def _compatible(a: Sequence[Member], b: Sequence[Member]) -> bool:
    if not a or not b:
        return True
    mine, theirs = {m.party.country for m in a}, {m.party.country for m in b}
    return mine <= theirs or theirs <= mine


def _joined(upper: Sides, lower: Sides) -> Sides:
    actors = upper.actors or lower.actors
    own = {m.party.span for m in actors}
    recipients = unique((*upper.recipients, *(m for m in lower.recipients if m.party.span not in own)))
    return Sides(actors, recipients)


def _event(
    id: str,
    draft: Draft,
    drafts: Iterable[Draft],
    told: Sequence[Told],
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    report_date: date | None,
) -> Event:
    when = date_of(draft.root, told, report_date, draft.reading.status)
    where = place_of(draft.root, places)
    actors, recipients = _parties(draft.sides.actors), _parties(draft.sides.recipients)
    if draft.type in _SUFFERED:
        recipients = tuple(_at_home(p, where) for p in recipients)
    elif draft.type == "PROTEST":
        actors = tuple(_at_home(p, where) for p in actors)
    trigger = draft.trigger
    evidence = evidence_of(draft.root, draft.span)
    return Event(
        id=id,
        type=trigger.type,
        status=_dated_status(draft, when, report_date),
        trigger=draft.span,
        evidence=evidence,
        actors=actors,
        recipients=recipients,
        mode=trigger.mode,
        contexts=contexts_of(draft.root, evidence),
        date=when.date,
        date_is_report=when.is_report,
        place=where,
        said_by=_voice(draft, drafts, statements),
        intensity=intensity_of(trigger.type, trigger.mode),
    )


def _parties(members: Iterable[Member]) -> tuple[Party, ...]:
    return tuple(m.party for m in members)


def _at_home(party: Party, where: Place | None) -> Party:
    """An unnamed victim or demonstrator belongs to the state where it happened, unless told otherwise."""
    if where is None or party.country is not None or party.id is not None or party.sector in _ROAMING:
        return party
    return replace(party, country=where.country)


def _dated_status(draft: Draft, when: EventDate, report_date: date | None) -> Status:
    """What is dated after the report has not happened yet."""
    if draft.reading.status == "happened" and when.date is not None and report_date is not None and not when.is_report:
        first = when.date.partition("/")[0]
        if first > report_date.isoformat()[: len(first)]:
            return "planned"
    return draft.reading.status


def _voice(draft: Draft, drafts: Iterable[Draft], statements: Sequence[Statement]) -> Voice | None:
    """The statement's source; else the accuser above an alleged act."""
    voice = voice_of(draft.span, draft.type, draft.sides.actors, statements)
    if voice is not None or draft.type in SPEECH_ACTS:
        return voice
    for upper in drafts:
        if upper.type == "ACCUSE" and upper.sides.actors and is_complement_of(draft.root, upper.root):
            return voice_from(upper.sides.actors[0].party)
    return None
