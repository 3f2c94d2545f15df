"""Step five of training: fit which earlier act a telling goes back to, on the texts whose codings number their acts.

python -m train.tellings NET GOLD…
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from bench.codings import coded_rows
from spacy.tokens import Doc

from detente.coding.pipeline import Pipeline
from detente.did.candidate import Candidate, Member
from detente.did.model.tellings import REACH, acts_by, pair_features, sentence_numbers
from detente.record import Party, Span
from train.examples import trigger_root
from train.fit import is_kept_apart

RARE = 20
"""Features of fewer pairs than this get no weight."""


def coded(doc: Doc, row: dict[str, Any]) -> Iterator[tuple[Candidate, str]]:
    """The coded events of a text as candidates, each with its act."""
    for event in row["events"]:
        root = trigger_root(doc, *event["trigger"])
        if root is None or not event.get("act"):
            continue
        made = Candidate(
            root=root.i,
            trigger=Span(*event["trigger"]),
            type=event["type"],
            status=event["status"],
            mode=event["mode"],
            actors=_members(event["actors"]),
            recipients=_members(event["recipients"]),
            date=event["date"],
            date_is_report=event["date_is_report"],
        )
        yield made, event["act"]


def _members(side: Sequence[dict[str, Any]]) -> tuple[Member, ...]:
    return tuple(Member(_party(p), 0, "coded") for p in side)


def _party(raw: dict[str, Any]) -> Party:
    return Party(Span(*raw["span"]), raw["text"], raw["name"], raw["country"], raw["sector"])


def pairs(doc: Doc, told: Sequence[tuple[Candidate, str]]) -> Iterator[tuple[list[str], int]]:
    """Each telling with each earlier one of its type: features, and whether they are of one act."""
    sentences = sentence_numbers(doc)
    for i, (later, act) in enumerate(told):
        for earlier, other in told[max(0, i - REACH) : i]:
            if earlier.type == later.type:
                yield pair_features(doc, sentences, earlier, later), int(act == other)


def fit(rows: Sequence[tuple[list[str], int]]) -> dict[str, float]:
    """Weights of a logistic regression with a small ridge."""
    counts = Counter(f for features, _ in rows for f in features)
    names = sorted(f for f, n in counts.items() if n >= RARE)
    at = {name: n for n, name in enumerate(names)}
    x = torch.zeros(len(rows), len(names))
    for n, (features, _) in enumerate(rows):
        for f in features:
            if f in at:
                x[n, at[f]] = 1.0
    y = torch.tensor([float(label) for _, label in rows])
    w = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Any:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y) + 2e-4 * w.pow(2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return {name: round(float(w[n]), 4) for name, n in at.items()}


def agreement(told: Sequence[tuple[Candidate, str]], numbers: Sequence[int]) -> Counter[str]:
    """Pairs of tellings of one act: right, found, coded."""
    seen: Counter[str] = Counter()
    for i in range(len(told)):
        for k in range(i):
            gold, ours = told[i][1] == told[k][1], numbers[i] == numbers[k]
            seen.update({"gold": gold, "ours": ours, "right": gold and ours})
    return seen


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("net", type=Path)
    args.add_argument("gold", type=Path, nargs="+")
    options = args.parse_args()
    pipeline = Pipeline()
    fitted: list[tuple[list[str], int]] = []
    apart: list[tuple[Doc, list[tuple[Candidate, str]]]] = []
    for path in options.gold:
        rows = [row for row in coded_rows(path) if any(e.get("act") for e in row["events"])]
        for start in range(0, len(rows), 32):
            batch = rows[start : start + 32]
            for row, doc in zip(batch, pipeline.parsed([r["text"] for r in batch]), strict=True):
                told = list(coded(doc, row))
                if is_kept_apart(row["id"]):
                    apart.append((doc, told))
                else:
                    fitted.extend(pairs(doc, told))
    weights = fit(fitted)
    seen: Counter[str] = Counter()
    for doc, told in apart:
        seen.update(agreement(told, acts_by(weights, doc, [c for c, _ in told])))
    print(len(fitted), "pairs,", sum(y for _, y in fitted), "of one act; kept apart:", dict(seen))
    print("precision", seen["right"] / max(1, seen["ours"]), "recall", seen["right"] / max(1, seen["gold"]))
    path = options.net / "network.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["tellings"] = weights
    path.write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
