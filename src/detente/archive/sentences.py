"""The sentence around the words an event rests on."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from detente.archive.writing import chunked

LONGEST_SENTENCE = 600
"""Characters around a trigger that are compared: a list or a table in one line is no sentence."""

_STOP = re.compile(r"(?<=[a-z0-9)’”\"][.!?])[\"”’)]*\s+(?=[\"“A-Z])|\n+")


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around ``text[start:end]``, cut to `LONGEST_SENTENCE` about it."""
    low, high = max(0, start - LONGEST_SENTENCE // 2), min(len(text), end + LONGEST_SENTENCE // 2)
    for stop in _STOP.finditer(text, low, high):
        if stop.end() <= start:
            low = stop.end()
        elif stop.start() >= end:
            high = stop.start()
            break
    return low, high


def sentences_of(db: sqlite3.Connection, events: Sequence[int]) -> dict[int, str]:
    """Event number → the sentence of its trigger, on one line."""
    found: dict[int, str] = {}
    for batch in chunked(events):
        marks = ", ".join("?" * len(batch))
        query = (
            "SELECT event.n, trigger_start, trigger_end, text FROM event JOIN report ON report.n = event.report "
            f"WHERE event.n IN ({marks})"
        )
        for number, start, end, text in db.execute(query, batch):
            low, high = sentence_at(text, start, end)
            found[number] = " ".join(text[low:high].split())
    return found
