"""The coder that a command works with: chosen by its options, made in one place."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.coding import Settings
    from detente.coding.validate import Gate


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options of the coder say; null leaves the choice open, or to the file `llm` for a model."""

    coder: str | None = None
    model: str | None = None
    knowledge: Path | None = None
    llm: Path | None = None
    server: str | None = None
    cache: Path | None = None
    offline: bool = False
    budget: str | None = None
    ask: str | None = None
    first: str | None = None
    min_score: float | None = None
    seconds: float | None = None
    memory: int | None = None

    def make(self) -> Gate:
        """The coder; raises `UsageError` where there is none of that name."""
        from detente.coding import make_coder  # it brings spaCy: wrong use is told before that

        made = make_coder(self.name(), self.settings())
        _log.info("coder made", extra={"told": {"name": made.name, "version": made.version}})
        return made

    def name(self) -> str:
        """What the coder is called."""
        from detente.coding import DEFAULT_CODER

        return self.coder or DEFAULT_CODER

    def settings(self) -> Settings:
        """What the coder is made with."""
        from detente.coding import Settings
        from detente.coding.budget import MEMORY, SECONDS
        from detente.coding.llm.settings import Asking

        told = Asking(
            server=self.server,
            cache=self.cache,
            offline=self.offline,
            budget=self.budget,
            ask=self.ask,
            first=self.first,
        )
        return Settings(
            self.model,
            self.knowledge,
            told.with_file(self.llm),
            self.min_score,
            SECONDS if self.seconds is None else self.seconds,
            MEMORY if self.memory is None else self.memory << 20,
        )
