"""Step three of training: from torch weights to the files that ship.

python -m train.export RUN OUT --encoder FOLDER [--float]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from detente.did.model.network import TREES
from train.encoder import load_encoder
from train.heads import STATUSES, TYPES, Heads, Network, Sizes

DEFAULTS = {"trigger": 0.5, "ruled": 0.5, "slope": 1.0, "offset": 0.0}
"""Thresholds before `train.calibrate` has chosen them."""


class Reader(nn.Module):
    """The encoder as it runs: one window without padding, so that nothing is hidden and no layer asks."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder

    def forward(self, ids: Tensor) -> Tensor:
        return self.encoder(ids, None)


def load_network(run: Path, encoder: Path) -> tuple[Network, dict[str, dict[str, int]]]:
    """The fitted network of a run and its vocabulary."""
    vocabulary = json.loads((run / "vocabulary.json").read_text(encoding="utf-8"))
    sizes = Sizes.of(vocabulary)
    network = Network(load_encoder(encoder), sizes)
    network.load_state_dict(torch.load(run / "weights.pt"))
    return network.eval(), vocabulary


def write_encoder(network: Network, target: Path, as_float: bool) -> None:
    """The encoder as ONNX, its weights in eight bits unless `as_float`."""
    reader = Reader(network).eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        ids = torch.randint(1000, 2000, (1, 24))
        torch.onnx.export(
            reader,
            (ids,),
            str(plain),
            input_names=["ids"],
            output_names=["vectors"],
            dynamic_axes={"ids": {1: "length"}, "vectors": {1: "length"}},
            opset_version=17,
            dynamo=False,
        )
        if as_float:
            shutil.copy(plain, target)
        else:
            quantize_dynamic(str(plain), str(target), weight_type=QuantType.QInt8, reduce_range=True, per_channel=True)


def checksum(net: Path) -> str:
    """The first twelve digits of the checksum of all weights in a folder."""
    files = [path for name in ("encoder.onnx", "heads.npz", *TREES) if (path := net / name).exists()]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


def write_heads(network: Heads, vocabulary: dict[str, dict[str, int]], out: Path) -> None:
    """The arrays of the heads, without the encoder; feature 0 has no vector."""
    arrays = {}
    for name, tensor in network.state_dict().items():
        if name.startswith("encoder."):
            continue
        array = tensor.numpy().astype(np.float32)
        if name.endswith(".table.weight"):
            array[0] = 0.0
        arrays[name] = array.astype(np.float16) if array.ndim == 2 else array
    np.savez_compressed(out / "heads.npz", **arrays)
    meta = {
        "version": checksum(out),
        "types": list(TYPES),
        "statuses": list(STATUSES),
        "modes": sorted(vocabulary["mode"], key=lambda m: vocabulary["mode"][m]),
        "settings": DEFAULTS,
        "tellings": {},
        "features": {k: v for k, v in vocabulary.items() if k != "mode"},
    }
    (out / "network.json").write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("run", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--encoder", type=Path, required=True)
    args.add_argument("--float", action="store_true")
    options = args.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network, vocabulary = load_network(options.run, options.encoder)
    write_encoder(network, options.out / "encoder.onnx", options.float)
    shutil.copy(options.encoder / "tokenizer.json", options.out / "tokenizer.json")
    write_heads(network, vocabulary, options.out)


if __name__ == "__main__":
    main()
