"""Times told from another time: ``last week``, ``two years ago``, ``the following Sunday``, ``the third quarter``."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from detente.when.dates import FIRST_PLAIN_YEAR, LAST_PLAIN_YEAR, ORDINAL_SUFFIXES, month_at, year_at
from detente.when.lexicon import Lexicon
from detente.when.meaning import Match, Meaning
from detente.when.quantities import amount_at, length_at, number_at
from detente.when.words import Words

_FROM_NOW = frozenset({"ago", "from", "hence"})
_NESTED_UNITS = ("D", "W", "M", "Q", "Y", "DE", "CE", "WE")


def pointer_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``last week``, ``next Wednesday``, ``this morning``, ``the past nine days``, ``that day``; `i` at the pointer."""
    word = w.at(i)
    if word == "that":
        return _pointed(w, i, i + 1, "that", 0, lex)
    if word not in lex.pointers:
        return None
    if word == "following" and w.at(i - 1) != "the" and (w.at(i + 1) in lex.weekdays or month_at(w, i + 1, lex)):
        return None  # a preposition: "following Monday's clashes"
    j = i + 1
    if word == "this" and w.at(j) in lex.after_this:
        word = w.at(j) if w.at(j) in lex.pointers else word
        j += 1
    elif word == "same" and lex.pointers.get(w.at(j)) is not None and w.at(j) in ("last", "previous"):
        word = w.at(j)
        j += 1
    return _pointed(w, i, j, word, lex.pointers[word], lex)


def _pointed(w: Words, i: int, j: int, word: str, offset: int, lex: Lexicon) -> Match | None:
    if w.broken(j):
        return None
    base: Literal["report", "story"] = "story" if word in lex.story_pointers else "report"
    if word == "next" and w.at(i - 1) == "the":
        base = "story"
    named = w.at(j)
    if named in lex.weekdays and w.capital(j) and not named.endswith("days"):
        return Match(i, j + 1, Meaning("date", weekday=lex.weekdays[named], offset=offset, base=base))
    if month_at(w, j, lex) and word != "that":
        return _pointed_month(w, i, j, offset, base, lex)
    if named in lex.seasons:
        return Match(i, j + 1, Meaning("named", name=lex.seasons[named], offset=offset, base=base))
    if named in lex.parts and not named.endswith("s"):
        day = 0 if offset == 0 else offset
        if base == "story" and word in ("following", "next"):
            day = 1
        return Match(i, j + 1, Meaning("unit", unit="D", offset=day, base=base, part=lex.parts[named]))
    if named in lex.units and not named.endswith("s"):
        return _pointed_unit(w, i, j, word, offset, base, lex)
    return _pointed_length(w, i, j, word, offset, base, lex)


def _pointed_month(w: Words, i: int, j: int, offset: int, base: Literal["report", "story"], lex: Lexicon) -> Match:
    end = j + 1
    day = None
    if w.at(end).isdecimal() and len(w.at(end)) <= 2 and 1 <= int(w.at(end)) <= 31:
        day = int(w.at(end))
        end += 1
    return Match(i, end, Meaning("date", month=month_at(w, j, lex), day=day, offset=offset, base=base))


def _pointed_unit(
    w: Words, i: int, j: int, word: str, offset: int, base: Literal["report", "story"], lex: Lexicon
) -> Match | None:
    unit = lex.units[w.at(j)]
    if unit.startswith("T") or (unit in ("MIL",)):
        return None
    recent = w.at(i) == "this" and unit in ("W", "WE", "M")
    if (
        (word == "past" and not recent)
        or (word == "last" and unit in ("DE", "CE"))
        or (word in ("coming", "next") and unit == "DE")
    ):
        return Match(i, j + 1, Meaning("duration", unit=unit, amount="1", offset=offset, base=base))
    return Match(i, j + 1, Meaning("unit", unit=unit, offset=offset, base=base))


def _pointed_length(
    w: Words, i: int, j: int, word: str, offset: int, base: Literal["report", "story"], lex: Lexicon
) -> Match | None:
    if word == "that":
        return None
    length = length_at(w, j, lex)
    if length is None:
        return None
    m = length.meaning
    if m.amount == "X" and m.unit in ("M", "Y", "W", "D", "DE") and offset:
        return Match(i, length.end, replace(m, offset=offset, base=base))
    return Match(i, length.end, replace(m, offset=offset or None, base=base))


def same_period_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``same period last year``, ``same month a year earlier``: the story's time a year before; `i` at *same*."""
    if w.at(i) != "same" or w.at(i + 1) not in lex.same_periods:
        return None
    if w.at(i + 2) in ("last", "the") and "year" in (w.at(i + 3), w.at(i + 4)):
        end = w.low.index("year", i + 3) + 1
    elif w.at(i + 2) == "a" and w.at(i + 3) == "year" and lex.shifts.get(w.at(i + 4)) == -1:
        end = i + 5
    else:
        return None
    return Match(i, end, Meaning("unit", unit="Y", offset=-1, base="story", name="same"))


