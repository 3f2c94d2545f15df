"""A browser of few words for tests: asks the workbench without a socket."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from detente.web import ServerSettings, make_app
from detente.web.views import PAGES


class Client:
    """Sends requests to the workbench of an archive and gives back what it answers."""

    def __init__(self, archive: Path, **settings: Any) -> None:
        self.settings = ServerSettings(archive, **settings)
        self.app = make_app(self.settings)

    def get(self, address: str, **headers: str) -> httpx.Response:
        """GET an address; `headers` with ``_`` for ``-``."""
        return self.send("GET", address, headers=_named(headers))

    def post(self, address: str, form: dict[str, str], **headers: str) -> httpx.Response:
        """POST a form with the token of the pages."""
        return self.send("POST", address, data={"token": self.settings.token, **form}, headers=_named(headers))

    def send(self, method: str, address: str, **more: Any) -> httpx.Response:
        """Send any request."""
        return asyncio.run(self._send(method, address, **more))

    async def _send(self, method: str, address: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as client:
            return await client.request(method, address, **more)


def every_page(client: Client) -> list[str]:
    """An address for every page there is, with parts that exist in the archive."""
    archive = client.app.state.server.reading.archive()
    report = archive.db.execute("SELECT id FROM report ORDER BY n LIMIT 1").fetchone()[0]
    event = archive.db.execute("SELECT id FROM event ORDER BY n LIMIT 1").fetchone()[0]
    story = archive.db.execute("SELECT id FROM story ORDER BY id LIMIT 1").fetchone()
    parts = {
        "{report}": report, "{event}": event, "{one}": "ARG", "{other}": "FIN", "{name:path}": "ARG",
        "{story}": story[0] if story else "none",
    }  # fmt: skip
    addresses = []
    for address, _ in PAGES:
        for part, value in parts.items():
            address = address.replace(part, value)
        addresses.append(address)
    return addresses


def twin(address: str, form: str) -> str:
    """The address of the ``.json`` or ``.csv`` twin."""
    path, mark, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.{form}{mark}{query}"


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
