"""Sending alerts to where they go: each to each channel once, what failed again the next time.

An alert is noted as sent right after it was. Whatever ends a run between the two has it sent once more, with the same
id; nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from detente.archive import Archive
from detente.archive.alerted import Alert, Interest, note_tried, open_channel, unsent
from detente.errors import DeliveryError

MOST_FAILURES = 3
"""Failures in a row after which a channel rests until the next time: its server is down."""


class Channel(Protocol):
    """Where alerts go: one by one, or all at once where `is_digest`. `name` tells it from others, and no secret."""

    is_digest: bool

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    def send(self, alerts: Sequence[Alert]) -> None: ...


@dataclass(frozen=True, slots=True)
class AlertFile:
    """A file that alerts are appended to, as JSON Lines."""

    path: Path
    is_digest = False

    @property
    def name(self) -> str:
        """The channel: the file, wherever it is written from."""
        return f"file {self.path.absolute()}"

    @property
    def label(self) -> str:
        """Where alerts go, for a person."""
        return f"file {self.path}"

    def send(self, alerts: Sequence[Alert]) -> None:
        """Append a line an alert; raises `DeliveryError` where the file cannot be written."""
        lines = "".join(json.dumps(alert.to_dict(), ensure_ascii=False) + "\n" for alert in alerts)
        try:
            with self.path.open("a", encoding="utf-8") as sink:
                sink.write(lines)
        except OSError as error:
            raise DeliveryError(f"{self.label}: {error.strerror or error}") from error


def open_channels(archive: Archive, channels: Sequence[Channel]) -> None:
    """Note where alerts go from now on."""
    with archive.transaction() as db:
        for channel in channels:
            open_channel(db, channel.name)


def waiting(archive: Archive, channel: Channel, interest: Interest) -> list[Alert]:
    """What a channel has still to hear of."""
    return unsent(archive.db, channel.name, interest)


def send_waiting(archive: Archive, channels: Sequence[Channel], interest: Interest) -> Iterator[DeliveryError]:
    """Send every channel what it has still to hear of, and tell what failed: that keeps no other channel waiting."""
    for channel in channels:
        alerts = waiting(archive, channel, interest)
        batches = [alerts] if channel.is_digest and alerts else [[alert] for alert in alerts]
        failures = 0
        for batch in batches:
            error = _sent(archive, channel, batch)
            failures = failures + 1 if error else 0
            if error:
                yield error
            if failures == MOST_FAILURES:
                break


def _sent(archive: Archive, channel: Channel, alerts: Sequence[Alert]) -> DeliveryError | None:
    try:
        channel.send(alerts)
    except DeliveryError as error:
        failure: DeliveryError | None = error
    else:
        failure = None
    with archive.transaction() as db:
        note_tried(db, channel.name, alerts, sent=failure is None)
    return failure
