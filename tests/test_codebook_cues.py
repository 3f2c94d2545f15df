"""The lexicon of cues: what ships is valid, and what is not valid is told by its place."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml

from detente.codebook.cues import load_cues, parse_cues
from detente.errors import DataError


def shipped() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files("detente").joinpath("codebook/data/cues.yaml").read_text("utf-8"))
    return data


def test_the_lexicon_that_ships_is_read() -> None:
    cues = load_cues()
    assert "clause" in cues.verbs["say"]
    assert "say" not in cues.mental
    assert {"say", "claim", "speak", "according", "reportedly", "clear"} <= cues.lemmas


def test_forms_of_verbs_are_known_without_a_parse() -> None:
    cues = load_cues()
    forms = {"said": "say", "warned": "warn", "denies": "deny", "announcing": "announce", "table": None}
    assert {form: cues.verb_of(form) for form in forms} == forms


def test_a_missing_list_is_named() -> None:
    data = shipped()
    del data["venues"]
    with pytest.raises(DataError, match=r"my\.yaml.*venues"):
        parse_cues(data, "my.yaml")


def test_an_unknown_frame_is_named_with_its_entry() -> None:
    data = shipped()
    data["verbs"][0]["frames"] = ["clause", "shouting"]
    with pytest.raises(DataError, match=r"verbs\[0\].*shouting"):
        parse_cues(data, "my.yaml")


def test_a_word_that_yaml_reads_as_something_else_is_named() -> None:
    data = shipped()
    data["verbs"][0]["lemmas"] = ["say", True]
    with pytest.raises(DataError, match=r"True.*quote it"):
        parse_cues(data, "my.yaml")
