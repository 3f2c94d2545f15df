"""Gatherings that a report looks ahead to or back on, against the page date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from detente.checks.own_day import Sign, Told
from detente.knowledge import Knowledge
from detente.knowledge.gatherings import Gathering, Named, nearest, word_key
from detente.when.gatherings import way_of

FITS_AHEAD, FITS_BEHIND = 45, 14
"""Days to a gathering ahead of the page, or since one behind it, within which a page speaks of it as news."""

RECENT = 150
"""Days since a gathering up to which a report of it was most likely written then."""


def gathering_signs(told: Told, page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """One sign for every gathering named that was over, or not yet held, on the day of the page."""
    for named, offset in _found(told, knowledge):
        meant, is_one = named.meant()
        way = way_of(named)
        sign = _kind(meant, page, way)
        if sign is None:
            continue
        start, end = named.first + offset, named.last + offset
        one = nearest(meant, page)
        assert one is not None
        kind = f"gathering/{way}/{sign}/{'one' if is_one else 'series'}/{told.part(start)}"
        yield Sign(kind, f"{one.name} was from {one.start} to {one.end}", told.span(start, end), one.start)


def _found(told: Told, knowledge: Knowledge) -> Iterator[tuple[Named, int]]:
    """What text and title name, each with where it begins in the whole."""
    yield from ((named, told.offset) for named in knowledge.calendar.find(told.text))
    if told.offset:
        yield from ((named, 0) for named in knowledge.calendar.find(told.whole[: told.offset]))


def _kind(meant: Sequence[Gathering], page: date, way: str) -> str | None:
    """``over`` or ``long over``, ``not held``; null where a gathering of that name fits the page."""
    away = [g.days_from(page) for g in meant]
    if any(_fits(days, way) for days in away):
        return None
    over = max((days for days in away if days < 0), default=None)
    ahead = min((days for days in away if days > 0), default=None)
    if way == "behind":
        return None if over is not None else "not held"
    if over is None:
        return "not held" if ahead is not None and ahead > 365 else None
    return "over" if -over <= RECENT else "long over"


def _fits(days: int, way: str) -> bool:
    if way == "ahead":
        return -3 <= days <= 365
    if way == "behind":
        return -RECENT <= days <= 0
    return -FITS_BEHIND <= days <= FITS_AHEAD


def meeting_signs(told: Told, page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """Two leaders who meet in the title: the calendar has a meeting of theirs weeks before the page, none near it."""
    title = told.whole[: told.offset]
    if not title or not _MEETING.search(title):
        return
    for part, end in (("title", told.offset), ("head", told.offset + 300)):
        if sign := _meeting_over({word_key(word) for word in told.whole[:end].split()}, part, page, knowledge):
            yield sign
            return


def _meeting_over(keys: set[str], part: str, page: date, knowledge: Knowledge) -> Sign | None:
    """The last meeting of those whose names are among `keys`, where it lies weeks back and none near the page."""
    held = [g for g in knowledge.calendar.meetings(keys) if g.days_from(page) != 0 or g.start <= page]
    away = [(g.days_from(page), g) for g in held]
    if not away or any(abs(days) <= FITS_BEHIND for days, _ in away):
        return None
    last = max(((days, g.name, g) for days, g in away if -RECENT <= days < 0), default=None)
    if last is None:
        return None
    return Sign(f"meeting/over/{part}", f"{last[1]} was from {last[2].start} to {last[2].end}", None, last[2].start)


_MEETING = re.compile(r"\b(?:meet(?:ing|s)?|met|talks|visit(?:s|ed)?|summit|bilateral|conference)\b", re.IGNORECASE)
