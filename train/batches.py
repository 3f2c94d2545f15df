"""Examples as numbers: vocabularies of features, and batches of flat tensors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from detente.did.model.windows import Window
from train.examples import Coded, Example, Pair
from train.heads import STATUSES, TYPES, Bags

RARE = 4
"""Features seen fewer times than this have no vector."""

TYPE_AT = {name: n for n, name in enumerate(TYPES)}
_SURE_TYPE = {"?": [], **{name: [float(name == other) for other in TYPES] for name in TYPES}}
_SURE_STATUS = {name: [float(name == other) for other in STATUSES] for name in STATUSES}
Vocabulary = dict[str, int]

MASK = 103
"""[MASK] of the encoder's vocabulary; what stands before it there is special too."""

UNKNOWN = -100
"""A mode that no other act of the type has: it costs nothing."""

PARTS = 1000
"""Chances are kept in thousandths."""


def vocabularies(examples: Sequence[Example]) -> dict[str, Vocabulary]:
    """The vocabulary of each head, in the order of the alphabet; 0 stands for what is not in it."""
    counts: dict[str, Counter[str]] = {k: Counter() for k in ("word", "act", "side", "date", "owner")}
    modes: set[str] = set()
    for e in examples:
        for features in e.features:
            counts["word"].update(features)
        for act in e.acts:
            counts["act"].update(act.features)
            modes.add(mode_key(act.type, act.mode))
            for name, pairs in (("side", act.sides), ("date", act.dates)):
                for pair in pairs:
                    counts[name].update(pair.features)
            for _, pairs, _ in act.owners:
                for pair in pairs:
                    counts["owner"].update(pair.features)
    found = {}
    for name, counter in counts.items():
        kept = sorted(f for f, n in counter.items() if n >= RARE)
        found[name] = {f: n for n, f in enumerate(kept, 1)}
    found["mode"] = {m: n for n, m in enumerate(sorted(modes))}
    return found


def mode_key(event_type: str, mode: str | None) -> str:
    return f"{event_type}:{mode or ''}"


@dataclass(slots=True)
class Batch:
    """Flat tensors of some texts, by name; `bags` hold the features of each head's rows."""

    ids: Tensor
    mask: Tensor
    numbers: dict[str, Tensor]
    bags: dict[str, Bags]

    def __getitem__(self, name: str) -> Tensor:
        return self.numbers[name]


HEADS = ("word", "act", "side", "date", "owner")

COLUMNS = (
    *("window", "position", "word_at", "word_odds"),
    *("act_word", "act_type", "act_odds", "act_mode"),
    *("side_at", "side_word", "side_group", "actor", "recipient"),
    *("date_at", "date_word", "date_right"),
    *("owner_act", "owner_party", "owner_at", "owner_word", "owner_right"),
)
"""What a batch holds. ``*_word`` index the vectors of the words of the batch (-1: none), ``*_at`` the act or choice
that a candidate belongs to, ``side_group`` the entity, ``*_odds`` a row of chances, of each type or status."""


@dataclass(slots=True)
class _Rows:
    """Rows of features in the making."""

    vocabulary: Vocabulary
    drop: float
    ids: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, features: Iterable[str]) -> None:
        self.offsets.append(len(self.ids))
        known = self.vocabulary
        for f in features:
            n = known.get(f)
            if n is not None and (self.drop == 0.0 or random.random() >= self.drop):
                self.ids.append(n)

    def bags(self) -> Bags:
        return Bags(torch.tensor(self.ids, dtype=torch.long), torch.tensor(self.offsets, dtype=torch.long))


