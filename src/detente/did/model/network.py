"""The network at run time: the encoder by onnxruntime, the heads as plain arrays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from detente.did.model.sessions import Array, session_of
from detente.did.model.trees import Trees
from detente.did.model.windows import Window
from detente.errors import ModelError

FOLDER = Path(__file__).with_name("data")
"""The weights that ship."""

TREES = ("stakes.onnx", "readings.onnx")
"""The files of the trees that decide sides: of one state on a side, and of both sides together."""


@dataclass(frozen=True, slots=True)
class Network:
    """A trained network: `encoder`, the arrays of the heads, and the features that have vectors, by head.

    `stakes` and `readings` decide the sides of acts; null while they are not fitted yet.
    """

    encoder: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    arrays: Mapping[str, Array]
    features: Mapping[str, Mapping[str, int]]
    modes: tuple[str, ...]
    types: tuple[str, ...]
    statuses: tuple[str, ...]
    settings: Mapping[str, float]
    tellings: Mapping[str, float]
    version: str
    stakes: Trees | None = None
    readings: Trees | None = None

    def vectors(self, windows: Sequence[Window], words: int) -> Array:
        """A vector for each of the `words` of a report; windows run one by one, so that no batch changes a number."""
        width = self.arrays["word.inner.weight"].shape[1]
        found = np.zeros((words, width), dtype=np.float32)
        for window in windows:
            ids = np.asarray(window.ids, dtype=np.int64)[None, :]
            hidden = self.encoder.run(None, {"ids": ids})[0][0]
            found[list(window.words)] = hidden[list(window.positions)]
        return found

    def words(self, vectors: Array, rows: Sequence[Sequence[str]]) -> Array:
        """Logits (words, types) for words that may be triggers."""
        hidden = vectors @ self._of("word.inner.weight").T + self._of("word.inner.bias")
        ids = self._ids("word", rows)
        hidden = np.maximum(hidden + self._bags("word.bag", ids), 0)
        logits = hidden @ self._of("word.outer.weight").T + self._of("word.outer.bias")
        return np.asarray(logits + self._bags("word.direct", ids))

    def acts(self, vectors: Array, types: Sequence[int], rows: Sequence[Sequence[str]]) -> tuple[Array, Array]:
        """Logits of status (acts, statuses) and mode (acts, modes)."""
        hidden = vectors @ self._of("act.inner.weight").T + self._of("act.inner.bias")
        ids = self._ids("act", rows)
        hidden = hidden + self._of("act.kind.weight")[list(types)] + self._bags("act.bag", ids)
        hidden = np.maximum(hidden, 0)
        status = hidden @ self._of("act.status.weight").T + self._of("act.status.bias")
        mode = hidden @ self._of("act.mode.weight").T + self._of("act.mode.bias")
        return status + self._bags("act.direct", ids), mode

    def pairs(
        self,
        head: str,
        acts: Array,
        types: Sequence[int],
        others: Array,
        at: Sequence[int],
        rows: Sequence[Sequence[str]],
    ) -> Array:
        """Logits (pairs, outs) of a head that chooses: pair `k` is act ``at[k]`` with the candidate ``others[k]``."""
        where = list(at)
        hidden = (acts @ self._of(f"{head}.act.weight").T + self._of(f"{head}.act.bias"))[where]
        hidden = hidden + self._of(f"{head}.kind.weight")[list(types)][where]
        hidden = hidden + others @ self._of(f"{head}.other.weight").T
        hidden = hidden + (acts[where] * others) @ self._of(f"{head}.product.weight").T
        ids = self._ids(head, rows)
        hidden = np.maximum(hidden + self._bags(f"{head}.bag", ids), 0)
        if f"{head}.joint.weight" in self.arrays:
            hidden = hidden + self._in_sight(head, hidden, where)
        logits = hidden @ self._of(f"{head}.outer.weight").T + self._of(f"{head}.outer.bias")
        return np.asarray(logits + self._bags(f"{head}.direct", ids))

    def _in_sight(self, head: str, hidden: Array, at: Sequence[int]) -> Array:
        """What the other candidates of the same act, by the greatest value of each unit, change of each."""
        starts = [k for k, act in enumerate(at) if k == 0 or at[k - 1] != act]
        best = np.maximum.reduceat(hidden, starts, axis=0) @ self._of(f"{head}.joint.weight").T
        own = hidden @ self._of(f"{head}.own.weight").T + self._of(f"{head}.own.bias")
        return np.asarray(np.maximum(own + np.repeat(best, np.diff([*starts, len(at)]), axis=0), 0))

    def _of(self, name: str) -> Array:
        return self.arrays[name]

    def _ids(self, head: str, rows: Sequence[Sequence[str]]) -> Array:
        """The numbers (places, rows) of the features of each row that have vectors; 0, a vector of zeros, fills up."""
        find = self.features[head].get
        known = [[number for f in row if (number := find(f)) is not None] for row in rows]
        ids = np.zeros((max(map(len, known), default=0) or 1, len(rows)), dtype=np.intp)
        for place, numbers in enumerate(zip_longest(*known, fillvalue=0)):
            ids[place] = numbers
        return ids

    def _bags(self, name: str, ids: Array) -> Array:
        """The sum of the vectors of each row's features, added up one after the other."""
        table = self._of(f"{name}.table.weight")
        bags = table[ids[0]]
        for numbers in ids[1:]:
            bags += table[numbers]
        return np.asarray(bags)


@lru_cache(maxsize=2)
def load_network(folder: Path = FOLDER) -> Network:
    """The network in `folder`, loaded once a process; raises `ModelError` where it is not there or not whole."""
    try:
        meta = json.loads((folder / "network.json").read_text(encoding="utf-8"))
        with np.load(folder / "heads.npz") as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        encoder = session_of(folder / "encoder.onnx")
        stakes, readings = (Trees.load(path) if path.exists() else None for path in map(folder.joinpath, TREES))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"The weights of the learned coder in {folder.name!r} cannot be read: {error}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Network(
        encoder,
        tokenizer,
        arrays,
        meta["features"],
        tuple(meta["modes"]),
        tuple(meta["types"]),
        tuple(meta["statuses"]),
        meta["settings"],
        meta["tellings"],
        meta["version"],
        stakes,
        readings,
    )
