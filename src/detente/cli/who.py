"""``detente who``: what the knowledge says of a name on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from detente.knowledge import load_knowledge
from detente.reading.fields import day_in


def run(name: str, day: str | None, knowledge: Path | None) -> None:
    """Print what is known of `name`; raises `UsageError` for another form of date."""
    given = day_in(day)
    known: Any = load_knowledge(knowledge)
    print(known.explain(name, date.fromisoformat(given) if given else None))  # noqa: T201
