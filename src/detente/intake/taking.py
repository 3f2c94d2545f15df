"""Taking in: what is read is coded and kept, once, however often the work is cut off and taken up again.

Reports are committed in the batches they are coded in, and batches are cut by the order of the reports that are new.
A run that was killed therefore goes on at the edge of a batch, and ends with the same events as one that was not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from detente.archive.account import FAILED_BEFORE, Note, Outcome, is_noted, item_at, read_at, why_failed, write_note
from detente.archive.archive import Archive
from detente.archive.ids import id_of_report
from detente.language.pipeline import BATCH_SIZE
from detente.reading.fetching import ROBOTS
from detente.reading.gathering import KNOWN_ADDRESS, Gathered
from detente.reading.warc import NOT_A_PAGE
from detente.record import Failure, Record, Report

SKIPPED = frozenset({NOT_A_PAGE, ROBOTS})
"""Codes of what is left out on purpose: trying again would change nothing."""

MOST_NOTES = 1_000
"""Places noted in one transaction."""


class Codes(Protocol):
    """What codes a stream of reports, as `coding.Coder.stream` does."""

    def stream(self, reports: Iterable[Report | Failure], workers: int = 1) -> Iterator[Record | Failure]:
        """A result a report, in order."""


Tell = Callable[[Note], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    gathered: Gathered
    report: Report
    report_id: str
    original: str | None


class Intake:
    """Adds what is gathered to `archive`; `tell` hears what becomes of each item, in no fixed order.

    `coder` is made when the first new report comes: a run that finds all known loads no model. With `again`, reports
    that could not be coded before are tried once more; with `only`, nothing is looked at but the places in it.
    """

    def __init__(
        self,
        archive: Archive,
        coder: Callable[[], Codes],
        tell: Tell = lambda note: None,
        *,
        workers: int = 1,
        day: str | None = None,
        again: bool = False,
        only: frozenset[str] | None = None,
    ) -> None:
        self._archive = archive
        self._coder = coder
        self._tell = tell
        self._workers = workers
        self._day = day
        self._again = again
        self._only = only
        self._waiting: deque[_Waiting] = deque()
        self._notes: list[Note] = []
        self._pending: dict[str, str] = {}
        self._saved: tuple[Path, str] | None = None

    def add(self, gathered: Iterable[Gathered]) -> None:
        """Read, code and keep everything in `gathered`."""
        new = self._new(gathered)
        first = next(new, None)
        if first is not None:
            batch: list[tuple[_Waiting, Record | Failure]] = []
            for result in self._coder().stream(chain((first,), new), self._workers):
                batch.append((self._waiting.popleft(), result))
                if len(batch) == BATCH_SIZE:
                    self._commit(batch)
                    batch = []
            self._commit(batch)
            self._archive.optimize()
        self._write_notes()

    def _new(self, gathered: Iterable[Gathered]) -> Iterator[Report]:
        """The reports that are not in the archive and were not met before in this run."""
        for found in gathered:
            item = found.item
            if self._only is not None and (item.origin or "") not in self._only:
                continue
            if isinstance(item, Failure):
                self._note(self._note_of_failure(found, item))
                continue
            report_id = id_of_report(item)
            if (note := self._note_of_known(found, item, report_id)) is not None:
                self._note(note)
                continue
            self._pending[report_id] = item.origin or found.source
            bare = replace(item, original=None)
            self._waiting.append(_Waiting(found, bare, report_id, self._save(found, item)))
            yield bare

    def _note_of_known(self, found: Gathered, report: Report, report_id: str) -> Note | None:
        """Why a report is not coded: it is kept already, or failed before; null for a new one."""
        place = report.origin or found.source
        if (first := self._read_at(report_id)) is not None:
            return Note(place, report_id, found.source, "known", "known", f"the same report was read at {first}")
        if self._again:
            return None
        if (reason := why_failed(self._archive.db, report_id)) is None:
            return None
        hint = f"it failed before ({reason}): `detente retry` tries again"
        return Note(place, report_id, found.source, "skipped", FAILED_BEFORE, hint)

    def _read_at(self, report_id: str) -> str | None:
        """Where a report was read that is kept, or is on its way in this run."""
        if report_id in self._pending:
            return self._pending[report_id]
        return read_at(self._archive.db, report_id)

    def _note_of_failure(self, found: Gathered, failure: Failure) -> Note:
        place = failure.origin or found.source
        if failure.code == KNOWN_ADDRESS:
            if (item := item_at(self._archive.db, place)) is not None:
                return Note(place, item, found.source, "known", failure.code, failure.reason)
        outcome: Outcome = "skipped" if failure.code in SKIPPED else "failed"
        return Note(place, "", found.source, outcome, failure.code, failure.reason)

    def _save(self, found: Gathered, report: Report) -> str | None:
        """Keep the original of a new report, and return its digest."""
        if report.original is not None:
            return self._archive.originals.add(report.original)
        if found.file is None:
            return None
        if self._saved is None or self._saved[0] != found.file:
            self._saved = found.file, self._archive.originals.add_file(found.file)
        return self._saved[1]

    def _commit(self, batch: list[tuple[_Waiting, Record | Failure]]) -> None:
        notes = []
        with self._archive.transaction() as db:
            for waiting, result in batch:
                note = self._keep(waiting, result)
                if note.outcome != "coded":
                    write_note(db, note, self._day)
                notes.append(note)
        for note, (waiting, _) in zip(notes, batch, strict=True):
            self._pending.pop(waiting.report_id, None)
            self._tell(note)

    def _keep(self, waiting: _Waiting, result: Record | Failure) -> Note:
        report, source = waiting.report, waiting.gathered.source
        place = report.origin or source
        if isinstance(result, Failure):
            return Note(place, waiting.report_id, source, "failed", result.code, result.reason)
        was_there = self._archive.has(waiting.report_id)  # another process may add the same
        self._archive.add_record(
            result,
            waiting.original,
            place,
            topics=report.topics,
            cited=report.cited,
            source=source,
            day=self._day,
        )
        if was_there:
            return Note(place, waiting.report_id, source, "known", "known", "another process added it meanwhile")
        return Note(place, waiting.report_id, source, "coded")

    def _note(self, note: Note) -> None:
        self._notes.append(note)
        if len(self._notes) >= MOST_NOTES:
            self._write_notes()

    def _write_notes(self) -> None:
        """Note the places of what is not coded; what is noted already is not written again."""
        notes: list[Note] = []
        later: list[Note] = []
        for note in self._notes:
            # The report a place is known for may still be waiting: its row must come first.
            (later if note.outcome == "known" and note.item in self._pending else notes).append(note)
        news = [note for note in notes if not is_noted(self._archive.db, note)]
        if news:
            with self._archive.transaction() as db:
                for note in news:
                    write_note(db, note, self._day)
        self._notes = later
        for note in notes:
            self._tell(note)
