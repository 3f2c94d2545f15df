"""The page date against what the page and its text say of their own day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from detente.checks.days import WrittenDay, in_words, page_in_words, written_days
from detente.checks.lexicon import load_calendar
from detente.checks.lines import Line
from detente.checks.tense import Tense, tense_at
from detente.language import text_of
from detente.reading.fields import YEARS
from detente.record import Check, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

SLACK = 3
"""Days a page date may lie from the day the text names as its own: time zones, late postings, weekend papers."""

DATELINE_SLACK = 14
"""Days for a dateline without a year: weeklies and translations follow the event by one or two weeks."""

PASSED = 21
"""Days by which a day told as still to come may have passed: schedules are posted late, but not for weeks."""

LONG_PASSED = 1100
"""Days after which a full date beside "will" is history told vividly, or a mistaken parse."""

MAY_BE_NEXT_YEAR = 120
"""Days after which a day without a year that is still to come may be meant for the year after."""

HEAD = 200
"""Characters at the beginning where a dateline may stand."""

_DATELINE = re.compile(r"\s*(?:[A-Z][\w.'’/-]*[ ,]+){1,6}$")
_AFTER_DATELINE = re.compile(r"\.?,?\s*(?:\([^()\n]{2,40}\)\s*)?[–—-]|\s*\([^()\n]{2,40}\)\s*[–—-]?")
_TODAY = re.compile(r"\btoday,? (?:on )?(?:\w+,? )?$|\bToday,? (?:on )?(?:\w+,? )?$")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/|$)")
_YEAR = re.compile(r"(?<![\d,.$€£-])((?:19|20)\d\d)(?![\d,.]\d|[-–/]\d)\b")

_Year = tuple[int, Span]
"""A year that is told, and where."""
_RANGE_WITH_YEAR = re.compile(r"[^.;\n]{1,24}\b(?:19|20)\d\d\b")
_BEFORE_YEARS = frozenset({"in", "since", "during", "early", "late", "mid"})
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def page_day(published: str | None) -> date | None:
    """The day in what a page says: an ISO date or time, or a day in English words; null for anything else."""
    if not published:
        return None
    days: Iterable[date | None]
    try:
        days = (date.fromisoformat(published[:10]),)
    except ValueError:
        days = (day.full for day in written_days(published))
    return next((day for day in days if day and day.year in YEARS), None)


def page_date_checks(
    url: str | None, page: date, doc: Doc, days: Sequence[WrittenDay], lines: Sequence[Line]
) -> Iterable[Check]:
    """The checks whose codes begin with ``page-date``; each names both dates and what speaks for the other one."""
    text = text_of(doc)
    years = tuple(_lone_years(text, days))
    yield from _against_url(url, page)
    yield from _against_date_line(text, page, days, lines)
    yield from _against_today(text, page, days)
    yield from _against_weekdays(text, page, days)
    yield from _told_as_past(doc, page, days, years)
    yield from _told_as_due(doc, page, days, years)


def _against_url(url: str | None, page: date) -> Iterable[Check]:
    if not url:
        return
    if match := _URL_DAY.search(url):
        try:
            day = date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return
        if abs((page - day).days) > SLACK:
            yield Check("page-date-url", f"{page_in_words(page)}; its address holds {in_words(day)}.")
    elif match := _URL_MONTH.search(url):
        first = date(int(match[1]), int(match[2]), 1)
        if page < first - timedelta(SLACK) or page > first + timedelta(31 + SLACK):
            yield Check("page-date-url", f"{page_in_words(page)}; its address holds {first:%B %Y}.")


def _against_date_line(text: str, page: date, days: Sequence[WrittenDay], lines: Sequence[Line]) -> Iterable[Check]:
    alone = {line.span: line for line in (*lines[:4], *lines[-3:])}
    for written in days:
        own_line = any(_fills(line, written) for line in alone.values()) or _is_seal(text, written)
        if not own_line and not _is_dateline(text, written):
            continue
        day = written.nearest(page)
        if day and abs((page - day).days) > (SLACK if written.year else DATELINE_SLACK):
            what = "a date line" if own_line else "the dateline"
            message = f"{page_in_words(page)}; {what} of the text says “{written.span.of(text)}”."
            yield Check("page-date-line", message, (written.span,))
            return


def _fills(line: Line, written: WrittenDay) -> bool:
    """Whether the line holds the full date and next to nothing else."""
    if not written.year or not line.span.contains(written.span):
        return False
    return len(line.text) - (written.span.end - written.span.start) <= 12


def _is_seal(text: str, written: WrittenDay) -> bool:
    """``In witness whereof, I have hereunto set my hand this ninth day of June, in the year of our Lord …``."""
    return not any(c.isdigit() for c in written.span.of(text))


def _is_dateline(text: str, written: WrittenDay) -> bool:
    start, end = written.span
    if start > HEAD:
        return False
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start:start]
    return (
        bool(_DATELINE.fullmatch(before))
        and before.split()[0].rstrip(",.").isupper()
        and bool(_AFTER_DATELINE.match(text, end))
    )


def _against_today(text: str, page: date, days: Sequence[WrittenDay]) -> Iterable[Check]:
    for written in days:
        start, end = written.span
        if not (
            _TODAY.search(text, max(0, start - 25), start) or text[end : end + 8].startswith((", today", " (today"))
        ):
            continue
        day = written.nearest(page)
        if day and abs((page - day).days) > SLACK:
            message = f"{page_in_words(page)}; the text calls “{written.span.of(text)}” today."
            yield Check("page-date-today", message, (written.span,))
            return


def _against_weekdays(text: str, page: date, days: Sequence[WrittenDay]) -> Iterable[Check]:
    """Days without a year whose weekday fits another year than the page's."""
    wrong: list[WrittenDay] = []
    for written in days:
        if written.weekday is None or written.year is not None:
            continue
        near = written.nearest(page)
        if near is None or near.weekday() == written.weekday or abs((page - near).days) > 200:
            continue
        wrong.append(written)
    right = sum(w.weekday is not None and not w.year and w not in wrong for w in days)
    if not wrong or right:
        return
    fits = sorted({y for w in wrong for y in range(page.year - 6, page.year + 7) if _falls_on(w, y)})
    nearest = sorted(fits, key=lambda y: (abs(y - page.year), y))[:2]
    named = wrong[0]
    weekday = _WEEKDAYS[named.weekday or 0]
    message = (
        f"{page_in_words(page)}; “{named.span.of(text)}” was no {weekday} then: "
        f"it was one in {' and '.join(map(str, sorted(nearest)))}."
    )
    yield Check("page-date-weekday", message, tuple(w.span for w in wrong))


