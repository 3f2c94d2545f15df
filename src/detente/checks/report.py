"""All checks on one report, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc

from detente.checks.datable import first_known_checks
from detente.checks.days import written_days
from detente.checks.doubt import own_day_checks
from detente.checks.english import english_words
from detente.checks.foreign import foreign_checks
from detente.checks.lines import lines_of
from detente.checks.office_holders import holders_in, office_holder_checks
from detente.checks.own_day import told_by
from detente.checks.page_date import SLACK, page_date_checks, page_day
from detente.checks.paragraphs import paragraph_checks
from detente.checks.residue import residue_checks
from detente.knowledge import Knowledge, load_knowledge
from detente.record import Check, Report, ReportDate, Time


def check_report(
    report: Report,
    report_date: ReportDate,
    doc: Doc,
    times: tuple[Time, ...],
    knowledge: Knowledge | None = None,
) -> tuple[Check, ...]:
    """What is odd about one report: its page date, residue of page and translation, repeats, a broken end.

    The same report gives the same checks in the same order. Spans point into the text; a check on the address of
    the page has none. Office holders are looked up in `knowledge`, by default the tables that ship with the package.
    """
    return tuple(_checks(report, report_date, doc, knowledge or load_knowledge()))


def _checks(report: Report, report_date: ReportDate, doc: Doc, knowledge: Knowledge) -> Iterator[Check]:
    text = report.text
    lines = lines_of(text)
    dated = False
    if page := page_day(report.published):
        holders, days = tuple(holders_in(text, knowledge)), tuple(written_days(text))
        facts = (*first_known_checks(text, page), *office_holder_checks(holders, text, page, knowledge))
        for check in (*page_date_checks(report.url, page, doc, days, lines), *facts):
            dated = True
            yield check
        if not dated:
            for check in own_day_checks(told_by(report.title, text, days), page, holders, knowledge):
                dated = True
                yield check
        if not dated and report_date.certain and _far_apart(report_date.date, page):
            message = f"The page is dated {page}; the report is of {report_date.date}: {report_date.basis}."
            yield Check("page-date", message)
    yield from residue_checks(text, lines)
    yield from foreign_checks(text, lines, lambda word: english_words()(word))
    yield from paragraph_checks(text, lines)


def _far_apart(told: str | None, page: date) -> bool:
    return told is not None and abs((date.fromisoformat(told) - page).days) > SLACK
