"""Review: judgements are added, applied, counted and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.archive import Archive
from tests.made_records import expulsion, summit
from tests.web_client import Client


@pytest.fixture
def client(tmp_path: Path) -> Client:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
        archive.add_record(summit())
    return Client(tmp_path / "a.db", user="reader")


def review(client: Client, query: str = "") -> dict[str, object]:
    return dict(json.loads(client.get(f"/review.json{query}").text))


def card(client: Client, query: str = "") -> str:
    shown = review(client, query)["card"]
    assert isinstance(shown, dict)
    return str(shown["id"])


def test_a_judged_card_makes_way_for_the_next(client: Client) -> None:
    first = card(client)
    answer = client.post(f"/event/{first}/verdict", {"verdict": "right", "back": "/review"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert card(client) != first


def test_rates_grow_by_type(client: Client) -> None:
    for verdict in ("right", "wrong"):
        client.post(f"/event/{card(client, '?type=CONSULT')}/verdict", {"verdict": verdict})
    [rate] = json.loads(client.get("/review.json").text)["rates"]
    assert (rate["type"], rate["right"], rate["wrong"], rate["agreement"]) == ("CONSULT", 1, 1, 0.5)


def test_undo_takes_the_last_judgement_back(client: Client) -> None:
    first = card(client)
    client.post(f"/event/{first}/verdict", {"verdict": "wrong"})
    last = review(client)["last"]
    assert isinstance(last, dict)
    assert last["event"] == first
    client.post(f"/event/{first}/undo", {})
    assert card(client) == first
    assert review(client)["last"] is None


def test_an_edited_field_is_seen_at_once_with_who_did_it(client: Client) -> None:
    event = card(client)
    client.post(f"/event/{event}/edit", {"field": "status", "new": "planned"})
    data = json.loads(client.get(f"/event/{event}.json").text)
    assert data["event"]["status"] == "planned"
    assert [(line["field"], line["new"], line["who"]) for line in data["history"]] == [("status", "planned", "reader")]


def test_what_was_judged_wrong_leaves_the_lists_and_stays_in_the_reader(client: Client) -> None:
    event = card(client)
    client.post(f"/event/{event}/verdict", {"verdict": "wrong"})
    assert event not in client.get("/timeline").text
    assert event in client.get("/report/r1").text


@pytest.mark.parametrize(
    ("write", "form"),
    [
        ("verdict", {"verdict": "maybe"}),
        ("verdict", {}),
        ("edit", {"field": "colour", "new": "blue"}),
        ("edit", {"field": "status", "new": "imagined"}),
        ("edit", {"field": "date", "new": "someday"}),
        ("undo", {}),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(client: Client, write: str, form: dict[str, str]) -> None:
    answer = client.post(f"/event/{card(client)}/{write}", form)
    assert answer.status_code == 400
    assert answer.text.strip()
    assert review(client)["rates"] == []


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x"])
def test_a_judgement_never_leads_to_another_site(client: Client, back: str) -> None:
    event = card(client)
    answer = client.post(f"/event/{event}/verdict", {"verdict": "right", "back": back})
    assert answer.headers["location"] == f"/event/{event}"


def test_a_skipped_card_comes_again_from_the_start(client: Client) -> None:
    first = card(client)
    second = card(client, f"?after={first}")
    assert first != second
    assert card(client) == first
