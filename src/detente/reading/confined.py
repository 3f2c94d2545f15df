"""Untrusted markup, read in a process that may hang or eat memory: it is killed, and only the page is lost.

Limits: 10 MB of markup, 10 s, 2 GiB of address space. One process is kept for page after page.
"""

from __future__ import annotations

import contextlib
import resource
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from detente.errors import ReadError
from detente.reading.articles import Fields, article_of
from detente.reading.entries import entries_of

LARGEST = 10_000_000
SECONDS = 10.0
MEMORY = 2 << 30

START_SECONDS = 60.0
"""How long the process may take to come up: its imports cost half a second on an idle machine."""

_READY = "ready"


class ConfinedParser:
    """Reads markup like `markup.DirectParser`, in a process under limits; use it as a context manager."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: BaseProcess | None = None
        self._wire: Connection[Any, Any] | None = None

    def page(self, data: bytes, charset: str | None = None) -> Fields:
        """The fields of the article on a page; raises `ReadError` where it costs more than it may."""
        fields: Fields = self._ask("page", data, charset)
        return fields

    def feed(self, data: bytes) -> list[Fields]:
        """The fields of each entry of a feed; raises `ReadError` where it costs more than it may."""
        entries: list[Fields] = self._ask("feed", data, None)
        return entries

    def close(self) -> None:
        """End the process."""
        if self._wire is not None:
            self._wire.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._wire = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, what: str, data: bytes, charset: str | None) -> Any:
        wire = self._started()
        try:
            wire.send((what, data, charset))
            if not wire.poll(self._seconds):
                self.close()
                raise ReadError(f"the markup took more than {self._seconds:g} s to read", "page-timeout")
            answer, error = wire.recv()
        except (EOFError, OSError) as cause:
            self.close()
            raise ReadError("the markup broke the process that read it", "page-crash") from cause
        if error is not None:
            raise error
        return answer

    def _started(self) -> Connection[Any, Any]:
        if self._wire is not None:
            return self._wire
        context = get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, self._seconds, self._memory), daemon=True)
        process.start()
        there.close()
        self._process, self._wire = process, here
        try:
            if here.poll(START_SECONDS) and here.recv() == _READY:
                return here
        except (EOFError, OSError):
            pass
        self.close()
        raise ReadError("the process that reads markup did not start", "page-crash")


def _serve(wire: Connection[Any, Any], seconds: float, memory: int) -> None:
    """Answer requests until the other end is closed."""
    import fastfeedparser  # noqa: F401  imported before the clock runs
    import trafilatura  # noqa: F401

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wire.send(_READY)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            what, data, charset = wire.recv()
            # Where the parent was killed while a page hangs, nobody else ends this process.
            signal.setitimer(signal.ITIMER_REAL, 2 * seconds)
            answer = _answer(what, data, charset)
            signal.setitimer(signal.ITIMER_REAL, 0)
            wire.send(answer)


def _answer(what: str, data: bytes, charset: str | None) -> tuple[Any, ReadError | None]:
    try:
        return (entries_of(data) if what == "feed" else article_of(data, charset, LARGEST, None)), None
    except ReadError as error:
        if isinstance(error.__cause__, MemoryError):
            return None, ReadError("the markup needs more memory than it may have", "page-memory")
        return None, type(error)(str(error), error.code)
    except MemoryError:
        return None, ReadError("the markup needs more memory than it may have", "page-memory")
