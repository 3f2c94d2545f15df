"""The workbench waits for no browser for ever, and says so in words where something breaks."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from detente.archive import Archive
from detente.cli.serving import run
from detente.errors import UsageError
from detente.web import ServerSettings, make_app, waiting
from detente.web.guard import CONTENT_SECURITY_POLICY
from detente.web.waiting import PatientProtocol
from tests.made_records import expulsion
from tests.web_client import Client


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion())
    return tmp_path / "a.db"


@pytest.fixture
def port(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(waiting, "PATIENCE", 1)
    monkeypatch.setattr("detente.web.guard.PATIENCE", 1)
    listening = socket.create_server(("127.0.0.1", 0))
    port = int(listening.getsockname()[1])
    app = make_app(ServerSettings(path, port=port))
    server = uvicorn.Server(uvicorn.Config(app, http=PatientProtocol, ws="none", log_level="critical"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
    thread.start()
    yield port
    server.should_exit = True
    thread.join(20)


def answered(port: int, *pieces: bytes, pause: float = 0.0) -> bytes:
    """What comes until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for piece in pieces:
            try:
                connection.sendall(piece)
            except OSError:
                break
            time.sleep(pause)
        found = b""
        try:
            while more := connection.recv(65_536):
                found += more
        except ConnectionError:
            pass
        return found


HEAD = b"Host: 127.0.0.1\r\n"


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b"GET / HT"],
        [b"GET / HTTP/1.1\r\n" + HEAD],
        [b"GET /help HTTP/1.1\r\n" + HEAD + b"\r\n", b"GET /he"],
    ],
    ids=["nothing", "half a line", "half a head", "half a second request"],
)
def test_a_connection_on_which_nothing_comes_is_closed(port: int, pieces: list[bytes]) -> None:
    answered(port, *pieces)  # it returns when the server has closed


def test_bytes_in_drops_win_no_time(port: int) -> None:
    start = time.monotonic()
    answered(port, *[bytes([byte]) for byte in b"GET / HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], pause=0.2)
    assert time.monotonic() - start < 9


def test_a_form_that_does_not_come_is_not_waited_for(port: int) -> None:
    head = b"POST /event/e/judge HTTP/1.1\r\n" + HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"
    answer = answered(port, head + b"Content-Length: 500\r\n\r\ntoken=")
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert CONTENT_SECURITY_POLICY.encode() in answer


def test_a_page_that_breaks_carries_the_policy_and_tells_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(path)

    def broken(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(client.app.state.server, "_made", broken)
    answer = client.get("/help")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "secret" not in answer.text


@pytest.mark.parametrize("written", [b"\xff\xfe\x00", "пароль".encode("cp1251"), b"caf\xe9 au lait\n"])
def test_a_password_file_in_another_encoding_is_told(path: Path, tmp_path: Path, written: bytes) -> None:
    (tmp_path / "password").write_bytes(written)
    with pytest.raises(UsageError, match="UTF-8"):
        run(path, "127.0.0.1", 0, (), tmp_path / "password", 1, None)
