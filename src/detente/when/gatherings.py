"""The days of gatherings that a text names: *at the NATO summit* is a time too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Doc

from detente.knowledge.gatherings import Calendar, Gathering, Named, meant_by
from detente.record import Span, Time
from detente.when.direction import direction_at
from detente.when.lexicon import lexicon

NEAR = timedelta(60)
"""Days from the report within which a gathering that meets every year is the one meant."""

_WORD = re.compile(r"\S+")


def with_gatherings(times: tuple[Time, ...], doc: Doc, report_date: date | None, calendar: Calendar) -> tuple[Time, ...]:
    """`times` and those of gatherings at which something is done, in text order.

    A gathering tells the time only in a sentence that tells none in days, and never for certain: the report may mean
    another of that name.
    """
    if report_date is None:
        return times
    found = list(_WORD.finditer(doc.text))
    words = [match[0] for match in found]
    more = []
    for named in calendar.find(words):
        span = Span(found[named.start].start(), found[named.end - 1].start() + len(words[named.end - 1].rstrip(".,;:!?")))
        if not _is_scene(named, words) or _has_time(doc, span, times):
            continue
        meant = _meant(named, words, doc, span, report_date)
        if meant is not None:
            more.append(_time(span, meant))
    return tuple(sorted((*times, *more), key=lambda time: time.span)) if more else times


def _is_scene(named: Named, words: Sequence[str]) -> bool:
    """Whether something is done at the gathering: *at the*, *during this year's*, *on the sidelines of the*."""
    before = [word.lower() for word in words[max(0, named.start - 5) : named.start]]
    return any(word in lexicon().at_gatherings for word in before[-3:]) or (
        bool(before) and before[-1] in ("the", "of") and any(word in lexicon().beside_gatherings for word in before)
    )


def _has_time(doc: Doc, span: Span, times: Sequence[Time]) -> bool:
    """Whether the sentence around `span` tells a time in days."""
    covered = doc.char_span(*span, alignment_mode="expand")
    if covered is None or not len(covered):
        return True
    sentence = covered[0].sent
    return any(
        time.start is not None and sentence.start_char <= time.span.start < sentence.end_char for time in times
    )


def _meant(named: Named, words: Sequence[str], doc: Doc, span: Span, report: date) -> Gathering | None:
    """The gathering meant: of those that the words leave, the nearest one on the side that the tense tells."""
    left, is_one = meant_by(named, words)
    way = direction_at(doc, *span).way
    fitting = [g for g in left if not (way > 0 and g.end < report) and not (way < 0 and g.start > report)]
    near = [g for g in fitting or left if is_one or abs(timedelta(g.days_from(report))) <= NEAR]
    return min(near, key=lambda g: (abs(g.days_from(report)), g.start), default=None)


def _time(span: Span, gathering: Gathering) -> Time:
    start, end = gathering.start.isoformat(), gathering.end.isoformat()
    value = start if start == end else f"{start}/{end}"
    return Time(span, "DATE", value, start, end, "day", "report", certain=False)
