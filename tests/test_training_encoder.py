"""The encoder as it is fitted: what fills up a batch changes nothing, for BERT and for MPNet."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="torch comes with the extra train")

import torch
from safetensors.torch import save_file
from train.adapt import hide
from train.batches import MASK
from train.encoder import Encoder, as_mpnet, load_encoder, own_name, save_encoder

CONFIG: dict[str, Any] = {
    "hidden_size": 24,
    "num_attention_heads": 3,
    "num_hidden_layers": 2,
    "intermediate_size": 48,
    "vocab_size": 30527,
    "max_position_embeddings": 40,
    "layer_norm_eps": 1e-5,
}


@pytest.mark.parametrize("more", [{}, {"relative_attention_num_buckets": 32}], ids=["BERT", "MPNet"])
def test_a_window_has_the_same_vectors_alone_and_beside_longer_ones(more: dict[str, int]) -> None:
    torch.manual_seed(1)
    encoder = Encoder(CONFIG | more).eval()
    ids = torch.randint(1000, 2000, (3, 30))
    lengths = (30, 7, 18)
    mask = torch.stack([torch.arange(30) < length for length in lengths])
    together = encoder(ids, mask)
    for row, length in enumerate(lengths):
        alone = encoder(ids[row : row + 1, :length], None)
        assert torch.allclose(together[row, :length], alone[0], atol=1e-5)


def test_word_pieces_stand_behind_the_four_marks_of_mpnet() -> None:
    assert as_mpnet(torch.tensor([101, 1996, 103, 102, 0])).tolist() == [0, 2000, 30526, 2, 4]


def test_an_encoder_that_read_on_is_written_as_it_was_read(tmp_path: Path) -> None:
    layer = "encoder.layer.0."
    names = {own_name(name) for name in (f"{layer}attention.self.query.weight", f"{layer}output.LayerNorm.bias")}
    assert names == {"layers.0.query.weight", "layers.0.outer_norm.bias"}
    before = _folder(tmp_path / "before")
    encoder = load_encoder(before)
    with torch.no_grad():
        for weights in encoder.parameters():
            weights.add_(1.0)
    save_encoder(encoder, before, tmp_path / "after")
    again = load_encoder(tmp_path / "after").state_dict()
    assert again.keys() == encoder.state_dict().keys()
    assert all(torch.equal(again[name], tensor) for name, tensor in encoder.state_dict().items())


def test_hidden_words_are_asked_for_whole_and_shown_words_are_not() -> None:
    inner = [False] * 1100
    inner[1050] = True  # goes on with the word before
    pieces = [1001, 1050, 1050, 1002, 1003, 1050] * 40
    shown, asked = hide(pieces, inner, random.Random(1))
    for n, (piece, told) in enumerate(zip(pieces, asked, strict=True)):
        assert told in (-100, piece)
        assert told == piece or shown[n] == piece
        if inner[piece]:
            assert (told == -100) == (asked[n - 1] == -100)
    assert 0.05 < sum(told != -100 for told in asked) / len(asked) < 0.3
    assert MASK in shown


def _folder(path: Path) -> Path:
    """A pretrained encoder of one layer, in the naming of BERT."""
    config = CONFIG | {"num_hidden_layers": 1, "vocab_size": 30}
    raw = {
        "embeddings.word_embeddings.weight": torch.rand(30, 24),
        "embeddings.position_embeddings.weight": torch.rand(40, 24),
        "embeddings.token_type_embeddings.weight": torch.rand(2, 24),
        **{f"embeddings.LayerNorm.{kind}": torch.rand(24) for kind in ("weight", "bias")},
    }
    widths = {"intermediate.dense": (48, 24), "output.dense": (24, 48)}
    squares = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
    for part, (out, wide) in (widths | dict.fromkeys(squares, (24, 24))).items():
        raw |= {
            f"encoder.layer.0.{part}.weight": torch.rand(out, wide),
            f"encoder.layer.0.{part}.bias": torch.rand(out),
        }
    for part in ("attention.output.LayerNorm", "output.LayerNorm"):
        raw |= {f"encoder.layer.0.{part}.{kind}": torch.rand(24) for kind in ("weight", "bias")}
    path.mkdir()
    (path / "config.json").write_text(json.dumps(config), encoding="utf-8")
    save_file(raw, path / "model.safetensors")
    return path
