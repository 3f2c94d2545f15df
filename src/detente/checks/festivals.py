"""Festivals, observances and national days that a report greets, against the page date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice

from detente.checks.own_day import HEAD, PAST, Sign, Told
from detente.knowledge import Knowledge
from detente.knowledge.gatherings import word_key
from detente.knowledge.observances import load_observances
from detente.when.holidays import days_of, holiday_names, holidays
from detente.when.words import split_words

OBSERVED = 14
"""Days from a festival within which a page greets it."""

LONGEST_NAME = 9
"""Words of the longest name of an observance."""

_LONGEST_STATE = 5
_WORD = re.compile(r"\S+")
_CALLED = re.compile(r" (?:[A-Z][a-z]+|season|tree|market)\b")
_NATIONAL = re.compile(r"\b(?:National|Independence|Republic|Constitution|Statehood|Freedom) (?:Day|Holiday)\b")
_STATE_WORDS = re.compile(r"[A-Z][\w’'-]*|\b(?:of|and|the)\b|\bd[’']Ivoire")

Greeted = tuple[str, int, int, int]
"""A name as it stands, its first and last character, and the days from the page to when it is kept."""


def festival_signs(told: Told, page: date) -> Iterator[Sign]:
    """A festival or observance in title or head that lies far from the page; nothing where another lies near it."""
    whole = told.whole[: told.offset + HEAD]
    found = _longest((*_festivals(whole, page), *_observances(whole, page)))
    if any(abs(away) <= OBSERVED for _, _, _, away in found):
        return
    for name, start, end, away in found[:1]:
        far = "back" if -PAST <= away < 0 else "far"
        # "Easter Island", "Christmas Tree": a thing that is called after the day, and is shown before it as well.
        named = "/called after" if _CALLED.match(whole, end) else ""
        kind = f"festival/{far}/{told.part(start)}{named}"
        yield Sign(kind, f"it tells of {name}", told.span(start, end), page + timedelta(away))


def _longest(found: tuple[Greeted, ...]) -> list[Greeted]:
    """Those that lie within no other, in order: *Holocaust Remembrance Day* is no Remembrance Day."""
    inside = [g for g in found if any(o[1] <= g[1] and g[2] <= o[2] and o[1:3] != g[1:3] for o in found)]
    return sorted((g for g in found if g not in inside), key=lambda g: g[1:3])


def _festivals(whole: str, page: date) -> Iterator[Greeted]:
    words = split_words(whole)
    for i, first in enumerate(words.low):
        for name, key in holiday_names().get(first, ()):
            if tuple(words.low[i : i + len(name)]) == name and whole[words.start[i]].isupper():
                away = min((_away(day, key, page) for day in _days_around(key, page.year)), key=abs, default=0)
                end = words.end[i + len(name) - 1]
                yield whole[words.start[i] : end], words.start[i], end, away
                break


@cache
def _days_around(key: str, year: int) -> tuple[date, ...]:
    return tuple(day for near in (year - 1, year, year + 1) for day in days_of(key, near))


def _away(first: date, key: str, page: date) -> int:
    """Days from the page to a festival that begins on `first`; none while it lasts."""
    last = first + timedelta(holidays()[key].days - 1)
    return (first - page).days if page < first else min((last - page).days, 0)


def _observances(whole: str, page: date) -> Iterator[Greeted]:
    known = load_observances()
    words = [(word_key(m[0]), m.start(), m.end()) for m in _WORD.finditer(whole)]
    keys = [key for key, _, _ in words]
    for i in range(len(keys)):
        for length in range(min(LONGEST_NAME, len(keys) - i), 0, -1):
            days = known.by_name.get(" ".join(keys[i : i + length]))
            if days and whole[words[i][1]].isupper():
                away = min((day.days_from(page) for day in days), key=abs)
                yield whole[words[i][1] : words[i + length - 1][2]], words[i][1], words[i + length - 1][2], away
                break


def national_day_signs(told: Told, page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """A state's national day greeted in the title far from it."""
    title = told.whole[: told.offset]
    if not _NATIONAL.search(title):
        return
    for state in islice((s for s in states_in(title, page, knowledge) if s in load_observances().of_states), 1):
        away = min((day.days_from(page) for day in load_observances().of_states[state]), key=abs)
        if abs(away) > OBSERVED:
            yield Sign("festival/national", f"its title tells of {title.strip()}", None, page + timedelta(away))


def states_in(words: str, page: date, knowledge: Knowledge) -> Iterator[str]:
    """The codes of the states that are named, in order."""
    names, i = _STATE_WORDS.findall(words), 0
    while i < len(names):
        for length in range(min(_LONGEST_STATE, len(names) - i), 0, -1):
            name = re.sub(r"[’']s?$", "", " ".join(names[i : i + length]))
            state = next((e.country for e in knowledge.named(name, page)[:1] if e.kind == "state"), None)
            if state is not None:
                yield state
                i += length - 1
                break
        i += 1
