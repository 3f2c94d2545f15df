"""The model forgets: one that has met many new words is loaded anew, and nobody can tell by what is coded."""

from __future__ import annotations

import random

import pytest

from detente.coding import Settings
from detente.coding.registry import bare_coder
from detente.language import load_pipeline, parse_many, pipeline
from detente.record import Record, Report

ORDINARY = "Norway expelled two Russian diplomats on Monday, the foreign minister said. Chad's army attacked rebels."


def report(number: int, words: int) -> Report:
    draw = random.Random(number)
    made = " ".join("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(words))
    return Report(str(number), f"{ORDINARY}\n\nThe list has {made}.")


def test_a_model_that_has_met_many_new_words_is_loaded_anew_and_codes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    coder = bare_coder("rules", Settings())
    reports = [report(number, 120) for number in range(8)]
    usual = list(coder.stream(reports))
    before = load_pipeline()
    monkeypatch.setattr(pipeline, "MOST_NEW_WORDS", 1_000)
    for _ in coder.stream(report(number, 120) for number in range(100, 110)):
        pass
    assert list(coder.stream(reports)) == usual
    assert all(isinstance(result, Record) for result in usual)
    assert load_pipeline() is not before


def test_a_model_that_has_met_few_new_words_stays() -> None:
    model = load_pipeline()
    assert pipeline.fresh_pipeline() is model


def test_a_table_of_words_that_starts_anew_loses_no_word_it_is_about_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("Kenya expelled two envoys.", "Kenya " + "and then warned Uganda of " * 80 + "war.")
    nlp = load_pipeline()
    before = [[(t.lemma_, t.pos_) for t in doc] for doc in parse_many(nlp, texts)]
    monkeypatch.setattr("detente.language.words.MOST_WORDS", 1)
    assert [[(t.lemma_, t.pos_) for t in doc] for doc in parse_many(nlp, texts)] == before
