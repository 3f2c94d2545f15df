"""``detente who``: what the knowledge says of a name on a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from detente.cli.output import opened
from detente.knowledge import as_rows, explain, load_knowledge
from detente.knowledge.explain import nearest_rows
from detente.reading.fields import day_in


def run(name: str, day: str | None, knowledge: Path | None, as_json: bool = False) -> None:
    """Print what is known of `name`; raises `UsageError` for another form of date."""
    given = day_in(day)
    as_of = date.fromisoformat(given) if given else None
    known = load_knowledge(knowledge)
    with opened(None, machine=as_json) as out:
        if as_json:
            rows = as_rows(known, name, as_of)
            told = {"name": name, "date": given, "candidates": rows}
            if not rows:
                told["nearest"] = nearest_rows(known, name, as_of)
            out.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        else:
            out.write(explain(known, name, as_of) + "\n")
