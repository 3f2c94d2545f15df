"""Examples from texts that nobody coded: what a fitted network, the teacher, says of them.

    python -m train.silver NET OUT --events N --reports N [--part K/N]

A small network fitted to the coded texts and to these learns what its larger teacher makes of many more texts (Hinton
et al. 2015, arXiv:1503.02531): types, statuses and sides keep the teacher's chances, dates and countries count where it
is sure. Texts of the dev sets and of our held-out sets are left out.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.codings import OWN, drawn
from bench.heldout import CODES
from bench.shared import DATA, GOLD, rows_of

from detente.coding.pipeline import Pipeline
from detente.did.model.choices import Company, date_choices, owner_choices
from detente.did.model.features import OPEN, act_features, side_features, word_features
from detente.did.model.network import load_network
from detente.did.model.scene import Scene
from detente.did.model.weigh import Weighed, Weigher, softmax
from detente.did.model.windows import windows_of
from detente.record import Report
from train.examples import Coded, Example, Pair
from train.fit import SILVER

ACT = 0.5
"""A word's sides, status and date are asked for above this chance that it names an act."""

SURE = 0.7
"""Chance above which a date or country is taken for right."""

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
        open_words = [token for token in scene.doc if token.pos_ in OPEN]
        words, features = [token.i for token in open_words], [word_features(scene, token) for token in open_words]
        odds = softmax(self.network.words(weigher.vectors[words], features)).tolist() if words else []
        windows = tuple(windows_of(scene.doc, self.network.tokenizer))
        told = [coded(scene, weigher, act) for act in weigher.weighed(ACT)]
        return Example(f"{SILVER}{text_id}", windows, words, features, ["?"] * len(words), told, odds)


def coded(scene: Scene, weigher: Weigher, act: Weighed) -> Coded:
    """An act of the teacher's as an example: its sides by probability, the rest where it is sure."""
    token, kind = act.token, act.type
    status = next(iter(act.statuses))
    made = Coded(token.i, kind, status, act.mode, act_features(scene, token, kind))
    made.statuses = [act.statuses[name] for name in weigher.network.statuses]
    for number, side in enumerate(act.sides):
        for mention in side.entity.mentions:
            row = side_features(scene, token, kind, side.entity, mention, act.rules)
            made.sides.append(Pair(mention.root, row, number))
        made.actor.append(side.actor)
        made.recipient.append(side.recipient)
        mention = side.entity.mentions[0]
        if max(side.actor, side.recipient) >= SURE and mention.parties[0].country is None:
            country, chance = next(iter(weigher.owners(act, mention, Company()).items()))
            choices = owner_choices(scene, token, mention, act.rules, Company())
            right = [int(chance >= SURE and c.country == country) for c in choices]
            made.owners.append((scene.first_of(mention).root, [Pair(c.word, c.features) for c in choices], right))
    (day, is_report), chance = next(iter(act.dates.items()))
    for choice in date_choices(scene, token, status):  # type: ignore[arg-type]
        made.dates.append(Pair(choice.word, choice.features))
        made.date.append(int(chance >= SURE and (choice.date, choice.is_report) == (day, is_report)))
    return made


def uncoded(path: Path, count: int, seed: int) -> list[dict[str, Any]]:
    """Texts of a shared file that are in no coded set, drawn with a seed."""
    files = [*CODES.values(), *OWN, *sorted(GOLD.glob("*.jsonl*"))]
    rows = drawn((row for row in rows_of(path) if row.get("date")), files, count, seed)
    return [{**row, "text": row["text"][:LONGEST].rsplit("\n", 1)[0]} for row in rows]


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("net", type=Path)
    args.add_argument("out", type=Path, help="a file of examples")
    args.add_argument("--events", type=int, default=5000)
    args.add_argument("--reports", type=int, default=300)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--part", default="1/1", metavar="K/N", help="only the K-th of N parts, for several processes")
    options = args.parse_args()
    teacher = Teacher(Pipeline(), load_network(options.net))
    rows = uncoded(DATA / "wcep_events.jsonl.gz", options.events, options.seed)
    rows += uncoded(DATA / "reports.jsonl.gz", options.reports, options.seed)
    part, parts = map(int, options.part.split("/"))
    rows = rows[part - 1 :: parts]
    made = list(teacher.examples(rows))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(made))
    print(len(made), "texts,", sum(len(e.acts) for e in made), "acts")


if __name__ == "__main__":
    main()
