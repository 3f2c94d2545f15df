"""Step two of training: fit encoder and heads to the examples.

python -m train.fit EXAMPLES OUT --encoder FOLDER [--epochs N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the name torch's own documentation uses

from train.batches import HEADS, PARTS, UNKNOWN, Batch, batch_of, cut, vocabularies
from train.encoder import load_encoder
from train.examples import Example
from train.heads import Heads, Network, Sizes

KEPT_APART = 12
"""One text in so many, by the checksum of its id, is kept apart for choosing thresholds."""

Loss = Callable[[Heads, Batch, Tensor, Counter[str]], Tensor]

UNIT = 12.0
"""Words to a coded act, about: what the losses are divided by, so that a batch without acts still counts."""


SILVER = "silver-"
"""What the ids of texts begin with that a network coded."""


def is_silver(example_id: str) -> bool:
    """Whether a text was coded by a network alone."""
    return example_id.startswith(SILVER)


def is_kept_apart(example_id: str) -> bool:
    """Whether a coded text is for choosing thresholds, and never fitted to."""
    return not is_silver(example_id) and zlib.crc32(example_id.encode()) % KEPT_APART == 0


def load(folder: Path) -> list[Example]:
    found: list[Example] = []
    for path in sorted(folder.glob("*.pickle")):
        found += pickle.loads(path.read_bytes())
    return found


def vectors(network: Network, batch: Batch) -> Tensor:
    """The vectors of all words of the batch."""
    hidden = network.encoder(batch.ids, batch.mask)
    return hidden[batch["window"], batch["position"]].float()


def gathered(words: Tensor, at: Tensor) -> Tensor:
    """Vectors at indices; zeros where an index is -1."""
    return words[at.clamp(min=0)] * (at >= 0).unsqueeze(1)


def pooled(logits: Tensor, groups: Tensor, count: int) -> Tensor:
    """The greatest logit of each group."""
    out = torch.full((count, logits.shape[1]), -20.0)
    return out.scatter_reduce(0, groups.unsqueeze(1).expand(-1, logits.shape[1]), logits, "amax", include_self=False)


def choice_loss(logits: Tensor, at: Tensor, right: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Negative log of the probability of the right ones among the candidates of each choice; which were right."""
    big = torch.full((count,), -1e4)
    top = big.scatter_reduce(0, at, logits, "amax", include_self=False).detach()
    e = (logits - top[at]).exp()
    total = torch.zeros(count).index_add(0, at, e)
    good = torch.zeros(count).index_add(0, at, e * right)
    told = torch.zeros(count).index_add(0, at, right.float()) > 0
    loss = -(good[told].clamp(min=1e-6).log() - total[told].log()).sum()
    best = big.scatter_reduce(0, at, torch.where(right > 0, logits, big[at]), "amax", include_self=False)
    return loss, (best >= top - 1e-6)[told]


def losses(heads: Heads, batch: Batch, words: Tensor, only: Sequence[str] = HEADS) -> tuple[Tensor, Counter[str]]:
    """The loss of a batch by the heads named, over the vectors of its `words`, and what was right of what."""
    words = heads.dropout(words)
    seen: Counter[str] = Counter()
    loss = torch.zeros(())
    for head, part, weight, rows in LOSSES:
        if head in only and batch[rows].shape[0]:
            loss = loss + weight * part(heads, batch, words, seen)
    return loss / (batch["word_at"].shape[0] / UNIT), seen


def word_loss(heads: Heads, batch: Batch, words: Tensor, seen: Counter[str]) -> Tensor:
    logits, odds = heads.word(words[batch["word_at"]], batch.bags["word"]), batch["word_odds"].float() / PARTS
    guess, gold = logits.argmax(1), odds.argmax(1)
    seen["trigger right"] += int(((guess == gold) & (guess > 0)).sum())
    seen["trigger guessed"] += int((guess > 0).sum())
    seen["trigger gold"] += int((gold > 0).sum())
    return F.cross_entropy(logits, odds, reduction="sum", label_smoothing=0.02)


def act_loss(heads: Heads, batch: Batch, words: Tensor, seen: Counter[str]) -> Tensor:
    status, mode = heads.act(words[batch["act_word"]], batch["act_type"], batch.bags["act"])
    odds = batch["act_odds"].float() / PARTS
    loss = F.cross_entropy(status, odds, reduction="sum", label_smoothing=0.02)
    seen["status right"] += int((status.argmax(1) == odds.argmax(1)).sum())
    seen["acts"] += status.shape[0]
    if bool((batch["act_mode"] >= 0).any()):
        loss = loss + 0.3 * F.cross_entropy(mode, batch["act_mode"], reduction="sum", ignore_index=UNKNOWN)
    return loss


