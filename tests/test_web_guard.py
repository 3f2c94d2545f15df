"""What stands before every page: names, passwords, tokens, sizes, headers."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from detente.archive import Archive
from detente.errors import UsageError
from detente.web import ServerSettings
from detente.web.guard import CONTENT_SECURITY_POLICY, LARGEST_BODY
from tests.made_records import expulsion
from tests.web_client import Client, every_page, twin

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
    return tmp_path / "a.db"


@pytest.fixture
def client(path: Path) -> Client:
    return Client(path)


def event(client: Client) -> str:
    archive = client.app.state.server.reading.archive()
    return str(archive.events()[0].id)


def judged(client: Client) -> int:
    with Archive.open(client.settings.archive) as archive:
        return archive.counts()["correction"]


def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    addresses = [a for page in every_page(client) for a in (page, twin(page, "json"), twin(page, "csv"))]
    for address in [*addresses, "/static/detente.css", "/none", "/report/r1/original"]:
        headers = client.get(address).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY, address
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["referrer-policy"] == "same-origin", address
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8321", "127.0.0.2"]
)
def test_another_name_is_turned_away(client: Client, host: str) -> None:
    answer = client.send("GET", "/", headers={"Host": host})
    assert answer.status_code == 400
    assert "Moscow" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9", "127.0.0.1:8321", "[::1]:8321"])
def test_names_of_loopback_are_answered(client: Client, host: str) -> None:
    assert client.send("GET", "/help", headers={"Host": host}).status_code == 200


def test_a_name_that_was_allowed_is_answered(path: Path) -> None:
    client = Client(path, allowed_hosts=("desk.example",))
    assert client.send("GET", "/help", headers={"Host": "desk.example:8321"}).status_code == 200


@pytest.mark.parametrize("token", [None, "", "guess", "é"])
def test_a_write_without_the_token_changes_nothing(client: Client, token: str | None) -> None:
    form = {"verdict": "right"} | ({} if token is None else {"token": token})
    answer = client.send("POST", f"/event/{event(client)}/verdict", data=form)
    assert answer.status_code == 403
    assert judged(client) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_from_another_site_changes_nothing_even_with_the_token(client: Client, headers: dict[str, str]) -> None:
    form = {"verdict": "right", "token": client.settings.token}
    answer = client.send("POST", f"/event/{event(client)}/verdict", data=form, headers=headers)
    assert answer.status_code == 403
    assert judged(client) == 0


def test_a_write_from_the_page_itself_is_taken(client: Client) -> None:
    form = {"verdict": "right", "token": client.settings.token}
    headers = {"Origin": "http://127.0.0.1:8321", "Sec-Fetch-Site": "same-origin"}
    assert client.send("POST", f"/event/{event(client)}/verdict", data=form, headers=headers).status_code == 303
    assert judged(client) == 1


def test_a_write_in_another_form_is_refused(client: Client) -> None:
    body = {"verdict": "right", "token": client.settings.token}
    assert client.send("POST", f"/event/{event(client)}/verdict", json=body).status_code == 403
    assert judged(client) == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert client.send(method, "/").status_code == 405


def test_a_form_too_large_is_refused(client: Client) -> None:
    body = "token=" + client.settings.token + "&new=" + "x" * LARGEST_BODY
    answer = client.send("POST", f"/event/{event(client)}/edit", content=body, headers=FORM)
    assert answer.status_code == 413


def test_asking_never_writes(client: Client) -> None:
    assert client.send("GET", f"/event/{event(client)}/verdict?verdict=right").status_code in (404, 405)
    assert judged(client) == 0
    with pytest.raises(Exception, match=r"readonly|query_only|read-only"):
        client.app.state.server.reading.archive().db.execute("DELETE FROM report")


def test_others_are_let_in_only_with_a_password(path: Path) -> None:
    with pytest.raises(UsageError, match="password"):
        ServerSettings(path, host="0.0.0.0")
    with pytest.raises(UsageError, match="at least"):
        ServerSettings(path, host="0.0.0.0", password="short")
    assert ServerSettings(path, host="::1").on_loopback
    assert ServerSettings(path, host="127.8.9.1").on_loopback
    assert not ServerSettings(path, host="desk.example", password="a long secret").on_loopback


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 401),
        ("Basic " + base64.b64encode(b"anyone:a long secret").decode(), 200),
        ("Basic " + base64.b64encode(b"anyone:a wrong secret").decode(), 401),
        ("Basic " + base64.b64encode(b"a long secret").decode(), 401),
        ("Basic !!!", 401),
        ("Bearer a long secret", 401),
    ],
)
def test_the_password_guards_pages_and_files_alike(path: Path, given: str | None, status: int) -> None:
    client = Client(path, host="0.0.0.0", password="a long secret")
    headers = {"Authorization": given} if given else {}
    for address in ("/help", "/static/detente.css", "/report/r1.json"):
        assert client.send("GET", address, headers=headers).status_code == status


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="detente add"):
        ServerSettings(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
