"""Checks: what is odd about a report, each with its evidence and no verdict beyond it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from detente.checks.datable import first_known_checks
from detente.checks.english import english_words
from detente.checks.foreign import foreign_checks
from detente.checks.lines import lines_of
from detente.checks.page_date import page_date_checks, page_day
from detente.checks.paragraphs import paragraph_checks
from detente.checks.residue import residue_checks
from detente.record import Check, Report, ReportDate, Time

__all__ = ["check_report", "page_day"]


def check_report(report: Report, report_date: ReportDate, doc: Doc, times: tuple[Time, ...]) -> tuple[Check, ...]:
    """What is odd about one report: its page date, residue of page and translation, repeats, a broken end.

    The same report gives the same checks in the same order. Spans point into the text; a check on the address of
    the page has none.
    """
    return tuple(_checks(report, report_date, doc))


def _checks(report: Report, report_date: ReportDate, doc: Doc) -> Iterator[Check]:
    text = report.text
    lines = lines_of(text)
    dated = False
    if page := page_day(report.published):
        for check in (*page_date_checks(report.url, page, doc, lines), *first_known_checks(text, page)):
            dated = True
            yield check
        if not dated and report_date.date and report_date.certain and report_date.date != page.isoformat():
            message = f"The page is dated {page}; the report is of {report_date.date}: {report_date.basis}."
            yield Check("page-date", message)
    yield from residue_checks(text, lines)
    yield from foreign_checks(text, lines, lambda word: english_words()(word))
    yield from paragraph_checks(text, lines)
