"""Fit some heads of a network anew, over the vectors that its encoder gives as it ships.

    python -m train.refit EXAMPLES NET OUT --only owner [--epochs N] [--seed N]

For new features or more examples of one question: minutes instead of hours. The other heads, encoder, thresholds and
what is known of tellings stay as they are; `train.calibrate` chooses thresholds anew.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from detente.did.model.network import load_network
from train.batches import HEADS, batch_of, cut, vocabularies
from train.examples import Example
from train.export import write_heads
from train.fit import Average, is_kept_apart, load, losses, report, take_over
from train.heads import Heads, Sizes

_Vocabulary = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Refit:
    """Heads that are fitted anew, of them `only` some, to texts with the vectors of their words."""

    heads: Heads
    vocabulary: _Vocabulary
    only: Sequence[str]
    words: Mapping[int, Tensor]

    def loss(self, texts: Sequence[Example], drop: float = 0.0) -> tuple[Tensor, Counter[str]]:
        """The loss of some texts, the share `drop` of their features left out."""
        words = torch.cat([self.words[id(text)] for text in texts]).float()
        return losses(self.heads, batch_of(texts, self.vocabulary, drop), words, self.only)

    @torch.no_grad()
    def evaluated(self, examples: Sequence[Example]) -> str:
        """What the heads get right of texts, in words."""
        self.heads.eval()
        seen: Counter[str] = Counter()
        total, n = 0.0, 0
        for texts in cut(examples, 4000, None):
            loss, counts = self.loss(texts)
            total, n = total + float(loss), n + 1
            seen.update(counts)
        self.heads.train()
        return f"loss {total / n:.3f}  {report(seen)}"


def vectors_of(net: Path, examples: Sequence[Example]) -> dict[int, Tensor]:
    """The vectors of the words of each text, in the order of its windows and in half precision."""
    network = load_network(net)
    found = {}
    for example in examples:
        order = [word for window in example.windows for word in window.words]
        vectors = network.vectors(example.windows, max(order, default=-1) + 1)
        found[id(example)] = torch.from_numpy(vectors[order].astype(np.float16))
    return found


def heads_of(net: Path, vocabulary: Mapping[str, Mapping[str, int]], only: Sequence[str]) -> tuple[Heads, _Vocabulary]:
    """The heads of an exported network and their vocabulary, that of the heads in `only` widened to `vocabulary`."""
    meta = json.loads((net / "network.json").read_text(encoding="utf-8"))
    known = {**meta["features"], "mode": {mode: n for n, mode in enumerate(meta["modes"])}}
    own = {**known, **{head: dict(vocabulary[head]) for head in only}}
    with np.load(net / "heads.npz") as stored:
        arrays = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored.files}
    heads = Heads(arrays["word.inner.weight"].shape[1], Sizes.of(own))
    take_over(heads, arrays, known, own)
    for name, parameter in heads.named_parameters():
        parameter.requires_grad_(name.partition(".")[0] in only)
    return heads, own


def write(refit: Refit, net: Path, out: Path) -> None:
    """The network of `net` with the heads as they are now."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("encoder.onnx", "tokenizer.json"):
        if out != net:
            shutil.copy(net / name, out / name)
    before = json.loads((net / "network.json").read_text(encoding="utf-8"))
    write_heads(refit.heads, refit.vocabulary, out)
    path = out / "network.json"
    meta = {**json.loads(path.read_text(encoding="utf-8")), "settings": before["settings"]}
    meta["tellings"] = before["tellings"]
    path.write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def fit(refit: Refit, fitted: Sequence[Example], apart: Sequence[Example], options: argparse.Namespace) -> None:
    """Fit the heads, and leave them as the average of their way."""
    shuffle = random.Random(options.seed)
    learned = [p for p in refit.heads.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=options.rate, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.0)
    steps = options.epochs * sum(1 for _ in cut(fitted, options.pieces, random.Random(0)))
    average = Average(refit.heads, 0.998)
    refit.heads.train()
    step, began = 0, time.time()
    for epoch in range(1, options.epochs + 1):
        running: Counter[str] = Counter()
        for texts in cut(fitted, options.pieces, shuffle):
            for group in optimizer.param_groups:
                group["lr"] = options.rate * min(1.0, step / 100) * max(0.02, 1 - step / steps)
            loss, seen = refit.loss(texts, options.drop)
            optimizer.zero_grad()
            if loss.requires_grad:
                loss.backward()
                nn.utils.clip_grad_norm_(learned, 5.0)
                optimizer.step()
            average.take(refit.heads, step)
            running.update(seen)
            step += 1
        print(f"epoch {epoch} {time.time() - began:.0f}s  {report(running)}", flush=True)
        mine = {name: value.clone() for name, value in refit.heads.state_dict().items()}
        refit.heads.load_state_dict(average.state)
        print("  kept apart:", refit.evaluated(apart), flush=True)
        if epoch < options.epochs:
            refit.heads.load_state_dict(mine)


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("examples", type=Path)
    args.add_argument("net", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--only", nargs="+", choices=HEADS, default=("owner",))
    args.add_argument("--epochs", type=int, default=5)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--rate", type=float, default=1e-3)
    args.add_argument("--pieces", type=int, default=2048)
    args.add_argument("--drop", type=float, default=0.15)
    options = args.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    examples = load(options.examples)
    apart = [e for e in examples if is_kept_apart(e.id)]
    fitted = [e for e in examples if not is_kept_apart(e.id)]
    heads, vocabulary = heads_of(options.net, vocabularies(fitted), options.only)
    refit = Refit(heads, vocabulary, options.only, vectors_of(options.net, examples))
    print("before:", refit.evaluated(apart), flush=True)
    fit(refit, fitted, apart, options)
    write(refit, options.net, options.out)


if __name__ == "__main__":
    main()
