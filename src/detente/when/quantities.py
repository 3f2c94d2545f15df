"""Amounts and lengths of time: ``two and a half years``, ``12-hour``, ``the last five or seven years``, ``decades``."""

from __future__ import annotations

from typing import NamedTuple

from detente.when.lexicon import Lexicon
from detente.when.meaning import Match, Meaning
from detente.when.words import Words

_HALF = "half"
_LONGEST_NUMBER = 9


class Amount(NamedTuple):
    """A number as TIMEX3 writes it (``X`` where vague), told by the words up to `end`."""

    end: int
    text: str


def amount_at(w: Words, i: int, lex: Lexicon) -> Amount | None:
    """The amount that opens at word `i`."""
    word = w.at(i)
    if word in ("a", "an"):
        return _amount_after_article(w, i, lex)
    if word == _HALF and w.at(i + 1) in ("a", "an"):
        return Amount(i + 2, "0.5")
    if word in lex.vague:
        return Amount(i + 1, "X")
    if word in lex.vague_nouns:
        end = i + 2 if w.at(i + 1) == "of" else i + 1
        return Amount(end, "X") if end > i + 1 or w.at(end) in lex.units else None
    return _with_fraction(w, number_at(w, i, lex))


def number_at(w: Words, i: int, lex: Lexicon) -> Amount | None:
    """The number in digits or in words that opens at word `i`."""
    word = w.at(i)
    if word.isdecimal() and word.isascii():
        return _digits(w, i)
    if word not in lex.cardinals:
        return None
    total = lex.cardinals[word]
    end = i + 1
    step = end + 1 if w.dash(end) else end
    if total >= 20 and total % 10 == 0 and 0 < lex.cardinals.get(w.at(step), 0) < 10:
        total += lex.cardinals[w.at(step)]
        end = step + 1
    while w.at(end) in lex.scales:
        total *= lex.scales[w.at(end)]
        end += 1
        rest = end + 1 if w.at(end) == "and" else end
        more = lex.cardinals.get(w.at(rest))
        if more is not None and w.at(rest + 1) not in lex.scales:
            total += more
            end = rest + 1
    return Amount(end, str(total))


def length_at(w: Words, i: int, lex: Lexicon) -> Match | None:
    """The length of time that opens at word `i`: an amount and its unit, or a bare plural unit."""
    amount = amount_at(w, i, lex)
    if amount is None:
        return _bare_plural(w, i, lex)
    end, text = amount
    other = _alternative(w, end, lex)
    if other is not None:
        end = other.end
    if w.dash(end):
        end += 1
    for _ in range(2):
        if w.at(end) in lex.between and not w.broken(end):
            end += 1
    unit = lex.units.get(w.at(end))
    if unit is None or w.broken(end) or not _counts(w, i, end, text, lex):
        return None
    start = i + 1 if w.at(i) in ("a", "an") and w.dash(end - 1) and end > i + 2 else i
    return _finish(w, start, end + 1, text, unit, lex)


def _finish(w: Words, start: int, end: int, text: str, unit: str, lex: Lexicon) -> Match | None:
    words = [word for word in w.low[end : end + 6] if word != "-"]
    if words[:3] == ["and", "a", _HALF]:
        end = w.low.index(_HALF, end) + 1
        text = _plus_half(text)
    if w.dash(end) and w.at(end + 1) in ("long", "plus"):
        end += 2
    elif w.at(end) == "long" and text != "X":
        end += 1
    smaller = _smaller(w, end, unit, lex)
    if smaller is not None:
        return Match(start, smaller.end, Meaning("duration", unit=unit, amount=text, inside=smaller.meaning))
    return Match(start, end, Meaning("duration", unit=unit, amount=text))


def _smaller(w: Words, end: int, unit: str, lex: Lexicon) -> Match | None:
    """``and 30 minutes`` after hours: a second amount of a smaller unit."""
    order = ("CE", "DE", "Y", "M", "W", "D", "TH", "TM", "TS")
    step = end + 1 if w.at(end) in ("and", ",") else end
    amount = number_at(w, step, lex)
    below = lex.units.get(w.at(amount.end)) if amount else None
    if amount is None or below not in order or unit not in order or order.index(below) != order.index(unit) + 1:
        return None
    return Match(step, amount.end + 1, Meaning("duration", unit=below, amount=amount.text))


def _amount_after_article(w: Words, i: int, lex: Lexicon) -> Amount | None:
    following = w.at(i + 1)
    if following in lex.vague or following in lex.vague_nouns:
        return amount_at(w, i + 1, lex)
    if following in ("dozen", "hundred", "thousand"):
        return Amount(i + 2, "12" if following == "dozen" else str(lex.scales[following]))
    if following == _HALF:
        step = i + 3 if w.dash(i + 2) else i + 2
        return Amount(step, "0.5")
    if following in lex.approximate or following in lex.wholes:
        return Amount(i + 2, "1")
    plain = number_at(w, i + 1, lex)
    return plain or Amount(i + 1, "1")


def _digits(w: Words, i: int) -> Amount | None:
    text = w.at(i)
    end = i + 1
    while w.at(end) == "," and w.glued(end) and w.glued(end + 1) and len(w.at(end + 1)) == 3:
        if not w.at(end + 1).isdecimal():
            break
        text += w.at(end + 1)
        end += 2
    if w.at(end) == "." and w.glued(end) and w.glued(end + 1) and w.at(end + 1).isdecimal():
        text += "." + w.at(end + 1)
        end += 2
    if len(text) > _LONGEST_NUMBER:
        return None
    whole, dot, part = text.partition(".")
    return Amount(end, str(int(whole)) + (dot + part if part.strip("0") else ""))


def _with_fraction(w: Words, amount: Amount | None) -> Amount | None:
    if amount is None:
        return None
    end = amount.end
    words = [word for word in w.low[end : end + 6] if word != "-"][:3]
    if words in (["and", "a", _HALF], ["and", "one", _HALF]):
        return Amount(w.low.index(_HALF, end) + 1, _plus_half(amount.text))
    if w.at(end) == "½":
        return Amount(end + 1, _plus_half(amount.text))
    return amount


def _plus_half(text: str) -> str:
    return text if text == "X" or "." in text else f"{text}.5"


def _alternative(w: Words, end: int, lex: Lexicon) -> Amount | None:
    """``or seven`` of *five or seven years*, ``to 18`` of *12 to 18 months*, ``-20`` of *15-20 days*."""
    if w.at(end) in ("or", "to") or (w.dash(end) and w.at(end + 1).isdecimal()):
        return number_at(w, end + 1, lex)
    return None


def _counts(w: Words, start: int, unit: int, text: str, lex: Lexicon) -> bool:
    """Whether the amount fits the unit's number: no *two year* without a hyphen, save before a noun; no *second*."""
    if w.at(unit) in ("second", "sec", "min") and not (w.dash(unit - 1) or text == "1"):
        return False
    if w.at(unit) in ("quarter", "quarters"):
        return w.at(unit - 1) in lex.between or w.at(start - 1) in lex.before_quarters
    if w.at(start) in ("a", "an") and unit == start + 1 and w.at(unit) in ("second", "seconds", "min"):
        return False
    return not (w.at(start) in ("a", "an") and unit == start + 1 and w.at(unit).endswith("s"))


def _bare_plural(w: Words, i: int, lex: Lexicon) -> Match | None:
    word = w.at(i)
    if word not in lex.bare_plurals or w.at(i - 1).isdecimal() or w.at(i - 1) in lex.scales:
        return None
    return _finish(w, i, i + 1, "X", lex.units[word], lex)
