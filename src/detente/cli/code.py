"""``detente code``: reports in, records out, and an account of what failed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detente.cli.coders import Choice
from detente.cli.output import opened, refuse_unwritable, silence_stdout
from detente.cli.progress import Passing
from detente.exports import FORMATS, write
from detente.reading import read_reports
from detente.reading.fields import day_in

SOME_FAILED = 1
INTERRUPTED = 130
PRETTY = "pretty"


def run(
    paths: Sequence[str],
    form: str | None,
    out: Path | None,
    date: str | None,
    choice: Choice,
    workers: int,
    quiet: bool,
) -> int:
    """Code the reports at `paths` and return the exit code; raises `DetenteError` for wrong use, before any work."""
    day = day_in(date)
    refuse_unwritable(out)
    form = form or _form_of(out)
    account = Passing(paths, quiet=quiet, bar=out is not None or not _on_screen())
    reports = read_reports(paths, day, account.read)
    coder = choice.make()
    try:
        with opened(out, machine=form != PRETTY) as sink:
            write(account.over(coder.stream(reports, workers)), sink, form)
    except BrokenPipeError:
        silence_stdout()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    account.close()
    return SOME_FAILED if account.failed else 0


def _form_of(out: Path | None) -> str:
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return ending if ending in FORMATS else PRETTY


def _on_screen() -> bool:
    import sys

    return sys.stdout.isatty()
