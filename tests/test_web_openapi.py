"""The JSON twins are what /openapi.json says they are, whatever they are asked; nothing asked breaks the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from detente.web.openapi import ADDRESS, ANSWERS
from detente.web.questions import QUESTIONS
from detente.web.views import COMPARING, PAGES
from tests.made_archive import make_archive
from tests.web_client import Client, every_page, twin

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("described") / "a.db")


@pytest.fixture(scope="module")
def client(path: Path) -> Client:
    return Client(path, beside=path, allowed_hosts=("testserver", "localhost"))


@pytest.fixture(scope="module")
def described(client: Client) -> dict[str, Any]:
    document: dict[str, Any] = client.get(ADDRESS).json()
    return document


@pytest.fixture(scope="module")
def api(client: Client) -> Any:
    return schemathesis.openapi.from_asgi(ADDRESS, client.app)


def test_every_page_is_described_with_what_it_may_be_asked() -> None:
    views = {view for _, view in (*PAGES, *COMPARING)}
    assert views == set(ANSWERS)
    assert set(QUESTIONS) <= views


def closed(schema: Any) -> Any:
    """The schema with no room for keys that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(part) for name, part in schema.items()}
    return {**made, "additionalProperties": False} if "properties" in schema else made


def faults_of(client: Client, described: dict[str, Any], view: Any, address: str) -> list[str]:
    """Where the twin of an address is not what its description says, to the key."""
    whole = closed({"components": described["components"]})
    schema = {**whole, "$ref": f"#/components/schemas/{ANSWERS[view].__name__}"}
    answer = client.get(twin(address, "json"))
    assert answer.status_code == 200, address
    found = Draft202012Validator(schema).iter_errors(answer.json())
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in found]


def test_a_twin_holds_everything_that_its_description_says_and_nothing_else(
    client: Client, described: dict[str, Any]
) -> None:
    views = dict((*PAGES, *COMPARING))
    asked = [*zip(every_page(client), (view for _, view in PAGES), strict=True)]
    asked += [(f"/search?kind={kind}&q=ports", views["/search"]) for kind in ("statements", "reports")]
    asked += [("/timeline?one=ARG&other=FIN", views["/timeline"]), ("/compare", views["/compare"])]
    found = {address: faults_of(client, described, view, address) for address, view in asked}
    assert not {address: faults[:3] for address, faults in found.items() if faults}


def test_a_list_says_where_its_next_rows_are_until_there_are_none(client: Client) -> None:
    address, rows = "/reports.json?limit=200", 0
    for _ in range(40):
        answer = client.get(address)
        rows += len(answer.json()["reports"])
        links = answer.headers.get("link", "")
        if 'rel="next"' not in links:
            break
        address = links.split('>; rel="next"')[0].rsplit("<", 1)[1]
    assert rows == int(answer.headers["x-total-count"]) > 200


def test_an_address_of_no_page_is_told_as_json_where_json_was_asked_for(client: Client) -> None:
    answer = client.get("/nowhere.json")
    assert (answer.status_code, answer.json()["error"]) == (404, "There is no such page.")


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_asked_is_answered_as_described(api: Any, data: st.DataObject) -> None:
    operations = sorted((found.ok() for found in api.get_all_operations()), key=lambda operation: operation.path)
    operation = data.draw(st.sampled_from(operations))
    mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
    case = data.draw(operation.as_strategy(generation_mode=mode))
    case.call_and_validate(checks=CHECKS)