def definite_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``the day``, ``the weekend``, ``the summer``, ``the night``: a known period; `i` at the noun after *the*."""
    word = w.at(i)
    after = w.at(i + 1)
    if after in ("before", "after") and word in lex.known_periods:
        return _day_before(w, i, lex)
    if after in ("following", "previous", "prior") and word in lex.units and w.at(i + 2) in (".", ",", ";", "", ")"):
        return Match(i, i + 2, Meaning("unit", unit=lex.units[word], offset=lex.pointers[after], base="story"))
    if word == "weekend":
        return Match(i, i + 1, Meaning("unit", unit="WE", offset=0, base="report", name="definite"))
    if word in lex.definite_periods and w.at(i - 2) in lex.before_definite and after not in lex.after_noun:
        return Match(i, i + 1, Meaning("unit", unit=lex.units[word], offset=0, base="story"))
    return None


def _day_before(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``the day before (yesterday)``, ``the week after``: from a named day, or from the story's time."""
    unit = lex.units.get(w.at(i), "D")
    part = lex.parts.get(w.at(i), "")
    step = -1 if w.at(i + 1) == "before" else 1
    anchor = lex.deictics.get(w.at(i + 2))
    if anchor is not None:
        return Match(i, i + 3, Meaning("unit", unit=unit, offset=anchor[0] + step, part=part))
    if w.at(i + 2) == ("last" if step < 0 else "next") and not _opens_period(w, i + 3, w.at(i), lex):
        end = i + 4 if w.at(i + 3) == w.at(i) else i + 3
        return Match(i, end, Meaning("unit", unit=unit, offset=2 * step, part=part))
    if w.at(i + 2).isalnum() and w.at(i + 2) not in ("and", "but", "in", "at"):
        return None
    return Match(i, i + 2, Meaning("unit", unit=unit, offset=step, base="story", part=part))


def _opens_period(w: Words, i: int, but: str, lex: Lexicon) -> bool:
    """Whether a period opens at word `i` that *last* belongs to: ``the week before last Friday``, not `but` itself."""
    word = w.at(i)
    if word == but:
        return False
    return word in lex.units or word in lex.weekdays or word in lex.months or word in lex.seasons or word in lex.parts


