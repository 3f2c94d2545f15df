"""Trees as they ship say what they said when they were fitted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("lightgbm", reason="LightGBM comes with the extra train")
pytest.importorskip("onnx", reason="onnx comes with the extra train")

from train.trees import fitted, write

from detente.did.model.trees import Trees


def test_trees_give_the_same_chances_in_their_file_as_when_fitted(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    rows = chance.normal(size=(2000, 4)).astype(np.float32).round(1)
    right = (rows[:, 0] * rows[:, 1] > rows[:, 2]).astype(int)
    booster = fitted(rows, right, trees=40, seed=1)
    write(booster, 4, tmp_path / "trees.onnx")
    told = Trees.load(tmp_path / "trees.onnx").chances(rows.tolist())
    assert np.allclose(told, booster.predict(rows), atol=1e-5)
    assert np.mean((np.asarray(told) > 0.5) == right) > 0.8
