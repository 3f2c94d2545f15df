"""Reading the archive from many threads, and knowing when it changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from detente.archive import Archive
from detente.archive.watch import Watch

T = TypeVar("T")

DEAR = 1.0
"""Seconds of making from which a result may lag behind the archive, and goes after all others: what is made sooner is
made anew."""

MOST_KEPT = 200
"""Results kept between pages: the relations of the pairs that are looked at, and sums over all of them."""


class ArchiveReader:
    """Read-only archives, one a thread, and a number that changes with every change of the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._threads = threading.local()
        self._lock = threading.Lock()
        with Archive.open(path):  # brings an older file up to date, or says what is wrong with it
            pass
        self._watch = Watch(path)
        self._kept: dict[Any, _Made] = {}

    def archive(self) -> Archive:
        """The archive of this thread; it refuses to write."""
        held: Archive | None = getattr(self._threads, "archive", None)
        if held is None:
            held = Archive.open(self.path)
            held.refuse_writing()
            self._threads.archive = held
        return held

    def generation(self) -> int:
        """The number of the file's state: equal as long as nothing was written by anyone."""
        return self._watch.generation()

    def kept(self, key: Any, make: Callable[[Archive], T], patience: float = 0.0) -> T:
        """What `make` gives for the archive, made once for each state of the file.

        One made less than `patience` seconds ago is taken for a newer state too, where it took long to make: what sums
        up years need not be summed up again for every report that is added.
        """
        generation = self.generation()
        with self._lock:
            known = self._kept.pop(key, None)
            if known is not None:  # what was asked for last goes last
                self._kept[key] = known
        if known is None or (known.generation != generation and not known.is_fresh(patience)):
            begun = time.monotonic()
            value = make(self.archive())
            ended = time.monotonic()
            known = _Made(generation, ended, ended - begun, value)
            with self._lock:
                self._kept.pop(key, None)
                self._kept[key] = known
                while len(self._kept) > MOST_KEPT:
                    cheap = (old for old, held in self._kept.items() if held.took < DEAR)
                    self._kept.pop(next(cheap, next(iter(self._kept))))
        return known.value  # type: ignore[no-any-return]


class _Made(NamedTuple):
    """A result, the state of the file it was made of, when, and how many seconds that took."""

    generation: int
    at: float
    took: float
    value: Any

    def is_fresh(self, patience: float) -> bool:
        return self.took >= DEAR and time.monotonic() - self.at < patience
