"""Fetching a page from the web, safely and politely.

httpcore speaks HTTP and Protego reads robots.txt; `network` decides where a connection may go. The name is resolved
once, the connection goes to that very address, and every redirect is judged like a new address.
Limits: 5 redirects, 20 MB as sent and unpacked, 30 s in all, redirects and robots.txt among them; robots.txt is obeyed,
and a host is asked once a second. Nothing a server sends raises anything but `FetchError`.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urljoin

import httpcore
from protego import Protego

from detente.errors import FetchError, ReadError, TooLong
from detente.reading.addresses import (
    USUAL_PORTS,
    Address,
    Allow,
    Resolve,
    address_of,
    is_public,
    system_resolve,
)
from detente.reading.cleaning import clean_line
from detente.reading.network import CheckedNetwork, Deadline, request_url
from detente.reading.packed import unpack_gzip
from detente.reading.page import charset_in

_log = logging.getLogger(__name__)

TOKEN = "detente"
"""What robots.txt calls this program."""

AGENT = f"{TOKEN}/{version('detente')}"
MOST_REDIRECTS = 5
LARGEST = 20_000_000
SECONDS = 30.0
PAUSE = 1.0
LONGEST_PAUSE = 10.0
"""Seconds a host may ask for between two requests; a host that wants more gets this."""

LARGEST_ROBOTS = 500_000
"""Bytes of robots.txt that count, as RFC 9309 has it."""

MOST_FIELDS = 200
LONGEST_HEAD = 65_536
"""Fields and bytes of the head of an answer: servers of news send up to 60 fields and 20,000 bytes."""

ROBOTS = "robots"
READABLE = ("text/", "application/xhtml+xml", "application/xml", "application/rss+xml", "application/atom+xml")

_HEADERS = [
    ("User-Agent", AGENT),
    ("Accept", "text/html, */*;q=0.5"),
    ("Accept-Encoding", "gzip"),
    ("Connection", "close"),
]
_LONGEST_REASON = 100
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Page:
    """What came from an address; `url` is where the last redirect led, `kind` and `charset` what the server stated."""

    url: str
    body: bytes
    kind: str
    charset: str | None = None


class Fetcher:
    """Fetches pages one after the other, keeping robots.txt and the time of the last request of each host.

    `allow` judges IP addresses and `ports` those of servers; `resolve`, `clock` and `sleep` stand for the system's.
    """

    def __init__(
        self,
        allow: Allow = is_public,
        ports: Collection[int] = USUAL_PORTS,
        resolve: Resolve = system_resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        seconds: float = SECONDS,
        largest: int = LARGEST,
    ) -> None:
        self._allow = allow
        self._ports = ports
        self._resolve = resolve
        self._clock = clock
        self._sleep = sleep
        self._seconds = seconds
        self._largest = largest
        self._robots: dict[tuple[str, str, int], Protego] = {}
        self._last: dict[str, float] = {}
        self._tls = ssl.create_default_context()

    def fetch(self, url: str) -> Page:
        """The page at `url`; raises `FetchError` with the kind of reason in its code."""
        address = address_of(url, self._ports)
        deadline = Deadline(self._seconds)
        for _ in range(MOST_REDIRECTS + 1):
            robots = self._robots_of(address, deadline)
            if not robots.can_fetch(address.url, TOKEN):
                raise FetchError(f"robots.txt of {address.host} asks not to read it", ROBOTS)
            with self._answer(address, robots, deadline) as answer:
                _log.info("answered", extra={"told": {"address": address.url, "status": answer.status}})
                if answer.status in _REDIRECTS:
                    address = self._next(address, answer)
                    continue
                return self._page(address, answer)
        raise FetchError(f"it is redirected more than {MOST_REDIRECTS} times", "redirects")

    def _page(self, address: Address, answer: httpcore.Response) -> Page:
        if answer.status != 200:
            said = clean_line(answer.extensions.get("reason_phrase", b"").decode("latin-1"))[:_LONGEST_REASON]
            raise FetchError(f"the server answered {answer.status} {said}".rstrip(), f"http-{answer.status}")
        stated = _field(answer, b"content-type")
        kind = stated.partition(";")[0].strip().lower() or "text/plain"
        if not kind.startswith(READABLE):
            raise FetchError(f"it is {clean_line(kind)[:_LONGEST_REASON]}, no page or feed", "not-a-page")
        return Page(address.url, _body(answer, self._largest), kind, charset_in(stated))

    def _next(self, address: Address, answer: httpcore.Response) -> Address:
        target = _field(answer, b"location")
        if not target:
            raise FetchError("it is redirected to nowhere", "redirects")
        try:
            # Servers send raw bytes here; they were read as Latin-1.
            joined = urljoin(address.url, target.encode("latin-1").decode("utf-8", "replace").strip())
        except ValueError as error:
            raise FetchError("it is redirected to a malformed address", "redirects") from error
        return address_of(joined, self._ports)

    def _robots_of(self, address: Address, deadline: Deadline) -> Protego:
        if address.origin not in self._robots:
            self._robots[address.origin] = self._read_robots(address, deadline)
        return self._robots[address.origin]

    def _read_robots(self, address: Address, deadline: Deadline) -> Protego:
        place = Address(address.scheme, address.host, address.port, "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            with self._answer(place, None, deadline) as answer:
                if answer.status in _REDIRECTS:
                    place = self._next(place, answer)
                    continue
                if answer.status >= 500:
                    raise FetchError(f"robots.txt of {address.host} cannot be read (answer {answer.status})", ROBOTS)
                if answer.status == 200:
                    body = _body(answer, LARGEST_ROBOTS, cut=True)
                    return Protego.parse(body.decode("utf-8-sig", "replace"))
                break
        return Protego.parse("")

    @contextmanager
    def _answer(self, address: Address, robots: Protego | None, deadline: Deadline) -> Iterator[httpcore.Response]:
        """The answer of the server; the connection ends with the context."""
        self._wait(address.host, robots, deadline)
        network = CheckedNetwork(address, self._allow, self._resolve, deadline)
        headers = [*_HEADERS, ("Host", address.authority)]
        try:
            with (
                httpcore.ConnectionPool(self._tls, network_backend=network, max_keepalive_connections=0) as pool,
                pool.stream("GET", request_url(address), headers=headers) as answer,
            ):
                _refuse_long_head(answer)
                yield answer
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            if deadline.is_over or isinstance(error, httpcore.TimeoutException):
                raise FetchError(f"it took more than {self._seconds:g} s", "timeout") from error
            what = str(error) or type(error).__name__
            raise FetchError(f"{address.host} broke the connection: {what}", "unreachable") from error

    def _wait(self, host: str, robots: Protego | None, deadline: Deadline) -> None:
        asked = robots.crawl_delay(TOKEN) if robots else None
        pause = min(max(PAUSE, asked or 0), LONGEST_PAUSE)
        if host in self._last and (left := self._last[host] + pause - self._clock()) > 0:
            with deadline.paused():
                self._sleep(left)
        self._last[host] = self._clock()


def _refuse_long_head(answer: httpcore.Response) -> None:
    if len(answer.headers) > MOST_FIELDS or sum(len(k) + len(v) for k, v in answer.headers) > LONGEST_HEAD:
        raise FetchError(f"its head has more than {MOST_FIELDS} fields or {LONGEST_HEAD:,} bytes", "unreachable")


def _body(answer: httpcore.Response, largest: int, *, cut: bool = False) -> bytes:
    """The body, unpacked; one above `largest` bytes is refused, or with `cut` read up to there."""
    body = bytearray()
    for piece in answer.iter_stream():
        body += piece
        if len(body) > largest:
            if not cut:
                raise FetchError(f"it has more than {largest:,} bytes", "too-long")
            break
    coding = _field(answer, b"content-encoding").strip().lower()
    if coding in ("", "identity"):
        return bytes(body[:largest])
    if coding not in ("gzip", "x-gzip"):
        raise FetchError(f"it is packed as {clean_line(coding)[:40]}, which was not asked for", "unreachable")
    try:
        return unpack_gzip(bytes(body), largest)
    except TooLong as error:
        raise FetchError(f"it has more than {largest:,} bytes", "too-long") from error
    except ReadError as error:
        raise FetchError(f"the page is damaged: {error}", "unreachable") from error


def _field(answer: httpcore.Response, name: bytes) -> str:
    """The field of the head with this lower-case name; empty where there is none."""
    return next((value.decode("latin-1") for key, value in answer.headers if key.lower() == name), "")
