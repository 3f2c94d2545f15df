"""Times told by one word or a fixed phrase: *today*, *recently*, *daily*, *every Monday*, *Christmas*, *AD 70*."""

from __future__ import annotations

from functools import cache

from detente.when import dates
from detente.when.holidays import holiday_names
from detente.when.lexicon import Lexicon, lexicon
from detente.when.meaning import Match, Meaning
from detente.when.quantities import length_at
from detente.when.words import Words


def deictic_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``today``, ``yesterday``, ``tonight``."""
    offset, part = lex.deictics[w.at(i)]
    return Match(i, i + 1, Meaning("unit", unit="D", offset=offset, part=part, name="deictic"))


def reference_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``now``, ``recent years``, ``in the near future``: a time with a value but no days."""
    for phrase, value in reference_phrases().get(w.at(i), ()):
        end = i + len(phrase)
        if tuple(w.low[i:end]) != phrase:
            continue
        if w.at(end) in lex.bare_plurals and phrase[-1] == "recent":
            return Match(i, end + 1, Meaning("reference", name=value))  # "recent years"
        if phrase[-1] in ("past", "future") and (w.at(end) in lex.units or length_at(w, end, lex)):
            continue  # "the past decade", "in the past nine days"
        return Match(i, end, Meaning("reference", name=value))
    return None


def set_word_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``daily``, ``annual``."""
    if w.capital(i) and w.capital(i + 1) and i > 0:
        return None  # a name: the Daily Mail, Monthly Review
    return Match(i, i + 1, Meaning("set", name=lex.sets[w.at(i)]))


def every_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``every day``, ``each Monday``, ``every two weeks``, ``every other year``, ``per month``."""
    j = i + 1
    amount = "1"
    if w.at(j) == "other":
        amount, j = "2", j + 1
    if w.at(j) in lex.weekdays:
        return Match(i, j + 1, Meaning("set", weekday=lex.weekdays[w.at(j)]))
    if dates.month_at(w, j, lex):
        return Match(i, j + 1, Meaning("set", month=dates.month_at(w, j, lex)))
    if w.at(j) in lex.parts or w.at(j) in lex.seasons:
        part = lex.parts.get(w.at(j), "")
        return Match(i, j + 1, Meaning("set", part=part, name=lex.seasons.get(w.at(j), "")))
    if w.at(j) in lex.units and w.at(j + 1) not in ("of",):
        return Match(i, j + 1, Meaning("set", unit=lex.units[w.at(j)], amount=amount))
    length = length_at(w, j, lex)
    if length is None or length.meaning.amount == "X":
        return None
    return Match(i, length.end, Meaning("set", unit=length.meaning.unit, amount=length.meaning.amount))


def rate_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``15 a year``, ``once a week``: a unit after an article after a number."""
    unit = lex.units.get(w.at(i + 1))
    before = w.at(i - 1)
    if unit is None or w.at(i + 1).endswith("s") or w.at(i + 2) in lex.shifts:
        return None
    if not (before.isdecimal() or before in lex.rates or before in lex.scales or before in lex.counted):
        return None
    return Match(i, i + 2, Meaning("set", unit=unit, amount="1"))


def holiday_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``Christmas``, ``Ramadan 2021``; not the middle of a person's name."""
    before = w.at(i - 1)
    inside_name = w.capital(i - 1) and before.isalpha() and before not in lex.before_months and before != "the"
    if not w.capital(i) or inside_name:
        return None
    for name, key in holiday_names().get(w.at(i), ()):
        end = i + len(name)
        if tuple(w.low[i:end]) == name:
            year = dates.year_at(w, end + 1 if w.at(end) in (",", "of", "in") else end)
            if year is not None:
                end = end + 2 if w.at(end) in (",", "of", "in") else end + 1
            return Match(i, end, Meaning("holiday", name=key, year=year))
    return None


def numeric_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``2021-06-11``, ``11/06/2021``."""
    return dates.numeric_date(w, i)


def short_year_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``'82``."""
    return dates.short_year_at(w, i)


def anno_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``AD 70``."""
    year = w.at(i + 1)
    if not (w.capital(i) and year.isdecimal() and len(year) <= 4 and int(year) > 0):
        return None
    return Match(i, i + 2, Meaning("date", year=int(year)))


@cache
def reference_phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The phrases of `reference_at` by their first word, longest first, each with its value."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in lexicon().references.items():
        found.setdefault(phrase[0], []).append((phrase, value))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
