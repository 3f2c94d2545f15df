"""Alerts by e-mail: one message for all that is new, through a server that was named."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from detente.alerts.published import link_of
from detente.alerts.wording import LONGEST_TITLE, alert_text
from detente.archive.alerted import Alert
from detente.errors import DeliveryError, UsageError
from detente.reading.cleaning import clean_line

SECONDS = 20.0
_PORTS = {"smtp": 25, "smtps": 465}
_MAIL_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9][a-z0-9.-]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server: ``smtps`` speaks TLS from the start, ``smtp`` as soon as the server offers it.

    A password is told to an encrypted connection alone.
    """

    scheme: str
    host: str
    port: int
    user: str | None
    password: str | None


def mail_server(url: str, password: str | None = None) -> MailServer:
    """The server at ``smtp://host:port`` or ``smtps://user@host``; raises `UsageError` for another form."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _PORTS or not parts.hostname or port == -1 or parts.path.strip("/"):
        raise UsageError("A mail server is given as smtp://host:port or smtps://user@host: that is none.")
    if parts.password is not None:
        raise UsageError(
            "Give the password of the mail server in a file, --smtp-password-file, and not in its address."
        )
    user = unquote(parts.username) if parts.username else None
    if (user is None) != (password is None):
        raise UsageError("A mail server wants a user name in its address and a password in a file, or neither.")
    return MailServer(parts.scheme, parts.hostname, port or _PORTS[parts.scheme], user, password)


class Mail:
    """Messages from one address to others; raises `UsageError` for what is no address.

    `tls` stands for the certificates of the system.
    """

    is_digest = True

    def __init__(
        self,
        server: MailServer,
        sender: str,
        to: Sequence[str],
        site: str | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._server = server
        self._sender = _mail_address(sender)
        self._to = tuple(map(_mail_address, to))
        self._site = site
        self._tls = tls
        self._seconds = seconds

    @property
    def name(self) -> str:
        """The channel: to whom, and not through which server."""
        return f"mail {' '.join(sorted(address.addr_spec for address in self._to))}"

    @property
    def label(self) -> str:
        """Where alerts go, for a person."""
        to = ", ".join(address.addr_spec for address in self._to)
        return f"mail to {to} through {self._server.host}:{self._server.port}"

    def send(self, alerts: Sequence[Alert]) -> None:
        """Send one message of all alerts; raises `DeliveryError` where the server does not take it for everybody."""
        message = self.message(alerts)
        try:
            with self._connected() as server:
                refused = server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(f"{self.label}: {clean_line(str(error)) or type(error).__name__}") from error
        if refused:
            raise DeliveryError(f"{self.label}: refused for {', '.join(refused)}")

    def message(self, alerts: Sequence[Alert]) -> EmailMessage:
        """The message; its id is the same when the same alerts are sent again."""
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = self._to
        more = f" (and {len(alerts) - 1} more)" if len(alerts) > 1 else ""
        message["Subject"] = f"{clean_line(alerts[0].title)[:LONGEST_TITLE]}{more}"
        message["Date"] = formatdate(localtime=False)
        ids = sha256(" ".join(alert.id for alert in alerts).encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{ids}@{self._sender.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        parts = [alert_text(alert, link_of(alert, self._site)) for alert in alerts]
        message.set_content("\n\n\n".join(parts) + "\n")
        return message

    def _connected(self) -> smtplib.SMTP:
        told = self._server
        tls = self._tls or ssl.create_default_context()
        if told.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(told.host, told.port, timeout=self._seconds, context=tls)
        else:
            server = smtplib.SMTP(told.host, told.port, timeout=self._seconds)
        try:
            server.ehlo()
            if told.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=tls)
                server.ehlo()
            elif told.scheme == "smtp" and told.password:
                raise smtplib.SMTPNotSupportedError("it offers no encryption, and no password is told without")
            if told.user and told.password:
                server.login(told.user, told.password)
        except BaseException:
            server.close()
            raise
        return server


def _mail_address(given: str) -> MailAddress:
    if _MAIL_ADDRESS.fullmatch(given.strip()):
        with suppress(ValueError, IndexError, MessageError):
            return MailAddress(addr_spec=given.strip())
    raise UsageError(f"{given!r} is no address of mail: give one like desk@example.org.")
