"""A web server on loopback that behaves well or badly, as its path says."""

from __future__ import annotations

import gzip
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from detente.reading.fetching import Fetcher
from tests.serving import served

ARTICLE = (
    "The foreign ministers of Norway and Chile met in Oslo on Wednesday and agreed to reopen talks on fishing rights. "
    "They had not spoken to each other since the quarrel over quotas began two winters ago, aides said."
)
PAGE = f"<html><head><title>Ministers meet</title></head><body><article><p>{ARTICLE}</p></article></body></html>"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title>
<item><title>Ministers meet</title><link>http://news.test{port}/page</link><description>Short.</description></item>
<item><title>Long</title><link>http://news.test{port}/long</link><description>{long}</description></item>
<item><title>Gone</title><link>http://news.test{port}/404</link><description>Short.</description></item>
</channel></rss>"""


class Server(ThreadingHTTPServer):
    """Remembers what it was asked, and answers ``/robots.txt`` with `robots`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.robots: tuple[int, str] = (404, "")

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the game."""

    def url(self, path: str, host: str = "news.test") -> str:
        return f"http://{host}:{self.port}{path}"

    def pages_asked(self) -> list[str]:
        return [path for path in self.asked if not path.endswith("/robots.txt")]


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        path = self.path.removeprefix("/")
        self.server.asked.append(self.path)
        if path == "robots.txt":
            self.answer(*self.server.robots)
            return
        kind, _, argument = path.partition("/")
        action = getattr(self, f"do_{kind.replace('-', '_')}", None)
        if action:
            action(argument)
        elif kind.isdigit():
            self.answer(int(kind), "nothing here")
        else:
            self.answer(200, PAGE)

    def answer(self, status: int, body: str | bytes, kind: str = "text/html", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def do_hop(self, left: str) -> None:
        target = f"/hop/{int(left) - 1}" if int(left) > 1 else "/page"
        self.answer(302, "", Location=target)

    def do_to(self, target: str) -> None:
        self.answer(301, "", Location=target.replace("~", "/").replace("PORT", str(self.server.port)))

    def do_nowhere(self, argument: str) -> None:
        self.answer(302, "")

    def do_image(self, argument: str) -> None:
        self.answer(200, b"\x89PNG", "image/png")

    def do_feed(self, argument: str) -> None:
        port = f":{self.server.port}"
        self.answer(200, FEED.format(port=port, long=f"&lt;p&gt;{ARTICLE * 10}&lt;/p&gt;"), "application/rss+xml")

    def do_gzip(self, argument: str) -> None:
        self.answer(200, gzip.compress(PAGE.encode()), Content_Encoding="gzip")

    def do_bomb(self, argument: str) -> None:
        self.answer(200, gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")

    def do_torn_gzip(self, argument: str) -> None:
        self.answer(200, gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip")

    def do_many_gzip(self, argument: str) -> None:
        data = PAGE.encode()
        self.answer(200, gzip.compress(data[:40]) + gzip.compress(data[40:]), Content_Encoding="gzip")

    def do_gzip_and_more(self, argument: str) -> None:
        self.answer(200, gzip.compress(PAGE.encode()) + b"<p>more</p>", Content_Encoding="gzip")

    def do_unasked(self, coding: str) -> None:
        self.answer(200, PAGE, Content_Encoding=coding)

    def do_raw_chunks(self, argument: str) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.wfile.write(head + argument.replace("~", "\r\n").replace("_", "\0").encode() + b"\r\n0\r\n\r\n")

    def do_raw_length(self, argument: str) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {argument}\r\n\r\n"
        self.wfile.write(head.encode() + PAGE.encode())

    def do_raw_status(self, argument: str) -> None:
        self.wfile.write(f"HTTP/1.1 {argument.replace('~', chr(27))}\r\n\r\n".encode())

    def do_informed(self, argument: str) -> None:
        for _ in range(100_000):
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def do_slow_hop(self, left: str) -> None:
        time.sleep(0.3)
        self.answer(302, "", Location=f"/slow-hop/{int(left) - 1}" if int(left) > 1 else "/page")

    def do_charset(self, charset: str) -> None:
        self.answer(200, PAGE.replace("Oslo", "Київ").encode(charset), f"text/html; charset={charset}")

    def do_no_gzip(self, argument: str) -> None:
        self.answer(200, PAGE, Content_Encoding="gzip")

    def do_big(self, size: str) -> None:
        self.answer(200, "a" * int(size))

    def do_endless(self, argument: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(1_000):
            self.wfile.write(b"a" * 100_000)

    def do_chunked(self, argument: str) -> None:
        self.protocol_version = "HTTP/1.1"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (PAGE[:50], PAGE[50:], ""):
            self.wfile.write(f"{len(piece):x}\r\n{piece}\r\n".encode())

    def do_silent(self, argument: str) -> None:
        time.sleep(5)

    def do_dribble(self, argument: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"a")
            self.wfile.flush()
            time.sleep(0.1)

    def do_dribbled_head(self, argument: str) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(50):
            self.wfile.write(f"X-{number}: a\r\n".encode())
            self.wfile.flush()
            time.sleep(0.1)

    def do_torn(self, argument: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"<html>")

    def do_no_http(self, argument: str) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")

    def do_headers(self, argument: str) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n")

    def do_long_header(self, argument: str) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n")


def running() -> AbstractContextManager[Server]:
    """The server, ended with the context."""
    return served(Server())


class Clock:
    """A clock that only goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def lenient(server: Server, clock: Clock | None = None, seconds: float = 20.0, largest: int = 20_000_000) -> Fetcher:
    """A fetcher that may go to loopback, and finds it under every name."""
    clock = clock or Clock()

    def resolve(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    return Fetcher(
        allow=lambda ip: ip.is_loopback,
        ports={server.port},
        resolve=resolve,
        clock=clock.read,
        sleep=clock.sleep,
        seconds=seconds,
        largest=largest,
    )
