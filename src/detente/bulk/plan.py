"""The plan of a run: which items make which shard. It depends on the input alone, so that every run has the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from detente.bulk.cutting import Limits, Part
from detente.bulk.sources import Source
from detente.coding import Settings
from detente.record import CoderId

FORM = 1
"""Version of what a dataset's folder holds."""


@dataclass(frozen=True, slots=True)
class Coding:
    """What codes: the coder and its settings, and the report date given for all reports."""

    coder: CoderId
    settings: Settings
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """What is coded and committed as one; `first` is the number of its first item in the whole input."""

    number: int
    first: int
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many items it has."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of an input in order, and what they are coded by."""

    coding: Coding
    limits: Limits
    sources: tuple[Source, ...]
    shards: tuple[Shard, ...]

    @property
    def key(self) -> str:
        """Digest of the plan, wherever its files lie."""
        told = {**self.to_dict(), "sources": [(s.name, s.size, s.digest) for s in self.sources]}
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    @property
    def count(self) -> int:
        """How many items there are."""
        return sum(shard.count for shard in self.shards)

    def to_dict(self) -> dict[str, Any]:
        """The plan as plain values."""
        places = {source.address: i for i, source in enumerate(self.sources)}
        return {
            "form": FORM,
            "coder": {
                "name": self.coding.coder.name,
                "version": self.coding.coder.version,
                "settings": repr(self.coding.settings),
            },
            "day": self.coding.day,
            "limits": asdict(self.limits),
            "sources": [asdict(source) for source in self.sources],
            "shards": [[_part_row(part, places) for part in shard.parts] for shard in self.shards],
        }

    @classmethod
    def from_dict(cls, told: dict[str, Any], coding: Coding) -> Plan:
        """The plan that was kept; what codes is made by the caller."""
        sources = tuple(Source(**source) for source in told["sources"])
        shards, first = [], 0
        for number, rows in enumerate(told["shards"]):
            shard = Shard(number, first, tuple(_part_of(row, sources) for row in rows))
            shards.append(shard)
            first += shard.count
        return cls(coding, Limits(**told["limits"]), sources, tuple(shards))


def plan_of(coding: Coding, limits: Limits, sources: Sequence[Source], parts: Iterable[Part]) -> Plan:
    """The plan over `parts` in order: small ones share a shard."""
    shards: list[Shard] = []
    waiting: list[Part] = []
    first = count = size = 0
    for part in parts:
        if waiting and (count + part.count > limits.reports or size + part.size > limits.bytes):
            shards.append(Shard(len(shards), first, tuple(waiting)))
            first, waiting, count, size = first + count, [], 0, 0
        waiting.append(part)
        count, size = count + part.count, size + part.size
    if waiting or not shards:  # of nothing one empty shard, so that there are tables
        shards.append(Shard(len(shards), first, tuple(waiting)))
    return Plan(coding, limits, tuple(sources), tuple(shards))


def _part_row(part: Part, places: dict[str, int]) -> list[Any]:
    head = part.head.decode("latin-1")
    return [places[part.source.address], part.first, part.count, part.size, part.offset, part.before, head]


def _part_of(row: list[Any], sources: Sequence[Source]) -> Part:
    place, first, count, size, offset, before, head = row
    return Part(sources[place], first, count, size, offset, before, head.encode("latin-1"))
