"""Reading the archive from many threads, and knowing when it changed."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from detente.archive import Archive
from detente.errors import ArchiveError

T = TypeVar("T")


class Reading:
    """Read-only archives, one a thread, and a number that changes with every change of the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        self._lock = threading.Lock()
        with Archive.open(path):  # brings an older file up to date, or says what is wrong with it
            pass
        self._watcher = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._kept: dict[Any, tuple[int, Any]] = {}

    def archive(self) -> Archive:
        """The archive of this thread; it refuses to write."""
        held: Archive | None = getattr(self._threads, "archive", None)
        if held is None:
            held = Archive.open(self.path)
            held.db.execute("PRAGMA query_only = ON")
            self._threads.archive = held
        return held

    def generation(self) -> int:
        """The number of the file's state: equal as long as nothing was written by anyone."""
        try:
            with self._lock:
                return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise ArchiveError(f"The archive {str(self.path)!r} cannot be read: {error}.") from error

    def kept(self, key: Any, make: Callable[[Archive], T]) -> T:
        """What `make` gives for the archive, made once for each state of the file."""
        generation = self.generation()
        known = self._kept.get(key)
        if known is None or known[0] != generation:
            known = self._kept[key] = (generation, make(self.archive()))
        value: T = known[1]
        return value
