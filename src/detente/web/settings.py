"""How the workbench is served, and what that demands."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from detente.errors import UsageError

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
LEAST_PASSWORD = 8


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """One served archive: where it listens, which Host headers it answers, and the password it asks for.

    `token` is the CSRF token of this run; every form of every page carries it, and no other site can read a page.
    `beside` is another coding of the same reports, to be compared.
    """

    archive: Path
    host: str = "127.0.0.1"
    port: int = 8321
    allowed_hosts: tuple[str, ...] = ()
    password: str | None = None
    user: str = "reader"
    beside: Path | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def __post_init__(self) -> None:
        if not self.archive.is_file():
            raise UsageError(f"{self.archive}: no such archive; make one with `detente add {self.archive} REPORT…`")
        if not self.on_loopback and not self.password:
            raise UsageError(f"serving on {self.host} lets others in: give a password with --password-file")
        if self.password is not None and len(self.password) < LEAST_PASSWORD:
            raise UsageError(f"the password must have at least {LEAST_PASSWORD} characters")

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers answered, without port: any other is turned away, so that no foreign name rebinds to us."""
        given = {name.casefold() for name in self.allowed_hosts}
        own = {f"[{self.host}]" if ":" in self.host else self.host.casefold()}
        return frozenset(given | own | set(LOOPBACK_NAMES))
