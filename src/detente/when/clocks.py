"""Clock times, parts of the day and their zones: ``6:40 p.m. (GMT +8)``, ``0800 UTC``, ``noon``, ``Friday morning``."""

from __future__ import annotations

from detente.when.lexicon import Lexicon
from detente.when.meaning import Match, Meaning
from detente.when.words import Words

_SMALL_HOURS = 4
"""Hours of a night that lie after midnight."""

_HOURS = frozenset({"hours", "hrs"})


def clock_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """The clock time that opens at word `i`, with its zone."""
    readings = (_point, _digital, _whole_hour, _military, _bare_hour)
    found = next((told for reading in readings if (told := reading(w, i, lex)) is not None), None)
    if found is None:
        return None
    end, hour, minute = found
    half, end = _half_of_day(w, end)
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None
    end, zone = zone_at(w, end, lex)
    return Match(i, end, Meaning("clock", clock=f"{hour:02d}:{minute:02d}", zone=zone))


def _point(w: Words, i: int, lex: Lexicon) -> tuple[int, int, int] | None:
    clock = lex.points.get(w.at(i))
    if clock is None:
        return None
    hour, _, minute = clock.partition(":")
    return i + 1, int(hour), int(minute)


def _digital(w: Words, i: int, lex: Lexicon) -> tuple[int, int, int] | None:
    """``18:00``, ``6.40pm``, ``14h30``."""
    hour, sign, minute = w.at(i), w.at(i + 1), w.at(i + 2)
    if not (hour.isdecimal() and hour.isascii() and len(hour) <= 2 and int(hour) <= 24):
        return None
    if sign not in (":", ".", "h") or not w.glued(i + 1) or not w.glued(i + 2):
        return None
    if not (minute.isdecimal() and minute.isascii() and len(minute) == 2 and int(minute) < 60):
        return None
    if w.glued(i) and not w.dash(i - 1) and w.at(i - 1) not in ("(", "[", "t", "@", "“", '"'):
        return None
    end = i + 3
    if w.at(end) == ":" and w.glued(end) and w.glued(end + 1) and w.at(end + 1).isdecimal():
        if len(w.at(end + 1)) != 2:
            return None
        end += 2
    if sign == "." and _half_of_day(w, end)[0] == "":
        return None
    if sign == ":" and (w.at(i - 1) in lex.scriptures or w.at(end) == ":"):
        return None
    return end, int(hour), int(minute)


def _whole_hour(w: Words, i: int, lex: Lexicon) -> tuple[int, int, int] | None:
    """``5 p.m.``, ``5pm``, ``five o'clock``."""
    word = w.at(i)
    hour = lex.cardinals.get(word, 0)
    if word.isdecimal() and word.isascii() and len(word) <= 2:
        hour = int(word)
    if not 1 <= hour <= 12 or (w.glued(i) and w.at(i - 1) in (":", ".", ",", "$")):
        return None
    if w.at(i + 1) == "o" and w.at(i + 2) in ("'", "’") and w.at(i + 3) == "clock":
        return i + 4, hour, 0
    if w.at(i + 1) in ("o’clock", "o'clock"):
        return i + 2, hour, 0
    return (i + 1, hour, 0) if _half_of_day(w, i + 1)[0] else None


def _military(w: Words, i: int, lex: Lexicon) -> tuple[int, int, int] | None:
    """``0800 UTC``, ``1900 hours``."""
    word = w.at(i)
    if len(word) != 4 or not (word.isdecimal() and word.isascii()) or int(word[:2]) > 23 or int(word[2:]) > 59:
        return None
    if w.at(i + 1) in _HOURS or (w.at(i + 1) in lex.zones and w.text[w.start[i + 1]].isupper()):
        return (i + 2 if w.at(i + 1) in _HOURS else i + 1), int(word[:2]), int(word[2:])
    return None


def _bare_hour(w: Words, i: int, lex: Lexicon) -> tuple[int, int, int] | None:
    """``at 3 this morning``, ``last night at 8``: the part of the day tells which half of it is meant."""
    word = w.at(i)
    hour = int(word) if word.isdecimal() and word.isascii() and len(word) <= 2 else lex.cardinals.get(word, 0)
    if w.at(i - 1) != "at" or not 1 <= hour <= 12 or (w.glued(i + 1) and w.at(i + 1) not in (".", ",", ";")):
        return None
    part = _part_behind(w, i + 1, lex) or _part_before(w, i, lex)
    if not part:
        return None
    if part in ("MO", "NI") and hour == 12:
        hour = 0
    elif (part in ("AF", "EV") and hour < 12) or (part == "NI" and hour > _SMALL_HOURS):
        hour += 12
    return i + 1, hour, 0


def _part_behind(w: Words, i: int, lex: Lexicon) -> str:
    for j in range(i, i + 4):
        if w.at(j) == "tonight":
            return "NI"
        if w.at(j) not in lex.half_days:
            return lex.parts.get(w.at(j), "") if j > i else ""
    return ""


def _part_before(w: Words, i: int, lex: Lexicon) -> str:
    """The part of the day right before *at*, where no noun follows the hour."""
    if w.at(i + 1).isalpha() and w.at(i + 1) not in lex.before_months and w.at(i + 1) not in ("when", "as", "but"):
        return ""
    return "NI" if w.at(i - 2) == "tonight" else lex.parts.get(w.at(i - 2), "")


def _half_of_day(w: Words, i: int) -> tuple[str, int]:
    """``a`` or ``p`` where *am, a.m., pm …* opens at word `i`, and the word after it."""
    if w.at(i) in ("am", "pm"):
        if w.at(i) == "am" and not w.glued(i) and w.at(i + 1).isalpha() and w.at(i - 1) == "i":
            return "", i
        return w.at(i)[0], i + 1
    if w.at(i) in ("a", "p") and w.at(i + 1) == "." and w.at(i + 2) == "m" and w.glued(i + 1):
        return w.at(i), i + 4 if w.at(i + 3) == "." and w.glued(i + 3) else i + 3
    return "", i


def zone_at(w: Words, i: int, lex: Lexicon) -> tuple[int, float | None]:
    """The zone that opens at word `i` and the word after it: ``UTC``, ``(GMT +8)``, ``local time``."""
    j = i + 1 if w.at(i) == "(" else i
    if w.at(j) in lex.zone_names and w.at(j + 1) in ("time", "mean"):
        return j + 2, None
    zone = lex.zones.get(w.at(j))
    if zone is None or not w.text[w.start[j]].isupper() or (len(w.at(j)) < 3 and j == i):
        return i, None
    k = j + 1
    if w.at(k) in ("+", "-", "−", "–") and w.at(k + 1).isdecimal() and int(w.at(k + 1)[:3]) <= 14:
        zone += int(w.at(k + 1)) * (1 if w.at(k) == "+" else -1)
        k += 2
    if j > i:
        return (k + 1, zone) if w.at(k) == ")" else (i, None)
    return k, zone
