"""Ids derived from content: the same report, event or statement has the same id in every archive."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from detente.record import Record, Report


def id_of_report(report: Report | Record) -> str:
    """Sixteen hex digits over what a report holds and where and when it says to be published."""
    parts = (report.url, report.title, report.publisher, report.published, report.text)
    return digest(*(part or "" for part in parts))


def ids_of_events(record: Record, report_id: str) -> list[str]:
    """The id of each event, ``ev`` and 16 hex digits: its report and the place of its trigger.

    Type, sides and status are left out, so that a correction still finds its event after the report was coded anew.
    """
    return [f"ev{digest}" for digest in _placed(report_id, ("{}-{}".format(*e.trigger) for e in record.events))]


def ids_of_statements(record: Record, report_id: str) -> list[str]:
    """The id of each statement, ``st`` and 16 hex digits: its report and the place of its content."""
    spans = (",".join("{}-{}".format(*span) for span in s.content) for s in record.statements)
    return [f"st{digest}" for digest in _placed(report_id, spans)]


def _placed(report_id: str, places: Iterable[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for place in places:
        yield digest(report_id, place, str(seen[place]))
        seen[place] += 1


def digest(*parts: str) -> str:
    """Sixteen hex digits over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
