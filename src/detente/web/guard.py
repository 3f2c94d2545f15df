"""What stands before every page: Host allow-list, password, CSRF token, size of bodies, and the safety headers."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from urllib.parse import parse_qs, urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.web.settings import ServerSettings
from detente.web.waiting import PATIENCE

LARGEST_BODY = 64 * 1024
"""Bytes of a form: the longest is one corrected field, so this is generous."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SAFETY_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),  # "no-referrer" would make the Origin of our own forms "null"
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
HEALTH = "/health"
SAFE_METHODS = frozenset({"GET", "HEAD"})
Headers = dict[bytes, bytes]


class Guard:
    """ASGI middleware; answers 400, 401, 403, 405 or 413 itself and lets the rest through with safety headers."""

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers: Headers = dict(scope["headers"])
        refusal = self._refusal(headers, scope["path"])
        if refusal is None and scope["method"] not in SAFE_METHODS:
            body, refusal = await self._checked_body(scope["method"], headers, receive)
            receive = _replayed(body)
        answering = _Answering(send)
        try:
            await (refusal or self.app)(scope, receive, answering)
        except Exception:
            # Starlette's own answer would be sent past this guard, without the headers.
            if not answering.begun:
                await PlainTextResponse("Something went wrong here.\n", 500)(scope, receive, answering)
            raise

    def _refusal(self, headers: Headers, path: str) -> PlainTextResponse | None:
        if not self._known_host(headers.get(b"host", b"")):
            return PlainTextResponse("This server does not answer to that name (Host).\n", 400)
        if path == HEALTH:
            return None  # says only that the server answers: what looks after it need not know the password
        if self.settings.password is not None and not self._authorised(headers.get(b"authorization", b"")):
            challenge = {"WWW-Authenticate": 'Basic realm="detente", charset="UTF-8"'}
            return PlainTextResponse("A password is needed.\n", 401, challenge)
        return None

    def _known_host(self, host: bytes) -> bool:
        name = host.decode("latin-1").casefold()
        bare, colon, port = name.rpartition(":")
        if colon and port.isdigit():
            name = bare
        return name in self.settings.hosts

    def _authorised(self, header: bytes) -> bool:
        scheme, _, encoded = header.partition(b" ")
        if scheme.lower() != b"basic":
            return False
        try:
            _, _, password = base64.b64decode(encoded, validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return False
        return hmac.compare_digest(password, (self.settings.password or "").encode())

    async def _checked_body(
        self, method: str, headers: Headers, receive: Receive
    ) -> tuple[bytes, PlainTextResponse | None]:
        if method != "POST":
            return b"", PlainTextResponse("Only GET, HEAD and POST are answered.\n", 405)
        if not self._same_site(headers):
            return b"", PlainTextResponse("The form was sent from another site.\n", 403)
        try:
            body = await asyncio.wait_for(_body_up_to(receive, LARGEST_BODY), PATIENCE)
        except TimeoutError:
            return b"", PlainTextResponse("The form did not come in time.\n", 408, {"Connection": "close"})
        if body is None:
            return b"", PlainTextResponse("The form is too large.\n", 413)
        if not self._has_token(headers, body):
            return b"", PlainTextResponse("The page is out of date: load it again and repeat.\n", 403)
        return body, None

    def _same_site(self, headers: Headers) -> bool:
        if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            return False
        origin = headers.get(b"origin")
        return origin is None or urlsplit(origin.decode("latin-1")).netloc.encode() == headers.get(b"host")

    def _has_token(self, headers: Headers, body: bytes) -> bool:
        if not headers.get(b"content-type", b"").startswith(b"application/x-www-form-urlencoded"):
            return False
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0]
        return hmac.compare_digest(given.encode(), self.settings.token.encode())


async def _body_up_to(receive: Receive, limit: int) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        if not message.get("more_body"):
            return b"".join(parts)


def _replayed(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


class _Answering:
    """Sends an answer with the safety headers, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            message["headers"] = [*message.get("headers", ()), *SAFETY_HEADERS]
        await self._send(message)
