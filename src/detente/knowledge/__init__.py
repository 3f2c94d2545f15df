"""Dated knowledge of the political world: who a name stands for on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

EntryKind = Literal["state", "place", "person", "office", "organisation", "group", "body"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One stated fact: what an entity is between two days (ISO, inclusive; null where open or unknown).

    `id` is a Wikidata id where one is known, else a name of our own. `country` and `sector` are codes of GUIDE.md.
    `role` is the post of a person ("President of Russia"); `office` its kind ("head_of_state"). `source` says where
    the fact comes from.
    """

    id: str
    name: str
    kind: EntryKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    office: str | None = None
    start: str | None = None
    end: str | None = None
    source: str = ""


class Knowledge:
    """All tables, with look-ups as of a day. `as_of` of null means any day."""

    def named(self, name: str, as_of: date | None = None) -> tuple[Entry, ...]:
        """What `name` as written may stand for on that day, likeliest first; empty where nothing is known."""
        return ()

    def longest_at(self, words: Sequence[str], start: int) -> int:
        """End of the longest known name that begins at ``words[start]`` (tokens as written); `start` where none."""
        return start

    def holder(self, office: str, country: str, as_of: date | None) -> Entry | None:
        """Who held the office ("head_of_state", "foreign_minister" …) of a country on that day; null if unknown."""
        return None


def load_knowledge(extra: Path | None = None) -> Knowledge:
    """The tables that ship with the package, and the user's own over them; raises `DataError` where one is not valid."""
    return Knowledge()
