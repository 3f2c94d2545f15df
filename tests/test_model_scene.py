"""The scene of a report: what of it is looked at from one act, however much stands around."""

from __future__ import annotations

import pytest

from detente.coding.pipeline import Pipeline
from detente.did.model import scene
from detente.did.model.features import path_between
from detente.did.model.scene import Scene
from detente.record import Report

TEXT = "Peru, Chad and Oman met. Mali, Cuba and Fiji talked. Togo attacked Iran. Iraq, Laos and Malta signed a treaty."


def scene_of(text: str) -> Scene:
    coder = Pipeline()
    (doc,) = coder.parsed([text])
    return Scene.of(doc, *coder.stages(Report("r", text), doc)[1])


def test_only_the_nearest_of_very_many_parties_may_be_sides_of_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    told = scene_of(TEXT)
    attacked = next(token for token in told.doc if token.text == "attacked")
    names = [entity.mentions[0].parties[0].country for entity in told.candidates(attacked)]
    assert {"PER", "MLI", "TGO", "IRN", "MLT"} <= set(names)
    monkeypatch.setattr(scene, "_MOST_ENTITIES", 2)
    assert [e.mentions[0].parties[0].country for e in told.candidates(attacked)] == ["TGO", "IRN"]


def test_the_way_between_two_words_goes_up_and_down_the_parse() -> None:
    told = scene_of("Togo attacked Iran with rockets. Chad left.")
    at = {token.text: token.i for token in told.doc}
    assert path_between(told, at["attacked"], at["Iran"]) == ">dobj"
    assert path_between(told, at["Togo"], at["Iran"]) == "<nsubj>dobj"
    assert path_between(told, at["attacked"], at["rockets"]) == ">prep:with>pobj"
    assert path_between(told, at["Togo"], at["Chad"]) == "apart"
    assert path_between(told, at["Togo"], at["Togo"]) == "same"
