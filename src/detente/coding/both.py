"""Two coders: one goes over every report, a language model is asked only about those that matter."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from detente import __version__
from detente.codebook import load_codebook
from detente.coding.llm.coder import LlmCoder
from detente.coding.llm.settings import Asking
from detente.coding.protocol import Item, Result, Settings
from detente.coding.registry import bare_coder
from detente.coding.validate import checked
from detente.errors import AskingError, UsageError
from detente.language.pipeline import BATCH_SIZE
from detente.record import Check, Event, Failure, Record, Report

FIRST = "learned"
"""The coder of all reports where none is named."""

UNANSWERED = "llm-unanswered"
"""The code of the check on a record that should have been the language model's, and is not."""

_UNSURE = (0.3, 0.7)
"""Scores of which it is said that the coder is unsure; one without a score is."""

_FORMS = "all, unsure, score<0.5, type=ASSAULT,COERCE, pair=RUS-USA"
_COMPARED = re.compile(r"score([<>])(0?\.\d+|[01])")
_PAIR = re.compile(r"pair=([A-Z]{3})-([A-Z]{3})")

Test = Callable[[Event], bool]


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which codings are asked about: those in which an event passes one of the tests, or all."""

    tests: tuple[Test, ...]
    every: bool = False

    def holds(self, record: Record) -> bool:
        """Whether the report of `record` is asked about."""
        return self.every or any(test(event) for event in record.events for test in self.tests)


def read_choosing(told: str) -> Choosing:
    """``all``, or any of ``unsure``, ``score<0.5``, ``type=ASSAULT,COERCE``, ``pair=RUS-USA`` with spaces between."""
    words = told.split()
    if words == ["all"]:
        return Choosing((), every=True)
    if not words:
        raise UsageError(f"--ask says which reports are asked about: {_FORMS}.")
    return Choosing(tuple(_test(word) for word in words))


def _test(word: str) -> Test:
    if word == "unsure":
        return lambda event: event.score is None or _UNSURE[0] <= event.score <= _UNSURE[1]
    if compared := _COMPARED.fullmatch(word):
        bound, below = float(compared[2]), compared[1] == "<"
        return lambda event: event.score is not None and (event.score < bound if below else event.score > bound)
    if pair := _PAIR.fullmatch(word):
        sides = {pair[1], pair[2]}
        return lambda event: sides <= {p.country for p in (*event.actors, *event.recipients)}
    if word.startswith("type="):
        types = frozenset(word.removeprefix("type=").split(","))
        if unknown := sorted(types - set(load_codebook().types)):
            raise UsageError(f"--ask {word}: {', '.join(unknown)}: no such type.")
        return lambda event: event.type in types
    raise UsageError(f"--ask {word!r} is none of these: {_FORMS}.")


class BothCoder:
    """Each record names the coder that made it; where the model gave no coding, the first coder's stays and says so."""

    name = "both"

    def __init__(self, settings: Settings) -> None:
        asking = settings.asking or Asking()
        first = Settings(None, settings.knowledge, seconds=settings.seconds, memory=settings.memory)
        self.first = bare_coder(asking.first or FIRST, first)
        self.second = LlmCoder(settings)
        self.choosing = read_choosing(asking.ask or "unsure")
        self.version = f"{__version__}+{self.second.version.partition('+')[2]}"

    def code(self, report: Report) -> Record:
        """The record of one report; raises `DetenteError` where it cannot be coded."""
        record = checked(self.first.code(report))
        if not self.choosing.holds(record):
            return record
        try:
            return self.second.code(report)
        except AskingError as error:
            return _unanswered(record, str(error))

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`."""
        passed: deque[Item] = deque()
        results = self.first.stream(_noted(reports, passed), workers)
        while batch := list(islice(results, BATCH_SIZE)):
            items = [passed.popleft() for _ in batch]
            first = [checked(result) if isinstance(result, Record) else result for result in batch]
            chosen = [self._is_chosen(result) for result in first]
            asked = self.second.stream(item for item, is_chosen in zip(items, chosen, strict=True) if is_chosen)
            for result, is_chosen in zip(first, chosen, strict=True):
                yield _better(result, next(asked)) if is_chosen else result

    def estimate(self, reports: Sequence[Report]) -> object:
        """What asking about all of `reports` may cost: which are chosen is known when they are coded."""
        return f"at most {self.second.estimate(reports)}"

    def spent(self) -> str:
        """The account so far, in words."""
        return self.second.spent()

    def _is_chosen(self, result: Result) -> bool:
        return isinstance(result, Record) and self.choosing.holds(result)


def both_coder(settings: Settings) -> BothCoder:
    """The coder of the name."""
    return BothCoder(settings)


def _noted(reports: Iterable[Item], passed: deque[Item]) -> Iterator[Item]:
    for report in reports:
        passed.append(report)
        yield report


def _better(first: Result, second: Result) -> Result:
    if isinstance(second, Failure) and isinstance(first, Record):
        return _unanswered(first, second.reason)
    return second


def _unanswered(record: Record, reason: str) -> Record:
    message = f"The language model was to be asked and gave no coding: {reason}."
    return replace(record, checks=(*record.checks, Check(UNANSWERED, message)))
