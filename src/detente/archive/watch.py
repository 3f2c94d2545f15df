"""Knowing when the file of an archive changes, whoever writes to it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from detente.errors import ArchiveError


class Watch:
    """A number that changes with every change of an archive; any thread may ask for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def generation(self) -> int:
        """The number of the file's state: equal as long as nothing was written by anyone."""
        try:
            with self._lock:
                return int(self._db.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise ArchiveError(f"The archive {str(self._path)!r} cannot be read: {error}.") from error
