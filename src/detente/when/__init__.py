"""When: time expressions, the report date, and which time an act takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from detente.record import Report, ReportDate, Time


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date of an act in the form of `Event.date`, and whether it is only the report's own day."""

    date: str | None
    is_report: bool


def find_times(doc: Doc, report_date: date | None) -> tuple[Time, ...]:
    return ()


def date_of(trigger: Token, times: Sequence[Time], report_date: date | None) -> EventDate:
    return EventDate(None, False)


def find_report_date(report: Report) -> ReportDate:
    return ReportDate((report.date or report.published or "")[:10] or None, "given", bool(report.date))
