"""Step nought of training: let the pretrained encoder read on, in the texts it is made for.

    python -m train.adapt ENCODER OUT [--events N] [--reports N] [--rate R] [--half] [--threads N]

Words are hidden and guessed again (masked language model, whole words: Devlin et al. 2019, arXiv:1810.04805) in reports
that nobody coded, as Gururangan et al. (2020, arXiv:2004.10964) do it before the task itself. Texts of the dev sets and
of our held-out sets are left out. OUT gets the encoder in the form it was read in.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from bench.codings import drawn
from bench.heldout import CODES
from bench.shared import DATA, GOLD, rows_of
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  the name torch's own documentation uses

from train.batches import MASK
from train.encoder import Encoder, load_encoder, save_encoder

HIDDEN_SHARE = 0.15
"""Share of the words that are hidden."""

KEPT_SHARE, SWAPPED_SHARE = 0.1, 0.1
"""Of the hidden pieces, those that are shown all the same, and those shown as another piece."""

LONGEST = 158
"""Word pieces of a window, without its two marks."""

WARM = 150
"""Steps until the rate is reached."""

FIRST, LAST = 101, 102

Pieces = list[int]


class Guesser(nn.Module):
    """What piece stands where one is hidden, by likeness to the vectors of all pieces."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        count, width = encoder.words.weight.shape
        self.encoder = encoder
        self.dense, self.norm = nn.Linear(width, width), nn.LayerNorm(width, eps=1e-12)
        self.bias = nn.Parameter(torch.zeros(count))

    def forward(self, ids: Tensor, mask: Tensor, at: Tensor) -> Tensor:
        """Logits (hidden places, pieces); `at` counts the places of the batch row by row."""
        vectors = self.encoder(ids, mask).flatten(0, 1)[at]
        return F.linear(self.norm(F.gelu(self.dense(vectors))), self.encoder.words.weight, self.bias)


def texts(events: int, reports: int, seed: int) -> Iterator[str]:
    """Texts of no dev set and no held-out set, drawn with a seed."""
    files = [*CODES.values(), *GOLD.glob("dev_*")]
    for name, count in (("wcep_events", events), ("reports", reports)):
        yield from (row["text"] for row in drawn(rows_of(DATA / f"{name}.jsonl.gz"), files, count, seed))


def windows(told: Iterator[str], tokenizer: Tokenizer, longest: int) -> list[Pieces]:
    """The word pieces of the texts, cut to windows; of a report no more than its beginning."""
    found = []
    for encoding in tokenizer.encode_batch(list(told), add_special_tokens=False):
        pieces = encoding.ids[:longest]
        found += [pieces[i : i + LONGEST] for i in range(0, len(pieces), LONGEST)]
    return [pieces for pieces in found if len(pieces) > 8]


def hide(pieces: Pieces, inner: Sequence[bool], chance: random.Random) -> tuple[Pieces, Pieces]:
    """The pieces with some words hidden, and at each place the piece to be guessed (-100: none)."""
    shown, asked = list(pieces), [-100] * len(pieces)
    hidden = False
    for n, piece in enumerate(pieces):
        hidden = hidden if inner[piece] and n else chance.random() < HIDDEN_SHARE
        if hidden:
            fate = chance.random()
            asked[n] = piece
            if fate >= KEPT_SHARE + SWAPPED_SHARE:
                shown[n] = MASK
            elif fate >= KEPT_SHARE:
                shown[n] = chance.randrange(1000, len(inner))
    return shown, asked


def batches(found: Sequence[Pieces], size: int, chance: random.Random) -> list[list[Pieces]]:
    """Windows of like length together, about `size` pieces a batch, in any order."""
    order = sorted(found, key=lambda pieces: (len(pieces), chance.random()))
    made: list[list[Pieces]] = [[]]
    count = 0
    for pieces in order:
        if count + len(pieces) > size and made[-1]:
            made.append([])
            count = 0
        made[-1].append(pieces)
        count += len(pieces)
    chance.shuffle(made)
    return made


def tensors(batch: list[Pieces], inner: Sequence[bool], chance: random.Random) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, the places asked for and what stands there."""
    width = max(map(len, batch)) + 2
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask, asked = torch.zeros_like(ids, dtype=torch.bool), torch.full_like(ids, -100)
    for n, pieces in enumerate(batch):
        shown, wanted = hide(pieces, inner, chance)
        ids[n, : len(pieces) + 2] = torch.tensor([FIRST, *shown, LAST])
        mask[n, : len(pieces) + 2] = True
        asked[n, 1 : len(pieces) + 1] = torch.tensor(wanted)
    flat = asked.flatten()
    at = (flat >= 0).nonzero().squeeze(1)
    return ids, mask, at, flat[at]


def read_on(model: Guesser, found: list[Pieces], inner: Sequence[bool], options: argparse.Namespace) -> None:
    """Fit the model to the windows, printing how well it guesses."""
    chance = random.Random(options.seed)
    order = batches(found, options.pieces, chance)
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    began, total, right, count = time.time(), 0.0, 0, 0
    for step, batch in enumerate(order, 1):
        rate = options.rate * min(1.0, step / WARM) * (1 - step / (len(order) + 1))
        for group in optimizer.param_groups:
            group["lr"] = rate
        ids, mask, at, wanted = tensors(batch, inner, chance)
        if not at.shape[0]:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.half):
            logits = model(ids, mask, at).float()
        loss = F.cross_entropy(logits, wanted)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total, count = total + float(loss.detach()) * at.shape[0], count + at.shape[0]
        right += int((logits.argmax(1) == wanted).sum())
        if step % 50 == 0 or step == len(order):
            print(
                f"{step}/{len(order)} {time.time() - began:.0f}s loss {total / count:.3f} right {right / count:.3f}",
                flush=True,
            )
            total, right, count = 0.0, 0, 0


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("encoder", type=Path)
    args.add_argument("out", type=Path)
    args.add_argument("--events", type=int, default=50_000)
    args.add_argument("--reports", type=int, default=6_000)
    args.add_argument("--longest", type=int, default=790, help="word pieces of a report that are read")
    args.add_argument("--rate", type=float, default=3e-4)
    args.add_argument("--pieces", type=int, default=4096)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--half", action="store_true")
    args.add_argument("--threads", type=int, default=1)
    options = args.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    inner = [(tokenizer.id_to_token(n) or "").startswith("##") for n in range(tokenizer.get_vocab_size())]
    found = windows(texts(options.events, options.reports, options.seed), tokenizer, options.longest)
    print(len(found), "windows,", sum(map(len, found)), "word pieces", flush=True)
    model = Guesser(load_encoder(options.encoder))
    model.train()
    read_on(model, found, inner, options)
    save_encoder(model.encoder, options.encoder, options.out)


if __name__ == "__main__":
    main()
