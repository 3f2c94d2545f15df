"""Peoples and communities of faith that are no state's: *Kurdish* says of whom somebody is and not of which state."""

from __future__ import annotations

from functools import cache

from detente.errors import DataError
from detente.shipped import shipped_table, words_of

_FILE = "knowledge/data/peoples.yaml"


@cache
def load_peoples() -> frozenset[str]:
    """Their adjectives and names in lower case; raises `DataError` where the list is not valid."""
    raw = shipped_table(_FILE)
    if not isinstance(raw, dict) or set(raw) != {"peoples"}:
        raise DataError(f"{_FILE}: the only key must be peoples")
    return frozenset(words_of(raw["peoples"], f"{_FILE}: peoples"))
