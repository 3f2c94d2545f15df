"""Anniversaries against the page date: the 44th of an independence of 1977 was in 2021, and on one day of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from detente.checks.days import in_words
from detente.checks.festivals import states_in
from detente.checks.own_day import HEAD, Sign, Told
from detente.knowledge import Knowledge
from detente.knowledge.beginnings import Beginning, load_beginnings
from detente.knowledge.observances import load_observances
from detente.when.lexicon import lexicon

MOST_OFF = 4
"""Years by which an anniversary may miss the page and still date it; beyond, another beginning is meant."""

KEPT = 28
"""Days from the day of an anniversary within which a page tells of it."""

EVENT_BEHIND = 80
"""Characters behind *twenty years after* in which it is told what happened."""

_BEFORE = 150
_ANNIVERSARY = re.compile(
    r"\b(?:(?P<n>\d{1,3}|[A-Za-z]+(?:-[A-Za-z]+)?)(?:st|nd|rd|th|-[Yy]ear|)[ -](?:[Yy]ear )?)?[Aa]nniversary\b"
)
_YEARS_OF = re.compile(r"\b(?P<n>\d{1,3}) years of (?=independence|statehood)")
_YEARS_SINCE = re.compile(r"\b(?P<n>\d{1,3}|[A-Za-z]+(?:-[a-z]+)?) [Yy]ears? (?:[Ss]ince|[Aa]fter|ago,? (?:when )?)\b")
_BEHIND = re.compile(r"[^.;\n]{0,120}")
_OWN_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_INDEPENDENCE = re.compile(r"\b(?:[Ii]ndependen(?:ce|t)|[Rr]epublic\b|[Ss]tatehood|nationhood)")
_OWNED = re.compile(r"\b(?:its|their|his|her)(?: \w+)?\s*$", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|tomorrow|yesterday|this day|as (?:we|you|they))\b|^\W*On the\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An anniversary that a text names: its place, which one it is, and what may be known of its beginning."""

    match: re.Match[str]
    count: int | None
    way: str = ""
    beginnings: tuple[Beginning, ...] = ()


def anniversary_signs(told: Told, page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """One sign for each anniversary of another year than the page's, or of a day far from it."""
    for kept in _kept(told, page, knowledge):
        start, end = kept.match.span()
        part, span = told.part(start), told.span(start, end)
        years = [beginning.year for beginning in kept.beginnings]
        off = [page.year - year - kept.count for year in years] if kept.count is not None else [0]
        nearest = min(off, key=abs)
        if abs(nearest) > MOST_OFF:
            continue
        # A celebration of December is told of in January.
        if nearest and not (nearest == 1 and page.month == 1):
            words = f"the {kept.match[0].strip()} that it tells of was in {page.year - nearest}"
            yield Sign(f"anniversary/{'over' if nearest > 0 else 'ahead'}/{kept.way}/{part}", words, span)
        elif (day := _far_day(kept, page)) and not (day > page and _looks_ahead(told, start, end)):
            how = "told" if part == "title" or _TODAY.search(told.whole, max(0, start - 60), end + 15) else "plain"
            words = f"the {kept.match[0].strip()} that it tells of was on {in_words(day)}"
            yield Sign(f"anniversary/day/{how}/{part}", words, span, day)


def _kept(told: Told, page: date, knowledge: Knowledge) -> Iterator[_Kept]:
    """The anniversaries of what is known."""
    for match in (*_ANNIVERSARY.finditer(told.whole), *_YEARS_OF.finditer(told.whole)):
        count = _count(match["n"])
        way, beginnings = _counted_from(told, match, page, knowledge)
        if beginnings and (count is not None or (way == "event" and match.start() < told.offset + HEAD)):
            yield _Kept(match, count, way, beginnings)
    for match in _YEARS_SINCE.finditer(told.whole):
        end = told.offset if match.start() < told.offset else match.end() + EVENT_BEHIND
        if (count := _count(match["n"])) and (event := _event_in(told.whole[match.end() : end].partition(". ")[0])):
            yield _Kept(match, count, "event" if match.start() < told.offset else "since", (event,))


def _looks_ahead(told: Told, start: int, end: int) -> bool:
    """``as we approach the 20th anniversary``, ``its 25th anniversary approaches``."""
    around = told.whole[max(0, start - 60) : end + 60].lower()
    return any(word.strip(".,") in lexicon().ahead_of_gatherings for word in around.split())


def _count(word: str | None) -> int | None:
    """The number that an ordinal or a number tells; null where it is another word."""
    if word is None or word.isdecimal():
        return int(word) if word else None
    lists, lowered = lexicon(), word.lower()
    found = [lists.ordinals.get(part, 0) or int(lists.cardinals.get(part, 0)) for part in lowered.split("-")]
    return sum(found) if all(found) else None


def _far_day(kept: _Kept, page: date) -> date | None:
    """The day of the anniversary nearest to the page, where it lies further than a greeting comes."""
    near = (page.year - 1, page.year, page.year + 1)
    days = [
        day
        for beginning in kept.beginnings
        for year in ((beginning.year + kept.count,) if kept.count is not None else near)
        if (day := beginning.in_year(year))
    ]
    day = min(days, key=lambda day: abs((day - page).days), default=None)
    return day if day is not None and abs((day - page).days) > KEPT else None


def _counted_from(
    told: Told, match: re.Match[str], page: date, knowledge: Knowledge
) -> tuple[str, tuple[Beginning, ...]]:
    """How the beginning is known, and what an anniversary may be counted from by the words around it."""
    following = _BEHIND.match(told.whole, match.end())
    behind = following[0] if following else ""
    if event := _event_in(behind):
        return "event", (event,)
    if own := _OWN_YEAR.search(behind):
        return "year", (_own_day(told, match.end(), match.end() + own.end()) or Beginning(int(own[1])),)
    end = match.start() if _count(match["n"]) is not None else match.end("n") if match["n"] else match.start()
    before = told.whole[max(0, end - _BEFORE) : end].rpartition(". ")[2].rpartition("\n")[2]
    if (event := _event_in(before[-80:])) and (not behind.strip() or _OWNED.search(before)):
        return "event", (event,)
    if not _INDEPENDENCE.search(behind):
        return "", ()
    named = (*islice(states_in(behind, page, knowledge), 1), *list(states_in(before, page, knowledge))[-1:])
    states = named or tuple(states_in(told.whole[: told.offset], page, knowledge))
    return "independence", _independence(states[0]) if states else ()


def _own_day(told: Told, start: int, end: int) -> Beginning | None:
    """The day from which it is counted, where that is written behind: *of its adoption on May 3, 1991*."""
    days = (day.full for day in told.days if start <= day.span.start and day.span.end <= end)
    return next((Beginning(d.year, d.month, d.day) for d in days if d and (d.month, d.day) != (2, 29)), None)


def _event_in(words: str) -> Beginning | None:
    lowered = words.lower().replace("’", "'")
    return next((found for name, found in load_beginnings().of_events.items() if name in lowered), None)


def _independence(state: str) -> tuple[Beginning, ...]:
    """The years a state counts from, on each of its national days."""
    years = load_beginnings().of_states.get(state, ())
    days = load_observances().of_states.get(state, ())
    return tuple(Beginning(y, d.month, d.day) for y in years for d in days) or tuple(Beginning(y) for y in years)
