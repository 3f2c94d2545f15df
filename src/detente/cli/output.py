"""Where a command writes: standard output, or a file that takes its name only when it is whole."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from detente.errors import UsageError
from detente.whole import whole


def refuse_unwritable(out: Path | None, sources: Sequence[str] = ()) -> None:
    """Raise `UsageError` where no file can be written at `out`, or `sources` are read from there; before any work."""
    if out is None:
        return
    if out.is_file() and any(Path(source).is_file() and out.samefile(source) for source in sources):
        raise UsageError(f"{str(out)!r} is what is read, and would be gone: name another file to write to.")
    if out.is_dir():
        raise UsageError(f"{str(out)!r} is a folder: name a file to write to.")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {str(out.parent)!r} to write {out.name!r} in: make it first.")
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise UsageError(f"{str(out)!r} may not be written: choose another file.")


@contextmanager
def opened(out: Path | None, *, machine: bool) -> Iterator[TextIO]:
    """A text file to write to; for a `machine` in UTF-8 whatever the terminal speaks."""
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8" if machine else sys.stdout.encoding, errors="replace")
        yield sys.stdout
        sys.stdout.flush()
    elif out.exists() and not out.is_file():
        with out.open("w", encoding="utf-8", newline="\n") as sink:  # a pipe or device has no name to take
            yield sink
    else:
        with whole(out) as raw:
            sink = io.TextIOWrapper(raw, "utf-8", newline="\n")
            try:
                yield sink
            finally:
                sink.detach()


def write_json(value: Any, out: TextIO) -> None:
    """Write `value`, of dicts, lists, strings and numbers, as JSON that a person can read too."""
    out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def silence_stdout() -> None:
    """Let standard output go nowhere: its reader has gone, and Python would complain when it flushes at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