def _falls_on(written: WrittenDay, year: int) -> bool:
    day = written.in_year(year)
    return day is not None and day.weekday() == written.weekday


def _told_as_past(doc: Doc, page: date, days: Sequence[WrittenDay], years: Sequence[_Year]) -> Iterable[Check]:
    """Days and years after the page date that the text tells of in the past tense."""
    found: list[tuple[Span, str]] = []
    for written in days:
        if (day := written.full) and day > page + timedelta(1) and tense_at(doc, written.span) is Tense.PAST:
            found.append((written.span, in_words(day)))
    for year, span in years:
        if page.year < year <= page.year + 20 and tense_at(doc, span) is Tense.PAST:
            found.append((span, str(year)))
    if found:
        message = f"{page_in_words(page)}; the text tells of {found[0][1]} as past."
        yield Check("page-date-before", message, tuple(span for span, _ in found))


def _lone_years(text: str, days: Sequence[WrittenDay]) -> Iterable[_Year]:
    """Years told as times ("in 2021", "since May 2021") outside of full dates."""
    covered = [w.span for w in days]
    for match in _YEAR.finditer(text):
        span = Span(*match.span(1))
        if not any(span.overlaps(c) for c in covered) and _in_the_year(text, span):
            yield int(match[1]), span


def _in_the_year(text: str, span: Span) -> bool:
    before = text[max(0, span.start - 12) : span.start].lower().split()
    return bool(before) and (before[-1] in _BEFORE_YEARS or before[-1] in load_calendar().months)


def _told_as_due(doc: Doc, page: date, days: Sequence[WrittenDay], years: Sequence[_Year]) -> Iterable[Check]:
    """Days that passed weeks before the page date, or years, that the text says are still to come."""
    text = text_of(doc)
    found: list[tuple[Span, str]] = []
    for written in days:
        day = written.nearest(page)
        if (
            day is None
            or _is_dateline(text, written)
            or (page - day).days > (LONG_PASSED if written.year else MAY_BE_NEXT_YEAR)
        ):
            continue
        if day >= page - timedelta(PASSED) or not _may_be_due(text, written):
            continue
        if tense_at(doc, written.span) is Tense.FUTURE:
            found.append((written.span, in_words(day)))
    for year, span in years:
        if page.year - LONG_PASSED // 365 <= year < page.year and tense_at(doc, span) is Tense.FUTURE:
            found.append((span, str(year)))
    if found:
        message = f"{page_in_words(page)}; the text says that {found[0][1]} is still to come."
        yield Check("page-date-after", message, tuple(s for s, _ in found))


def _may_be_due(text: str, written: WrittenDay) -> bool:
    """Whether the words around a day leave it open: no name of a thing of that day, no range with a year of its own."""
    before = text[max(0, written.span.start - 12) : written.span.start].lower().split()
    if _is_dateline(text, written) or (before and before[-1] in {"of", "dated", "since", "from", "after"}):
        return False
    return written.year is not None or not _RANGE_WITH_YEAR.match(text, written.span.end)
