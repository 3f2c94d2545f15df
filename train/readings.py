"""Step six of training: fit the trees that decide the sides, and the scale of the score.

    python -m train.readings NET GOLD…

They are fitted to the texts kept apart, where the chances of parties are what they are on any unseen text. What the
second trees and the score are fitted to comes from trees that have not seen the text: a fifth of the texts at a time.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from bench.codings import OWN, whole_id
from bench.shared import GOLD, module_at
from scipy.optimize import minimize

from detente.did.model.network import TREES, load_network
from detente.did.model.readings import READING_FEATURES, Reading, best_readings, chances_by_case, readings_of
from detente.did.model.stakes import STAKE_FEATURES, Case, Countries, Stake, cases_of, stakes_of
from train.calibrate import Text, candidates_of, record_of, texts_of, told_of
from train.export import checksum
from train.trees import Array, fitted, write

FOLDS = 5
STAKE_TREES, READING_TREES = 300, 200


@dataclass(slots=True)
class Asked:
    """A text kept apart: its acts, what each side may be, and the coded event of each act that has one."""

    text: Text
    is_own: bool
    fold: int
    cases: list[Case]
    stakes: list[Stake]
    gold: dict[int, dict[str, Any]]
    readings: list[Reading] = field(default_factory=list)


def asked(text: Text, is_own: bool, settings: dict[str, float], score: Any) -> Asked:
    """What is asked of a text, and the answers."""
    told = told_of(text, settings)
    cases = cases_of(text.scene, told, text.weigher.owners, settings["side"], text.weigher.network.types)
    chosen = candidates_of(text, settings)
    record = record_of(text, chosen)
    weight = score.event_weight(score.sentence_of(text.row["text"]))
    number = {candidate.trigger.start: n for n, candidate in enumerate(chosen)}
    gold = {
        number[made["trigger"][0]]: event
        for event, made in score.align(text.row["events"], record["events"], weight)
        if event["type"] == made["type"] and made["trigger"][0] in number
    }
    fold = zlib.crc32(whole_id(text.row["id"]).encode()) // 12 % FOLDS
    return Asked(text, is_own, fold, cases, list(stakes_of(text.scene, cases, is_own)), gold)


def apart(folds: Array, rows: Array, right: Array, trees: int, seed: int) -> Array:
    """The chance of each row by trees that have not seen its fold; rows without an answer (-1) are not fitted to."""
    found = np.zeros(len(rows))
    for fold in range(FOLDS):
        seen = (folds != fold) & (right >= 0)
        mine = folds == fold
        found[mine] = _chances(fitted(rows[seen], right[seen], trees, seed), rows[mine])
    return found


def _chances(booster: lightgbm.Booster, rows: Array) -> Array:
    return np.asarray(booster.predict(rows)) if len(rows) else np.zeros(0)


def stakes_right(score: Any, each: Asked) -> list[int]:
    """Whether each stake is right: 1, 0, or -1 where the act is not coded."""
    sides = {n: [score.countries(e[side]) for side in ("actors", "recipients")] for n, e in each.gold.items()}
    return [-1 if s.case not in sides else int((s.country or "?") in sides[s.case][s.where]) for s in each.stakes]


def readings_right(score: Any, each: Asked) -> list[int]:
    """The same for each reading."""
    return [
        -1 if r.case not in each.gold else int(score.same_who(each.gold[r.case], _plain(r.sides)))
        for r in each.readings
    ]


def _plain(sides: tuple[Countries, Countries]) -> dict[str, Any]:
    actors, recipients = ([{"country": c} for c in side] for side in sides)
    return {"actors": actors, "recipients": recipients}


@dataclass(frozen=True, slots=True)
class Question:
    """What trees answer: the rows of a text, what is right of them, how many trees, how many features, their file."""

    asked_of: Callable[[Asked], Sequence[Stake] | Sequence[Reading]]
    right: Callable[[Asked], list[int]]
    trees: int
    features: int
    path: Path


def answered(texts: Sequence[Asked], question: Question, seed: int) -> list[list[float]]:
    """Write the trees fitted to all texts; what they say of each text comes from trees that have not seen it."""
    counts = [len(question.asked_of(text)) for text in texts]
    rows = np.asarray([each.row for text in texts for each in question.asked_of(text)], dtype=np.float32)
    right = np.asarray([answer for text in texts for answer in question.right(text)])
    known = right >= 0
    write(fitted(rows[known], right[known], question.trees, seed), question.features, question.path)
    chances = apart(np.repeat([text.fold for text in texts], counts), rows, right, question.trees, seed)
    return [part.tolist() for part in np.split(chances, np.cumsum(counts)[:-1])]


def scores(each: Asked, best: Sequence[tuple[Reading, float]], score: Any) -> list[tuple[float, int]]:
    """The raw score of each act, and whether the whole event is right."""
    found = []
    for number, (reading, chance) in enumerate(best):
        act, gold = each.cases[number].act, each.gold.get(number)
        status, sure = next(iter(act.statuses.items()))
        is_right = gold is not None and gold["status"] == status and score.same_who(gold, _plain(reading.sides))
        found.append((act.types[act.type] * sure * chance, int(is_right)))
    return found


def scale(raw: Sequence[float], right: Sequence[int]) -> tuple[float, float]:
    """Slope and offset of Platt's scaling of the log-odds of `raw`."""
    p = np.clip(np.asarray(raw), 1e-4, 1 - 1e-4)
    x, y = np.log(p / (1 - p)), np.asarray(right, dtype=float)

    def loss(w: Any) -> float:
        z = w[0] * x + w[1]
        return float(np.mean(np.logaddexp(0, z) - y * z))

    best = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(best[0]), float(best[1])


