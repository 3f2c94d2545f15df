"""``detente code``: reports in, records out, and an account of what failed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detente.cli.coders import Choice
from detente.cli.output import opened, refuse_unwritable, silence_stdout
from detente.cli.progress import Passing, bytes_of, tell
from detente.coding import Spends
from detente.errors import UsageError
from detente.exports import BINARY, FORMATS, write
from detente.reading import read_reports
from detente.reading.fields import day_in
from detente.record import Report

SOME_FAILED = 1
INTERRUPTED = 130
PRETTY = "pretty"
PLAIN_ENDINGS = frozenset({"", "txt", "log", "out"})
"""Endings of a file that is read by eye."""


def run(
    paths: Sequence[str],
    form: str | None,
    out: Path | None,
    date: str | None,
    choice: Choice,
    workers: int,
    quiet: bool,
    only_estimate: bool = False,
    excel: bool = False,
) -> int:
    """Code the reports at `paths` and return the exit code; raises `DetenteError` for wrong use, before any work."""
    day = day_in(date)
    refuse_unwritable(out, paths)
    form = form or _form_of(out)
    if excel and form != "csv":
        raise UsageError(f"--excel is for --format csv, not {form}: leave it out, or write FILE.xlsx.")
    _refuse_missing_library(form)
    coder = choice.make()
    spends = coder.coder if isinstance(coder.coder, Spends) else None
    if only_estimate:
        return _estimate(spends, paths, day, coder.name)
    if spends is not None and not quiet and bytes_of(paths) is not None:
        tell(f"detente: {spends.estimate(_readable(paths, day))}")
    spent = None if spends is None else spends.spent
    account = Passing(paths, quiet=quiet, bar=out is not None or not _on_screen(), spent=spent)
    reports = read_reports(paths, day, account.read)
    try:
        with opened(out, machine=form != PRETTY) as sink:
            write(account.over(coder.stream(reports, workers)), sink, form, excel=excel)
    except BrokenPipeError:
        silence_stdout()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    account.close()
    return SOME_FAILED if account.failed else 0


def _estimate(spends: Spends | None, paths: Sequence[str], day: str | None, name: str) -> int:
    if spends is None:
        raise UsageError(f"--estimate: the coder {name} costs nothing but time.")
    tell(f"detente: {spends.estimate(_readable(paths, day))}")
    return 0


def _readable(paths: Sequence[str], day: str | None) -> list[Report]:
    return [report for report in read_reports(paths, day) if isinstance(report, Report)]


def _form_of(out: Path | None) -> str:
    ending = out.suffix.lower().removeprefix(".") if out else ""
    if ending in FORMATS:
        return ending
    if ending in PLAIN_ENDINGS:
        return PRETTY
    known = ", ".join(f".{form}" for form in FORMATS if form != PRETTY)
    raise UsageError(f"{str(out)!r}: nothing is written as .{ending}: give one of {known}, or say --format.")


def _refuse_missing_library(form: str) -> None:
    if form in BINARY:
        from detente.exports.xlsx import needed

        needed()


def _on_screen() -> bool:
    import sys

    return sys.stdout.isatty()
