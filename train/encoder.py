"""BERT as MiniLM has it, and MPNet as a teacher, written out to be trained and exported without a model hub.

MPNet (Song et al. 2020, arXiv:2004.09297) is BERT with a bias for the distance of two words that all layers share. Its
vocabulary is BERT's, uncased, behind four marks of its own: word pieces are BERT's everywhere outside `Encoder`.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the name torch's own documentation uses


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, eps: float) -> None:
        super().__init__()
        self.heads, self.width = heads, width // heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.attended = nn.Linear(width, width)
        self.attended_norm = nn.LayerNorm(width, eps=eps)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None, grid: Grid | None) -> Tensor:
        """`x` (batch, length, width), or (words, width) with the `grid` they stand in; `bias` is added to each pair."""

        def split(t: Tensor) -> Tensor:
            wide = t if grid is None else grid.spread(t)
            batch, length, _ = wide.shape
            return wide.view(batch, length, self.heads, self.width).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        fit = query @ key.transpose(2, 3) / math.sqrt(self.width)  # faster than torch's own, fitted and exported
        mixed = torch.softmax(fit if bias is None else fit + bias, -1).to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).flatten(2)
        x = self.attended_norm(x + self.dropout(self.attended(mixed if grid is None else grid.gather(mixed))))
        return self.outer_norm(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


@dataclass(frozen=True, slots=True)
class Grid:
    """Where words laid end to end stand in a batch of windows: what fills up a window costs no work.

    The words are filled up to a multiple of `STEP`, so that few shapes occur: each new one has a kernel made for it.
    """

    STEP: ClassVar[int] = 256

    shape: tuple[int, int]
    at: Tensor
    rows: int

    @classmethod
    def of(cls, mask: Tensor) -> Grid:
        at = mask.flatten().nonzero().squeeze(1)
        return cls((mask.shape[0], mask.shape[1]), at, -(-at.shape[0] // cls.STEP) * cls.STEP)

    def gather(self, wide: Tensor) -> Tensor:
        """(batch, length, width) to (rows, width)."""
        own = wide.flatten(0, 1)[self.at]
        return F.pad(own, (0, 0, 0, self.rows - own.shape[0]))

    def spread(self, rows: Tensor) -> Tensor:
        """(rows, width) to (batch, length, width), zeros where no word stands."""
        batch, length = self.shape
        flat = rows.new_zeros(batch * length, rows.shape[1])
        return flat.index_copy(0, self.at, rows[: self.at.shape[0]]).view(batch, length, -1)


class Distances(nn.Module):
    """A bias for each head by how far apart two words are: exact up to eight, then ever coarser up to `FARTHEST`."""

    NEAR, FARTHEST = 8, 128

    def __init__(self, heads: int, buckets: int) -> None:
        super().__init__()
        self.table = nn.Embedding(buckets, heads)

    def forward(self, length: int) -> Tensor:
        """Shape (1, heads, length, length)."""
        places = torch.arange(length)
        apart = places[:, None] - places[None, :]
        far = apart.abs().clamp(min=1).float()
        steps = torch.log(far / self.NEAR) / math.log(self.FARTHEST / self.NEAR) * self.NEAR
        coarse = (self.NEAR + steps.long()).clamp(max=2 * self.NEAR - 1)
        bucket = torch.where(apart.abs() < self.NEAR, apart.abs(), coarse) + 2 * self.NEAR * (apart < 0).long()
        return self.table(bucket).permute(2, 0, 1).unsqueeze(0)


class Encoder(nn.Module):
    """Token ids (batch, length) to vectors (batch, length, width); `mask` is true where one stands, null for all."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()
        width, heads, eps = config["hidden_size"], config["num_attention_heads"], config["layer_norm_eps"]
        inner = config["intermediate_size"]
        self.words = nn.Embedding(config["vocab_size"], width, padding_idx=0)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.segment = nn.Parameter(torch.zeros(width))
        self.norm = nn.LayerNorm(width, eps=eps)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(width, heads, inner, 0.1, eps) for _ in range(config["num_hidden_layers"]))
        buckets = config.get("relative_attention_num_buckets")
        self.distances = None if buckets is None else Distances(heads, buckets)

    def forward(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        first = 0
        if self.distances is not None:
            ids, first = as_mpnet(ids), MPNET_FIRST
        places = torch.arange(first, first + ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(places) + self.segment))
        bias = None if self.distances is None else self.distances(ids.shape[1])
        if mask is not None:
            hidden = torch.zeros(mask.shape).masked_fill(~mask, HIDDEN)[:, None, None, :]
            bias = hidden if bias is None else bias + hidden
        grid = None if mask is None else Grid.of(mask)
        x = x if grid is None else grid.gather(x)
        for layer in self.layers:
            x = layer(x, bias, grid)
        return x if grid is None else grid.spread(x)


