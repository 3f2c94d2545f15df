"""What holds of acts whoever proposes them: applied to every proposer's candidates before they become events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from detente.codebook import tie_broken, types_with
from detente.did.apart import dated_apart
from detente.did.borrowed import states_in, without_borrowed
from detente.did.candidate import Candidate, Member
from detente.did.embedding import is_complement_of, without_embedded
from detente.did.joined import with_joined_verbs, with_whole_lists
from detente.did.polarity import is_refusal
from detente.did.retelling import told_once_a_sentence
from detente.did.sources import is_same_party, voice_from
from detente.did.worded import as_worded
from detente.language.syntax import is_verbal
from detente.record import Party, Statement, Time, Voice
from detente.who import Cast

_ROAMING = frozenset({"REB", "UAF", "CRM", "REF", "IGO", "NGO", "MNC", "MIL"})
"""Sectors whose members are seldom at home where an act meets them."""


def borne_out(doc: Doc, candidates: Iterable[Candidate], times: Sequence[Time], cast: Cast) -> list[Candidate]:
    """The candidates as the words beside them, the lists they name and the parties of the report bear them out."""
    told = states_in(cast)
    worded = [without_borrowed(doc, as_worded(doc, candidate, cast), told) for candidate in candidates]
    listed = [with_whole_lists(doc, candidate, cast) for candidate in worded]
    return dated_apart(doc, with_joined_verbs(doc, listed, cast), times)


def settled(
    doc: Doc, candidates: Iterable[Candidate], statements: Sequence[Statement], day: date | None
) -> tuple[Candidate, ...]:
    """The candidates that may stand, in text order; `day` is the day of the report."""
    tied = [_tie_broken(doc, _without_own_forces(candidate)) for candidate in candidates]
    told = [_on_one_side(c) for c in told_once_a_sentence(doc, without_embedded(doc, tied))]
    told.sort(key=lambda c: (c.trigger.start, c.trigger.end))
    sources = {s.id: s.source for s in statements if s.source is not None}
    accusers = [c for c in told if c.type in types_with("alleging") and c.actors]
    voiced = (replace(c, voice=_voice(doc, c, sources, accusers)) for c in told)
    return tuple(_at_home(_not_yet(c, day)) for c in voiced)


def _tie_broken(doc: Doc, candidate: Candidate) -> Candidate:
    """The candidate with the type that the codebook's tie-breaks give it."""
    root = doc[candidate.root]
    lemma = root.lemma_.lower()
    together = len({m.party.country for m in candidate.actors}) > 1
    if together and (rule := tie_broken(candidate.type, "together", lemma)) is not None:
        return replace(candidate, type=rule.type, mode=rule.mode)
    refused = tie_broken(candidate.type, "refused", lemma)
    if refused is not None and is_verbal(root) and is_refusal(root):
        return replace(candidate, type=refused.type, mode=refused.mode, status="happened")
    return candidate


def _without_own_forces(candidate: Candidate) -> Candidate:
    """Whoever commands his own troops does not act upon them: ``orders **its soldiers** to withdraw``."""
    if candidate.type not in types_with("commanding"):
        return candidate
    own = {None, *(m.party.country for m in candidate.actors)}
    kept = tuple(m for m in candidate.recipients if not _is_commanded(m, own))
    return candidate if len(kept) == len(candidate.recipients) else replace(candidate, recipients=kept)


def _is_commanded(member: Member, own: set[str | None]) -> bool:
    return member.party.sector == "MIL" and member.path.startswith("object") and member.party.country in own


def _on_one_side(candidate: Candidate) -> Candidate:
    """Who suffers an act does not do it by the same word: ``**the colonel** is found guilty``."""
    received = {(m.party.span, m.party.country) for m in candidate.recipients}
    kept = tuple(m for m in candidate.actors if (m.party.span, m.party.country) not in received)
    return candidate if len(kept) == len(candidate.actors) else replace(candidate, actors=kept)


def _voice(doc: Doc, candidate: Candidate, sources: Mapping[str, Party], accusers: Iterable[Candidate]) -> Voice | None:
    """The source of the words the act stands in; none where it is his own speech act, else who alleges it."""
    voice = candidate.voice
    speech = candidate.type in types_with("speech")
    if voice is not None:
        source = sources.get(voice.statement or "")
        own = speech and source is not None and any(is_same_party(m.party, source) for m in candidate.actors)
        return None if own else voice
    if speech:
        return None
    root = doc[candidate.root]
    return next((voice_from(u.actors[0].party) for u in accusers if is_complement_of(root, doc[u.root])), None)


def _not_yet(candidate: Candidate, day: date | None) -> Candidate:
    """What is dated after the report has not happened yet."""
    if candidate.status != "happened" or candidate.date is None or candidate.date_is_report or day is None:
        return candidate
    first = candidate.date.partition("/")[0]
    return replace(candidate, status="planned") if first > day.isoformat()[: len(first)] else candidate


def _at_home(candidate: Candidate) -> Candidate:
    """Unnamed victims and demonstrators belong to the state where it happened, unless told otherwise."""
    if candidate.place is None:
        return candidate
    country = candidate.place.country
    if candidate.type in types_with("suffered"):
        return replace(candidate, recipients=_native(candidate.recipients, country))
    if candidate.type in types_with("crowd"):
        return replace(candidate, actors=_native(candidate.actors, country))
    return candidate


def _native(members: Iterable[Member], country: str | None) -> tuple[Member, ...]:
    return tuple(replace(m, party=replace(m.party, country=country)) if _is_local(m.party) else m for m in members)


def _is_local(party: Party) -> bool:
    return party.country is None and party.id is None and party.sector not in _ROAMING
