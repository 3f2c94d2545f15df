"""Checks: what is odd about a report."""

from __future__ import annotations

from spacy.tokens import Doc

from detente.record import Check, Report, ReportDate, Time


def check_report(report: Report, report_date: ReportDate, doc: Doc, times: tuple[Time, ...]) -> tuple[Check, ...]:
    return ()
