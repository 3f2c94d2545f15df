"""The workbench as an ASGI application: addresses, twins, caching, and the few writes there are."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from detente.archive import Archive
from detente.archive.account import account_of
from detente.errors import ArchiveError, DetenteError, UsageError
from detente.web.assets import send_asset
from detente.web.guard import HEALTH, Guard
from detente.web.judging import judging_routes
from detente.web.openapi import ADDRESS as DESCRIPTION
from detente.web.openapi import document
from detente.web.pages import Asked, Form, Sent, View, WebPage, headers_of, sent, to_csv, to_geojson, to_json
from detente.web.reading import ArchiveReader
from detente.web.rendering import render
from detente.web.settings import ServerSettings
from detente.web.views import COMPARING, HEAVY, LOCATED, PAGES
from detente.web.views.home import home, in_window
from detente.web.views.pair import pair

_log = logging.getLogger(__name__)

KEPT_BYTES = 64 * 1024 * 1024
"""Memory for pages made already: some thousands of them."""

WARMED = 60
"""Pairs reckoned before anybody asks: a second or two of work in the background, half of what is kept."""

MAKERS = 3
"""Threads that make pages: more would only take turns, since reckoning holds the interpreter."""

TWINS: Mapping[Form, Callable[[WebPage], str]] = {"json": to_json, "csv": to_csv, "geojson": to_geojson}
"""How each twin of a page is written."""

Key = tuple[str, str, Form, bool]


def make_app(settings: ServerSettings) -> Starlette:
    """The application that serves one archive; raises `ArchiveError` where that cannot be opened."""
    reading = ArchiveReader(settings.archive)
    server = Server(reading, settings)
    routes = [Route(HEALTH, server.health, methods=["GET"]), Route("/static/{path:path}", send_asset)]
    pages = (*PAGES, *(COMPARING if settings.beside else ()))
    routes.append(Route(DESCRIPTION, _describing(pages), methods=["GET"]))
    for address, view in pages:
        for form in (*(("geojson",) if view in LOCATED else ()), "json", "csv", "html"):
            routes.append(Route(_twin(address, form), server.answers(view, form), methods=["GET"]))
    routes.append(Route("/report/{report}/original", server.original, methods=["GET"]))
    routes += judging_routes(settings)
    if settings.beside:
        routes += judging_routes(replace(settings, archive=settings.beside), "/beside")
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={404: server.missing},
    )
    app.router.redirect_slashes = False  # a name may end in a slash
    app.state.server = server
    return app


class Server:
    """Answers pages; each is made once for each state of the archive, however many ask for it."""

    def __init__(self, reading: ArchiveReader, settings: ServerSettings) -> None:
        self.reading = reading
        self.beside = ArchiveReader(settings.beside) if settings.beside else None
        self.settings = settings
        self._kept: OrderedDict[Key, tuple[int, Sent]] = OrderedDict()
        self._size = 0
        self._light, self._heavy = CapacityLimiter(MAKERS), CapacityLimiter(1)
        self._making: dict[tuple[Key, int], asyncio.Future[Sent]] = {}

    def answers(self, view: View, form: Form) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of a view in one form."""

        async def answer(request: Request) -> Response:
            part = "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
            key = (request.url.path, request.url.query, form, part)
            limiter = self._heavy if view in HEAVY else self._light
            began = time.perf_counter()
            made = await self._page(key, lambda: self._made(view, request, form, part), limiter)
            took = round(1000 * (time.perf_counter() - began), 1)
            told = {"path": request.url.path, "query": request.url.query, "status": made.status, "ms": took}
            _log.info("page answered", extra={"told": told})
            return _response(request, made)

        return answer

    async def health(self, request: Request) -> Response:
        """Say that the archive can be read: 503 where it cannot."""
        try:
            await run_in_threadpool(lambda: self.reading.archive().counts())
        except (DetenteError, sqlite3.Error) as error:
            _log.warning("archive cannot be read", extra={"told": {"reason": str(error)}})
            return JSONResponse({"status": "archive cannot be read"}, 503)
        return JSONResponse({"status": "ok"})

    async def original(self, request: Request) -> Response:
        """Send the saved copy of a report as a file to keep: what was scraped is never shown."""
        report = request.path_params["report"]
        try:
            body = await run_in_threadpool(self._original, report)
        except ArchiveError as error:
            return PlainTextResponse(f"{error}\n", 404)
        headers = {"Content-Disposition": f'attachment; filename="{quote(report, safe="")}.original"'}
        return Response(body, headers=headers, media_type="application/octet-stream")

    def _original(self, report: str) -> bytes:
        archive = self.reading.archive()
        digest = archive.report(report).original
        if digest is None:
            raise ArchiveError(f"No original was saved of report {report!r}.")
        return archive.originals.read(digest)

    async def missing(self, request: Request, error: Exception) -> Response:
        """Answer an address that is none."""
        page = _fault("There is no such page.", 404)
        path = request.url.path
        if path.endswith(".json"):
            return _response(request, sent(to_json(page), "json", 404))
        return _response(request, sent(self._html(page, path, "", False), "html", 404))

    def warm(self) -> None:
        """Load what the first pages would wait for: templates, names, the busiest pairs of all years."""
        asked = Asked(self.reading, "/", {}, QueryParams())
        self._html(home(asked), "/", "", False)
        _, _, cells = in_window(Asked(self.reading, "/", {}, QueryParams({"window": "all"})))
        for cell in cells[:WARMED]:
            pair(Asked(self.reading, "/", {"one": cell.one, "other": cell.other}, QueryParams()))

    async def _page(self, key: Key, make: Callable[[], Sent], limiter: CapacityLimiter) -> Sent:
        generation = self.reading.generation() + (self.beside.generation() if self.beside else 0)
        known = self._kept.get(key)
        if known and known[0] == generation:
            self._kept.move_to_end(key)
            return known[1]
        making = (key, generation)
        if making not in self._making:
            self._making[making] = asyncio.ensure_future(to_thread.run_sync(make, limiter=limiter))
            self._making[making].add_done_callback(lambda done: self._keep(making, done))
        return await asyncio.shield(self._making[making])

    def _keep(self, making: tuple[Key, int], done: asyncio.Future[Sent]) -> None:
        self._making.pop(making, None)
        if done.cancelled() or done.exception():
            return
        key, generation = making
        old = self._kept.pop(key, None)
        self._size += done.result().size - (old[1].size if old else 0)
        self._kept[key] = (generation, done.result())
        while self._size > KEPT_BYTES:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._size -= dropped.size

    def _made(self, view: View, request: Request, form: Form, part: bool) -> Sent:
        asked = Asked(self.reading, request.url.path, request.path_params, request.query_params, self.beside)
        try:
            page = view(asked)
        except UsageError as error:
            page = _fault(str(error), 400)
        except ArchiveError as error:
            page = _fault(str(error), 404)
        except DetenteError as error:
            page = _fault(str(error), 500)
        if twin := TWINS.get(form):
            return sent(twin(page), form, page.status, headers_of(page))
        path = request.url.path
        return sent(self._html(page, path, request.url.query, part), form, page.status, headers_of(page))

    def _html(self, page: WebPage, path: str, query: str, part: bool) -> str:
        forms = [form for form in TWINS if form != "geojson" or page.features is not None]
        twins = {form: _twin(path, form) + (f"?{query}" if query else "") for form in forms}
        counts = self.reading.kept("counts", _counts)
        given = {"counts": counts, "token": self.settings.token, "comparing": self.beside is not None}
        return render(page, part, path=path, twins=twins, **given)


def _response(request: Request, made: Sent) -> Response:
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, HX-Request", "ETag": made.tag, **made.headers}
    if made.status == HTTPStatus.OK and request.headers.get("if-none-match") == made.tag:
        return Response(status_code=304, headers=headers)
    body = made.body
    if made.zipped and "gzip" in request.headers.get("accept-encoding", ""):
        body = made.zipped
        headers["Content-Encoding"] = "gzip"
    return Response(body, made.status, headers, media_type=made.media_type)


def _describing(pages: tuple[tuple[str, View], ...]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of the description of the JSON twins, which is made when it is first asked for."""
    made = cache(lambda: sent(json.dumps(document(pages), indent=1) + "\n", "json"))

    async def answer(request: Request) -> Response:
        return _response(request, await run_in_threadpool(made))

    return answer


def _twin(address: str, form: Form) -> str:
    if form == "html":
        return address
    return f"{'/index' if address == '/' else address}.{form}"


def _fault(reason: str, status: int) -> WebPage:
    row = {"error": reason}
    return WebPage("fault.html", HTTPStatus(status).phrase, {"error": reason, "status": status}, [row], status=status)


def _counts(archive: Archive) -> dict[str, int]:
    return {**archive.counts(), "failed": account_of(archive.db).failed}
