"""The command line: `main` is what ``detente`` runs. Exit codes: 0 done, 1 some reports failed, 2 wrong use."""

from __future__ import annotations

import sqlite3
import sys

WRONG_USE = 2

ARCHIVE_FAULTS = {
    "locked": "the archive is in use by another process: try again when that is done",
    "readonly": "the archive may not be written: check who may write to its file and its folder",
    "malformed": "the archive is damaged: `detente doctor` says where",
    "not a database": "the file is no archive",
    "disk is full": "there is no space left to write the archive",
    "disk I/O": "the archive cannot be read or written: is its disk full or damaged?",
    "unable to open": "the archive cannot be opened: check its folder, and who may read it",
}
"""Words in what SQLite says, and what it means to a person."""


def main() -> None:
    """Run the command line; what went wrong is one line on standard error, never a traceback."""
    from detente.cli.app import app
    from detente.errors import DetenteError
    from detente.extras import EXTRAS

    try:
        app(prog_name="detente")
    except (DetenteError, OSError, MemoryError, sqlite3.Error, ModuleNotFoundError) as error:
        if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] not in EXTRAS:
            raise  # no library that is left out on purpose, but a mistake
        from detente.reading.cleaning import for_terminal

        told = for_terminal(_told(error)).encode("utf-8", "replace").decode("utf-8")
        print(f"detente: {told}", file=sys.stderr)  # noqa: T201  where errors reach a person
        sys.exit(WRONG_USE)


def _told(error: Exception) -> str:
    """What went wrong, in words for a person."""
    if isinstance(error, ModuleNotFoundError):
        from detente.extras import missing

        return missing(error.name or "")
    if isinstance(error, MemoryError):
        return "there is not enough memory: try fewer --workers"
    if isinstance(error, sqlite3.Error):
        said = str(error)
        return next((f"{told} ({said})." for words, told in ARCHIVE_FAULTS.items() if words in said), said)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)
