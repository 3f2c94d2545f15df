"""The writes of the workbench: a judgement, an edited field, and taking either back, each one line appended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import cast, get_args
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from detente.archive import Archive
from detente.archive.corrections import Verdict
from detente.errors import DetenteError, UsageError
from detente.web.rendering import to
from detente.web.settings import ServerSettings

Form = Mapping[str, str]
Write = Callable[[Archive, str, Form, str], object]


def judging_routes(settings: ServerSettings, under: str = "") -> list[Route]:
    """``POST /event/ID/verdict``, ``/edit`` and ``/undo``; all come back to where they were sent from.

    `under` is put before these addresses, for an archive beside the one that is served.
    """
    writes: dict[str, Write] = {"verdict": _verdict, "edit": _edit, "undo": _undo}
    return [
        Route(f"{under}/event/{{event}}/{name}", _answering(write, settings), methods=["POST"])
        for name, write in writes.items()
    ]


def _answering(write: Write, settings: ServerSettings) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
        event = request.path_params["event"]
        try:
            await run_in_threadpool(_written, settings, write, event, form)
        except DetenteError as error:
            return PlainTextResponse(f"{error}\n", 400)
        return RedirectResponse(_back(form, event), 303)

    return answer


def _written(settings: ServerSettings, write: Write, event: str, form: Form) -> None:
    # A connection of its own: those that read refuse to write.
    with Archive.open(settings.archive) as archive:
        write(archive, event, form, settings.user)


def _back(form: Form, event: str) -> str:
    given = form.get("back", "")
    # Only an address of this server: one slash, and no second that would name another host.
    return given if given.startswith("/") and not given.startswith(("//", "/\\")) else to("event", event)


def _verdict(archive: Archive, event: str, form: Form, who: str) -> object:
    verdict = form.get("verdict", "")
    if verdict not in get_args(Verdict):
        raise UsageError(f"{verdict!r} is no verdict: right or wrong.")
    return archive.judge(event, cast(Verdict, verdict), who)


def _edit(archive: Archive, event: str, form: Form, who: str) -> object:
    return archive.correct(event, form.get("field", ""), form.get("new", ""), who)


def _undo(archive: Archive, event: str, form: Form, who: str) -> object:
    return archive.undo(event, who)
