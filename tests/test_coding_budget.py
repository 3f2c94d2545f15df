"""One report can take neither the run nor the machine: it has a budget, and its process may be killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from detente.coding import workers
from detente.coding.budget import budget
from detente.coding.protocol import Item, Result, Settings
from detente.errors import OverBudget
from detente.record import Failure, Report


def count() -> None:
    number = 0
    while True:
        number += 1


def test_what_takes_too_long_is_ended_and_nothing_is_left_of_the_limit() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(OverBudget, match=r"more than 0\.2 s"), budget(seconds=0.2):
        count()
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    for _ in range(2_000_000):
        pass


def test_a_report_that_waits_for_a_busy_machine_is_not_over_its_budget() -> None:
    with budget(seconds=0.2):
        time.sleep(0.6)


def test_what_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(OverBudget, match="64 MB of memory"), budget(memory=64 << 20):
        bytearray(256 << 20)
    assert len(bytearray(256 << 20)) == 256 << 20


class Fragile:
    """Stands for the processes: it is killed at a report that says so."""

    def __init__(self, count: int) -> None:
        pass

    def __enter__(self) -> Fragile:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def shutdown(self, wait: bool = True) -> None:
        pass

    def submit(self, code: object, name: str, settings: Settings, items: Sequence[Item]) -> Future[list[Result]]:
        future: Future[list[Result]] = Future()
        if any(isinstance(item, Report) and "kill" in item.text for item in items):
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result([Failure(item.id, None, "coded", "as it stands") for item in items])
        return future


def reports(*killing: int) -> Iterator[Report]:
    for number in range(200):
        yield Report(id=str(number), text="kill" if number in killing else "words")


@pytest.mark.parametrize("killing", [(), (0,), (199,), (3, 4, 90), (64, 128, 199)])
def test_a_killed_process_costs_its_report_and_no_other(
    killing: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "_pool", Fragile)
    results = list(workers.across_workers("rules", Settings(), reports(*killing), 2))
    assert [result.id for result in results] == [str(number) for number in range(200)]
    lost = [int(r.id or "") for r in results if isinstance(r, Failure) and r.code == workers.KILLED]
    assert lost == list(killing)


def _die(name: str, settings: Settings, batch: Sequence[Item]) -> list[Result]:
    if any(isinstance(item, Report) and "kill" in item.text for item in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Failure(item.id, None, "coded", "as it stands") for item in batch]


def test_a_process_that_is_really_killed_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_code_in_worker", _die)
    results = list(workers.across_workers("rules", Settings(), list(reports(70))[60:80], 2))
    assert [r.code for r in results if isinstance(r, Failure)] == ["coded"] * 10 + [workers.KILLED] + ["coded"] * 9
