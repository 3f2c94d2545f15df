"""``detente serve``: the workbench in a browser."""

from __future__ import annotations

import getpass
import os
import socket
import threading
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from detente.archive import Archive
from detente.errors import UsageError
from detente.web import ServerSettings, make_app
from detente.web.waiting import PatientProtocol

WAITING = 64
"""Connections that may wait: more than the readers of one workbench open at once."""


def run(
    archive: Path,
    host: str,
    port: int,
    allowed: Sequence[str],
    password_file: Path | None,
    workers: int,
    user: str | None,
    beside: Path | None = None,
) -> None:
    """Serve until interrupted; raises `UsageError` where that address cannot be had."""
    password = _first_line(password_file) if password_file else None
    settings = ServerSettings(archive, host, port, tuple(allowed), password, user or getpass.getuser(), beside)
    for path in (archive, beside):
        if path is not None:
            Archive.open(path).close()  # what is wrong with it is said before anything listens
    listening = _listening(host, port)
    name = f"[{host}]" if ":" in host else host
    print(f"detente: {archive} at http://{name}:{listening.getsockname()[1]}/ (Ctrl-C ends)", flush=True)  # noqa: T201
    _fork(workers - 1, settings, listening)
    _serve(settings, listening)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named so that asyncio knows it is TCP and sends small answers at once (TCP_NODELAY).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be listened on: {error.strerror}. Choose another --port.") from error
    listening.listen(WAITING)
    return listening


def _fork(count: int, settings: ServerSettings, listening: socket.socket) -> None:
    """Further processes that take connections off the same socket; none where the system cannot fork."""
    if not hasattr(os, "fork"):
        return
    ended, alive = os.pipe()
    for _ in range(count):
        if os.fork() == 0:
            os.close(alive)
            threading.Thread(target=_end_with_parent, args=(ended,), daemon=True).start()
            _serve(settings, listening)
            os._exit(0)


def _end_with_parent(ended: int) -> None:
    os.read(ended, 1)  # comes back when the parent is gone, however it went
    os._exit(0)


def _serve(settings: ServerSettings, listening: socket.socket) -> None:
    app = make_app(settings)
    # A daemon, so that ending does not wait for it.
    threading.Thread(target=app.state.server.warm, daemon=True).start()
    config = uvicorn.Config(
        app, http=PatientProtocol, ws="none", log_level="warning", server_header=False, access_log=False
    )
    uvicorn.Server(config).run([listening])


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is no text in UTF-8: write the password in that encoding.") from error
    if not lines or not lines[0].strip():
        raise UsageError(f"{path} holds no password: write it on the first line.")
    return lines[0].strip()
