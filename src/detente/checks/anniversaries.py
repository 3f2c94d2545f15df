"""Anniversaries against the page date: the 44th of an independence of 1977 was in 2021."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from detente.checks.own_day import Sign, Told
from detente.knowledge import Knowledge
from detente.knowledge.beginnings import load_beginnings

MOST_OFF = 4
"""Years by which an anniversary may miss the page and still date it; beyond, another beginning is meant."""

_LONGEST_STATE = 3
_BEFORE = 150
_ANNIVERSARY = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th) anniversary\b")
_YEARS_OF = re.compile(r"\b(\d{1,3}) years of (?=independence|statehood)")
_BEHIND = re.compile(r"[^.;\n]{0,120}")
_OWN_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_INDEPENDENCE = re.compile(r"\b(?:[Ii]ndependen(?:ce|t)|[Rr]epublic\b|[Ss]tatehood|nationhood)")
_WORDS = re.compile(r"[A-Z][\w’'-]*|\b(?:of|and|the)\b")


def anniversary_signs(told: Told, page: date, knowledge: Knowledge) -> Iterator[Sign]:
    """One sign for each anniversary that falls into another year than the page's, by the year it is counted from."""
    for match in (*_ANNIVERSARY.finditer(told.whole), *_YEARS_OF.finditer(told.whole)):
        way, years = _counted_from(told, match, page, knowledge)
        if not years:
            continue
        off = [page.year - year - int(match[1]) for year in years]
        nearest = min(off, key=abs)
        # A celebration of December is told of in January.
        if nearest == 0 or abs(nearest) > MOST_OFF or (nearest == 1 and page.month == 1):
            continue
        year = page.year - nearest
        words = f"the {match[0]} that it tells of was in {year}"
        kind = f"anniversary/{'over' if nearest > 0 else 'ahead'}/{way}/{told.part(match.start())}"
        yield Sign(kind, words, told.span(*match.span()))


def _counted_from(told: Told, match: re.Match[str], page: date, knowledge: Knowledge) -> tuple[str, tuple[int, ...]]:
    """How the year is known, and the years that an anniversary may be counted from by the words around it."""
    following = _BEHIND.match(told.whole, match.end())
    behind = following[0] if following else ""
    lowered = behind.lower()
    for name, year in load_beginnings().of_events.items():
        if name in lowered:
            return "event", (year,)
    if own := _OWN_YEAR.search(behind):
        return "year", (int(own[1]),)
    if not _INDEPENDENCE.search(behind):
        return "", ()
    before = told.whole[max(told.offset, match.start() - _BEFORE) : match.start()].rpartition(". ")[2]
    named = (*_states(behind, page, knowledge)[:1], *_states(before, page, knowledge)[-1:])
    states = named or _states(told.whole[: told.offset], page, knowledge)
    return "independence", load_beginnings().of_states.get(states[0], ()) if states else ()


def _states(words: str, page: date, knowledge: Knowledge) -> list[str]:
    """The states that are named, in order."""
    names, found, i = _WORDS.findall(words), [], 0
    while i < len(names):
        for length in range(min(_LONGEST_STATE, len(names) - i), 0, -1):
            name = re.sub(r"[’']s?$", "", " ".join(names[i : i + length]))
            state = next((e.country for e in knowledge.named(name, page)[:1] if e.kind == "state"), None)
            if state is not None:
                found.append(state)
                i += length - 1
                break
        i += 1
    return found
