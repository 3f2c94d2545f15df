"""``detente watch``: a round reads feeds, adds and joins what is new, finds alerts and sends them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from detente.alerts.finding import keep_new_alerts, start_watching
from detente.alerts.mail import Mail, mail_server
from detente.alerts.published import MOST_ENTRIES, form_of, link_of
from detente.alerts.sending import AlertFile, Channel, open_channels, send_waiting, waiting
from detente.alerts.webhook import Webhook
from detente.alerts.wording import alert_text
from detente.archive import Archive
from detente.archive.alerted import Alert, AlertKind, Interest, Pair, copy_to, newest_alerts
from detente.cli.coders import Choice
from detente.cli.keeping import INTERRUPTED, SOME_FAILED, add_sources
from detente.cli.output import opened, refuse_unwritable
from detente.cli.progress import tell
from detente.errors import DetenteError, UsageError
from detente.linking.joining import join
from detente.reading.addresses import IP, USUAL_PORTS, is_address, is_public
from detente.reading.cleaning import for_terminal
from detente.relations.dates import first_day
from detente.relations.names import known_state

USUAL: tuple[AlertKind, ...] = ("surprise", "kept", "broken")


@dataclass(frozen=True, slots=True)
class Places:
    """Where alerts go, as the options name it."""

    out: Path | None = None
    publish: tuple[Path, ...] = ()
    site: str | None = None
    webhooks: tuple[str, ...] = ()
    secret_file: Path | None = None
    are_local: bool = False
    mail_to: tuple[str, ...] = ()
    mail_from: str | None = None
    smtp: str | None = None
    password_file: Path | None = None

    def channels(self) -> list[Channel]:
        """What alerts are sent to; raises `UsageError` for what cannot be, or lacks its server or secret."""
        found: list[Channel] = [AlertFile(self.out)] if self.out else []
        return [*found, *self._webhooks(), *self._mail()]

    def _webhooks(self) -> Iterator[Channel]:
        if self.webhooks and self.secret_file is None:
            raise UsageError(
                "A webhook is signed: write a secret into a file (openssl rand -hex 32 makes one), and give it with"
                " --webhook-secret-file."
            )
        for url in self.webhooks:
            assert self.secret_file is not None
            secret = _first_line(self.secret_file)
            if self.are_local:
                yield Webhook(url, secret, allow=is_near_or_public, ports=None)
            else:
                yield Webhook(url, secret, allow=is_public, ports=USUAL_PORTS)

    def _mail(self) -> Iterator[Channel]:
        if not self.mail_to:
            return
        if not self.smtp or not self.mail_from:
            raise UsageError("Mail needs a server and a sender: give --smtp and --mail-from.")
        password = _first_line(self.password_file) if self.password_file else None
        yield Mail(mail_server(self.smtp, password), self.mail_from, self.mail_to, self.site)


def interest_in(kinds: Sequence[str], pairs: Sequence[str], since: str | None) -> Interest:
    """What the options ask for; raises `UsageError` for what is no pair of states, or no date."""
    chosen = tuple(kind for kind in kinds if kind != "none") if kinds else USUAL
    day = first_day(since, "--since")
    return Interest(cast("tuple[AlertKind, ...]", chosen), tuple(map(pair_of, pairs)), day.isoformat() if day else None)


def pair_of(given: str) -> Pair:
    """``USA,RUS`` or ``South Korea, Japan`` as two codes in their order; raises `UsageError` for another form."""
    names = [name.strip() for name in given.split(",")]
    if len(names) != 2 or not all(names):
        raise UsageError(f"{given!r} is no pair: give two states with a comma between, like USA,RUS.")
    one, other = sorted(map(known_state, names))
    if one == other:
        raise UsageError(f"{given!r} is one state: a pair has two.")
    return one, other


def watch_feeds(
    path: Path,
    feeds: Sequence[str],
    interest: Interest,
    places: Places,
    every: int,
    choice: Choice,
    quiet: bool,
    is_dry: bool = False,
) -> int:
    """Add what feeds bring and send what is new, once or again and again; the exit code of the last round."""
    channels = places.channels()
    for file in places.publish:
        form_of(file)
    for file in (*places.publish, *([places.out] if places.out else [])):
        refuse_unwritable(file, feeds)
    if places.site is not None and not is_address(places.site):
        raise UsageError(f"{places.site!r} is no address: give one like https://desk.example.org.")
    if is_dry:
        with _copied(path) as copy:
            return _round(copy, feeds, interest, places, channels, choice, quiet, is_dry=True)
    while True:
        code = _round(path, feeds, interest, places, channels, choice, quiet, is_dry=False)
        if not every or code == INTERRUPTED:
            return code
        try:
            time.sleep(60 * every)
        except KeyboardInterrupt:
            return code


def _round(
    path: Path,
    feeds: Sequence[str],
    interest: Interest,
    places: Places,
    channels: Sequence[Channel],
    choice: Choice,
    quiet: bool,
    *,
    is_dry: bool,
) -> int:
    with Archive.open(path, create=True) as archive:
        start_watching(archive, interest.pairs)
        open_channels(archive, channels)
    code = add_sources(path, feeds, None, 1, choice, quiet) if feeds else 0
    if code == INTERRUPTED or not interest.kinds:
        return code
    with Archive.open(path) as archive:
        join(archive)
        found = keep_new_alerts(archive, interest.pairs, interest.since)
        _show([alert for alert in found if alert.kind in interest.kinds], places.site)
        if is_dry:
            _show_places(archive, channels, interest, places.publish)
            return code
        failures = list(_sent_and_published(archive, channels, interest, places))
    for failure in failures:
        tell(f"detente: not sent: {failure}")
    return SOME_FAILED if failures else code


def _sent_and_published(
    archive: Archive, channels: Sequence[Channel], interest: Interest, places: Places
) -> Iterator[str]:
    yield from map(str, send_waiting(archive, channels, interest))
    for file in places.publish:
        feed = form_of(file)(newest_alerts(archive.db, interest, MOST_ENTRIES), places.site)
        try:
            if not file.is_file() or file.read_text(encoding="utf-8") != feed:
                with opened(file, machine=True) as sink:
                    sink.write(feed)
        except (OSError, ValueError, DetenteError) as error:
            yield f"feed {file}: {error}"


def _show(alerts: Sequence[Alert], site: str | None) -> None:
    for alert in alerts:
        for line in alert_text(alert, link_of(alert, site)).splitlines():
            print(for_terminal(line))  # noqa: T201
        print()  # noqa: T201
    sys.stdout.flush()


def _show_places(archive: Archive, channels: Sequence[Channel], interest: Interest, feeds: Sequence[Path]) -> None:
    """Tell how much would go where, and what."""
    for channel in channels:
        alerts = waiting(archive, channel, interest)
        print(for_terminal(f"{channel.label}: {len(alerts):,} would go"))  # noqa: T201
        for alert in alerts:
            print(for_terminal(f"    {alert.title}"))  # noqa: T201
    for file in feeds:
        count = len(newest_alerts(archive.db, interest, MOST_ENTRIES))
        print(for_terminal(f"feed {file}: would hold {count:,}"))  # noqa: T201


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy of the archive that is gone afterwards; an empty place where there is none."""
    with TemporaryDirectory(prefix="detente-") as folder:
        copy = Path(folder) / path.name
        if path.exists():
            with Archive.open(path) as archive:
                copy_to(archive.db, str(copy))
        yield copy


def is_near_or_public(ip: IP) -> bool:
    """Whether an address is public, or one of this machine or of a private network; never a link-local one."""
    return is_public(ip) or ((ip.is_loopback or ip.is_private) and not ip.is_link_local and not ip.is_unspecified)


def _first_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or not lines[0].strip():
        raise UsageError(f"{path} is empty: write the secret on its first line.")
    return lines[0].strip()
