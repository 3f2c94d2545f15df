"""The day on which something was said."""

from __future__ import annotations

import pytest

from detente.coding import Coder, make_coder
from detente.record import Report


@pytest.fixture(scope="module")
def coder() -> Coder:
    return make_coder()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("“We will not go,” the Norwegian minister told reporters on Thursday.", "2023-06-08"),
        ("The minister of Norway said in April that the talks had failed.", "2023-04"),
        ("The Kremlin said that the talks would go on.", "2023-06-09"),
    ],
)
def test_a_statement_takes_the_time_told_with_its_cue(coder: Coder, text: str, day: str) -> None:
    (statement,) = coder.code(Report("r", text, date="2023-06-09")).statements
    assert statement.date == day


def test_words_without_a_cue_have_no_date(coder: Coder) -> None:
    text = "QUESTION: Will the talks go on?\n\nMR. AUNE: Norway is ready for talks at any time."
    assert {s.date for s in coder.code(Report("r", text, date="2023-06-09")).statements if s.cue is None} == {None}


def test_a_phrase_of_time_before_the_verb_is_no_part_of_its_cue(coder: Coder) -> None:
    text = "On Thursday, President Aune called for action on fishing rights."
    (statement,) = coder.code(Report("r", text, date="2023-06-09")).statements
    assert statement.cue is not None
    assert statement.cue.of(text) == "called for"
