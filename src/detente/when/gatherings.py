"""The days of gatherings that a text names: *at the NATO summit* is a time too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from spacy.tokens import Doc

from detente.knowledge.gatherings import BESIDE, Calendar, Gathering, Named
from detente.language import text_of
from detente.record import Span, Time
from detente.when.direction import direction_at
from detente.when.lexicon import lexicon

NEAR = timedelta(60)
"""Days from the report within which a gathering that meets every year is the one meant."""

LATE = 3
"""Days by which a page may be posted late."""

FORGOTTEN = timedelta(4 * 365)
"""Days since a gathering that was held once after which a report means another one of that name."""

LONG_OVER = timedelta(150)
"""Days since a yearly gathering after which a report that looks ahead may mean the next one."""


def with_gatherings(
    times: tuple[Time, ...], doc: Doc, report_date: date | None, calendar: Calendar
) -> tuple[Time, ...]:
    """`times` and those of gatherings at which something is done, in text order.

    A gathering tells the time only in a sentence that tells none in days, and never for certain: the report may mean
    another of that name.
    """
    if report_date is None:
        return times
    more = []
    for named in calendar.find(text_of(doc)):
        span = Span(named.first, named.last)
        if not _is_scene(named) or _has_time(doc, span, times):
            continue
        meant = _meant(named, doc, span, report_date)
        if meant is not None:
            more.append(_time(span, meant))
    return tuple(sorted((*times, *more), key=lambda time: time.span)) if more else times


def way_of(named: Named) -> str:
    """Whether the words before the name put the gathering ``ahead`` of the report or ``behind`` it, else ``plain``."""
    for word in reversed(named.before(BESIDE)):
        if word in lexicon().ahead_of_gatherings:
            return "ahead"
        if word in lexicon().behind_gatherings:
            return "behind"
    return "plain"


def overtaken(text: str, page: date, calendar: Calendar) -> Iterator[Gathering]:
    """The gatherings that `text` looks ahead to and that were over on the day of its page, none of their name to come.

    A yearly one counts where it was over for a while, and not for so long that the next one is prepared.
    """
    for named in calendar.find(text):
        if way_of(named) != "ahead":
            continue
        left, is_one = named.meant()
        away = [g.days_from(page) for g in left]
        if any(-LATE <= days <= 365 for days in away):
            continue
        last = max((g for g in left if g.end < page), key=lambda g: g.end, default=None)
        if last is not None and page - last.end <= (FORGOTTEN if is_one else LONG_OVER):
            yield last


def _is_scene(named: Named) -> bool:
    """Whether something is done at the gathering: *at the*, *during this year's*, *on the sidelines of the*."""
    before = named.before(5)
    if any(word in lexicon().at_gatherings for word in before[-3:]):
        return True
    return before[-1:] in (("the",), ("of",)) and any(word in lexicon().beside_gatherings for word in before)


def _has_time(doc: Doc, span: Span, times: Sequence[Time]) -> bool:
    """Whether the sentence around `span` tells a time in days."""
    covered = doc.char_span(*span, alignment_mode="expand")
    if covered is None or not len(covered):
        return True
    sentence = covered[0].sent
    return any(time.start is not None and sentence.start_char <= time.span.start < sentence.end_char for time in times)


def _meant(named: Named, doc: Doc, span: Span, report: date) -> Gathering | None:
    """The gathering meant: of those that the words leave, the nearest one on the side that the tense tells."""
    left, is_one = named.meant()
    way = direction_at(doc, *span).way
    fitting = [g for g in left if not (way > 0 and g.end < report) and not (way < 0 and g.start > report)]
    near = [g for g in fitting or left if is_one or abs(timedelta(g.days_from(report))) <= NEAR]
    return min(near, key=lambda g: (abs(g.days_from(report)), g.start), default=None)


def _time(span: Span, gathering: Gathering) -> Time:
    start, end = gathering.start.isoformat(), gathering.end.isoformat()
    value = start if start == end else f"{start}/{end}"
    return Time(span, "DATE", value, start, end, "day" if start == end else None, "report", certain=False)