class _Making:
    """A batch in the making."""

    def __init__(self, vocabulary: dict[str, Vocabulary], drop: float) -> None:
        self.vocabulary = vocabulary
        self.rows = {head: _Rows(vocabulary[head], drop) for head in HEADS}
        self.columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
        self.windows: list[Window] = []
        self.groups = self.owners = 0

    def add(self, text: Example) -> None:
        """Put a text to the batch."""
        place: dict[int, int] = {}
        for window in text.windows:
            for word, position in zip(window.words, window.positions, strict=True):
                place[word] = len(self.columns["window"])
                self._put(window=len(self.windows), position=position)
            self.windows.append(window)
        odds = text.odds or [_SURE_TYPE[kind] for kind in text.types]
        for word, features, chances in zip(text.words, text.features, odds, strict=True):
            if chances:
                self._put(word_at=place[word], word_odds=_parts(chances))
                self.rows["word"].add(features)
        for act in text.acts:
            self._add_act(act, place)

    def _put(self, **values: Any) -> None:
        for name, value in values.items():
            self.columns[name].append(value)

    def _add_act(self, act: Coded, place: dict[int, int]) -> None:
        n = len(self.columns["act_word"])
        mode = self.vocabulary["mode"].get(mode_key(act.type, act.mode), UNKNOWN)
        self._put(
            act_word=place[act.word],
            act_type=TYPE_AT[act.type],
            act_odds=_parts(act.statuses or _SURE_STATUS[act.status]),
            act_mode=mode,
        )
        self.rows["act"].add(act.features)
        for pair in act.sides:
            self._put(side_at=n, side_word=place[pair.word], side_group=self.groups + pair.group)
            self.rows["side"].add(pair.features)
        self.groups += len(act.actor)
        self.columns["actor"] += _parts(act.actor)
        self.columns["recipient"] += _parts(act.recipient)
        for pair, right in zip(act.dates, act.date, strict=True):
            self._put(date_at=n, date_word=_place(place, pair), date_right=right)
            self.rows["date"].add(pair.features)
        for party, pairs, labels in act.owners:
            self._put(owner_act=n, owner_party=place[party])
            for pair, right in zip(pairs, labels, strict=True):
                self._put(owner_at=self.owners, owner_word=_place(place, pair), owner_right=right)
                self.rows["owner"].add(pair.features)
            self.owners += 1

    def batch(self, masked: float) -> Batch:
        """The batch as tensors, the share `masked` of its word pieces hidden."""
        longest = max(len(w.ids) for w in self.windows)
        ids = torch.zeros(len(self.windows), longest, dtype=torch.long)
        mask = torch.zeros(len(self.windows), longest, dtype=torch.bool)
        for n, window in enumerate(self.windows):
            ids[n, : len(window.ids)] = torch.tensor(window.ids)
            mask[n, : len(window.ids)] = True
        if masked:
            hidden = (torch.rand(ids.shape) < masked) & mask & (ids > MASK)
            ids[hidden] = MASK
        numbers = {name: torch.tensor(column, dtype=torch.long) for name, column in self.columns.items()}
        return Batch(ids, mask, numbers, {head: rows.bags() for head, rows in self.rows.items()})


def _parts(chances: Sequence[float]) -> list[int]:
    return [round(PARTS * chance) for chance in chances]


def _place(place: dict[int, int], pair: Pair) -> int:
    return place[pair.word] if pair.word >= 0 else -1


def batch_of(
    texts: Sequence[Example], vocabulary: dict[str, Vocabulary], drop: float = 0.0, masked: float = 0.0
) -> Batch:
    """The batch of some texts; the share `drop` of the features is left out, `masked` of the word pieces hidden."""
    making = _Making(vocabulary, drop)
    for text in texts:
        making.add(text)
    return making.batch(masked)


def cut(examples: Sequence[Example], pieces: int, shuffle: random.Random | None) -> Iterator[list[Example]]:
    """Batches of about `pieces` word pieces, texts of like length together."""
    order = list(examples)
    if shuffle is not None:
        shuffle.shuffle(order)
    pools = [order[i : i + 600] for i in range(0, len(order), 600)]
    batches = []
    for pool in pools:
        pool.sort(key=lambda e: max(len(w.ids) for w in e.windows))
        batch: list[Example] = []
        longest = count = 0
        for e in pool:
            size = max(len(w.ids) for w in e.windows)
            if batch and max(longest, size) * (count + len(e.windows)) > pieces:
                batches.append(batch)
                batch, longest, count = [], 0, 0
            batch.append(e)
            longest, count = max(longest, size), count + len(e.windows)
        if batch:
            batches.append(batch)
    if shuffle is not None:
        shuffle.shuffle(batches)
    yield from batches
