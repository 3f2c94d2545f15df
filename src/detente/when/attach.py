"""Which time an act takes: the one told with it, else in its clause, else in its sentence, else the story's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from detente.language.syntax import chain, clause_of, is_infinitive, is_verbal, marker
from detente.record import Status
from detente.when.attachment import Told, index_at, is_beside
from detente.when.direction import tense_of
from detente.when.form import form_of, length_form, since_form
from detente.when.lexicon import lexicon
from detente.when.paths import distance, lasts, shared_verbs
from detente.when.scene import SCENE_TIMES, date_of_scene, is_known, is_perfect


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date of an act in the form of `Event.date`, and whether it is only the report's own day."""

    date: str | None
    is_report: bool


NONE = EventDate(None, False)


def date_of(trigger: Token, told: Sequence[Told], report_date: date | None, status: Status | None = None) -> EventDate:
    """The date of the act named by `trigger`, from the times `told` in its text (`told_times`).

    `status` helps where it is known: what is announced as done takes the day of its announcement.
    """
    sentence = trigger.sent
    first, last = index_at(told, sentence.start_char), index_at(told, sentence.end_char)
    here = [t for t in told[first:last] if not is_beside(t) or lasts(t, trigger)]
    date_told = _told_here(trigger, here, report_date, status)
    if date_told is not None:
        return EventDate(date_told, False)
    scene = date_of_scene(trigger, told[max(0, first - SCENE_TIMES) : first], report_date, status)
    if scene is not None:
        return EventDate(scene, False)
    if report_date is not None and status in (None, "happened", "denied") and _is_news(trigger, status):
        return EventDate(report_date.isoformat(), True)
    return NONE


def _told_here(trigger: Token, here: Sequence[Told], report: date | None, status: Status | None) -> str | None:
    """The date by the time of the sentence that is told of the act in the nearest way."""
    ranked = []
    for t in here:
        steps = distance(t, trigger, status)
        form = None if steps is None else _form(t, trigger, report)
        if form is not None and (steps == 0 or _fits(trigger, form, report, status)):
            ranked.append((steps, abs(t.root.i - trigger.i), t.root.i, form))
    return min(ranked)[-1] if ranked else None


def _form(told: Told, trigger: Token, report: date | None) -> str | None:
    if told.time.start is None:
        if report is None or told.time.type != "DURATION":
            return None
        lasting = told.preposition == "for" and is_perfect(clause_of(trigger))
        return length_form(told.time, report) if lasting or lasts(told, trigger) else None
    if report is not None and (told.preposition == "since" or _begins(told, trigger)):
        return since_form(told.time, report)
    return form_of(told.time, told.until)


def _begins(told: Told, trigger: Token) -> bool:
    """Whether the act begins at the time: *a strike that began on 1 February*, *held since the talks began in May*."""
    verb = told.host
    if marker(verb) == "since":
        return verb.i != trigger.i and (verb.head.i == trigger.i or verb.lemma_ in lexicon().begins)
    return verb.dep_ == "relcl" and verb.head.i == trigger.i and verb.lemma_ in lexicon().begins


def _fits(trigger: Token, form: str, report: date | None, status: Status | None) -> bool:
    """Whether a time told of another word may be the act's: no act that happened lies after the report."""
    if report is None or form[:10] <= report.isoformat()[: len(form[:10])]:
        return True
    return status in ("planned", "possible") or (status is None and tense_of(clause_of(trigger), lexicon()) > 0)


def _is_news(trigger: Token, status: Status | None) -> bool:
    """Whether the act is told as the day's own: by the verb of a main clause that is neither future nor perfect.

    What happened by being said (*says it will not return*) is told by the verb of saying.
    """
    if not is_verbal(trigger) and (is_known(trigger) or not _is_part_of_news(trigger)):
        return False
    for verb in (trigger, *shared_verbs(trigger, status)):
        said_and_done = status == "happened" and verb.i == trigger.i and verb.dep_ != "ROOT"
        if is_perfect(verb) or (is_verbal(verb) and tense_of(verb, lexicon()) > 0 and not said_and_done):
            return False
        if verb.dep_ in ("ROOT", "ccomp") and not is_infinitive(verb):
            return True
        if verb.dep_ == "advcl" and marker(verb) in ("as", "while", "when"):
            return True
    return False


def _is_part_of_news(noun: Token) -> bool:
    """Whether `noun` is what its clause tells of, not a cause, an aim or an earlier act it speaks of."""
    for token in chain(noun):
        if is_verbal(token):
            return True
        if token.dep_ == "pobj" and token.head.lower_ not in ("in", "with", "by", "during", "to"):
            return False
    return noun.dep_ == "ROOT"
