"""Calendar dates as written: days, months, years, weekdays, in words, digits and ranges of them."""

from __future__ import annotations

from detente.when.lexicon import Lexicon
from detente.when.meaning import Match, Meaning
from detente.when.quantities import number_at
from detente.when.words import Words

ORDINAL_SUFFIXES = ("st", "nd", "rd", "th")
_POSSESSIVES = frozenset({"his", "her", "their"})
_BEFORE_DAY = frozenset({"on", "until", "by", "from", "since", "before", "after"})
_APOSTROPHES = ("'", "’", "‘", "`")
FIRST_PLAIN_YEAR, LAST_PLAIN_YEAR = 1900, 2060
"""Four digits in this span are a year without more evidence; others need a preposition that asks for a time."""


def month_at(w: Words, i: int, lex: Lexicon) -> int | None:
    """The month named at word `i`; common words that are month names too must be capitalised."""
    month = lex.months.get(w.at(i))
    if month is None or (w.at(i) in lex.ambiguous_months and not w.capital(i)):
        return None
    return month


def day_at(w: Words, i: int, lex: Lexicon) -> tuple[int, int] | None:
    """A day of the month at word `i` (``3``, ``3rd``, ``third``) and the word after it."""
    word = w.at(i)
    if word.isdecimal() and word.isascii() and len(word) <= 2 and 1 <= int(word) <= 31:
        if w.at(i + 1) in ORDINAL_SUFFIXES and w.glued(i + 1):
            return int(word), i + 2
        if w.glued(i + 1) and w.at(i + 1)[:1].isalnum():
            return None
        return int(word), i + 1
    if word in lex.ordinals and lex.ordinals[word] > 0:
        return lex.ordinals[word], i + 1
    if lex.cardinals.get(word) in (20, 30) and w.at(i + 1) and w.dash(i + 1):
        tail = lex.ordinals.get(w.at(i + 2), 0)
        if 0 < tail < 10:
            return lex.cardinals[word] + tail, i + 3
    return None


def year_at(w: Words, i: int) -> int | None:
    """A year of four digits at word `i`."""
    word = w.at(i)
    if len(word) != 4 or not (word.isdecimal() and word.isascii()) or not 1000 <= int(word) <= 2199:
        return None
    if (w.glued(i + 1) and w.at(i + 1).isalpha()) or (w.glued(i) and w.at(i - 1) in (",", ".", "$", "£", "€", "#")):
        return None
    if w.at(i + 1) in (",", ".", ":") and w.glued(i + 2) and w.at(i + 2).isdecimal() and w.glued(i + 1):
        return None
    return int(word)


