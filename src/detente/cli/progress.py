"""The account of a run: how far it is, what failed, and a closing line; all on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from detente.reading import STDIN
from detente.reading.addresses import is_address
from detente.reading.cleaning import for_terminal
from detente.reading.folders import files_in
from detente.record import Failure, Record

if TYPE_CHECKING:
    from rich.progress import Progress

_log = logging.getLogger(__name__)

HANDFUL = 5
"""Reports up to which a bar would only flicker."""


class Bar:
    """A progress bar on standard error, drawn where a person watches and more than a handful is done.

    `total` is the bytes there are to read, null where nobody knows; `read` says that some more of them were read.
    """

    def __init__(self, total: int | None, *, wanted: bool) -> None:
        self._total = total
        self._wanted = wanted and sys.stderr.isatty()
        self._read = 0
        self._bar: Progress | None = None

    def read(self, count: int) -> None:
        """Note that `count` more bytes were read."""
        self._read += count

    def draw(self, done: int, more: str = "") -> None:
        """Show that `done` reports are through, with `more` behind it."""
        if not self._wanted or done <= HANDFUL:
            return
        if self._bar is None:
            self._bar = _new_bar()
            self._bar.add_task("", total=self._total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=self._read, description=f"{done:,} reports{more}")

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        if self._bar:
            self._bar.console.print(for_terminal(line), markup=False, highlight=False, soft_wrap=True)
        else:
            tell(line)

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()


class Passing:
    """Counts results as they pass, tells each failure, and draws a bar; `paths` are what is read.

    `spent` tells what the work has cost so far, null where it costs nothing.
    """

    def __init__(self, paths: Sequence[str], *, quiet: bool, bar: bool, spent: Callable[[], str] | None = None) -> None:
        self.coded = 0
        self.failed = 0
        self._quiet = quiet
        self._spent = spent
        self._bar = Bar(bytes_of(paths), wanted=bar and not quiet)
        self.read = self._bar.read

    def over(self, results: Iterable[Record | Failure]) -> Iterator[Record | Failure]:
        """`results`, each counted as it passes."""
        try:
            for result in results:
                if isinstance(result, Failure):
                    self.failed += 1
                    where = result.origin or result.id
                    self._bar.say(": ".join(filter(None, ("detente", where, result.code, result.reason))))
                    _log.info("report failed", extra={"told": {"place": where, "code": result.code}})
                else:
                    self.coded += 1
                    counts = {"events": len(result.events), "statements": len(result.statements)}
                    _log.info("report coded", extra={"told": {"id": result.id, **counts}})
                yield result
                self._bar.draw(self.coded + self.failed, f", {self._spent()}" if self._spent else "")
        finally:
            self._bar.stop()

    def close(self) -> None:
        """The closing line, where there was more than one report."""
        if not self._quiet and (self.coded + self.failed > 1 or self._spent):
            cost = f"; {self._spent()}" if self._spent else ""
            tell(f"detente: {self.coded:,} coded, {self.failed:,} failed{cost}")


def _new_bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def bytes_of(paths: Sequence[str]) -> int | None:
    """The size of what is read, where it is all in files."""
    if any(path == STDIN or is_address(path) for path in paths):
        return None
    files = (file for path in paths for file in files_in(Path(path)) if isinstance(file, Path))
    return sum(file.stat().st_size for file in files if file.exists()) or None


def tell(line: str) -> None:
    """Print `line` on standard error."""
    print(for_terminal(line).encode("utf-8", "replace").decode("utf-8"), file=sys.stderr)  # noqa: T201
