"""The coder that a command works with: chosen by its options, made in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.coding.validate import Gate


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options ``--coder``, ``--model`` and ``--knowledge`` say; null leaves the choice to the coder."""

    coder: str = "rules"
    model: str | None = None
    knowledge: Path | None = None

    def make(self) -> Gate:
        """The coder; raises `UsageError` where there is none of that name."""
        from detente.coding import Settings, make_coder  # it brings spaCy: wrong use is told before that

        return make_coder(self.coder, Settings(self.model, self.knowledge))