def month_date(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``June 11, 2021``, ``June 11``, ``June 2021``, ``June``."""
    month = month_at(w, i, lex)
    if month is None:
        return None
    j = i + 1
    if w.at(j) == "." and w.glued(j) and len(w.at(i)) <= 4:
        j += 1
    if w.at(j) == "the" and day_at(w, j + 1, lex):
        j += 1
    day = day_at(w, j, lex)
    if day and not w.broken(j):
        number, j = day
        if w.at(j) in ("percent", "%") or (w.at(j) == ":" and w.glued(j)):
            return _month_alone(w, i, i + 1, month, lex)
        year, j = _year_after(w, j)
        if year is None and (month, number) == (9, 11) and w.at(j) in lex.of_september_11:
            year = 2001
        return Match(i, j, Meaning("date", year=year, month=month, day=number))
    return _month_alone(w, i, j, month, lex)


def _month_alone(w: Words, i: int, j: int, month: int, lex: Lexicon) -> Match | None:
    year, end = _year_after(w, j)
    if year is None and w.at(j) == "of" and year_at(w, j + 1):
        year, end = year_at(w, j + 1), j + 2
    if year is None and w.at(j) in _APOSTROPHES and len(w.at(j + 1)) == 2 and w.at(j + 1).isdecimal():
        return Match(i, j + 2, Meaning("date", year=int(w.at(j + 1)), month=month, short_year=True))
    if year is not None:
        return Match(i, end, Meaning("date", year=year, month=month))
    if w.at(i) in lex.ambiguous_months and w.at(i - 1) not in lex.before_months and not w.dash(i - 1):
        return None
    alone = w.at(i - 1) not in lex.before_months
    if alone and (not w.capital(i) or (w.capital(i + 1) and w.at(i - 1)[:1].isalpha() and w.at(i - 1) != "the")):
        return None  # a name: "detective April Lee"
    return Match(i, i + 1, Meaning("date", month=month))


def _year_after(w: Words, j: int) -> tuple[int | None, int]:
    step = j + 1 if w.at(j) in (",", "of") else j
    year = year_at(w, step)
    if year is None or w.broken(step):
        return None, j
    return year, step + 1


def day_date(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``11 June 2021``, ``the 11th of June``, ``11-June-2021``."""
    day = day_at(w, i, lex)
    if day is None:
        return None
    number, j = day
    ordinal = j > i + 1 or not w.at(i).isdecimal()
    if w.at(j) == "of" or w.dash(j) or w.at(j) == "/":
        j += 1
    elif not w.at(i)[0].isdecimal():
        return None  # "a second March for Science"
    month = month_at(w, j, lex)
    if month is None or w.broken(j) or (w.dash(i + 1) and not w.glued(i + 1)):
        return None
    if not ordinal and w.at(i - 1) in ("$", "€", "£", "."):
        return None
    k = j + 2 if w.at(j + 1) == "." and w.glued(j + 1) and len(w.at(j)) <= 4 and year_at(w, j + 2) else j + 1
    if (w.dash(k) or w.at(k) == "/") and year_at(w, k + 1):
        k += 1
    year, end = _year_after(w, k)
    return Match(i, end if year else j + 1, Meaning("date", year=year, month=month, day=number))


def numeric_date(w: Words, i: int) -> Match | None:
    """``2021-06-11``, ``11/06/2021``, ``7/8/07``, ``11.06.2021``: the third order is told by what can be a month."""
    sign = w.at(i + 1)
    if sign not in ("-", "/", ".", "–") or w.at(i + 3) != sign or not all(w.glued(i + k) for k in range(1, 5)):
        return None
    numbers = [w.at(i + k) for k in (0, 2, 4)]
    if not all(n.isdecimal() and n.isascii() and len(n) <= 4 for n in numbers):
        return None
    if w.glued(i + 5) and (w.at(i + 5).isalnum() or w.at(i + 5) in "-/_") and not _clock_follows(w, i + 5):
        return None
    a, b, c = (int(n) for n in numbers)
    if len(numbers[0]) == 4 and 1 <= b <= 12 and 1 <= c <= 31:
        return Match(i, i + 5, Meaning("date", year=a, month=b, day=c))
    if len(numbers[2]) not in (2, 4) or len(numbers[0]) > 2 or len(numbers[1]) > 2 or sign == "–":
        return None
    month, day = (a, b) if sign == "/" and a <= 12 else (b, a)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if sign == "." and len(numbers[2]) == 2:
        return None
    either = sign in ("/", "-") and max(a, b) <= 12 and a != b
    short = len(numbers[2]) == 2
    return Match(i, i + 5, Meaning("date", year=c, month=month, day=day, short_year=short, either_order=either))


def _clock_follows(w: Words, i: int) -> bool:
    return w.at(i) == "t" and w.at(i + 1).isdecimal()


def weekday_date(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``Friday``, ``Friday, June 11``, ``Friday 11 June 2021``."""
    weekday = lex.weekdays.get(w.at(i))
    if weekday is None or not w.capital(i):
        return None
    j = i + 1
    if w.at(j) == "." and w.at(i) in lex.short_weekdays:
        j += 1
    step = j + 1 if w.at(j) == "," else j
    if w.at(step) == "the":
        step += 1
    if w.at(step) and not w.broken(step):
        rest = month_date(w, step, lex) or day_date(w, step, lex) or numeric_date(w, step)
        if rest and rest.meaning.day:
            m = rest.meaning
            return Match(i, rest.end, Meaning("date", m.year, m.month, m.day, weekday, short_year=m.short_year))
    if w.at(i) in lex.short_weekdays:
        return None
    if w.at(i).endswith("days"):
        return Match(i, i + 1, Meaning("set", weekday=weekday))
    return Match(i, i + 1, Meaning("date", weekday=weekday))


def year_date(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``2021``, ``480 BC``, ``AD 70``: a bare number only where its place or its size makes it a year."""
    word = w.at(i)
    if not (word.isdecimal() and word.isascii()) or len(word) > 4:
        return None
    if w.at(i + 1) in ("bc", "bce", "ad", "ce") and int(word) > 0:
        return Match(i, i + 2, Meaning("date", year=int(word), bc=w.at(i + 1).startswith("b")))
    if w.at(i + 1) == "b" and w.at(i + 2) == "." and w.at(i + 3) == "c":
        return Match(i, i + 5 if w.at(i + 4) == "." else i + 4, Meaning("date", year=int(word), bc=True))
    year = year_at(w, i)
    if year is None or not _is_year(w, i, year, lex):
        return None
    return Match(i, i + 1, Meaning("date", year=year))


def _is_year(w: Words, i: int, year: int, lex: Lexicon) -> bool:
    before, after = w.at(i - 1), w.at(i + 1)
    if after in lex.counted or after in lex.units or after in lex.scales or after == "%" or before in ("$", "€", "£"):
        return False
    if _is_numbered(w, i, lex):
        return False
    if before in lex.numbering and not FIRST_PLAIN_YEAR < year < LAST_PLAIN_YEAR:
        return False
    if before in lex.approximate and before not in lex.before_years:
        return False
    if w.glued(i) and (before in ("/", "_", "+", "@") or before.isalpha()):
        return False
    if w.dash(i + 1) and w.glued(i + 1) and w.glued(i + 2) and (year_at(w, i + 2) or 0) > year:
        return True
    if w.glued(i) and w.dash(i - 1) and w.glued(i - 1) and 1000 < (year_at(w, i - 2) or 9999) < year:
        return True
    if FIRST_PLAIN_YEAR <= year <= LAST_PLAIN_YEAR and (year % 100 or before in lex.before_years):
        return True
    return before in lex.before_years or (before == "," and month_near(w, i, lex))


def _is_numbered(w: Words, i: int, lex: Lexicon) -> bool:
    """Whether a number names a part of a law: ``Section 1701``, ``sections 1701 and 1702``, ``1227(a)(1)``."""
    if w.at(i + 1) == "(" and w.glued(i + 1):
        return True
    if w.at(i - 1) in ("and", "or", ",", "to") and w.at(i - 2).isdecimal():
        i -= 2
    return w.at(i - 1) in lex.sections or "".join(w.low[max(i - 6, 0) : i]).endswith("u.s.c.")


def month_near(w: Words, i: int, lex: Lexicon) -> bool:
    """Whether a month stands within three words before word `i`."""
    return any(month_at(w, k, lex) for k in range(max(0, i - 3), i))


def decade_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``1990s``, ``the '80s``, ``70s``, ``1980's``."""
    word = w.at(i)
    j = i
    if word in _APOSTROPHES and w.glued(i + 1):
        j = i + 1
        word = w.at(j)
    if not (word.isdecimal() and word.isascii()) or len(word) not in (2, 4) or not word.endswith("0"):
        return None
    end = j + 1
    if w.at(end) in _APOSTROPHES and w.glued(end):
        end += 1
    if w.at(end) != "s" or not w.glued(end):
        return None
    if len(word) == 2 and j == i and w.at(i - 1) not in lex.before_decades:
        return None
    if len(word) == 2 and w.at(i - 1) in _POSSESSIVES:
        return None
    year = int(word) if len(word) == 4 else 1900 + int(word)
    return Match(i, end + 1, Meaning("decade", year=year))


def short_year_at(w: Words, i: int) -> Match | None:
    """``'82``: a year with its century cut off."""
    if w.at(i) not in _APOSTROPHES or not w.glued(i + 1) or w.glued(i):
        return None
    word = w.at(i + 1)
    if len(word) != 2 or not word.isdecimal() or (w.glued(i + 2) and w.at(i + 2)[:1].isalnum()):
        return None
    return Match(i, i + 2, Meaning("date", year=int(word), short_year=True))


def century_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``20th century``, ``the nineteenth century``."""
    number = lex.ordinals.get(w.at(i), 0)
    j = i + 1
    if w.at(i).isdecimal() and len(w.at(i)) <= 2 and w.at(j) in ORDINAL_SUFFIXES and w.glued(j):
        number = int(w.at(i))
        j += 1
    elif w.at(i) == "twenty" and (w.dash(j) or w.at(j) == "first"):
        tail = j + 1 if w.dash(j) else j
        number = 21 if w.at(tail) == "first" else 0
        j = tail + 1
    if w.dash(j):
        j += 1
    if number <= 0 or w.at(j) not in ("century", "centuries"):
        return None
    bc = w.at(j + 1) in ("bc", "bce")
    return Match(i, j + 2 if bc else j + 1, Meaning("century", number=number, bc=bc))


def second_of_range(w: Words, first: Match, lex: Lexicon) -> list[Match]:
    """What a range shortens after its first date: ``-28`` of *February 27–28*, ``-18`` of *1917-18*, ``and 5``."""
    j = first.end
    m = first.meaning
    if m.kind != "date" or not (w.dash(j) or w.at(j) in ("/", "to", "and", "&", ",")):
        return []
    word = w.at(j + 1)
    if not (word.isdecimal() and word.isascii() and len(word) <= 2) or (w.glued(j + 2) and w.at(j + 2).isalnum()):
        return []
    if m.month and m.day and m.year is None and w.at(j) != ",":
        return _second_day(w, j, m, lex)
    if m.year and not m.month and w.dash(j) and w.glued(j + 1) and len(word) == 2 and int(word) > m.year % 100:
        return [Match(j + 1, j + 2, Meaning("date", year=m.year // 100 * 100 + int(word)))]
    return []


def _second_day(w: Words, j: int, m: Meaning, lex: Lexicon) -> list[Match]:
    day = day_at(w, j + 1, lex)
    if day is None or w.at(day[1]) in lex.counted or w.at(day[1]) in lex.units:
        return []
    if m.day is None or day[0] <= m.day or (w.at(day[1]) == ":" and w.glued(day[1])):
        return []
    if month_at(w, day[1], lex):
        return []
    if w.at(j) in ("and", "to", "&") and w.at(day[1]) not in (",", ".", ";", ")", "") and not w.at(day[1]).isalpha():
        return []
    year, end = _year_after(w, day[1])
    return [Match(j + 1, end, Meaning("date", year=year, month=m.month, day=day[0]))]


def first_of_range(w: Words, i: int, lex: Lexicon) -> tuple[Match, Match] | None:
    """``13–15 June 2021``, ``5 and 6 May``: a day before a dash or *and* whose month stands after the second day."""
    day = day_at(w, i, lex)
    if day is None or not (w.dash(day[1]) or w.at(day[1]) in ("and", "to", "&", "or")):
        return None
    second = day_date(w, day[1] + 1, lex)
    if second is None or second.meaning.day is None or second.meaning.day <= day[0]:
        return None
    m = second.meaning
    return Match(i, day[1], Meaning("date", year=m.year, month=m.month, day=day[0])), second


def number_word_day(w: Words, i: int, lex: Lexicon) -> Match | None:
    """``the 18th`` after *on*, *until* or *by*, where no noun follows it."""
    if w.at(i - 1) != "the" or w.at(i - 2) not in _BEFORE_DAY:
        return None
    if not (w.at(i).isdecimal() and w.at(i + 1) in ORDINAL_SUFFIXES and w.glued(i + 1)):
        return None
    day = day_at(w, i, lex)
    if day is None or w.at(day[1]).isalpha() or number_at(w, day[1], lex) or w.dash(day[1]):
        return None
    return Match(i, day[1], Meaning("date", day=day[0]))
