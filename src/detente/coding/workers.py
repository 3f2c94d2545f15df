"""Many reports at once: batches, and processes that share them. Each process makes the coder from name and settings."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from detente.coding.protocol import Coder, Item, Result, Settings
from detente.language.pipeline import BATCH_SIZE
from detente.record import Failure

KILLED = "worker-killed"
"""Code of a report whose process was killed from outside, as a system does that runs out of memory."""


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """`items` in batches cut by their order alone, so that any number of workers gives the same bytes."""
    source = iter(items)
    while batch := list(islice(source, BATCH_SIZE)):
        yield batch


def across_workers(name: str, settings: Settings, reports: Iterable[Item], workers: int) -> Iterator[Result]:
    """The results of the coder `name` over `reports`, in order, from `workers` processes.

    Memory is bounded by a few batches, however long the stream. A process that is killed costs the report it was at.
    """
    source = batches(reports)
    batch: list[Item] | None = []
    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    while batch is not None:
        with _pool(workers) as pool:
            # What waited when a process was killed goes to the new ones first.
            waiting = deque((items, pool.submit(_code_in_worker, name, settings, items)) for items, _ in waiting)
            while (batch := next(source, None)) is not None or waiting:
                try:
                    if batch is not None:
                        waiting.append((batch, Future()))
                        waiting[-1] = (batch, pool.submit(_code_in_worker, name, settings, batch))
                    if batch is None or len(waiting) > 2 * workers:
                        results = waiting[0][1].result()
                        waiting.popleft()
                        yield from results
                except BrokenProcessPool:
                    batch = []
                    break
        if batch is not None:
            yield from _one_by_one(name, settings, waiting.popleft()[0])


def _one_by_one(name: str, settings: Settings, items: Sequence[Item]) -> Iterator[Result]:
    """The results of a batch that may have ended its process: one report at a time, in a process of its own."""
    pool = _pool(1)
    for item in items:
        try:
            yield from pool.submit(_code_in_worker, name, settings, [item]).result()
        except BrokenProcessPool:
            pool.shutdown(wait=False)
            pool = _pool(1)
            yield Failure(item.id, item.origin, KILLED, "the process that coded it was killed: is there enough memory?")
    pool.shutdown()


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=end_with_parent)


def end_with_parent() -> None:
    """End this worker when the process it works for is gone, however that ended; Ctrl-C is for that one to hear."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)


@cache
def _worker_coder(name: str, settings: Settings) -> Coder:
    from detente.coding.registry import bare_coder  # it leads back to the coders, which lead here

    return bare_coder(name, settings)


def _code_in_worker(name: str, settings: Settings, batch: Sequence[Item]) -> list[Result]:
    return list(_worker_coder(name, settings).stream(batch))
