"""Each stage alone in anyone's spaCy pipeline."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

from detente.coding import make_coder
from detente.components import findings_of
from detente.language import DEFAULT_MODEL
from detente.record import Report

TEXT = "Norway expelled two Chilean diplomats on Friday, the Foreign Ministry in Oslo said."


@pytest.mark.parametrize("stage", ["detente_when", "detente_who", "detente_said", "detente_did"])
def test_a_stage_can_be_added_to_any_pipeline_and_fills_its_part(stage: str) -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe(stage)
    found = nlp(TEXT)._.detente
    filled = {"detente_when": "times", "detente_who": "cast", "detente_said": "statements", "detente_did": "events"}
    assert getattr(found, filled[stage]) is not None


def test_the_stages_find_in_a_pipeline_what_the_coder_finds() -> None:
    nlp = spacy.load(DEFAULT_MODEL)
    doc = nlp(TEXT)
    findings_of(doc).report_date = date(2023, 6, 9)
    nlp.add_pipe("detente_did")
    found = nlp.get_pipe("detente_did")(doc)._.detente
    record = make_coder().code(Report("r", TEXT, date="2023-06-09"))
    assert found.events == record.events
    assert found.statements == record.statements
    assert found.times == record.times
