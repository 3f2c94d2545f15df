"""Tellings of one act, by learned weights."""

from __future__ import annotations

import pytest

from detente.coding import Coder, make_coder
from detente.record import Record, Report


@pytest.fixture(scope="module")
def coder() -> Coder:
    return make_coder("learned")


def coded(coder: Coder, text: str) -> Record:
    return coder.code(Report("r", text, date="2023-06-09"))


def test_the_same_words_told_again_are_one_act(coder: Coder) -> None:
    told = "In April, Norway expelled two Chilean diplomats."
    record = coded(coder, f"{told}\n\nNothing else was said.\n\n{told}")
    acts = [act for act in record.acts if act.type == "SANCTION"]
    assert [len(act.events) for act in acts] == [2]


def test_acts_of_other_states_stay_apart(coder: Coder) -> None:
    record = coded(coder, "Norway expelled two Chilean diplomats. In May, Kenya expelled an Iranian envoy.")
    assert [len(act.events) for act in record.acts if act.type == "SANCTION"] == [1, 1]
