"""Files that are written whole or not at all, and what runs that were cut off have left of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from glob import escape
from pathlib import Path
from typing import IO


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write that takes the name `path` when all of it is on the disk, or leaves nothing.

    What runs that were killed left half written under that name goes; the half of one that still writes stays.
    """
    _sweep(path)
    handle, part = _begun(path)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
            part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _begun(path: Path) -> tuple[int, Path]:
    """A new part of `path`, locked for as long as it is written, so that nobody takes it for a leftover."""
    while True:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        flock(handle, LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # swept away before it was locked


def _sweep(path: Path) -> None:
    """Remove the parts of `path` that nobody writes any more."""
    for part in path.parent.glob(f".{escape(path.name)}.*.part"):
        try:
            with part.open("rb") as left:
                flock(left, LOCK_EX | LOCK_NB)
                part.unlink(missing_ok=True)
        except OSError:
            continue  # another run writes it, or it is another user's


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
