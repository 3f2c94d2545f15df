"""Coding the reports of an archive anew: what a newer detente finds takes the place of what an older one found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from detente.archive.account import given_day
from detente.archive.archive import Archive
from detente.intake.taking import Codes
from detente.language.pipeline import BATCH_SIZE
from detente.reading.fields import READING_CHECKS
from detente.record import Check, Failure, Record, Report


def recode(archive: Archive, coder: Codes, workers: int = 1) -> tuple[int, list[Failure]]:
    """Code every report anew; return how many were, and why the others were not. Corrections stay."""
    coded, failures = 0, []
    results = coder.stream(_reports(archive), workers)
    while batch := list(islice(results, BATCH_SIZE)):
        with archive.transaction():
            for result in batch:
                if isinstance(result, Failure):
                    failures.append(result)
                else:
                    archive.replace_record(result)
                    coded += 1
    return coded, failures


def _reports(archive: Archive) -> Iterator[Report]:
    for number in archive.numbers():
        yield _report(archive.record_at(number), given_day(archive.db, number))


def _report(record: Record, day: str | None) -> Report:
    kept: tuple[Check, ...] = tuple(check for check in record.checks if check.code in READING_CHECKS)
    return Report(
        id=record.id,
        text=record.text,
        title=record.title,
        url=record.url,
        publisher=record.publisher,
        published=record.published,
        date=day,
        checks=kept,
    )
