"""Step five of training: choose the chances asked of acts and of their likeliest parties, on the texts kept apart.

    python -m train.calibrate NET GOLD…

They are those with the best F1 of whole events, before `train.readings` looks at the sides again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.codings import coded_rows
from bench.shared import GOLD, module_at

from detente.coding.pipeline import Pipeline
from detente.did.assemble import assembled
from detente.did.candidate import Candidate
from detente.did.constraints import borne_out, settled
from detente.did.model.network import Network, load_network
from detente.did.model.proposer import decided, is_told
from detente.did.model.readings import Sides
from detente.did.model.scene import Scene
from detente.did.model.sides import sides_of
from detente.did.model.weigh import Weighed, Weigher
from detente.record import Report, Statement
from train.fit import is_kept_apart

LEAST = 0.2
TRIGGERS = tuple((trigger, ruled) for trigger in (0.45, 0.5, 0.55, 0.6, 0.65) for ruled in (0.3, 0.4, 0.5))
"""Chances asked of a word: alone, and where the rules find an act of the same type there."""

EQUAL = 0.005
"""Differences of F1 smaller than this are chance: a bootstrap of the texts kept apart moves it by .02."""

SIDES = (0.3, 0.35, 0.4, 0.45)


@dataclass(frozen=True, slots=True)
class Text:
    """A coded text with what the network says of it."""

    row: dict[str, Any]
    scene: Scene
    weigher: Weigher
    acts: Sequence[Weighed]
    statements: Sequence[Statement]


def texts_of(paths: Sequence[Path], network: Network) -> Iterator[Text]:
    """The texts kept apart among those of the coded files."""
    pipeline = Pipeline()
    for path in paths:
        rows = [row for row in coded_rows(path) if is_kept_apart(row["id"])]
        for start in range(0, len(rows), 32):
            batch = rows[start : start + 32]
            for row, doc in zip(batch, pipeline.parsed([r["text"] for r in batch]), strict=True):
                report = Report(
                    row["id"], row["text"], title=row.get("title"), url=row.get("url"), published=row["date"]
                )
                _, found = pipeline.stages(report, doc)
                scene = Scene.of(doc, *found)
                weigher = Weigher.of(network, scene)
                yield Text(row, scene, weigher, weigher.weighed(LEAST), found[3])


def told_of(text: Text, settings: dict[str, float]) -> list[Weighed]:
    """The acts whose chance is enough."""
    return [act for act in text.acts if is_told(text.scene, act, settings)]


def candidates_of(text: Text, settings: dict[str, float]) -> list[Candidate]:
    """What a network proposes whose sides are those of the likeliest parties."""
    owners = text.weigher.owners
    return [
        decided(text.scene, act, Sides(*sides_of(text.scene, act, owners, settings["side"]), 1.0), settings)
        for act in told_of(text, settings)
    ]


def record_of(text: Text, chosen: Sequence[Candidate]) -> dict[str, Any]:
    """The record that some candidates amount to, as score.py reads it."""
    doc, scene = text.scene.doc, text.scene
    held = borne_out(doc, chosen, scene.times, scene.cast)
    events = assembled(doc, settled(doc, held, text.statements, scene.day))
    return {"events": [_plain(e) for e in events], "statements": []}


def _plain(event: Any) -> dict[str, Any]:
    return {
        "type": event.type,
        "status": event.status,
        "trigger": list(event.trigger),
        "date": event.date,
        "actors": [{"country": p.country} for p in event.actors],
        "recipients": [{"country": p.country} for p in event.recipients],
    }


def f1(texts: Sequence[Text], settings: dict[str, float], score: Any) -> float:
    right = made = gold = 0
    for text in texts:
        counts, _ = score.score_report(text.row["text"], text.row, record_of(text, candidates_of(text, settings)))
        right, made, gold = (a + b for a, b in zip((right, made, gold), counts["event"], strict=True))
    return 2 * right / max(1, made + gold)


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("net", type=Path)
    args.add_argument("gold", type=Path, nargs="+")
    options = args.parse_args()
    score = module_at(GOLD / "score.py")
    texts = list(texts_of(options.gold, load_network(options.net)))
    tried = []
    for side in SIDES:
        for trigger, ruled in TRIGGERS:
            settings = {"trigger": trigger, "ruled": ruled, "side": side, "slope": 1.0, "offset": 0.0}
            tried.append((f1(texts, settings, score), settings))
            print(settings, round(tried[-1][0], 4), flush=True)
    top = max(value for value, _ in tried)
    # Among settings that are as good, the one that codes least on its own word: a false alarm costs more than a miss.
    best = max((s for value, s in tried if value >= top - EQUAL), key=lambda s: (s["trigger"], -s["ruled"], s["side"]))
    print(best)
    path = options.net / "network.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["settings"] = best
    path.write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
