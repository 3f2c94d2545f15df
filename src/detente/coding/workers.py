"""Many reports at once: batches, and processes that share them. Each process makes the coder from name and settings."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread

from detente.coding.protocol import Coder, Item, Result, Settings
from detente.language.pipeline import BATCH_SIZE


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """`items` in batches cut by their order alone, so that any number of workers gives the same bytes."""
    source = iter(items)
    while batch := list(islice(source, BATCH_SIZE)):
        yield batch


def across_workers(name: str, settings: Settings, reports: Iterable[Item], workers: int) -> Iterator[Result]:
    """The results of the coder `name` over `reports`, in order, from `workers` processes.

    Memory is bounded by a few batches, however long the stream.
    """
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_end_with_parent) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        for batch in batches(reports):
            waiting.append(pool.submit(_code_in_worker, name, settings, batch))
            if len(waiting) > 2 * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _end_with_parent() -> None:
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