def compared(texts: Sequence[tuple[Asked, Sequence[tuple[Reading, float]]]], score: Any) -> str:
    """How many coded acts have their sides by the likeliest parties, and by the trees."""
    coded = [(event, text.cases[n].states, best[n][0].sides) for text, best in texts for n, event in text.gold.items()]
    first = sum(score.same_who(event, _plain(states)) for event, states, _ in coded)
    now = sum(score.same_who(event, _plain(sides)) for event, _, sides in coded)
    return f"sides right of {len(coded)} acts: {first} by the likeliest parties, {now} by the trees"


def main() -> None:
    args = argparse.ArgumentParser()
    args.add_argument("net", type=Path)
    args.add_argument("gold", type=Path, nargs="+")
    args.add_argument("--seed", type=int, default=1)
    options = args.parse_args()
    score = module_at(GOLD / "score.py")
    for name in TREES:
        (options.net / name).unlink(missing_ok=True)
    network = load_network(options.net)
    settings = dict(network.settings)
    texts = [
        asked(text, path.resolve() in OWN, settings, score)
        for path in options.gold
        for text in texts_of([path], network)
    ]
    of_states = Question(
        lambda t: t.stakes, partial(stakes_right, score), STAKE_TREES, len(STAKE_FEATURES), options.net / TREES[0]
    )
    of_sides = Question(
        lambda t: t.readings,
        partial(readings_right, score),
        READING_TREES,
        len(READING_FEATURES),
        options.net / TREES[1],
    )
    for text, chances in zip(texts, answered(texts, of_states, options.seed), strict=True):
        by_case = chances_by_case(text.cases, text.stakes, chances)
        text.readings = list(readings_of(text.cases, by_case, text.is_own))
    told = zip(texts, answered(texts, of_sides, options.seed), strict=True)
    best = [best_readings(text.cases, text.readings, chances) for text, chances in told]
    for whose, is_own in (("shared", False), ("own", True)):
        mine = [pair for pair in zip(texts, best, strict=True) if pair[0].is_own == is_own]
        print(whose, "texts:", compared(mine, score))
    made = [pair for text, own in zip(texts, best, strict=True) if not text.is_own for pair in scores(text, own, score)]
    slope, offset = scale([m[0] for m in made], [m[1] for m in made])
    path = options.net / "network.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    meta["settings"] |= {"slope": round(slope, 4), "offset": round(offset, 4)}
    meta["version"] = checksum(options.net)
    path.write_text(json.dumps(meta, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    print(meta["settings"], "right", sum(m[1] for m in made) / len(made))


if __name__ == "__main__":
    main()
