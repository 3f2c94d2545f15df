"""Which time an act takes: the one told with it, else in its clause, else in its sentence, else the story's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from detente.language.syntax import chain, clause_of
from detente.record import Time
from detente.when.direction import tense_of
from detente.when.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date of an act in the form of `Event.date`, and whether it is only the report's own day."""

    date: str | None
    is_report: bool


NONE = EventDate(None, False)


def date_of(trigger: Token, times: Sequence[Time], report_date: date | None) -> EventDate:
    """The date of the act named by `trigger`, from the `times` of its text."""
    here = _of_sentence(trigger, times)
    time = _in_clause(trigger, here)
    if time is not None:
        return EventDate(form_of(time), False)
    if here:
        return NONE
    if report_date is not None and _is_news(trigger):
        return EventDate(report_date.isoformat(), True)
    return NONE


def form_of(time: Time) -> str | None:
    """A time as `Event.date` writes it: a day, a month, a year, else first and last day."""
    if time.start is None or time.end is None:
        return None
    if time.granularity == "month":
        return time.start[:7]
    if time.granularity == "year":
        return time.start[:4]
    return time.start if time.start == time.end else f"{time.start}/{time.end}"


def _of_sentence(trigger: Token, times: Sequence[Time]) -> list[tuple[Time, Token]]:
    sentence = trigger.sent
    found = []
    for time in times:
        if time.start is None or not sentence.start_char <= time.span.start < sentence.end_char:
            continue
        span = trigger.doc.char_span(*time.span, alignment_mode="expand")
        if span is not None and len(span):
            found.append((time, span.root))
    return found


def _in_clause(trigger: Token, times: Sequence[tuple[Time, Token]]) -> Time | None:
    clause = clause_of(trigger)
    best: tuple[int, int, Time] | None = None
    for time, root in times:
        under = next((step for step, upper in enumerate(chain(root)) if upper.i == trigger.i), None)
        if under is not None:
            rank = (0, under, time)
        elif clause_of(root).i == clause.i:
            rank = (1, abs(root.i - trigger.i), time)
        else:
            continue
        if best is None or rank[:2] < best[:2]:
            best = rank
    return None if best is None else best[2]


def _is_news(trigger: Token) -> bool:
    """Whether the act is told as the day's own: by the verb of a main clause that is not future."""
    clause = clause_of(trigger)
    if clause.dep_ not in ("ROOT", "conj", "ccomp") or tense_of(clause, lexicon()) > 0:
        return False
    return trigger.i == clause.i or any(upper.i == clause.i for upper in chain(trigger))
