"""Fetching a page from the web, safely and politely.

The name is resolved once, the connection goes to that very address, and every redirect is judged like a new address.
Limits: 5 redirects, 20 MB as sent and unpacked, 30 s in all; robots.txt is obeyed, and a host is asked once a second.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from detente import __version__
from detente.errors import FetchError
from detente.reading.addresses import (
    DEFAULT_PORT,
    USUAL_PORTS,
    Address,
    Allow,
    Resolve,
    address_of,
    is_public,
    resolved,
    system_resolve,
)

AGENT = f"detente/{__version__}"
MOST_REDIRECTS = 5
LARGEST = 20_000_000
SECONDS = 30.0
PAUSE = 1.0
LONGEST_PAUSE = 10.0
"""Seconds a host may ask for between two requests; a host that wants more gets this."""

LARGEST_ROBOTS = 500_000
"""Bytes of robots.txt that count, as RFC 9309 has it."""

ROBOTS = "robots"
READABLE = ("text/", "application/xhtml+xml", "application/xml", "application/rss+xml", "application/atom+xml")

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Page:
    """What came from an address; `url` is where the last redirect led, `kind` the stated media type."""

    url: str
    body: bytes
    kind: str


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
        self._robots: dict[tuple[str, str, int], RobotFileParser] = {}
        self._last: dict[str, float] = {}
        self._tls = ssl.create_default_context()

    def fetch(self, url: str) -> Page:
        """The page at `url`; raises `FetchError` with the kind of reason in its code."""
        address = address_of(url, self._ports)
        for _ in range(MOST_REDIRECTS + 1):
            robots = self._robots_of(address)
            if not robots.can_fetch(AGENT, address.url):
                raise FetchError(f"robots.txt of {address.host} asks not to read it", ROBOTS)
            with self._answer(address, robots) as (answer, deadline):
                if answer.status in _REDIRECTS:
                    address = self._next(address, answer)
                    continue
                return self._page(address, answer, deadline)
        raise FetchError(f"it is redirected more than {MOST_REDIRECTS} times", "redirects")

    def _page(self, address: Address, answer: http.client.HTTPResponse, deadline: _Deadline) -> Page:
        if answer.status != 200:
            raise FetchError(f"the server answered {answer.status} {answer.reason}", f"http-{answer.status}")
        kind = (answer.headers.get_content_type() or "").lower()
        if not kind.startswith(READABLE):
            raise FetchError(f"it is {kind}, no page or feed", "not-a-page")
        return Page(address.url, _body(answer, self._largest, deadline), kind)

    def _next(self, address: Address, answer: http.client.HTTPResponse) -> Address:
        target = answer.headers.get("Location")
        if not target:
            raise FetchError("it is redirected to nowhere", "redirects")
        try:
            # Servers send raw bytes here; http.client reads them as Latin-1.
            joined = urljoin(address.url, target.encode("latin-1").decode("utf-8", "replace").strip())
        except ValueError as error:
            raise FetchError(f"it is redirected to a malformed address: {error}", "redirects") from error
        return address_of(joined, self._ports)

    def _robots_of(self, address: Address) -> RobotFileParser:
        if address.origin not in self._robots:
            self._robots[address.origin] = self._read_robots(address)
        return self._robots[address.origin]

    def _read_robots(self, address: Address) -> RobotFileParser:
        parser = RobotFileParser()
        parser.modified()  # unread it would forbid everything
        place = Address(address.scheme, address.host, address.port, "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            with self._answer(place, None) as (answer, deadline):
                if answer.status in _REDIRECTS:
                    place = self._next(place, answer)
                    continue
                if answer.status >= 500:
                    raise FetchError(f"robots.txt of {address.host} cannot be read (answer {answer.status})", ROBOTS)
                if answer.status == 200:
                    body = _body(answer, LARGEST_ROBOTS, deadline, cut=True)
                    parser.parse(body.decode("utf-8", "replace").splitlines())
                return parser
        return parser

    @contextmanager
    def _answer(
        self, address: Address, robots: RobotFileParser | None
    ) -> Iterator[tuple[http.client.HTTPResponse, _Deadline]]:
        """The answer of the server; the connection ends with the context, or when its time is up."""
        self._wait(address.host, robots)
        deadline = _Deadline(self._seconds)
        ips = resolved(address, self._allow, self._resolve, deadline.left)
        connection = _connected(address, ips, self._tls, deadline)
        answer: http.client.HTTPResponse | None = None
        try:
            headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip", "Accept": "text/html, */*;q=0.5"}
            connection.request("GET", address.target, headers={**headers, "Connection": "close"})
            answer = connection.getresponse()
            yield answer, deadline
        except (OSError, http.client.HTTPException, zlib.error) as error:
            if deadline.is_over:
                raise FetchError(f"it took more than {self._seconds:g} s", "timeout") from error
            what = str(error) or type(error).__name__
            raise FetchError(f"{address.host} broke the connection: {what}", "unreachable") from error
        finally:
            deadline.lift()
            connection.close()
            if answer is not None:
                answer.close()  # it keeps the socket open where the server closes it after the answer

    def _wait(self, host: str, robots: RobotFileParser | None) -> None:
        asked = robots.crawl_delay(AGENT) if robots else None
        pause = min(max(PAUSE, float(asked or 0)), LONGEST_PAUSE)
        if host in self._last and (left := self._last[host] + pause - self._clock()) > 0:
            self._sleep(left)
        self._last[host] = self._clock()


class _Deadline:
    """Ends a connection when its time is up: a server that sends a byte now and then resets other time limits."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._timer: threading.Timer | None = None

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._end

    def watch(self, sock: socket.socket) -> None:
        self.lift()
        self._timer = threading.Timer(self.left, _cut, (sock,))
        self._timer.daemon = True
        self._timer.start()

    def lift(self) -> None:
        if self._timer:
            self._timer.cancel()


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        # Below any TLS: its own shutdown would pull the session away from under the thread that reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _connected(
    address: Address, ips: list[str], tls: ssl.SSLContext, deadline: _Deadline
) -> http.client.HTTPConnection:
    """A connection to the first of `ips` that answers; the name is not looked up again."""
    failure: OSError | None = None
    for ip in ips:
        try:
            sock = socket.create_connection((ip, address.port), timeout=deadline.left)
        except OSError as error:
            failure = error
            continue
        try:
            if address.scheme == "https":
                sock = tls.wrap_socket(sock, server_hostname=address.host, do_handshake_on_connect=False)
            deadline.watch(sock)
            if isinstance(sock, ssl.SSLSocket):
                sock.do_handshake()
        except OSError as error:
            sock.close()
            failure = error
            continue
        connection = http.client.HTTPConnection(address.host, address.port)
        connection.default_port = DEFAULT_PORT[address.scheme]  # the name in the Host header then has no port
        connection.sock = sock
        return connection
    deadline.lift()
    code = "timeout" if deadline.is_over else "unreachable"
    raise FetchError(f"{address.host} cannot be reached: {failure}", code) from failure


def _body(answer: http.client.HTTPResponse, largest: int, deadline: _Deadline, *, cut: bool = False) -> bytes:
    """The body, unpacked; one above `largest` bytes is refused, or with `cut` read up to there."""
    packed = (answer.headers.get("Content-Encoding") or "").strip().lower() in ("gzip", "x-gzip")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if packed else None
    body, sent = bytearray(), 0
    while chunk := answer.read(_CHUNK):
        sent += len(chunk)
        body += unpacker.decompress(chunk, largest + 1 - len(body)) if unpacker else chunk
        if max(sent, len(body)) > largest:
            if cut:
                return bytes(body[:largest])
            raise FetchError(f"it has more than {largest:,} bytes", "too-long")
    if deadline.is_over:
        raise FetchError("it was not sent in time", "timeout")
    if answer.length or (unpacker and not unpacker.eof):
        raise FetchError("the connection ended before the page did", "unreachable")
    return bytes(body)