def weekday_beyond(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``Thursday before last``, ``Monday after next``."""
    weekday = lex.weekdays.get(w.at(i))
    step = {("before", "last"): -2, ("after", "next"): 2}.get((w.at(i + 1), w.at(i + 2)))
    if weekday is None or step is None or not w.capital(i) or _opens_period(w, i + 3, w.at(i), lex):
        return None
    return Match(i, i + 3, Meaning("date", weekday=weekday, offset=step))


def weekdays_ago(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``two Fridays ago``, ``three Mondays from now``."""
    amount = number_at(w, i, lex)
    weekday = lex.weekdays.get(w.at(amount.end)) if amount is not None else None
    if amount is None or weekday is None or not w.at(amount.end).endswith("days") or not amount.text.isdecimal():
        return None
    ways = {"ago": -1, "from": 1}
    way = ways.get(w.at(amount.end + 1))
    stop = _end_of_shift(w, amount.end + 1) if way is not None else None
    if way is None or stop is None:
        return None
    return Match(i, stop, Meaning("date", weekday=weekday, offset=way * int(amount.text)))


def shifted(w: Words, length: Match, lex: Lexicon) -> Match | None:
    """``two years`` + *ago, earlier, later, from now …*: a time that far from the base."""
    m, end = length.meaning, length.end
    word = w.at(end)
    direction = lex.shifts.get(word)
    if direction is None or m.inside is not None or m.offset is not None or w.broken(end) or m.unit.startswith("T"):
        return None
    stop = _end_of_shift(w, end)
    if stop is None:
        return None
    if m.amount == "X" or m.unit not in lex.shiftable:
        return Match(length.start, stop, Meaning("reference", name="PAST_REF" if direction < 0 else "FUTURE_REF"))
    base: Literal["report", "story"] = "report" if word in _FROM_NOW else "story"
    unit, count = _whole_units(m.unit, float(m.amount))
    return Match(length.start, stop, Meaning("unit", unit=unit, offset=direction * count, base=base))


def _end_of_shift(w: Words, i: int) -> int | None:
    """The word behind *ago*, *from now*, *later* at word `i`; null where what follows makes it something else."""
    word, following = w.at(i), w.at(i + 1)
    if word == "from":
        return i + 2 if following in ("now", "today") else None
    if word in _FROM_NOW:
        return i + 1
    if following == "than":
        return None
    joins = word in ("before", "after", "prior") and (following.isalnum() or following in ("'", '"', "“"))
    return None if joins else i + 1


def _whole_units(unit: str, amount: float) -> tuple[str, int]:
    """A fortnight in weeks, half a year in months; other fractions are cut off."""
    if unit == "FN":
        unit, amount = "W", amount * 2
    if unit == "Y" and amount != int(amount):
        unit, amount = "M", amount * 12
    return unit, int(amount)


def quarter_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``third quarter``, ``Q3 2009``, ``first half of 2012``: `i` at the ordinal or the letter."""
    word = w.at(i)
    if word in ("q", "h") and w.glued(i + 1) and w.at(i + 1) in ("1", "2", "3", "4"):
        if not w.capital(i) or (word == "h" and not year_at(w, i + 2)):
            return None
        return _in_year(w, i, i + 2, Meaning("named", name=word.upper(), number=int(w.at(i + 1))), lex)
    number = ordinal_at(w, i, lex)
    if number is None:
        return None
    count, j = number
    if w.dash(j):
        j += 1
    if w.at(j) == "fiscal":
        j += 1
    if w.at(j) == "quarter" and (count in (1, 2, 3, 4) or (count == -1 and w.at(i) != "last")):
        return _in_year(w, i, j + 1, Meaning("named", name="Q", number=4 if count == -1 else count), lex)
    if w.at(j) == "half" and count in (1, 2) and w.at(j + 1) == "of":
        found = _in_year(w, i, j + 1, Meaning("named", name="H", number=count), lex)
        return found if found and found.end > j + 1 else None
    return None


def ordinal_at(w: Words, i: int, lex: Lexicon) -> tuple[int, int] | None:
    """The ordinal at word `i` (-1 for the last) and the word after it."""
    if w.at(i) in lex.ordinals:
        return lex.ordinals[w.at(i)], i + 1
    if w.at(i).isdecimal() and len(w.at(i)) <= 2 and w.at(i + 1) in ORDINAL_SUFFIXES and w.glued(i + 1):
        return int(w.at(i)), i + 2
    return None


def _in_year(w: Words, i: int, end: int, m: Meaning, lex: Lexicon) -> Match:
    """`m` with the year told after it: ``of 2009``, ``2009``, ``of last year``, ``of the year``, ``a year ago``."""
    j = end + 1 if w.at(end) in ("of", ",", "in") else end
    year = year_at(w, j)
    if year is not None and (FIRST_PLAIN_YEAR <= year <= LAST_PLAIN_YEAR or w.at(j - 1) in ("of", "in")):
        return Match(i, j + 1, replace(m, year=year))
    k = j + 1 if w.at(j) in ("the", "fiscal") else j
    if w.at(k) in lex.pointers and w.at(k + 1) == "year":
        base: Literal["report", "story"] = "story" if w.at(k) in lex.story_pointers else "report"
        return Match(i, k + 2, replace(m, inside=Meaning("unit", unit="Y", offset=lex.pointers[w.at(k)], base=base)))
    beyond = definite_at(w, k, lex) if w.at(j) == "the" and w.at(k) == "year" else None
    if beyond is not None and beyond.meaning.unit == "Y" and beyond.meaning.base == "report":
        return Match(i, beyond.end, replace(m, inside=beyond.meaning))
    if w.at(end) == "of" and w.at(j) == "the" and w.at(k) == "year":
        return Match(i, k + 1, replace(m, inside=Meaning("unit", unit="Y", offset=0)))
    return Match(i, end, m)


def season_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``summer 2021``, ``the spring of 1915``, ``in autumn``; *fall* only where its place makes it a season."""
    name = lex.seasons.get(w.at(i))
    if name is None:
        return None
    found = _in_year(w, i, i + 1, Meaning("named", name=name), lex)
    if found.end > i + 1:
        return found
    verbal = w.at(i) in lex.season_verbs and w.at(i + 1) in lex.after_season_verbs
    if verbal:
        return None
    if w.at(i) in lex.ambiguous_seasons and w.at(i - 1) not in lex.before_seasons:
        return None
    if w.at(i) == "spring" and w.at(i - 1) in lex.other_springs:
        return None
    return found


def ordinal_unit_at(w: Words, i: int, lex: Lexicon) -> tuple[int, int, str, str] | None:
    """``last week``, ``first three days``, ``third day`` before *of*: number, end, unit code, amount."""
    number = ordinal_at(w, i, lex)
    if number is None:
        return None
    count, j = number
    amount = amount_at(w, j, lex)
    text = ""
    if amount is not None and w.at(amount.end) in lex.units:
        j, text = amount.end, amount.text
    unit = lex.units.get(w.at(j))
    if unit not in _NESTED_UNITS or w.at(j + 1) not in ("of", "in"):
        return None
    return count, j + 1, unit, text
