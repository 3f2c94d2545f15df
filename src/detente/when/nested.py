"""Times told as a part of another time: ``the last Sunday of August``, ``the 10th of next month``.

Each reading is given `longest`, the reading of whatever time opens at a word.
"""

from __future__ import annotations

from collections.abc import Callable

from detente.when.dates import day_at
from detente.when.lexicon import Lexicon
from detente.when.meaning import Match, Meaning
from detente.when.relatives import ordinal_at, ordinal_unit_at
from detente.when.words import Words

Reading = Callable[[Words, int, Lexicon], Match | None]
_APOSTROPHES = ("'", "’")


def ordinal_unit(w: Words, i: int, lex: Lexicon, longest: Reading) -> Match | None:
    """``first two weeks of March``, ``last day of 2020``."""
    found = ordinal_unit_at(w, i, lex)
    if found is None:
        return None
    number, end, unit, amount = found
    inner = longest(w, end + 1, lex) if end + 1 < len(w) else None
    if inner is None or inner.meaning.kind not in ("date", "unit", "named", "decade", "century"):
        return None
    meaning = Meaning("ordinal", number=number, unit=unit, amount=amount, inside=inner.meaning)
    return Match(i, inner.end, meaning)


def ordinal_weekday(w: Words, i: int, lex: Lexicon, longest: Reading) -> Match | None:
    """``last Sunday of August``, ``first Monday of next month``, ``third Thursday in May 2022``."""
    found = ordinal_at(w, i, lex)
    if found is None:
        return None
    number, j = found
    weekday = lex.weekdays.get(w.at(j))
    if weekday is None or not w.capital(j) or w.at(j).endswith("days") or w.at(j + 1) not in ("of", "in"):
        return None
    month = _month_at(w, j + 2, lex, longest)
    if month is None:
        return None
    return Match(i, month.end, Meaning("ordinal", number=number, weekday=weekday, inside=month.meaning))


def day_of_month(w: Words, i: int, lex: Lexicon, longest: Reading) -> Match | None:
    """``third of last month``, ``10th of next month``; the month by its name is a plain date."""
    day = day_at(w, i, lex)
    if day is None or (day[1] == i + 1 and w.at(i).isdecimal()) or w.at(day[1]) != "of":
        return None
    month = _month_at(w, day[1] + 1, lex, longest)
    if month is None or month.meaning.kind != "unit" or w.at(month.end) in _APOSTROPHES:
        return None
    return Match(i, month.end, Meaning("date", day=day[0], inside=month.meaning))


def _month_at(w: Words, i: int, lex: Lexicon, longest: Reading) -> Match | None:
    """The month that opens at word `i`: by name, ``last month``, ``the month``."""
    if w.at(i) == "the" and lex.units.get(w.at(i + 1)) == "M" and not w.at(i + 2).isalnum():
        return Match(i, i + 2, Meaning("unit", unit="M", offset=0, base="story"))
    found = longest(w, i, lex) if i < len(w) else None
    if found is None:
        return None
    m = found.meaning
    by_name = m.kind == "date" and m.month is not None and m.day is None
    return found if by_name or (m.kind == "unit" and m.unit == "M") else None
