"""The day a report was told on: what the user, the page, its address, a dateline and the text say, weighed together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.record import Report, ReportDate
from detente.when.meaning import Match, Meaning
from detente.when.scan import scan
from detente.when.values import day_in
from detente.when.words import Words, split_words

SLACK = 3
"""Days two signs may lie apart and still mean one day: time zones, late postings, weekend papers."""

HEAD = 400
"""Code points at the beginning in which a dateline or a date line may stand."""

PAGE_WEIGHT, ADDRESS_WEIGHT, MONTH_WEIGHT = 1.0, 1.0, 0.5
LINE_WEIGHT, TODAY_WEIGHT = 2.25, 1.5
"""A day the text itself names as its own outweighs page and address together: pages are dated anew, texts are not."""

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")
_PLACE_BEFORE = re.compile(r"\s*(?:[^\W\d_][\w.'’/-]*[ ,–—-]+){1,6}$")
_AFTER_DATELINE = re.compile(r"\.?,?\s*(?:\([^()\n]{2,40}\)\s*)?[–—:-]|\s*\([^()\n]{2,40}\)\s*[–—-]?|\s*/[^/\n]{2,20}/")
_LONGEST_REST = 14
"""Code points beside the date on a line that is a date line: a weekday's name, a label, a clock time."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that tells the day (null for a whole `month`), how much it weighs, and how a reader would say it."""

    day: date | None
    weight: float
    words: str
    month: date | None = None

    def agrees(self, day: date) -> bool:
        """Whether this sign may mean `day`."""
        if self.day is not None:
            return abs((self.day - day).days) <= SLACK
        if self.month is None:
            return False
        return self.month - timedelta(SLACK) <= day <= self.month + timedelta(31 + SLACK)


def find_report_date(report: Report) -> ReportDate:
    """The day that times relative to the report resolve against.

    A day given by the user overrules every other sign. Otherwise the signs that agree within `SLACK` days add their
    weights, the heaviest group wins and its heaviest sign names the day. `certain` is false where a sign disagrees or
    none was found; `basis` then names both.
    """
    given = day_of_words(report.date)
    if given is not None:
        return ReportDate(given.isoformat(), "given by the user", True)
    signs = list(_signs(report))
    dated = [sign for sign in signs if sign.day is not None]
    if not dated:
        return ReportDate(None, "neither the page, its address nor the text names a day", False)
    best = max(dated, key=lambda sign: (_support(sign, signs), sign.weight))
    day = best.day
    assert day is not None
    agreeing = [sign for sign in signs if sign.agrees(day)]
    against = [sign for sign in signs if not sign.agrees(day)]
    basis = _listed([sign.words for sign in agreeing])
    if against:
        basis += f"; but {_listed([sign.words for sign in against])}"
    return ReportDate(day.isoformat(), basis, not against)


def day_of_words(words: str | None) -> date | None:
    """The day in what a page or user wrote: an ISO date or time, or a day in English words with its year."""
    if not words:
        return None
    try:
        return date.fromisoformat(words.strip()[:10])
    except ValueError:
        found = split_words(words)
        days = (_full_day(match.meaning) for match in scan(found))
        return next((day for day in days if day is not None), None)


def _support(sign: Sign, signs: Sequence[Sign]) -> float:
    return sum(other.weight for other in signs if sign.day is not None and other.agrees(sign.day))


def _signs(report: Report) -> Iterator[Sign]:
    page = day_of_words(report.published)
    address = _address_sign(report.url)
    near = page or (address and (address.day or address.month)) or None
    yield from _text_signs(report.text, near)
    if page is not None:
        yield Sign(page, PAGE_WEIGHT, f"the page is dated {written(page)}")
    if address is not None:
        yield address


def _address_sign(url: str | None) -> Sign | None:
    if not url:
        return None
    if match := _URL_DAY.search(url):
        day = day_in(int(match[1]), int(match[2]), int(match[3]))
        return None if day is None else Sign(day, ADDRESS_WEIGHT, f"its address holds {written(day)}")
    if match := _URL_MONTH.search(url):
        first = date(int(match[1]), int(match[2]), 1)
        return Sign(None, MONTH_WEIGHT, f"its address holds {first:%B %Y}", first)
    return None


def _text_signs(text: str, near: date | None) -> Iterator[Sign]:
    """Date lines, datelines and days that the text calls today, in its first lines."""
    words = split_words(text[:HEAD])
    dateline = False
    for match in scan(words):
        meaning = match.meaning
        if meaning.kind not in ("date", "clock") or not _is_day(meaning):
            continue
        day = _full_day(meaning) or _near_day(meaning, near)
        if day is None:
            continue
        start, end = words.start[match.start], words.end[match.end - 1]
        said = f"“{' '.join(text[start:end].split())}”"
        if not dateline and (_is_alone(text, start, end) or _is_dateline(text, start, end)):
            dateline = True
            yield Sign(day, LINE_WEIGHT, f"the text opens with the dateline {said}")
        elif _is_today(words, match):
            yield Sign(day, TODAY_WEIGHT, f"the text calls {said} today")


def _is_day(m: Meaning) -> bool:
    return m.month is not None and m.day is not None and not m.bc


def _full_day(m: Meaning) -> date | None:
    if m.kind != "date" or m.year is None or m.month is None or m.day is None or m.bc or m.short_year:
        return None
    return day_in(m.year, m.month, m.day)


def _near_day(m: Meaning, near: date | None) -> date | None:
    """A day without a year in the year in which it lies nearest to another sign, its weekday fitting if told."""
    if near is None or m.year is not None or m.month is None or m.day is None:
        return None
    days = [day for year in (near.year - 1, near.year, near.year + 1) if (day := day_in(year, m.month, m.day))]
    fitting = [day for day in days if m.weekday is None or day.isoweekday() == m.weekday]
    return min(fitting or days, key=lambda day: abs((day - near).days), default=None)


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether the date has its line nearly to itself."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)].strip()
    return len(line) - (end - start) <= _LONGEST_REST and text[:first].count("\n") < 6 and last >= 0


def _is_dateline(text: str, start: int, end: int) -> bool:
    """``BUENOS AIRES, June 9 (Example Wire) –``: capitals before the day, a dash or an agency after it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if not _PLACE_BEFORE.fullmatch(before) or not _AFTER_DATELINE.match(text, end):
        return False
    opening = before.split()[0].strip(",.–—-")
    return len(opening) > 1 and opening.isupper()


def _is_today(words: Words, match: Match) -> bool:
    before = match.start - 1
    if words.at(before) in (",", "on"):
        before -= 1
    if words.at(before) == ",":
        before -= 1
    after = match.end + 1 if words.at(match.end) in (",", "(") else match.end
    return words.at(before) == "today" or words.at(after) == "today"


def written(day: date) -> str:
    """``9 June 2021``."""
    return f"{day.day} {day:%B %Y}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
