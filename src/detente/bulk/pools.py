"""Workers that do tasks: what a pool is, and the pool of processes on this machine.

A pool knows which task each worker has, so that a worker that dies costs that task and no other.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol

from detente.coding.workers import end_with_parent
from detente.errors import DetenteError


@dataclass(frozen=True, slots=True)
class Task:
    """A function of a module and its arguments; `seconds` is how long it may take."""

    do: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A task that ended: with its result, an error of detente's own, or `crash`, why its worker did not finish it."""

    ticket: int
    result: Any = None
    error: DetenteError | None = None
    crash: str | None = None


class Pool(Protocol):
    """Workers, one task each at a time."""

    def room(self) -> int:
        """How many tasks may be given now."""

    def give(self, ticket: int, task: Task) -> None:
        """Hand a task to a worker that has none."""

    def ended(self) -> Sequence[Ended]:
        """The tasks that ended since the last time; waits a while where none has."""

    def close(self) -> None:
        """End all workers."""


SECONDS_A_WORKER = 900.0
"""Age at which a worker is replaced when its task ends, so that what a coder leaves behind cannot grow for ever: the
models of the house let go of the words they met by themselves, those of others may not. Loading them anew takes some
seconds, less than a hundredth of that, however small the tasks are."""

_PATIENCE = 1.0
"""Seconds to wait for a worker before the clocks are looked at."""


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    wire: Connection[Any, Any]
    ticket: int | None = None
    until: float = 0.0
    born: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class LocalPool:
    """Processes on this machine, each with its own pipe; one that dies or is old is replaced when there is work
    for it."""

    workers: int
    _idle: list[_Worker] = field(default_factory=list)
    _busy: dict[int, _Worker] = field(default_factory=dict)

    def room(self) -> int:
        """How many tasks may be given now."""
        return self.workers - len(self._busy)

    def give(self, ticket: int, task: Task) -> None:
        """Hand a task to an idle worker, or to a new one."""
        worker = self._idle.pop() if self._idle else _started()
        worker.ticket, worker.until = ticket, time.monotonic() + task.seconds
        self._busy[ticket] = worker
        with suppress(OSError):  # it died while it was idle: its pipe tells so when it is read
            worker.wire.send_bytes(pickle.dumps((task.do, task.args)))

    def ended(self) -> Sequence[Ended]:
        """The tasks that ended since the last time; waits a while where none has."""
        wires = {worker.wire: worker for worker in self._busy.values()}
        done = [self._heard(wires[wire]) for wire in wait(list(wires), _PATIENCE)]  # type: ignore[index]
        now = time.monotonic()
        return done + [self._timed_out(worker) for worker in list(self._busy.values()) if worker.until < now]

    def close(self) -> None:
        """End all workers."""
        for worker in (*self._idle, *self._busy.values()):
            _end(worker)
        self._idle.clear()
        self._busy.clear()

    def _heard(self, worker: _Worker) -> Ended:
        assert worker.ticket is not None
        ticket = worker.ticket
        del self._busy[ticket]
        try:
            result, error, crash = pickle.loads(worker.wire.recv_bytes())
        except (EOFError, OSError):
            worker.process.join(_PATIENCE)  # its exit code is told: it must not be that of the kill below
            _end(worker)
            return Ended(ticket, crash=f"the worker died (exit code {worker.process.exitcode})")
        worker.ticket = None
        if time.monotonic() - worker.born < SECONDS_A_WORKER:
            self._idle.append(worker)
        else:
            _end(worker)
        return Ended(ticket, result, error, crash)

    def _timed_out(self, worker: _Worker) -> Ended:
        assert worker.ticket is not None
        del self._busy[worker.ticket]
        _end(worker)
        return Ended(worker.ticket, crash="it took longer than it may")


def outcome(do: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, DetenteError | None, str | None]:
    """What comes of a task in a worker: its result, the error that ends the run, or why it could not be done."""
    try:
        return do(*args), None, None
    except DetenteError as error:
        return None, error, None
    except Exception as error:  # noqa: BLE001  whatever it is, it belongs to this task, and the run goes on
        return None, None, f"{type(error).__name__}: {error}"


def _started() -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,))
    process.start()
    there.close()
    return _Worker(process, here)


def _end(worker: _Worker) -> None:
    worker.wire.close()
    worker.process.kill()
    worker.process.join()


def _serve(wire: Connection[Any, Any]) -> None:
    """Do tasks until the other end is closed."""
    end_with_parent()
    try:
        while True:
            do, args = pickle.loads(wire.recv_bytes())
            wire.send_bytes(pickle.dumps(outcome(do, args)))
    except (EOFError, OSError):
        os._exit(0)
