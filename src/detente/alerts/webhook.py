"""Alerts to a web address, signed: one POST of JSON an alert, in the form of Standard Webhooks.

    webhook-id          the id of the alert: the same when it is tried again
    webhook-timestamp   seconds since 1970
    webhook-signature   v1,base64(HMAC-SHA-256(secret, id + "." + timestamp + "." + body))

The address is judged like those that are fetched: only the public web, the connection going to the very address that
was judged, no redirect followed, and everything within 10 s.
"""

from __future__ import annotations

import binascii
import hmac
import json
import ssl
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from urllib.parse import urlsplit

import httpcore

from detente.alerts.wording import alert_text
from detente.archive.alerted import Alert
from detente.errors import DeliveryError, FetchError, UsageError
from detente.reading.addresses import USUAL_PORTS, Allow, Resolve, address_of, is_public, system_resolve
from detente.reading.fetching import AGENT
from detente.reading.network import CheckedNetwork, Deadline, request_url

SECONDS = 10.0
LEAST_SECRET = 16
"""Bytes of a secret: fewer can be guessed."""

_PREFIX = "whsec_"


class Webhook:
    """A web address that hears of alerts one by one; `allow`, `ports`, `resolve` and `clock` stand for the system's.

    Raises `UsageError` for an address that may not be asked, or a secret that is none.
    """

    is_digest = False

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        allow: Allow = is_public,
        ports: Collection[int] | None = USUAL_PORTS,
        resolve: Resolve = system_resolve,
        clock: Callable[[], float] = time.time,
        seconds: float = SECONDS,
    ) -> None:
        try:
            self._address = address_of(url, ports if ports is not None else {_port(url)})
        except FetchError as error:
            raise UsageError(f"A webhook cannot be called: {error}.") from error
        self._secret = _secret(secret)
        self._allow = allow
        self._resolve = resolve
        self._clock = clock
        self._seconds = seconds
        self._tls = ssl.create_default_context()

    @property
    def name(self) -> str:
        """The channel, without the path of the address: to many services that is the password."""
        return f"webhook {self._address.authority} {sha256(self._address.url.encode()).hexdigest()[:12]}"

    @property
    def label(self) -> str:
        """Where alerts go, for a person."""
        return f"webhook {self._address.scheme}://{self._address.authority}/…"

    def send(self, alerts: Sequence[Alert]) -> None:
        """Post each alert; raises `DeliveryError` where one was not taken."""
        for alert in alerts:
            self._post(alert.id, body_of(alert))

    def _post(self, id: str, body: bytes) -> None:
        deadline = Deadline(self._seconds)
        network = CheckedNetwork(self._address, self._allow, self._resolve, deadline)
        stamp = str(int(self._clock()))
        headers = [
            ("Host", self._address.authority),
            ("User-Agent", AGENT),
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
            ("webhook-id", id),
            ("webhook-timestamp", stamp),
            ("webhook-signature", signature(self._secret, id, stamp, body)),
        ]
        try:
            with (
                httpcore.ConnectionPool(self._tls, network_backend=network, max_keepalive_connections=0) as pool,
                pool.stream("POST", request_url(self._address), headers=headers, content=body) as answer,
            ):
                _judge(answer.status)
        except FetchError as error:
            raise DeliveryError(f"{self.label}: {error}") from error
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            late = deadline.is_over or isinstance(error, httpcore.TimeoutException)
            what = f"it took more than {self._seconds:g} s" if late else str(error) or type(error).__name__
            raise DeliveryError(f"{self.label}: {what}") from error


def body_of(alert: Alert) -> bytes:
    """What is posted: the alert as it is kept, and as text that a chat can show."""
    told = {
        "type": f"alert.{alert.kind}",
        "timestamp": alert.found,
        "text": alert_text(alert),
        "data": alert.to_dict(),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def signature(secret: bytes, id: str, stamp: str, body: bytes) -> str:
    """What proves that whoever knows the secret wrote the body at that time."""
    signed = b".".join((id.encode(), stamp.encode(), body))
    return f"v1,{b64encode(hmac.digest(secret, signed, 'sha256')).decode()}"


def _judge(status: int) -> None:
    if 300 <= status < 400:
        raise FetchError(f"it redirects ({status}), which is not followed: give the address it leads to")
    if not 200 <= status < 300:
        raise FetchError(f"the server answered {status}")


def _secret(given: str) -> bytes:
    """The key: what follows ``whsec_`` in base64, as services give it out, or the words themselves."""
    key = given.encode("utf-8")
    if given.startswith(_PREFIX):
        try:
            key = b64decode(given.removeprefix(_PREFIX), validate=True)
        except binascii.Error as error:
            raise UsageError("The secret of the webhook begins with whsec_, but what follows is no base64.") from error
    if len(key) < LEAST_SECRET:
        raise UsageError(f"The secret of a webhook has {LEAST_SECRET} bytes at least: openssl rand -hex 32 makes one.")
    return key


def _port(url: str) -> int:
    try:
        return urlsplit(url).port or 80
    except ValueError:
        return 0
