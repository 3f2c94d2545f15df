"""Fitting one head anew: the rest of the network stays as it ships, to the byte."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch comes with the extra train")

from train.batches import vocabularies
from train.examples import READER, Example, example_of, mark
from train.refit import Refit, fit, heads_of, vectors_of, write

from detente.coding.pipeline import Pipeline
from detente.did.model.network import FOLDER, load_network
from detente.did.model.scene import Scene
from detente.record import Report

TEXT = "Norway and Turkey quarrelled. General Arvid Mostrøm criticised Turkey in Oslo."
CODED: dict[str, Any] = {
    "id": "one",
    "events": [
        {
            "type": "ACCUSE",
            "mode": None,
            "status": "happened",
            "trigger": [TEXT.index("criticised"), TEXT.index("criticised") + len("criticised")],
            "actors": [{"span": [TEXT.index("Arvid"), TEXT.index(" criticised")], "country": "NOR", "name": "Mostrøm"}],
            "recipients": [{"span": [TEXT.rindex("Turkey"), TEXT.rindex(" in Oslo")], "country": "TUR"}],
            "date": None,
        }
    ],
}


def example() -> Example:
    pipeline = Pipeline()
    report = Report("one", TEXT, published="2021-06-11")
    _, found = pipeline.stages(report, pipeline.parsed([TEXT])[0])
    scene = Scene.of(pipeline.parsed([TEXT])[0], *found[:4], date(2021, 6, 11))
    return example_of(CODED, scene, load_network().tokenizer, lambda day: None)


def test_only_the_head_that_is_named_changes(tmp_path: Path) -> None:
    text = example()
    heads, vocabulary = heads_of(FOLDER, vocabularies([text] * 4), ("owner",))
    refit = Refit(heads, vocabulary, ("owner",), vectors_of(FOLDER, [text]))
    fit(refit, [text], [text], argparse.Namespace(seed=1, rate=1e-2, epochs=2, pieces=2048, drop=0.0))
    write(refit, FOLDER, tmp_path)
    assert (tmp_path / "encoder.onnx").read_bytes() == (FOLDER / "encoder.onnx").read_bytes()
    with np.load(FOLDER / "heads.npz") as before, np.load(tmp_path / "heads.npz") as after:
        assert set(before.files) == set(after.files)
        others = [name for name in before.files if not name.startswith("owner.")]
        assert others
        assert all(np.array_equal(before[name], after[name]) for name in others)
        assert not np.array_equal(before["owner.outer.weight"], after["owner.outer.weight"])
    assert load_network(tmp_path).settings == load_network().settings


def test_a_person_of_two_names_has_the_hint_of_its_letters_among_the_choices() -> None:
    [(_, choices, right)] = [owners for owners in example().acts[0].owners if any(owners[2])]
    hinted = {feature for pair in choices for feature in pair.features if feature.startswith("origin=")}
    assert any(hint.startswith("origin=+") for hint in hinted)
    assert sum(right) >= 1


def test_all_that_readers_decide_says_that_another_read_it_and_whose_a_party_is_does_not() -> None:
    text = example()
    mark(text)
    [act] = text.acts
    decided = [*text.features, act.features, *(pair.features for pair in (*act.sides, *act.dates))]
    assert all(row.count(READER) == 1 for row in decided)
    assert not any(READER in pair.features for _, pairs, _ in act.owners for pair in pairs)
