"""``detente serve``: the workbench in a browser."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from detente.errors import UsageError
from detente.web import Settings, make_app

WAITING = 64
"""Connections that may wait: more than the readers of one workbench open at once."""


def run(
    archive: Path, host: str, port: int, allowed: Sequence[str], password_file: Path | None, user: str | None
) -> None:
    """Serve until interrupted; raises `UsageError` where that address cannot be had."""
    password = _first_line(password_file) if password_file else None
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    settings = Settings(archive, host, port, tuple(allowed), password, user or getpass.getuser())
    app = make_app(settings)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be listened on: {error.strerror}. Choose another --port.") from error
    listening.listen(WAITING)
    name = f"[{host}]" if ":" in host else host
    print(f"detente: {archive} at http://{name}:{listening.getsockname()[1]}/ (Ctrl-C ends)", flush=True)  # noqa: T201
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, access_log=False))
    server.run(sockets=[listening])


def _first_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise UsageError(f"{path} holds no password: write it on the first line.")
    return lines[0].strip()
