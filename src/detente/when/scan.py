"""From words to time expressions: one look-up a word tells whether a time can open there, the longest reading wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from detente.language import text_of
from detente.when import clocks, dates, nested, phrases, relatives
from detente.when.holidays import holiday_names
from detente.when.lexicon import Lexicon, lexicon
from detente.when.meaning import Match, Meaning
from detente.when.nested import Reading
from detente.when.quantities import length_at
from detente.when.words import Words, split_words

_SCANNED = "detente_times"


def scan(w: Words) -> list[Match]:
    """All time expressions of `w` in order, none overlapping another."""
    lex = lexicon()
    openers = _openers()
    found: list[Match] = []
    i = 0
    words = w.low
    while i < len(words):
        word = words[i]
        if word in openers or word.isdecimal():
            matches = _matches_at(w, i, lex)
            if matches:
                found.extend(matches)
                i = matches[-1].end
                continue
        i += 1
    return found


def scanned(doc: Doc) -> tuple[Words, list[Match]]:
    """The words of a Doc's text and the time expressions among them, read once."""
    found: tuple[Words, list[Match]] | None = doc.user_data.get(_SCANNED)
    if found is None:
        words = split_words(text_of(doc))
        found = doc.user_data[_SCANNED] = words, scan(words)
    return found


def _matches_at(w: Words, i: int, lex: Lexicon) -> list[Match]:
    pair = dates.first_of_range(w, i, lex) if w.low[i].isdecimal() else None
    match = time_at(w, i, lex)
    if pair is not None and (match is None or match.end <= pair[1].start):
        return list(pair)
    if match is None:
        return []
    return [match, *dates.second_of_range(w, match, lex)]


def time_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """The longest time expression that opens at word `i`, with the part of the day and the day of a clock time."""
    best = _longest(w, i, lex)
    if best is None:
        return None
    if best.meaning.kind == "duration":
        return _around_length(w, relatives.shifted(w, best, lex) or best, lex)
    return _with_day(w, _with_part(w, _within(w, best, lex), lex), lex)


def _within(w: Words, match: Match, lex: Lexicon) -> Match:
    """``October of last year``, ``July 25 of that year``, ``Tuesday next week``: the year or week told after it."""
    m = match.meaning
    if m.kind != "date" or m.year is not None or m.offset is not None or m.inside is not None:
        return match
    unit = "W" if m.month is None else "Y"
    j = match.end + 1 if w.at(match.end) in ("of", ",") else match.end
    if w.at(match.end) == "," and w.at(j) not in lex.pointers and w.at(j) != "the":
        return match
    period = _period_at(w, j, lex)
    if period is None or period.meaning.kind != "unit" or period.meaning.unit != unit or w.broken(j):
        return match
    return Match(match.start, period.end, replace(m, inside=period.meaning))


def _period_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``last year``, ``that year``, ``the following week``, ``the year before last`` at word `i`."""
    if w.at(i) != "the":
        return relatives.pointer_at(w, i, lex) if w.at(i) in lex.pointers or w.at(i) == "that" else None
    if w.at(i - 1) == "of" and w.at(i + 1) in lex.pointers:
        return relatives.pointer_at(w, i + 1, lex)
    beyond = relatives.definite_at(w, i + 1, lex)
    return beyond if beyond is not None and abs(beyond.meaning.offset or 0) == 2 else None


def _nested(reading: Callable[[Words, int, Lexicon, Reading], Match | None]) -> Reading:
    return lambda w, i, lex: reading(w, i, lex, _longest)


def _longest(w: Words, i: int, lex: Lexicon) -> Match | None:
    word = w.low[i] if i < len(w) else ""
    readings = _digit_readings() if word.isdecimal() else _openers().get(word, ())
    best: Match | None = None
    for reading in readings:
        match = reading(w, i, lex)
        if match is not None and (best is None or match.end > best.end):
            best = match
    return best


def _around_length(w: Words, match: Match, lex: Lexicon) -> Match:
    """`match` with *about*, *nearly*, *more than* before it."""
    start = match.start
    for _ in range(2):
        if w.at(start - 1) in lex.approximate:
            start -= 1
        elif w.at(start - 1) == "than" and w.at(start - 2) in lex.compared:
            start -= 2
    return Match(start, match.end, match.meaning) if start != match.start else match


def _with_part(w: Words, match: Match, lex: Lexicon) -> Match:
    """``Thursday night``, ``yesterday afternoon``, ``June 3, in the morning``."""
    m = match.meaning
    part = lex.parts.get(w.at(match.end), "")
    dated = m.kind == "holiday" or (m.kind == "date" and (m.weekday or m.day)) or (m.kind == "unit" and m.unit == "D")
    if not dated or m.part or not part or w.at(match.end).endswith("s") or w.broken(match.end):
        return match
    return Match(match.start, match.end + 1, replace(m, part=part))


def _with_day(w: Words, match: Match, lex: Lexicon) -> Match:
    """``12:00 UTC Monday``, ``5 p.m. today``: a clock time takes the day that follows it without a preposition."""
    m = match.meaning
    if m.kind != "clock" or m.inside is not None:
        return match
    j = match.end + 1 if w.at(match.end) == "," else match.end
    if w.at(j) not in _openers() or w.broken(j):
        return match
    day = _longest(w, j, lex)
    if day is None or not _is_day(day.meaning):
        return match
    if w.at(match.end) == "," and day.meaning.kind != "date":
        return match
    return Match(match.start, _with_part(w, day, lex).end, replace(m, inside=day.meaning))


def _is_day(m: Meaning) -> bool:
    return (m.kind == "date" and bool(m.weekday or m.day)) or (m.kind == "unit" and m.unit == "D")


def _part_alone(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``in the morning``, ``at night``, ``overnight``, ``the night of April 18``."""
    part = lex.parts[w.at(i)]
    if w.at(i + 1) == "of":
        j = i + 3 if w.at(i + 2) == "the" else i + 2
        day = _longest(w, j, lex) if j < len(w) else None
        if day is not None and _is_day(day.meaning):
            return Match(i, day.end, replace(day.meaning, part=part))
    if w.at(i) in lex.points:
        return None
    if w.at(i - 1) == "at" and part == "NI":
        return Match(i, i + 1, Meaning("set", part=part))
    lone = w.at(i) == "overnight" or (w.at(i - 1) == "at" and part in ("MO", "EV"))
    if lone or (w.at(i - 1) == "the" and w.at(i - 2) in ("in", "during", "through") and w.at(i + 1) != "of"):
        return Match(i, i + 1, Meaning("clock", part=part))
    return None


