"""Reports one by one with what is to be read in them: for forms that tell what a text says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.archive import Archive
from detente.archive.answers import EventRow, ReportRow, StatementRow
from detente.archive.ids import id_of_report


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report, its text, and its events (corrected, without those judged wrong) and statements."""

    report: ReportRow
    text: str
    events: tuple[EventRow, ...]
    statements: tuple[StatementRow, ...]


def each_report(archive: Archive) -> Iterator[ReadReport]:
    """All reports in the order they were added."""
    for number in archive.numbers():
        record = archive.record_at(number)
        id_ = id_of_report(record)
        events, statements = archive.events(report=id_), archive.statements(report=id_)
        yield ReadReport(archive.report(id_), record.text, tuple(events), tuple(statements))


def told_in_a_line(event: EventRow) -> str:
    """Who did what to whom: ``Russia → SANCTION expel → two American diplomats``."""
    sides = [", ".join(side.name for side in names) for names in (event.actors, event.recipients)]
    what = f"{event.type} {event.mode}" if event.mode else event.type
    return " → ".join(filter(None, (sides[0] or "nobody named", what, sides[1])))


def address_of(report: ReportRow) -> str:
    """The address of a report, or a name of its own where it has none."""
    return report.url or f"urn:detente:report:{report.id}"
