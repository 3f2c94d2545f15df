"""The pool of actors on a Ray cluster: models are loaded once an actor, and one actor has one task at a time.

An actor that dies, or whose node is lost, costs the task it had. Another is asked for in its place, and gets work when
it is up: where the cluster has no room for it any more, the others finish the work.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.bulk.pools import SECONDS_A_WORKER, Ended, Task, outcome
from detente.errors import UsageError

_PATIENCE = 1.0


@dataclass(slots=True)
class _Job:
    ticket: int
    actor: Any
    until: float


@dataclass(slots=True)
class RayPool:
    """Actors on the cluster at `address`, or on one that is started here for the time being.

    `workers` is how many, null for one a processor of the cluster.
    """

    address: str | None = None
    workers: int | None = None
    _ray: Any = None
    _coming: dict[Any, Any] = field(default_factory=dict)
    _idle: list[Any] = field(default_factory=list)
    _busy: dict[Any, _Job] = field(default_factory=dict)
    _born: dict[Any, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ray = _connected(self.address, self.workers)
        if self.workers is None:
            self.workers = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        for _ in range(self.workers):
            self._ask_for_one()

    def room(self) -> int:
        """How many tasks may be given now."""
        return len(self._idle)

    def give(self, ticket: int, task: Task) -> None:
        """Hand a task to an idle actor."""
        actor = self._idle.pop()
        self._busy[actor.do.remote(task.do, task.args)] = _Job(ticket, actor, time.monotonic() + task.seconds)

    def ended(self) -> Sequence[Ended]:
        """The tasks that ended since the last time; waits a while where none has."""
        refs = [*self._busy, *self._coming]
        ready, _ = self._ray.wait(refs, num_returns=len(refs), timeout=0)
        if not ready:
            ready, _ = self._ray.wait(refs, num_returns=1, timeout=_PATIENCE)
        done = [self._heard(ref) for ref in ready if ref in self._busy]
        for ref in ready:
            if ref in self._coming:
                self._arrived(ref)
        now = time.monotonic()
        return done + [self._timed_out(ref) for ref, job in list(self._busy.items()) if job.until < now]

    def close(self) -> None:
        """End all actors, and the cluster where it was started here."""
        for actor in (*self._idle, *self._coming.values(), *(job.actor for job in self._busy.values())):
            self._ray.kill(actor)
        self._ray.shutdown()

    def _heard(self, ref: Any) -> Ended:
        job = self._busy.pop(ref)
        try:
            result, error, crash = self._ray.get(ref)
        except self._ray.exceptions.RayError as error_:
            self._replace(job.actor)
            return Ended(job.ticket, crash=f"the worker died ({type(error_).__name__})")
        if time.monotonic() - self._born[job.actor] < SECONDS_A_WORKER:
            self._idle.append(job.actor)
        else:
            self._replace(job.actor)
        return Ended(job.ticket, result, error, crash)

    def _timed_out(self, ref: Any) -> Ended:
        job = self._busy.pop(ref)
        self._replace(job.actor)
        return Ended(job.ticket, crash="it took longer than it may")

    def _arrived(self, ref: Any) -> None:
        actor = self._coming.pop(ref)
        try:
            self._ray.get(ref)
        except self._ray.exceptions.RayError:
            self._replace(actor)
        else:
            self._born[actor] = time.monotonic()
            self._idle.append(actor)

    def _replace(self, actor: Any) -> None:
        self._born.pop(actor, None)
        self._ray.kill(actor)
        self._ask_for_one()

    def _ask_for_one(self) -> None:
        actor = self._ray.remote(num_cpus=1, max_restarts=0)(_Actor).remote()
        self._coming[actor.is_up.remote()] = actor


class _Actor:
    """Does tasks; what a task keeps in its process stays for the next."""

    def is_up(self) -> bool:
        """Answers when the actor is there."""
        return True

    def do(self, do: Any, args: tuple[Any, ...]) -> tuple[Any, Any, Any]:
        """What comes of a task."""
        return outcome(do, args)


def _connected(address: str | None, workers: int | None) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as error:
        raise UsageError("Ray is not installed: pip install 'detente[ray]', or use --engine local.") from error
    if not ray.is_initialized():
        here: dict[str, Any] = {} if address else {"num_cpus": workers, "include_dashboard": False}
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **here)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise UsageError(f"There is no Ray cluster at {address!r}: {error}") from error
    return ray