HIDDEN = -1e4
"""What is added where no word stands, so that nothing attends to it."""

MPNET_FIRST = 2
"""Position of the first word piece in MPNet's table."""

_OWN_MARKS = {101: 0, 102: 2, 103: 30526}
"""MPNet's ids of BERT's [CLS], [SEP] and [MASK]."""


def as_mpnet(ids: Tensor) -> Tensor:
    """MPNet's ids of BERT's word pieces."""
    own = ids + 4
    for bert, mark in _OWN_MARKS.items():
        own = torch.where(ids == bert, mark, own)
    return own


_RENAMED = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "attended",
    "attention.output.LayerNorm": "attended_norm",
    "attention.attn.q": "query",
    "attention.attn.k": "key",
    "attention.attn.v": "value",
    "attention.attn.o": "attended",
    "attention.LayerNorm": "attended_norm",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "outer_norm",
}

_EMBEDDED = {
    "embeddings.word_embeddings.weight": "words.weight",
    "embeddings.position_embeddings.weight": "positions.weight",
    "embeddings.LayerNorm.weight": "norm.weight",
    "embeddings.LayerNorm.bias": "norm.bias",
    "encoder.relative_attention_bias.weight": "distances.table.weight",
}

_SEGMENTS = "embeddings.token_type_embeddings.weight"


def own_name(raw: str) -> str | None:
    """What a tensor of the naming of BERT or MPNet is called here; None for those that no encoder has."""
    if raw in _EMBEDDED:
        return _EMBEDDED[raw]
    if not raw.startswith("encoder.layer."):
        return None
    number, _, rest = raw.removeprefix("encoder.layer.").partition(".")
    part, _, kind = rest.rpartition(".")
    return f"layers.{number}.{_RENAMED[part]}.{kind}"


def load_encoder(folder: Path) -> Encoder:
    """The pretrained encoder in `folder` (``config.json``, ``model.safetensors`` in the naming of BERT or MPNet)."""
    encoder = Encoder(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    raw = load_file(folder / "model.safetensors")
    state = {own: tensor for name, tensor in raw.items() if (own := own_name(name))}
    segments = raw.get(_SEGMENTS)
    state["segment"] = encoder.segment.detach() if segments is None else segments[0]
    encoder.load_state_dict(state)
    return encoder


def save_encoder(encoder: Encoder, like: Path, out: Path) -> None:
    """Write the weights of `encoder` to `out` as the folder `like` holds them, with that folder's other files."""
    shutil.copytree(like, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.safetensors"))
    own = encoder.state_dict()
    raw = load_file(like / "model.safetensors")
    made = {name: own[mine] if (mine := own_name(name)) else tensor for name, tensor in raw.items()}
    if _SEGMENTS in made:
        made[_SEGMENTS] = torch.cat([own["segment"][None], made[_SEGMENTS][1:]])
    save_file({name: tensor.contiguous() for name, tensor in made.items()}, out / "model.safetensors")
