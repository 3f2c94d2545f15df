"""What a coder is: something with a name that makes records of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from detente.coding.budget import MEMORY, SECONDS
from detente.errors import UsageError
from detente.record import Failure, Record, Report

if TYPE_CHECKING:
    from detente.coding.llm.settings import Asking
    from detente.did.explain import Explanation

UNSUPPORTED = "unsupported"
"""`Record.language` of a report that is not in English: it is kept, and nothing in it is guessed at."""

Item = Report | Failure
Result = Record | Failure


@dataclass(frozen=True, slots=True)
class Settings:
    """What a coder is made with; null leaves the choice to the coder. Any process can make the same coder from them.

    `model` names a spaCy pipeline (a package or a path) or, for a coder that asks a language model, that model;
    `knowledge` is a CSV of the user's own entries, `asking` says which server is asked and how.
    Events that the coder finds right with a probability below `min_score` are left out before ids are given; those
    without a score stay.
    `seconds` of the processor and `memory` in bytes are what a report may cost behind its parse.
    """

    model: str | None = None
    knowledge: Path | None = None
    asking: Asking | None = None
    min_score: float | None = None
    seconds: float = SECONDS
    memory: int = MEMORY

    def __post_init__(self) -> None:
        if self.min_score is not None and not 0 <= self.min_score <= 1:
            raise UsageError(f"{self.min_score} is no probability: the least score is between 0 and 1.")
        if not (self.seconds > 0 and self.memory > 0):
            raise UsageError("A report needs some time and memory: both are more than nothing.")


class Coder(Protocol):
    """Codes reports. `version` changes whenever the same report may give another record."""

    @property
    def name(self) -> str:
        """The name it is chosen by."""

    @property
    def version(self) -> str:
        """The version its records carry."""

    def code(self, report: Report) -> Record:
        """The record of one report; raises `DetenteError` where it cannot be coded."""

    def stream(self, reports: Iterable[Item], workers: int = 1) -> Iterator[Result]:
        """Records in the order of `reports`; a report that cannot be coded becomes a `Failure`."""


@runtime_checkable
class Explains(Protocol):
    """A coder that can say how one of its events came about."""

    def explain(self, report: Report, event_id: str) -> Explanation | None:
        """Why an event of an English report reads as it does; null where the report has no such event."""


@runtime_checkable
class Spends(Protocol):
    """A coder whose work costs money or tokens."""

    def estimate(self, reports: Sequence[Report]) -> object:
        """What coding `reports` may cost; its text is for a reader."""

    def spent(self) -> str:
        """The account so far, in words."""