def side_loss(heads: Heads, batch: Batch, words: Tensor, seen: Counter[str]) -> Tensor:
    at, group = batch["side_at"], batch["side_group"]
    told = words[batch["act_word"]]
    logits = heads.side(told, batch["act_type"], words[batch["side_word"]], at, batch.bags["side"])
    gold = torch.stack([batch["actor"], batch["recipient"]], 1).float() / PARTS
    sides = pooled(logits, group, gold.shape[0])
    acts_of = torch.zeros(gold.shape[0], dtype=torch.long).scatter(0, group, at)
    wrong = torch.zeros(told.shape[0]).index_add(0, acts_of, ((sides > 0) != (gold > 0.5)).any(1).float())
    seen["sides right"] += int((wrong == 0).sum())
    return F.binary_cross_entropy_with_logits(sides, gold, reduction="sum")


def date_loss(heads: Heads, batch: Batch, words: Tensor, seen: Counter[str]) -> Tensor:
    told, at = words[batch["act_word"]], batch["date_at"]
    logits = heads.date(told, batch["act_type"], gathered(words, batch["date_word"]), at, batch.bags["date"])
    loss, right = choice_loss(logits[:, 0], at, batch["date_right"], told.shape[0])
    seen["date right"] += int(right.sum())
    seen["dates"] += right.shape[0]
    return loss


def owner_loss(heads: Heads, batch: Batch, words: Tensor, seen: Counter[str]) -> Tensor:
    kinds, at = batch["act_type"][batch["owner_act"]], batch["owner_at"]
    parties, others = words[batch["owner_party"]], gathered(words, batch["owner_word"])
    logits = heads.owner(parties, kinds, others, at, batch.bags["owner"])
    loss, right = choice_loss(logits[:, 0], at, batch["owner_right"], kinds.shape[0])
    seen["owner right"] += int(right.sum())
    seen["owners"] += right.shape[0]
    return loss


LOSSES: tuple[tuple[str, Loss, float, str], ...] = (
    ("word", word_loss, 1.0, "word_at"),
    ("act", act_loss, 1.0, "act_word"),
    ("date", date_loss, 0.5, "act_word"),
    ("side", side_loss, 1.0, "side_at"),
    ("owner", owner_loss, 0.5, "owner_act"),
)
"""Each head with its loss, its weight, and the column that is empty where a batch has nothing for it."""


def report(seen: Counter[str]) -> str:
    p = seen["trigger right"] / max(1, seen["trigger guessed"])
    r = seen["trigger right"] / max(1, seen["trigger gold"])
    parts = [f"type F {2 * p * r / max(1e-9, p + r):.3f}"]
    for name, whole in (("status", "acts"), ("sides", "acts"), ("date", "dates"), ("owner", "owners")):
        parts.append(f"{name} {seen[f'{name} right'] / max(1, seen[whole]):.3f}")
    return "  ".join(parts)


@torch.no_grad()
def evaluate(network: Network, examples: list[Example], vocabulary: dict[str, dict[str, int]]) -> str:
    network.eval()
    seen: Counter[str] = Counter()
    total, n = 0.0, 0
    for texts in cut(examples, 4000, None):
        batch = batch_of(texts, vocabulary)
        loss, counts = losses(network, batch, vectors(network, batch))
        total, n = total + float(loss), n + 1
        seen.update(counts)
    network.train()
    return f"loss {total / n:.3f}  {report(seen)}"


def groups_of(network: Network, rate: float, heads: float, frozen: int) -> list[dict[str, Any]]:
    """Parameters with their rates: word vectors and the lowest `frozen` layers stay, sparse tables have no decay."""
    encoder = network.encoder
    encoder.words.weight.requires_grad_(False)
    encoder.positions.weight.requires_grad_(False)
    for layer in encoder.layers[:frozen]:
        layer.requires_grad_(False)
    own = [p for p in encoder.parameters() if p.requires_grad]
    known = {id(p) for p in encoder.parameters()}
    rest = [p for p in network.parameters() if id(p) not in known]
    return [{"params": own, "lr": rate, "weight_decay": 0.01}, {"params": rest, "lr": heads, "weight_decay": 0.0}]


def start_from(network: Network, run: Path, vocabulary: dict[str, dict[str, int]]) -> None:
    """Take the weights of an earlier run; features keep their vectors by name, new ones start afresh."""
    known = json.loads((run / "vocabulary.json").read_text(encoding="utf-8"))
    take_over(network, torch.load(run / "weights.pt"), known, vocabulary)


