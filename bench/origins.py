"""How often the letters of a name pick the right one of a report's states: ``python -m bench.origins``.

Persons of two names or more in the coded texts, whom the tables do not know, in texts with parties of two states or
more; the guess is the state among those of the text whose names the letters are likest to. Nothing is fitted to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.shared import GOLD, rows_of
from detente.knowledge import BEYOND_STATES
from detente.knowledge.name_origins import likeness
from detente.knowledge.tables import COLUMNS, read_shipped

FILES = ("train_made", "train_reports", "train_windows", "train_sentences")


def persons_of(row: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The persons of a coded text with their state and the states of its parties."""
    parties = [party for event in row["events"] for side in ("actors", "recipients") for party in event[side]]
    states = tuple(sorted({p["country"] for p in parties if p.get("country") and p["country"] not in BEYOND_STATES}))
    named = {p["name"]: p["country"] for p in parties if p.get("name") and p.get("country") in states}
    for name, country in named.items():
        words = name.split()
        if len(states) > 1 and len(words) > 1 and all(word[0].isupper() for word in words):
            yield name, country, states


def measured(file: str) -> tuple[int, int]:
    """Of how many persons of a coded file the right state was picked, and how many there are."""
    known = {row[COLUMNS.index("name")] for row in read_shipped("persons")}
    right = every = 0
    for row in rows_of(GOLD / f"{file}.jsonl.gz"):
        for name, country, states in persons_of(row):
            if name not in known:
                values = likeness(name, states)
                every += 1
                right += states[values.index(max(values))] == country
    return right, every


def main() -> None:
    for file in FILES:
        right, every = measured(file)
        print(f"{file}: {right} of {every}, {right / every:.3f}")


if __name__ == "__main__":
    main()
