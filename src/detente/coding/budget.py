"""What the coding of one report may cost, in time and memory: beyond it the report is a row with its reason.

Time is that of the processor, so that the same report ends the same way on a busy machine. Both limits hold where a
signal can be heard, in the main thread; elsewhere nothing is limited.
"""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from detente.errors import OverBudget

SECONDS = 10.0
"""Seconds of the processor that a report gets behind its parse: the longest of 4,300 real ones took below 1 s."""

MEMORY = 1 << 30
"""Bytes that coding a report may take beyond those the process holds already."""

_STATM = Path("/proc/self/statm")


@contextmanager
def budget(seconds: float = SECONDS, memory: int = MEMORY) -> Iterator[None]:
    """Raise `OverBudget` in what is done within where it takes more than it may."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGVTALRM, _over)
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_limit(memory, limits), limits[1]))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except MemoryError as error:
        raise OverBudget(f"coding it needs more than {memory >> 20:,} MB of memory") from error
    except OverBudget as error:
        raise OverBudget(f"coding it takes more than {seconds:g} s") from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.signal(signal.SIGVTALRM, heard)


def _limit(memory: int, limits: tuple[int, int]) -> int:
    """The bytes of address space that may be taken: those taken now and `memory`, within what the system allows."""
    try:
        now = int(_STATM.read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return limits[0]  # no Linux: its limit stays as it is
    allowed = [limit for limit in limits if limit != resource.RLIM_INFINITY]
    return min([now + memory, *allowed])


def _over(number: int, frame: FrameType | None) -> None:
    raise OverBudget("the time is up")
