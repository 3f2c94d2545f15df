"""The day a report was told on: what the user, the page, its address, a dateline and the text say, weighed together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from spacy.tokens import Doc

from detente.knowledge.gatherings import Calendar
from detente.reading.fields import YEARS
from detente.record import Report, ReportDate
from detente.when.creation_signs import SLACK, TOLD_WEIGHT, Sign, full_day, near_day, told_signs, written
from detente.when.gatherings import overtaken
from detente.when.lexicon import lexicon
from detente.when.meaning import Match, Meaning
from detente.when.scan import scan
from detente.when.values import day_in
from detente.when.words import Words, split_words

HEAD = 400
"""Code points at the beginning in which a dateline or a date line may stand."""

PAGE_WEIGHT, ADDRESS_WEIGHT, MONTH_WEIGHT = 1.0, 1.0, 0.5
LINE_WEIGHT, TODAY_WEIGHT, AHEAD_WEIGHT = 2.25, 1.5, 0.9
"""A day the text itself names as its own outweighs page and address together: pages are dated anew, texts are not.
A day after the page's is rather one that the text announces."""

_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")
_PLACE_BEFORE = re.compile(r"\s*(?:[^\W\d_][\w.'’/-]*[ ,–—-]+){1,6}$")
_AFTER_DATELINE = re.compile(r"\.?,?\s*(?:\([^()\n]{2,40}\)\s*)?[–—:-]|\s*\([^()\n]{2,40}\)\s*[–—-]?|\s*/[^/\n]{2,20}/")
_STOP = re.compile(r"\.\s+(?=[A-Z\"“])")
"""After the day of a dateline whose place is in capitals and has a comma: ``TALLINN, 17 October 2019. Estonia …``."""

_LONGEST_REST = 14
"""Code points beside the date on a line that is a date line: a weekday's name, a label, a clock time."""


def find_report_date(report: Report, doc: Doc | None = None, calendar: Calendar | None = None) -> ReportDate:
    """The day that times relative to the report resolve against; with its parse, `doc`, the tenses of the text count.

    With a `calendar`, so do the gatherings that the text looks ahead to and that were over on the day of the page.

    A day given by the user overrules every other sign. Otherwise the signs that agree within `SLACK` days add their
    weights, the heaviest group wins and its heaviest sign names the day. `certain` is false where a sign disagrees or
    none was found; `basis` then names both.
    """
    given = day_of_words(report.date)
    if given is not None:
        return ReportDate(given.isoformat(), "given by the user", True)
    signs = list(_signs(report, doc, calendar))
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
    """The day in what a page or user wrote: an ISO date or time, or a day in English words, of a year that may be."""
    if not words:
        return None
    days: Iterator[date | None]
    try:
        days = iter((date.fromisoformat(words.strip()[:10]),))
    except ValueError:
        days = (full_day(match.meaning) for match in scan(split_words(words)))
    return next((day for day in days if day is not None and day.year in YEARS), None)


def _support(sign: Sign, signs: Sequence[Sign]) -> float:
    return sum(other.weight for other in signs if sign.day is not None and other.agrees(sign.day))


def _signs(report: Report, doc: Doc | None, calendar: Calendar | None) -> Iterator[Sign]:
    page = day_of_words(report.published)
    address = _address_sign(report.url)
    near = page or (address and (address.day or address.month)) or None
    yield from _text_signs(report.text, near)
    if page is not None:
        yield Sign(page, PAGE_WEIGHT, f"the page is dated {written(page)}")
    if address is not None:
        yield address
    if page is not None and doc is not None:
        yield from told_signs(doc, page)
    if page is not None and calendar is not None:
        yield from islice(_gathering_signs(report, page, calendar), 1)


def _gathering_signs(report: Report, page: date, calendar: Calendar) -> Iterator[Sign]:
    """The eve of a gathering that the report looks ahead to though it was over on the day of the page."""
    for gathering in overtaken(report.text, page, calendar):
        words = f"the text looks ahead to “{gathering.name}”, which was over on {written(gathering.end)}"
        yield Sign(gathering.start - timedelta(1), TOLD_WEIGHT, words)


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
        day = full_day(meaning) or near_day(meaning, near)
        if day is None or day.year not in YEARS:
            continue
        start, end = words.start[match.start], words.end[match.end - 1]
        said = f"“{' '.join(text[start:end].split())}”"
        if not dateline and (_is_alone(text, start, end) or _is_dateline(text, start, end)):
            dateline = True
            weight = AHEAD_WEIGHT if near is not None and day > near + timedelta(SLACK) else LINE_WEIGHT
            yield Sign(day, weight, f"the text opens with the dateline {said}")
        elif _is_today(words, match):
            yield Sign(day, TODAY_WEIGHT, f"the text calls {said} today")


def _is_day(m: Meaning) -> bool:
    return m.month is not None and m.day is not None and not m.bc


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether the date has its line nearly to itself."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else len(text)].strip()
    opening = text[first:start].strip().lower()
    if opening in lexicon().before_months:
        return False  # a wrapped line of prose
    return len(line) - (end - start) <= _LONGEST_REST and text[:first].count("\n") < 6 and last >= 0


def _is_dateline(text: str, start: int, end: int) -> bool:
    """``BUENOS AIRES, June 9 (Example Wire) –``: capitals before the day, a dash, an agency or a stop after it."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stops = before.isupper() and before.rstrip().endswith(",") and _STOP.match(text, end) is not None
    if not _PLACE_BEFORE.fullmatch(before) or not (stops or _AFTER_DATELINE.match(text, end)):
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


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