def take_over(
    heads: nn.Module,
    earlier: Mapping[str, Tensor],
    known: Mapping[str, Mapping[str, int]],
    vocabulary: Mapping[str, Mapping[str, int]],
) -> None:
    """Take the weights `earlier` of a network whose vocabulary was `known`."""
    own = heads.state_dict()
    for name, value in earlier.items():
        head, _, rest = name.partition(".")
        if rest.endswith("table.weight"):
            for feature, n in vocabulary[head].items():
                if feature in known[head]:
                    own[name][n] = value[known[head][feature]]
        elif name in ("act.mode.weight", "act.mode.bias"):
            for mode, n in vocabulary["mode"].items():
                if mode in known["mode"]:
                    own[name][n] = value[known["mode"][mode]]
        elif name in own and own[name].shape == value.shape:
            own[name] = value
    heads.load_state_dict(own)


class Average:
    """An exponential average of the weights, which scores better than the last ones."""

    def __init__(self, network: nn.Module, keep: float) -> None:
        self.keep = keep
        self.state = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self.learned = [n for n, p in network.named_parameters() if p.requires_grad]

    @torch.no_grad()
    def take(self, network: nn.Module, step: int) -> None:
        keep = min(self.keep, (1 + step) / (10 + step))
        known = dict(network.named_parameters())
        for name in self.learned:
            self.state[name].mul_(keep).add_(known[name], alpha=1 - keep)


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("examples", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--encoder", type=Path, required=True)
    args.add_argument("--epochs", type=float, default=8)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--rate", type=float, default=1.2e-4)
    args.add_argument("--heads", type=float, default=1.5e-3)
    args.add_argument("--pieces", type=int, default=2048)
    args.add_argument("--drop", type=float, default=0.15)
    args.add_argument("--mask", type=float, default=0.08)
    args.add_argument("--half", action="store_true", help="bfloat16: faster where the processor has it")
    args.add_argument("--threads", type=int, default=1)
    args.add_argument("--all", action="store_true", help="train on the texts kept apart too")
    args.add_argument("--frozen", type=int, default=0, help="layers from below that stay as they are")
    args.add_argument("--start", type=Path, help="weights to go on from")
    options = args.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random.seed(options.seed)
    shuffle = random.Random(options.seed)
    examples = load(options.examples)
    apart = [e for e in examples if is_kept_apart(e.id)]
    fitted = examples if options.all else [e for e in examples if not is_kept_apart(e.id)]
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = vocabularies([e for e in fitted if not is_silver(e.id)])
    sizes = Sizes.of(vocabulary)
    print(
        len(fitted), "texts,", sum(len(e.acts) for e in fitted), "acts,", len(apart), "kept apart;", sizes, flush=True
    )
    (options.out / "vocabulary.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
    network = Network(load_encoder(options.encoder), sizes)
    if options.start:
        start_from(network, options.start, vocabulary)
    groups = groups_of(network, options.rate, options.heads, options.frozen)
    peaks = [g["lr"] for g in groups]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)
    steps = math.ceil(options.epochs * sum(1 for _ in cut(fitted, options.pieces, random.Random(0))))
    average = Average(network, 0.998)
    network.train()
    step, epoch, began = 0, 0, time.time()
    while step < steps:
        running: Counter[str] = Counter()
        total, n = 0.0, 0
        for texts in cut(fitted, options.pieces, shuffle):
            warm = min(1.0, step / 200) * max(0.02, 1 - step / steps)
            for group, peak in zip(optimizer.param_groups, peaks, strict=True):
                group["lr"] = peak * warm
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
                batch = batch_of(texts, vocabulary, options.drop, options.mask)
                loss, seen = losses(network, batch, vectors(network, batch))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            average.take(network, step)
            running.update(seen)
            total, n, step = total + float(loss.detach()), n + 1, step + 1
            if step >= steps:
                break
            if step % 100 == 0:
                print(f"  {step}/{steps} {time.time() - began:.0f}s loss {total / n:.3f}", flush=True)
        epoch += 1
        print(f"epoch {epoch} {time.time() - began:.0f}s loss {total / n:.3f}  {report(running)}", flush=True)
        mine = {k: v.clone() for k, v in network.state_dict().items()}
        network.load_state_dict(average.state)
        print("  kept apart:", evaluate(network, apart, vocabulary), flush=True)
        torch.save(average.state, options.out / "weights.pt")
        network.load_state_dict(mine)


if __name__ == "__main__":
    main()
