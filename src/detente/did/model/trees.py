"""Boosted trees at run time: rows of numbers to chances, by onnxruntime."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from detente.did.model.sessions import session_of


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees that give each row of numbers the chance of one answer."""

    session: onnxruntime.InferenceSession

    @classmethod
    def load(cls, path: Path) -> Trees:
        """The trees in an ONNX file that `train/readings.py` wrote."""
        return cls(session_of(path))

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The chance of each row."""
        if not rows:
            return []
        worth = self.session.run(None, {"rows": np.asarray(rows, dtype=np.float32)})[0][:, 0]
        return [1 / (1 + math.exp(-value)) for value in worth.tolist()]
