"""Web addresses: which may be fetched at all, judged before and after the name is resolved."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, Queue
from threading import Thread
from urllib.parse import quote, urlsplit

from detente.errors import DataError, FetchError
from detente.shipped import shipped_table

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Allow = Callable[[IP], bool]
Resolve = Callable[[str, int], Sequence[str]]

USUAL_PORTS = frozenset({80, 443})
LONGEST_ADDRESS = 2_048
"""Characters of an address: beyond it servers and proxies refuse it too."""

DEFAULT_PORT = {"http": 80, "https": 443}
_UNFIT = re.compile("[\x00-\x20\x7f-\xa0\\\\\u2028\u2029]")
_NUMBERLIKE = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
_QUAD = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")
_CREDENTIALS = re.compile(r"^(\s*[a-z][a-z0-9+.-]*:[/\\]{0,4})[^/\\?#]*@", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_SAFE = "/%:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in its parts; `host` is in ASCII, `target` the path with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as it is written, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORT[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address written out."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What has one robots.txt."""
        return self.scheme, self.host, self.port


def is_address(given: str) -> bool:
    """Whether `given` is meant as a web address and not as a path."""
    return given[:8].lower().startswith(("http://", "https://"))


def without_password(url: str) -> str:
    """`url` without a user name or password: what is printed and stored must hold none."""
    return _CREDENTIALS.sub(r"\1", url, count=1)


def address_of(url: str, ports: Collection[int] = USUAL_PORTS) -> Address:
    """The parts of `url`; raises `FetchError` where it is none that may be fetched."""
    url = url.strip()
    if len(url) > LONGEST_ADDRESS:
        raise _refused(f"the address has more than {LONGEST_ADDRESS:,} characters")
    if _UNFIT.search(url):
        raise _refused("the address has a space, backslash or control character in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused("the address is malformed") from error  # the reason may quote a password
    if parts.scheme not in DEFAULT_PORT:
        raise _refused(f"the address is no http or https one but {parts.scheme[:20] or 'of no scheme'}")
    if "@" in parts.netloc:
        raise _refused("the address carries a user name")
    host = _host(parts.hostname or "")
    port = DEFAULT_PORT[parts.scheme] if port is None else port
    if port not in ports:
        raise _refused(f"port {port} is not one of the usual ports of the web")
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Address(parts.scheme, host, port, target)


def is_public(ip: IP) -> bool:
    """Whether an address is one of the public internet: none of private, special or transitional networks."""
    return ip.is_global and not any(ip in network for network, _ in special_networks() if network.version == ip.version)


@cache
def special_networks() -> tuple[tuple[Network, str], ...]:
    """The networks that are refused, and what they are; raises `DataError` where the table is not valid."""
    rows = shipped_table("reading/data/networks.yaml")
    try:
        return tuple((ipaddress.ip_network(row[0]), ", ".join(row[1:])) for row in rows)
    except (TypeError, ValueError, IndexError) as error:
        raise DataError(f"reading/data/networks.yaml: {error}") from error


def resolved(address: Address, allow: Allow, resolve: Resolve, seconds: float) -> list[str]:
    """The IP addresses of a host; raises `FetchError` where there is none or one of them may not be connected to."""
    answer: Queue[Sequence[str] | Exception] = Queue()

    def ask() -> None:
        try:
            answer.put(resolve(address.host, address.port))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    Thread(target=ask, daemon=True).start()  # the resolver of the system knows no time limit
    try:
        found = answer.get(timeout=max(seconds, 0.001))
    except Empty as error:
        raise FetchError(f"{address.host} was not resolved in time", "timeout") from error
    if isinstance(found, Exception):
        raise FetchError(f"{address.host} cannot be resolved: {found}", "unreachable") from found
    ips = list(dict.fromkeys(found))
    if not ips:
        raise FetchError(f"{address.host} has no address", "unreachable")
    for given in ips:
        refuse_special(given, allow)
    return ips


def refuse_special(given: str, allow: Allow) -> None:
    """Raise `FetchError` where the IP address `given` may not be connected to."""
    try:
        ip = ipaddress.ip_address(given)
    except ValueError as error:
        raise _refused(f"{given} is no address of the internet") from error
    if not allow(ip):
        what = next((w for n, w in special_networks() if n.version == ip.version and ip in n), "not public")
        raise _refused(f"{given} may not be fetched from ({what})")


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The IP addresses of `host` as the system resolves them, in its order."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _host(host: str) -> str:
    if "%" in host:
        raise _refused("the host has a zone or an escape in it")
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError as error:
            raise _refused(f"{host} is no IPv6 address") from error
    try:
        ascii_host = host.encode("idna").decode("ascii").lower().rstrip(".") if host else ""
    except UnicodeError as error:
        raise _refused(f"the host cannot be written as a name of the internet: {error}") from error
    if _NUMBERLIKE.fullmatch(ascii_host):
        # 2130706433, 0177.0.0.1 and 0x7f.1 are 127.0.0.1 to some and a name to others: only one form is read.
        if not _QUAD.fullmatch(ascii_host):
            raise _refused(f"{ascii_host} is a number in disguise: write it as four decimal numbers")
        try:
            return str(ipaddress.IPv4Address(ascii_host))
        except ValueError as error:
            raise _refused(f"{ascii_host} is no IPv4 address") from error
    if not ascii_host or len(ascii_host) > 253 or not all(map(_LABEL.fullmatch, ascii_host.split("."))):
        raise _refused("the host is no name of the internet")
    return ascii_host


def _refused(reason: str) -> FetchError:
    return FetchError(reason, "refused-address")
