"""All time expressions of a parsed text, resolved in the order they are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from detente.record import Span, Time
from detente.when.direction import UNKNOWN, Direction, direction_at
from detente.when.lexicon import lexicon
from detente.when.meaning import Match, Meaning
from detente.when.resolve import Frame, Resolved, resolve
from detente.when.scan import scanned
from detente.when.spoken import Speech, is_of_the_speaker
from detente.when.story import UNTOLD
from detente.when.values import interval_of, shifted
from detente.when.words import Words

_FEWEST_YEARS = 4
"""Fewer past years than these do not make a text a history."""


def find_times(doc: Doc, report_date: date | None) -> tuple[Time, ...]:
    """The time expressions of `doc` in text order, none overlapping another."""
    words, matches = scanned(doc)
    history = is_history([match.meaning for match in matches], report_date)
    story, speech = UNTOLD, Speech(doc, words.text)
    found: list[Time] = []
    for k, match in enumerate(matches):
        span = _span_of(words, match)
        following = matches[k + 1] if k + 1 < len(matches) else None
        direction = direction_at(doc, *span) if _needs_direction(match.meaning) else UNKNOWN
        frame = Frame(report_date, story, direction, history, _ahead(words, match, following), span.start)
        said = None
        if report_date is not None and is_of_the_speaker(match.meaning):
            said = speech.day_at(span.start, found, report_date)
        resolved = resolve(match.meaning, frame if said is None else replace(frame, report=said))
        if said is not None:
            resolved = replace(resolved, anchor="reference")
        time = _time(span, match.meaning, resolved, report_date, direction)
        found.append(time)
        if time.type in ("DATE", "TIME"):
            aside = resolved.anchor == "report" and frame.long_past is not None
            story = story.told(time.value, span.start, _moves(words, match) and not aside)
    return tuple(found)


def _ahead(words: Words, match: Match, following: Match | None) -> Meaning | None:
    """The time that follows in the same range or list, whose year or day this one shares."""
    if following is None or following.start - match.end > 2 or following.meaning.kind != "date":
        return None
    between = [words.at(i) for i in range(match.end, following.start)]
    if match.meaning.kind == "clock":
        on_a_day = (following.meaning.day or following.meaning.weekday) and between in (["on"], [",", "on"], [","])
        return following.meaning if on_a_day else None
    return following.meaning if len(between) == 1 and between[0] in lexicon().listers else None


def _moves(words: Words, match: Match) -> bool:
    """Whether the story goes on from this time: not from one that bounds an act, or ends a range."""
    before = words.at(match.start - 1)
    return before not in lexicon().bounds and not words.dash(match.start - 1)


def is_history(meanings: Sequence[Meaning], report_date: date | None) -> bool:
    """Whether a text tells of years long past, so that a month without a year is of the year it has reached."""
    latest = report_date.year - 2 if report_date else 9999
    past = sum(1 for m in meanings if m.year is not None and not m.short_year and m.year <= latest)
    near = sum(1 for m in meanings if _is_near(m))
    return past >= _FEWEST_YEARS and past > 3 * near


def _is_near(m: Meaning) -> bool:
    """Whether the words count from the day they are told on: *today*, *Friday*, *last week*."""
    if m.kind == "unit":
        return m.base == "report" and m.unit in ("D", "W", "M", "WE") and m.inside is None
    return m.kind == "date" and m.year is None and m.weekday is not None and m.base == "report"


def _needs_direction(m: Meaning) -> bool:
    if m.kind == "date":
        return m.year is None
    return m.kind in ("named", "holiday", "clock", "ordinal", "duration") or m.name == "definite"


def _span_of(words: Words, match: Match) -> Span:
    return Span(words.start[match.start], words.end[match.end - 1])


def _time(span: Span, m: Meaning, resolved: Resolved, report: date | None, direction: Direction) -> Time:
    interval = interval_of(resolved.value)
    if interval is not None:
        start, end, granularity = interval
        return Time(
            span,
            resolved.type,
            resolved.value,
            start.isoformat(),
            end.isoformat(),
            granularity,
            resolved.anchor,
            resolved.certain,
        )
    stretch = _stretch(m, report)
    if stretch is not None:
        first, last = (day.isoformat() for day in stretch)
        return Time(span, resolved.type, resolved.value, first, last, "day", "report", resolved.certain)
    return Time(span, resolved.type, resolved.value, None, None, None, resolved.anchor, resolved.certain)


def _stretch(m: Meaning, report: date | None) -> tuple[date, date] | None:
    """First and last day of a length that touches the report's day: *the past nine days*, *the next two years*."""
    if m.kind != "duration" or not m.offset or m.base != "report" or report is None or not m.amount.isdecimal():
        return None
    other = shifted(report, m.unit, int(m.amount) * m.offset)
    return None if other is None else (min(other, report), max(other, report))
