"""The network under the fetcher: where a connection may go, and how long everything on it may take together.

httpcore speaks HTTP, and asks this for connections. A name is resolved once, all its addresses are judged, and the
connection goes to one of them: nothing else can be looked up between the check and the connection. Every step gets the
time that is left of the whole, so that a server that sends a byte now and then gains nothing.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpcore

from detente.reading.addresses import Address, Allow, Resolve, resolved


class Deadline:
    """The time that fetching may take in all."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, never 0: a socket would take that for none."""
        return max(self._end - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._end

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count what is waited out of politeness."""
        begun = time.monotonic()
        yield
        self._end += time.monotonic() - begun


def request_url(address: Address) -> httpcore.URL:
    """An address as httpcore takes it, without parsing it again."""
    scheme, host, target = (part.encode("ascii") for part in (address.scheme, address.host, address.target))
    return httpcore.URL(scheme=scheme, host=host, port=address.port, target=target)


@dataclass(frozen=True, slots=True)
class CheckedNetwork(httpcore.NetworkBackend):
    """Connections to one address and to none but the IP addresses that `allow` lets pass."""

    address: Address
    allow: Allow
    resolve: Resolve
    deadline: Deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the addresses that answers; raises `FetchError` where one may not be asked."""
        if (host, port) != (self.address.host, self.address.port):
            raise httpcore.ConnectError("another host was asked for than the one that was judged")
        ips = resolved(self.address, self.allow, self.resolve, self.deadline.left)
        return _Timed(self._connected(ips, port), self.deadline)

    def _connected(self, ips: Sequence[str], port: int) -> httpcore.NetworkStream:
        system = httpcore.SyncBackend()
        for ip in ips[:-1]:
            try:
                return system.connect_tcp(ip, port, self.deadline.left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return system.connect_tcp(ips[-1], port, self.deadline.left)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """None: a web address leads to none."""
        raise httpcore.UnsupportedProtocol("no socket of this machine is asked")


class _Timed(httpcore.NetworkStream):
    """A connection on which every step has the time that is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self) -> float:
        if self._deadline.is_over:
            raise httpcore.ReadTimeout("the time is up")
        return self._deadline.left
