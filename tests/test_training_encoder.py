"""The encoder as it is fitted: what fills up a batch changes nothing, for BERT and for MPNet."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("torch", reason="torch comes with the extra train")

import torch
from train.encoder import Encoder, as_mpnet

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
