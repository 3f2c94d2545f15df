"""The files a browser loads beside the page: read once, compressed once, named by their hash so they can be kept."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED = frozenset({".css", ".js", ".svg"})
KEPT = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    zipped: bytes | None
    media_type: str
    digest: str


@cache
def assets() -> dict[str, Asset]:
    """All static files by path, such as ``vendor/htmx.min.js``; licences are not served."""
    static = _walk(files(__package__) / "static", "")
    charts = ("charts.css", files("detente.charts") / "charts.css")
    return {path: _asset(path, file.read_bytes()) for path, file in (charts, *static)}


def address(path: str) -> str:
    """The address of a static file, which changes when the file does."""
    return f"/static/{path}?v={assets()[path].digest[:12]}"


def send_asset(request: Request) -> Response:
    """Answer ``/static/…``."""
    asset = assets().get(request.path_params["path"])
    if asset is None:
        return PlainTextResponse("No such file.\n", 404)
    headers = {"Cache-Control": KEPT, "Vary": "Accept-Encoding"}
    if asset.zipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.zipped, headers={**headers, "Content-Encoding": "gzip"}, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif _ending(entry.name) in TYPES:
            yield f"{prefix}{entry.name}", entry


def _asset(path: str, body: bytes) -> Asset:
    ending = _ending(path)
    zipped = gzip.compress(body, mtime=0) if ending in COMPRESSED else None
    return Asset(body, zipped, TYPES[ending], hashlib.sha256(body).hexdigest())


def _ending(name: str) -> str:
    return name[name.rfind(".") :]
