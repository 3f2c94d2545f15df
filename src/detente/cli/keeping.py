"""``detente add``, ``retry``, ``recode``, ``doctor``, ``correct``, ``history`` and ``export``."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.archive.account import Account, Note, account_of, knows_address, reasons_of
from detente.archive.doctor import RESCUE, examine, repair, sweep
from detente.cli.coders import Choice
from detente.cli.output import opened, write_json
from detente.cli.progress import Bar, bytes_of, tell
from detente.cli.tables import correction_words, orphan_words
from detente.errors import ArchiveError, UsageError
from detente.intake.recoding import recode
from detente.intake.retrying import retry
from detente.intake.taking import Intake
from detente.reading.confined import ConfinedParser
from detente.reading.fetching import Fetcher
from detente.reading.fields import day_in
from detente.reading.gathering import Gatherer

_log = logging.getLogger(__name__)

SOME_FAILED = 1
INTERRUPTED = 130


def add_sources(
    path: Path,
    sources: Sequence[str],
    date: str | None,
    workers: int,
    choice: Choice,
    quiet: bool,
    as_json: bool = False,
) -> int:
    """Add what is at `sources` to the archive at `path` and return the exit code."""
    day = day_in(date)
    meter = Meter(bytes_of(sources), quiet=quiet, as_json=as_json)
    with Archive.open(path, create=True) as archive, ConfinedParser() as parser:
        gatherer = Gatherer(parser, Fetcher(), lambda url: knows_address(archive.db, url), day, meter.read)
        gathered = gatherer.gather(sources)
        intake = Intake(archive, choice.make, meter.hear, workers=workers, day=day)
        with meter:
            try:
                intake.add(gathered)
            except KeyboardInterrupt:
                return INTERRUPTED
    return SOME_FAILED if meter.account.failed else 0


def retry_failed(path: Path, workers: int, choice: Choice, quiet: bool, as_json: bool = False) -> int:
    """Read again what failed and return the exit code."""
    meter = Meter(None, quiet=quiet, as_json=as_json)
    with Archive.open(path) as archive, ConfinedParser() as parser, meter:
        gone = retry(archive, choice.make, parser, Fetcher(), meter.hear, workers)
        meter.lose(gone)
    return SOME_FAILED if meter.account.failed or gone else 0


def recode_all(path: Path, workers: int, choice: Choice, quiet: bool, as_json: bool = False) -> int:
    """Code every report anew and return the exit code."""
    with Archive.open(path) as archive:
        coded, failures = recode(archive, choice.make(), workers)
        waiting = archive.orphans()
    if as_json:
        told = [{"place": f.id, "code": f.code, "reason": f.reason} for f in failures]
        with opened(None, machine=True) as out:
            write_json({"coded": coded, "failures": told, "waiting": [asdict(orphan) for orphan in waiting]}, out)
        return SOME_FAILED if failures else 0
    for failure in failures:
        tell(f"detente: {failure.id}: {failure.code}: {failure.reason} (the old coding stays)")
    for orphan in waiting:
        tell(f"detente: {orphan_words(orphan)}")
    if not quiet:
        tell(f"detente: {coded:,} coded anew, {len(failures):,} failed")
    return SOME_FAILED if failures else 0


def look_over(path: Path, deep: bool, clean: bool, mend: bool, as_json: bool = False) -> int:
    """Print what is wrong with the archive and return the exit code."""
    try:
        return _looked_over(path, deep, clean, mend, as_json)
    except (sqlite3.DatabaseError, ArchiveError) as error:
        if "malformed" not in str(error):
            raise
        tell(f"detente: {path} is so damaged that it cannot be looked over ({error}): {RESCUE}")
        return SOME_FAILED


def _looked_over(path: Path, deep: bool, clean: bool, mend: bool, as_json: bool) -> int:
    with Archive.open(path) as archive, opened(None, machine=as_json) as out:
        if as_json:
            told = _state(archive, deep, clean, mend)
            write_json(told, out)
            return int(any(finding["faults"] for finding in told["findings"]))
        if clean:
            print(f"{sweep(archive):,} originals removed", file=out)
        if mend:
            print(f"made anew: {', '.join(repair(archive)) or 'nothing, all of it fits'}", file=out)
        sick = False
        for finding in examine(archive, deep=deep):
            sick |= bool(finding.faults)
            print(f"{'✕' if finding.faults else '✓'} {finding.check}", file=out)
            for fault in finding.faults:
                print(f"    {fault}", file=out)
        counts = archive.counts()
        print(", ".join(f"{count:,} {name}s" for name, count in counts.items()), file=out)
        print(str(account_of(archive.db)), file=out)
        for outcome, code, count in reasons_of(archive.db):
            print(f"    {outcome}: {code}: {count:,}", file=out)
    return 1 if sick else 0


def _state(archive: Archive, deep: bool, clean: bool, mend: bool) -> dict[str, Any]:
    """What `look_over` says, as plain values."""
    removed = sweep(archive) if clean else 0
    reasons = [{"outcome": outcome, "code": code, "count": count} for outcome, code, count in reasons_of(archive.db)]
    return {
        "removed": removed,
        "repaired": repair(archive) if mend else [],
        "findings": [asdict(finding) for finding in examine(archive, deep=deep)],
        "counts": archive.counts(),
        "account": asdict(account_of(archive.db)),
        "reasons": reasons,
    }


def correct_event(
    path: Path,
    event: str,
    by: str,
    *,
    right: bool,
    wrong: bool,
    undo: bool,
    changes: Sequence[str],
    as_json: bool = False,
) -> None:
    """Add the judgements to the archive, all or none; raises `UsageError` where they are not one judgement."""
    if right + wrong + undo + bool(changes) != 1 and not (right and changes):
        raise UsageError("Give one of --right, --wrong, --undo and --set FIELD=VALUE.")
    pairs = [change.partition("=") for change in changes]
    if bad := next((field for field, equals, _ in pairs if not equals), None):
        raise UsageError(f"{bad!r} is no change: write FIELD=VALUE, like status=planned.")
    with Archive.open(path) as archive, opened(None, machine=as_json) as out:
        with archive.transaction():
            lines = [archive.correct(event, field.strip(), value, by) for field, _, value in pairs]
            if undo:
                lines.append(archive.undo(event, by))
            elif right or wrong:
                lines.append(archive.judge(event, "right" if right else "wrong", by))
        if as_json:
            write_json([asdict(line) for line in lines], out)
            return
        for line in lines:
            print(f"{event}: {correction_words(line)}", file=out)


def show_history(path: Path, event: str | None, as_json: bool = False) -> None:
    """Print the corrections of an event, or without one those that wait for an event."""
    with Archive.open(path) as archive, opened(None, machine=as_json) as out:
        if as_json:
            write_json(_lines_of(archive, event), out)
            return
        if event is None:
            waiting = [orphan_words(orphan) for orphan in archive.orphans()]
            print("\n".join(waiting) or "Every correction holds for an event.", file=out)
            return
        lines = archive.history(event)
        if not lines:
            archive.event(event)  # tells where there is none
            print(f"Nobody corrected {event}.", file=out)
        for line in lines:
            print(f"{line.n:>5}  {correction_words(line)}", file=out)


def _lines_of(archive: Archive, event: str | None) -> list[dict[str, Any]]:
    """What `show_history` says, as plain values."""
    if event is None:
        return [asdict(orphan) for orphan in archive.orphans()]
    if not (lines := archive.history(event)):
        archive.event(event)  # tells where there is none
    return [asdict(line) for line in lines]


def export_to(
    path: Path,
    form: str,
    folder: Path,
    *,
    excel: bool = False,
    min_score: float | None = None,
    as_json: bool = False,
) -> None:
    """Write the archive in one form into `folder`."""
    from detente.exports.package import export

    with Archive.open(path) as archive, opened(None, machine=as_json) as out:
        file = export(archive, form, folder, excel=excel, min_score=min_score)
        if as_json:
            write_json({"form": form, "file": str(file), "bytes": file.stat().st_size}, out)
            return
    tell(f"detente: {file} written")


class Meter:
    """Hears what becomes of each item: tells the failures, draws a bar, closes the account.

    With `as_json` the account and the failures are one JSON object on standard output at the end.
    """

    def __init__(self, total: int | None, *, quiet: bool, as_json: bool = False) -> None:
        self._counts: Counter[str] = Counter()
        self._quiet = quiet
        self._as_json = as_json
        self._failures: list[dict[str, str | None]] = []
        self._gone: dict[str, str] = {}
        self._bar = Bar(total, wanted=not quiet)
        self.read = self._bar.read

    @property
    def account(self) -> Account:
        """What became of what was read so far."""
        return Account(**self._counts)

    def hear(self, note: Note) -> None:
        """Count one item, and tell why where it failed."""
        self._counts[note.outcome] += 1
        told = {"place": note.place, "outcome": note.outcome, "code": note.code}
        _log.info("item taken", extra={"told": told})
        if note.outcome == "failed":
            self._bar.say(f"detente: {note.place}: {note.code}: {note.reason}")
            if self._as_json:
                self._failures.append({"place": note.place, "code": note.code, "reason": note.reason})
        self._bar.draw(self._counts.total())

    def lose(self, gone: Mapping[str, str]) -> None:
        """Tell which sources cannot be read again, and why."""
        self._gone |= gone
        for source, reason in gone.items():
            self._bar.say(f"detente: {source}: cannot be read again: {reason}")

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        self._bar.stop()
        if kind not in (None, KeyboardInterrupt):
            return
        if self._as_json:
            with opened(None, machine=True) as out:
                write_json({"account": asdict(self.account), "failures": self._failures, "gone": self._gone}, out)
        elif not self._quiet:
            tell(f"detente: {self.account}")
