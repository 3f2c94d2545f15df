"""From triggers to candidates: each with its arguments, factuality, time, place and source, by rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from detente.did.candidate import Candidate
from detente.did.retelling import acts_told
from detente.did.rules.arguments import arguments_of
from detente.did.rules.factuality import Factuality, factuality_of
from detente.did.rules.triggers import Trigger, find_triggers
from detente.did.sources import speaker_at, voice_at
from detente.record import Span, Statement, Time
from detente.when import Told, date_of, told_times
from detente.where import PlaceMention, place_of
from detente.who import Cast


class RuleProposer:
    """Proposes what the senses of the trigger lexicon find."""

    model = None

    def propose(
        self,
        doc: Doc,
        times: Sequence[Time],
        cast: Cast,
        places: Sequence[PlaceMention],
        statements: Sequence[Statement],
        day: date | None,
    ) -> tuple[Candidate, ...]:
        """Candidates in text order, one a trigger."""
        return ruled(doc, told_times(doc, times), cast, places, statements, day)

    def acts(self, doc: Doc, candidates: Sequence[Candidate]) -> Sequence[int]:
        """Tellings of one act agree in type, sides, status and date, and share a word or a party."""
        return acts_told(doc, candidates)


RULES = RuleProposer()


def ruled(
    doc: Doc,
    told: Sequence[Told],
    cast: Cast,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    day: date | None,
) -> tuple[Candidate, ...]:
    """What `RULES` proposes, where it is known already of what each time is told."""
    return tuple(_candidate(doc, trigger, told, cast, places, statements, day) for trigger in find_triggers(doc, cast))


def _candidate(
    doc: Doc,
    trigger: Trigger,
    told: Sequence[Told],
    cast: Cast,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    day: date | None,
) -> Candidate:
    root = doc[trigger.root]
    span = Span(doc[trigger.start].idx, doc[trigger.end - 1].idx + len(doc[trigger.end - 1]))
    factuality = _factuality(doc, trigger)
    arguments = arguments_of(
        root, trigger.type, trigger.mode, trigger.sense.frame, cast, speaker_at(span, statements), trigger.words
    )
    when = date_of(root, told, day, factuality.status)
    return Candidate(
        root=trigger.root,
        trigger=span,
        type=trigger.type,
        mode=trigger.mode,
        status=factuality.status,
        actors=arguments.actors,
        recipients=arguments.recipients,
        date=when.date,
        date_is_report=when.is_report,
        place=place_of(root, places),
        voice=voice_at(span, statements),
        why=str(trigger.sense),
        reasons=factuality.reasons,
    )


def _factuality(doc: Doc, trigger: Trigger) -> Factuality:
    """The status by the words around, unless the sense itself implies one; nothing can deny what a denial says."""
    if trigger.status is None:
        return factuality_of(doc[trigger.root], trigger.type)
    read = factuality_of(doc[trigger.root], trigger.type, settled=True)
    return Factuality(trigger.status) if read.status == "denied" else read
