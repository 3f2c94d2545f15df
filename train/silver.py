"""Examples from texts that nobody coded: what a fitted network says of them, where it is sure.

    python -m train.silver NET OUT --events N --reports N

A network fitted to the coded texts and to these is steadier than its teacher (noisy student). Words whose type the
teacher doubts cost nothing; sides keep its probabilities. Texts of the dev sets and of our held-out sets are left out.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench.heldout import CODES
from bench.shared import DATA, GOLD, rows_of

from detente.coding.pipeline import Pipeline
from detente.did.model.choices import date_choices, owner_choices
from detente.did.model.features import OPEN, act_features, side_features, word_features
from detente.did.model.network import load_network
from detente.did.model.scene import Scene
from detente.did.model.weigh import Weighed, Weigher
from detente.did.model.windows import windows_of
from detente.record import Report
from train.examples import Coded, Example, Pair

ACT, NO_ACT = 0.7, 0.1
"""A word is taken for an act above the one chance, for none below the other, and left out between them."""

SILVER = "silver-"
"""What the ids of these examples begin with."""

SURE = 0.7
"""Chance above which a status, date or country is taken for right."""

LONGEST = 3000
"""Characters of a report that are read."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """The network that labels."""

    pipeline: Pipeline
    network: Any

    def examples(self, rows: Sequence[dict[str, Any]]) -> Iterator[Example]:
        """The examples of some texts."""
        for start in range(0, len(rows), 32):
            batch = rows[start : start + 32]
            for row, doc in zip(batch, self.pipeline.parsed([r["text"] for r in batch]), strict=True):
                report = Report(
                    row["id"], row["text"], title=row.get("title"), url=row.get("url"), published=row["date"]
                )
                _, found = self.pipeline.stages(report, doc)
                yield self.example(row["id"], Scene.of(doc, *found))

    def example(self, text_id: str, scene: Scene) -> Example:
        """The example of one text."""
        weigher = Weigher.of(self.network, scene)
        acts = {act.token.i: act for act in weigher.weighed(NO_ACT)}
        words, features, types = [], [], []
        for token in scene.doc:
            if token.pos_ in OPEN:
                act = acts.get(token.i)
                words.append(token.i)
                features.append(word_features(scene, token))
                types.append("" if act is None else act.type if act.types[act.type] >= ACT else "?")
        sure = [act for act in acts.values() if act.types[act.type] >= ACT]
        windows = tuple(windows_of(scene.doc, self.network.tokenizer))
        told = [coded(scene, weigher, act) for act in sure]
        return Example(f"{SILVER}{text_id}", windows, words, features, types, told)


def coded(scene: Scene, weigher: Weigher, act: Weighed) -> Coded:
    """An act of the teacher's as an example: its sides by probability, the rest where it is sure."""
    token, kind = act.token, act.type
    status, held = next(iter(act.statuses.items()))
    made = Coded(token.i, kind, status if held >= SURE else "", act.mode, act_features(scene, token, kind))
    for number, side in enumerate(act.sides):
        for mention in side.entity.mentions:
            row = side_features(scene, token, kind, side.entity, mention, act.rules)
            made.sides.append(Pair(mention.root, row, number))
        made.actor.append(side.actor)
        made.recipient.append(side.recipient)
        mention = side.entity.mentions[0]
        if max(side.actor, side.recipient) >= SURE and mention.parties[0].country is None:
            country, chance = next(iter(weigher.owners(act, mention).items()))
            choices = owner_choices(scene, token, mention, act.rules)
            right = [int(chance >= SURE and c.country == country) for c in choices]
            made.owners.append((scene.first_of(mention).root, [Pair(c.word, c.features) for c in choices], right))
    (day, is_report), chance = next(iter(act.dates.items()))
    for choice in date_choices(scene, token, status):  # type: ignore[arg-type]
        made.dates.append(Pair(choice.word, choice.features))
        made.date.append(int(chance >= SURE and (choice.date, choice.is_report) == (day, is_report)))
    return made


def uncoded(path: Path, count: int, seed: int) -> list[dict[str, Any]]:
    """Texts of a shared file that are in no coded set, drawn with a seed."""
    known = {row["id"] for row in rows_of(CODES)}
    for coded_file in sorted(GOLD.glob("*.jsonl*")):
        known |= {row["id"] for row in rows_of(coded_file)}
    rows = [row for row in rows_of(path) if row["id"] not in known and row.get("date")]
    random.Random(seed).shuffle(rows)
    return [{**row, "text": row["text"][:LONGEST].rsplit("\n", 1)[0]} for row in islice(rows, count)]


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("net", type=Path)
    args.add_argument("out", type=Path, help="a file of examples")
    args.add_argument("--events", type=int, default=5000)
    args.add_argument("--reports", type=int, default=300)
    args.add_argument("--seed", type=int, default=1)
    options = args.parse_args()
    teacher = Teacher(Pipeline(), load_network(options.net))
    rows = uncoded(DATA / "wcep_events.jsonl.gz", options.events, options.seed)
    rows += uncoded(DATA / "reports.jsonl.gz", options.reports, options.seed)
    made = list(teacher.examples(rows))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(made))
    print(len(made), "texts,", sum(len(e.acts) for e in made), "acts")


if __name__ == "__main__":
    main()
