"""The JSON Schema of what detente writes: records, failures, and records from before there were acts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from detente.record import Failure, json_schema
from tests.golden import example, sample_record


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_schema_names_itself_and_its_dialect() -> None:
    schema = json_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["$id"].startswith("urn:detente:record:")


def test_every_line_that_is_written_is_valid(validator: Draft202012Validator) -> None:
    for result in (*example(), sample_record(), Failure("r7", "page.html", "no-article", "no text")):
        validator.validate(json.loads(result.to_json()))


def test_a_record_without_acts_scores_and_coder_is_valid_still(validator: Draft202012Validator) -> None:
    row = json.loads(example()[0].to_json())
    del row["acts"], row["coder"]
    for event in row["events"]:
        del event["act"], event["score"]
    validator.validate(row)


@pytest.mark.parametrize(
    "change", [{"events": None}, {"text": 3}, {"times": [{"span": [1]}]}, {"id": None}, {"report_date": "2021-06-11"}]
)
def test_a_line_that_is_no_record_is_told(validator: Draft202012Validator, change: dict[str, Any]) -> None:
    row = json.loads(example()[0].to_json())
    assert not validator.is_valid(row | change)
