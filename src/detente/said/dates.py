"""When something was said: the time told with its cue, else the day's news, else unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from detente.record import Statement, Time
from detente.when import Told, date_of, told_times


def dated(
    statements: Iterable[Statement], doc: Doc, times: Sequence[Time], report_date: date | None
) -> tuple[Statement, ...]:
    """`statements` with the date of their cues in the form of `Event.date`; null where none is told."""
    told = told_times(doc, times)
    return tuple(replace(s, date=_date_of(s, doc, told, report_date)) for s in statements)


def _date_of(statement: Statement, doc: Doc, told: Sequence[Told], report_date: date | None) -> str | None:
    if statement.cue is None:
        return None
    cue = doc.char_span(*statement.cue, alignment_mode="expand")
    return date_of(cue.root, told, report_date, "happened").date if cue is not None else None
