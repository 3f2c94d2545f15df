"""The files in a folder, and what in it is no file to read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from detente.errors import MissingFile
from detente.record import Failure

NOT_A_FILE = "not-a-file"
"""Code of a pipe, socket or device in a folder: reading it might never end."""


def files_in(path: Path) -> list[Path | Failure]:
    """The file at `path`, or all below the folder there, sorted, without hidden ones; what cannot be read as a reason.

    A pipe that is named itself is read: a shell hands over what a command writes so.
    """
    if not path.is_dir():
        return [path]
    found: list[tuple[Path, Path | Failure]] = []

    def tell(error: OSError) -> None:
        place = Path(os.fsdecode(error.filename))
        reason = f"the folder cannot be opened: {error.strerror or error}"
        found.append((place, Failure(None, shown(place), MissingFile.code, reason)))

    for folder, folders, files in os.walk(path, onerror=tell):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        places = [Path(folder) / name for name in files if not name.startswith(".")]
        found += [(place, _no_file(place) or place) for place in places]
    return [item for _, item in sorted(found, key=lambda pair: pair[0].parts)]


def shown(path: str | Path) -> str:
    """`path` as text that can be printed, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def empty_folder(path: str | Path) -> Failure:
    """The reason why nothing comes of a folder without files."""
    return Failure(None, shown(path), "empty", "there is no file in the folder")


def _no_file(path: Path) -> Failure | None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return None  # the reason comes when it is opened
    if stat.S_ISREG(mode):
        return None
    return Failure(None, shown(path), NOT_A_FILE, "a pipe, socket or device in a folder is not read")
