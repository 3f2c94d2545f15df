"""Writing that survives: a file takes its name when all of it is on the disk, a line is kept before the next is."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import IO


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that becomes `path` at the end, or leaves nothing."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
        sync(path.parent)
    finally:
        Path(name).unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` with these files, whole or not at all; one that is there stays."""
    if folder.exists():
        return
    part = Path(tempfile.mkdtemp(prefix=".", suffix=".part", dir=folder.parent))
    try:
        part.chmod(0o755)
        for name, data in files.items():
            with (part / name).open("wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
        sync(part)
        part.rename(folder)
        sync(folder.parent)
    finally:
        rmtree(part, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what runs that were killed left half written."""
    for part in folder.glob(".*.part"):
        if part.is_dir():
            rmtree(part)
        else:
            part.unlink()


def sync(path: Path) -> None:
    """See that a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
