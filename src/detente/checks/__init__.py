"""Checks: what is odd about a report, each with its evidence and no verdict beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.checks.page_date import page_day

if TYPE_CHECKING:
    from detente.checks.report import check_report

__all__ = ["check_report", "page_day"]


def __getattr__(name: str) -> Any:
    # Imported when it is asked for: checking a report loads spaCy, comparing texts in an archive needs none of it.
    if name != "check_report":
        raise AttributeError(name)
    from detente.checks.report import check_report

    return check_report
