"""The heads on top of the encoder, as torch modules whose weights the run time reads as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from train.encoder import Encoder

TYPES = (
    "",
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
STATUSES = ("happened", "planned", "possible", "denied")


@dataclass(slots=True)
class Bags:
    """Feature ids of rows laid end to end, and where each row starts."""

    ids: Tensor
    offsets: Tensor


class Bag(nn.Module):
    """The sum of the vectors of a row's features."""

    def __init__(self, size: int, width: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(size, width, mode="sum")
        nn.init.normal_(self.table.weight, std=0.02)

    def forward(self, bags: Bags) -> Tensor:
        return self.table(bags.ids, bags.offsets)


class WordHead(nn.Module):
    """The type of the act that a word names, or none."""

    def __init__(self, width: int, features: int, hidden: int = 192) -> None:
        super().__init__()
        self.inner = nn.Linear(width, hidden)
        self.bag = Bag(features, hidden)
        self.direct = Bag(features, len(TYPES))
        self.outer = nn.Linear(hidden, len(TYPES))
        self.dropout = nn.Dropout(0.2)

    def forward(self, words: Tensor, bags: Bags) -> Tensor:
        hidden = torch.relu(self.inner(words) + self.bag(bags))
        return self.outer(self.dropout(hidden)) + self.direct(bags)


class ActHead(nn.Module):
    """Status and mode of an act of a given type."""

    def __init__(self, width: int, features: int, modes: int, hidden: int = 192) -> None:
        super().__init__()
        self.inner = nn.Linear(width, hidden)
        self.kind = nn.Embedding(len(TYPES), hidden)
        self.bag = Bag(features, hidden)
        self.status = nn.Linear(hidden, len(STATUSES))
        self.direct = Bag(features, len(STATUSES))
        self.mode = nn.Linear(hidden, modes)
        self.dropout = nn.Dropout(0.2)

    def forward(self, words: Tensor, types: Tensor, bags: Bags) -> tuple[Tensor, Tensor]:
        hidden = self.dropout(torch.relu(self.inner(words) + self.kind(types) + self.bag(bags)))
        return self.status(hidden) + self.direct(bags), self.mode(hidden)


class PairHead(nn.Module):
    """How well candidates fit an act: `outs` logits for each pair of act and candidate.

    With `joint`, each candidate is weighed in sight of the others: by the greatest value of each unit among them.
    """

    def __init__(self, width: int, features: int, outs: int, hidden: int = 160, joint: bool = False) -> None:
        super().__init__()
        self.joint = nn.Linear(hidden, hidden, bias=False) if joint else None
        self.own = nn.Linear(hidden, hidden) if joint else None
        self.act = nn.Linear(width, hidden)
        self.other = nn.Linear(width, hidden, bias=False)
        self.product = nn.Linear(width, hidden, bias=False)
        self.kind = nn.Embedding(len(TYPES), hidden)
        self.bag = Bag(features, hidden)
        self.direct = Bag(features, outs)
        self.outer = nn.Linear(hidden, outs)
        self.dropout = nn.Dropout(0.2)

    def forward(self, acts: Tensor, types: Tensor, others: Tensor, at: Tensor, bags: Bags) -> Tensor:
        """`acts` (acts, width), `others` (pairs, width), `at` the act of each pair."""
        hidden = self.act(acts)[at] + self.kind(types)[at] + self.other(others) + self.product(acts[at] * others)
        hidden = torch.relu(hidden + self.bag(bags))
        if self.joint is not None and self.own is not None:
            best = torch.zeros(acts.shape[0], hidden.shape[1], dtype=hidden.dtype)
            best = best.scatter_reduce(0, at.unsqueeze(1).expand_as(hidden), hidden, "amax")
            hidden = hidden + torch.relu(self.own(self.dropout(hidden)) + self.joint(best)[at])
        return self.outer(self.dropout(hidden)) + self.direct(bags)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the vocabularies."""

    word: int
    act: int
    side: int
    date: int
    owner: int
    modes: int

    @classmethod
    def of(cls, vocabulary: Mapping[str, Mapping[str, int]]) -> Sizes:
        """The sizes that a vocabulary asks for; feature 0 stands for those without a vector."""
        heads = [len(vocabulary[head]) + 1 for head in ("word", "act", "side", "date", "owner")]
        return cls(heads[0], heads[1], heads[2], heads[3], heads[4], len(vocabulary["mode"]))


class Heads(nn.Module):
    """The heads, over vectors `width` wide."""

    def __init__(self, width: int, sizes: Sizes) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.word = WordHead(width, sizes.word)
        self.act = ActHead(width, sizes.act, sizes.modes)
        self.side = PairHead(width, sizes.side, 2, joint=True)
        self.date = PairHead(width, sizes.date, 1, 96)
        self.owner = PairHead(width, sizes.owner, 1, 96)


class Network(Heads):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, sizes: Sizes) -> None:
        super().__init__(encoder.segment.shape[0], sizes)
        self.encoder = encoder