def _early_part(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``early morning``, ``the early morning hours of 30 April``, ``the early hours of Sunday``."""
    end = i + 3 if w.at(i + 2) == "hours" else i + 2
    part = lex.parts.get(w.at(i + 1), lex.hours_of[w.at(i)])
    day = _longest(w, end + 1, lex) if w.at(end) == "of" and end + 1 < len(w) else None
    if day is not None and _is_day(day.meaning):
        return Match(i, day.end, replace(day.meaning, part=part))
    if w.at(i - 1) in ("in", "the", "during", "until", "by", "since") and w.at(i + 1) != "hours":
        return Match(i, end, Meaning("clock", part=part))
    return None


def _after_the(w: Words, i: int, lex: Lexicon) -> Match | None:
    """What *the* opens: the reading of the words after it, with the article."""
    if i + 1 >= len(w):
        return None
    phrase = phrases.reference_at(w, i, lex)
    inner = relatives.same_period_at(w, i + 1, lex)
    if inner is None and (w.at(i + 1) in _after_article() or w.at(i + 1).isdecimal()):
        inner = time_at(w, i + 1, lex)
    if inner is None:
        inner = relatives.definite_at(w, i + 1, lex) or dates.number_word_day(w, i + 1, lex) or _unit_of(w, i + 1, lex)
    if phrase is not None and (inner is None or phrase.end >= inner.end):
        return phrase
    if inner is None or inner.start != i + 1 or inner.meaning.kind == "set":
        return None
    if _describes(w, inner):
        return inner
    return Match(i, inner.end, inner.meaning)


def _describes(w: Words, match: Match) -> bool:
    """Whether the words stand before a noun and leave it the article: *the 2020 election*, *the 24-hour strike*."""
    m = match.meaning
    if m.kind == "duration":
        return any(w.dash(k) for k in range(match.start, match.end))
    return m.kind == "date" and m.year is not None and m.month is None and match.end == match.start + 1


def _unit_of(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``the month of May``, ``the year 2008``, ``the week of June 7``."""
    unit = lex.units.get(w.at(i))
    if unit not in ("W", "M", "Y", "WE"):
        return None
    j = i + 2 if w.at(i + 1) == "of" else i + 1
    inner = _longest(w, j, lex) if j < len(w) and (unit == "Y" or j == i + 2) else None
    if inner is None or inner.meaning.kind != "date":
        return None
    m = inner.meaning
    if unit in ("W", "WE") and m.day:
        return Match(i, inner.end, Meaning("unit", unit=unit, inside=m))
    told = (unit == "Y" and m.year and not m.month) or (unit == "M" and m.month and not m.day)
    return Match(i, inner.end, m) if told else None


def _modified(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``early June``, ``mid-2011``, ``the end of last year``, ``late in the day``, ``midway through 2020``."""
    mod = lex.modifiers[w.at(i)]
    j = i + 1
    if w.at(i) in lex.hours_of and (w.at(j) in lex.parts or w.at(j) == "hours"):
        return _early_part(w, i, lex)
    if w.dash(j):
        j += 1
    elif w.at(i) in ("early", "late", "midway"):
        if w.at(j) in ("in", "on", "through", "of"):
            j += 1
    elif w.at(i) != "mid":
        if w.at(j) != "of":
            return None
        j += 1
    if w.at(j) in ("the", "this") and lex.units.get(w.at(j + 1)) in ("D", "W", "M", "Q", "Y", "DE", "CE"):
        return _end_of_the(w, i, j, mod, lex)
    inner = time_at(w, j, lex) if j < len(w) else None
    if inner is None or inner.meaning.kind in ("duration", "set", "reference", "clock"):
        return None
    return Match(i, inner.end, replace(inner.meaning, mod=inner.meaning.mod or mod))


def _end_of_the(w: Words, i: int, j: int, mod: str, lex: Lexicon) -> Match | None:
    """``the end of the year``: this year's end, or the end of a period told after it."""
    whole = _unit_of(w, j + 1, lex)
    if whole is not None:
        return Match(i, whole.end, replace(whole.meaning, mod=mod))
    if w.at(j + 2) in ("of", "after", "before", "when", "that"):
        return None
    base: Literal["report", "story"] = "report" if w.at(j) == "this" or lex.units[w.at(j + 1)] != "D" else "story"
    return Match(i, j + 2, Meaning("unit", unit=lex.units[w.at(j + 1)], offset=0, base=base, mod=mod))


def _earlier_later(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``earlier this year``, ``later in the day``, ``earlier on Friday``."""
    mod = lex.earlier_later[w.at(i)]
    j = i + 1
    if w.at(j) in ("in", "on", "during"):
        j += 1
    if w.at(j) in ("the", "that") and w.at(j + 1) in lex.units and not w.at(j + 1).endswith("s"):
        unit = lex.units[w.at(j + 1)]
        return Match(i, j + 2, Meaning("unit", unit=unit, offset=0, base="story", mod=mod))
    inner = time_at(w, j, lex) if j < len(w) and w.at(j) in _openers() else None
    if inner is None or inner.meaning.kind not in ("date", "unit", "named"):
        return None
    return Match(i, inner.end, replace(inner.meaning, mod=mod))


_NESTED = tuple(map(_nested, (nested.ordinal_unit, nested.ordinal_weekday, nested.day_of_month)))


@cache
def _digit_readings() -> tuple[Reading, ...]:
    return (
        phrases.numeric_at,
        dates.day_date,
        dates.decade_at,
        dates.century_at,
        clocks.clock_at,
        length_at,
        dates.year_date,
        relatives.quarter_at,
        relatives.weekdays_ago,
        *_NESTED,
    )


@cache
def _openers() -> dict[str, tuple[Reading, ...]]:
    """Which readings to try at a word; a word that is not here opens no time."""
    lex = lexicon()
    table: dict[str, list[Reading]] = {}
    rows: list[tuple[Iterable[str], Reading]] = [
        (lex.months, dates.month_date),
        (lex.weekdays, dates.weekday_date),
        (lex.weekdays, relatives.weekday_beyond),
        (lex.ordinals, dates.day_date),
        (lex.ordinals, dates.century_at),
        (lex.ordinals, relatives.quarter_at),
        *((lex.ordinals, reading) for reading in _NESTED),
        (("q", "h"), relatives.quarter_at),
        (("twenty", "thirty"), dates.day_date),
        (("twenty", "thirty"), _NESTED[-1]),
        (("twenty",), dates.century_at),
        (lex.cardinals, length_at),
        (lex.cardinals, clocks.clock_at),
        (lex.cardinals, relatives.weekdays_ago),
        (("a", "an", "half"), length_at),
        (("a", "an"), phrases.rate_at),
        (lex.vague, length_at),
        (lex.vague_nouns, length_at),
        (lex.bare_plurals, length_at),
        (lex.pointers, relatives.pointer_at),
        (("that",), relatives.pointer_at),
        (lex.deictics, phrases.deictic_at),
        (phrases.reference_phrases(), phrases.reference_at),
        (lex.sets, phrases.set_word_at),
        ((*sorted(lex.every), "per"), phrases.every_at),
        (lex.seasons, relatives.season_at),
        (lex.points, clocks.clock_at),
        (lex.parts, _part_alone),
        (lex.modifiers, _modified),
        (lex.earlier_later, _earlier_later),
        (("the",), _after_the),
        (("'", "’", "‘", "`"), phrases.short_year_at),
        (("'", "’", "‘", "`"), dates.decade_at),
        (("ad",), phrases.anno_at),
        (holiday_names(), phrases.holiday_at),
    ]
    for words, reading in rows:
        for word in words:
            table.setdefault(word, []).append(reading)
    return {word: tuple(readings) for word, readings in table.items()}


@cache
def _after_article() -> frozenset[str]:
    """Openers that may stand after *the* within one expression; a bare year or month does not take the article in."""
    lex = lexicon()
    words = {*lex.pointers, *lex.ordinals, *lex.seasons, *lex.modifiers, *lex.parts, "'", "’", "twenty", "thirty"}
    return frozenset(words)
