"""Alerts that were found, each once, and what was sent where: kept in the archive, so that none is told twice.

An alert is known again by its keys. A channel is a place that alerts go to, by a name that tells no secret.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from detente.archive.clock import now
from detente.archive.conditions import Where

AlertKind = Literal["surprise", "kept", "moved", "broken"]
Pair = tuple[str, str]
ALL_PAIRS: Pair = ("", "")

MOST_TRIES = 50
"""Rounds in which an alert is tried to be sent: with feeds read every half hour, a day."""


@dataclass(frozen=True, slots=True)
class AlertEvidence:
    """Words an alert rests on; `role` is ``act``, ``announced`` or ``came``, `words` are whole sentences."""

    role: str
    words: str
    event: str
    status: str
    day: str | None
    report: str
    report_date: str | None
    title: str | None
    publisher: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """A surprise, or a promise that was kept, moved or broken, between `pairs` of states.

    `day` is the first day of the week that surprised, or when the answer to the promise was told; `found` is when the
    archive first held it, in UTC.
    """

    id: str
    kind: AlertKind
    pairs: tuple[Pair, ...]
    day: str
    title: str
    text: str
    evidence: tuple[AlertEvidence, ...]
    found: str

    def to_dict(self) -> dict[str, Any]:
        """The alert as plain values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> Self:
        """What `to_dict` gave."""
        pairs = tuple((one, other) for one, other in told["pairs"])
        return cls(**{**told, "pairs": pairs, "evidence": tuple(AlertEvidence(**row) for row in told["evidence"])})


@dataclass(frozen=True, slots=True)
class Interest:
    """Which alerts somebody wants: of these kinds, of these pairs (of all without any), of this day on."""

    kinds: tuple[AlertKind, ...]
    pairs: tuple[Pair, ...] = ()
    since: str | None = None


def looked_through(db: sqlite3.Connection, pair: Pair) -> int | None:
    """The number of the report up to which a pair was looked at; null where it never was."""
    row = db.execute("SELECT report FROM alert_looked WHERE one = ? AND other = ?", pair).fetchone()
    return None if row is None else int(row[0])


def note_looked(db: sqlite3.Connection, pair: Pair, report: int) -> None:
    """Note that a pair was looked at up to a report."""
    db.execute("INSERT OR REPLACE INTO alert_looked VALUES (?, ?, ?)", (*pair, report))


def known_keys(db: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    """Those of `keys` that an alert has."""
    return {key for key in keys if db.execute("SELECT 1 FROM alert_key WHERE key = ?", (key,)).fetchone()}


def keep_alert(db: sqlite3.Connection, alert: Alert, keys: Iterable[str]) -> bool:
    """Keep an alert, known again by `keys`; false where it is kept already."""
    told = json.dumps(alert.to_dict(), ensure_ascii=False)
    row = (alert.id, alert.kind, alert.day, told)
    done = db.execute("INSERT OR IGNORE INTO alert (id, kind, day, json) VALUES (?, ?, ?, ?)", row)
    if not done.rowcount:
        return False
    number = done.lastrowid
    db.executemany("INSERT INTO alert_pair VALUES (?, ?, ?)", [(number, *pair) for pair in alert.pairs])
    db.executemany("INSERT OR IGNORE INTO alert_key VALUES (?, ?)", [(key, number) for key in keys])
    return True


def newest_alerts(db: sqlite3.Connection, interest: Interest, limit: int) -> list[Alert]:
    """The alerts of `interest` that were found last, the newest first."""
    where = _of_interest(interest)
    rows = db.execute(f"SELECT json FROM alert {where.sql} ORDER BY n DESC LIMIT ?", (*where.values, limit))
    return [_alert(row) for row in rows]


def open_channel(db: sqlite3.Connection, name: str) -> None:
    """Note that alerts go to a channel from now on: it hears of none that were found before."""
    db.execute("INSERT OR IGNORE INTO alert_channel SELECT ?, COALESCE(max(n), 0) FROM alert", (name,))


def unsent(db: sqlite3.Connection, channel: str, interest: Interest) -> list[Alert]:
    """The alerts of `interest` that a channel has still to hear of, in the order they were found.

    Those are the ones found since it was opened, or with `Interest.since` all of that day on.
    """
    where = _of_interest(interest)
    if interest.since is None:
        where.add("n > (SELECT after FROM alert_channel WHERE name = ?)", channel)
    where.add(
        "NOT EXISTS (SELECT 1 FROM alert_sent WHERE channel = ? AND alert = n AND (sent IS NOT NULL OR tries >= ?))",
        channel,
        MOST_TRIES,
    )
    return [_alert(row) for row in db.execute(f"SELECT json FROM alert {where.sql} ORDER BY n", where.values)]


def note_tried(db: sqlite3.Connection, channel: str, alerts: Sequence[Alert], *, sent: bool) -> None:
    """Note that alerts were sent to a channel, or that sending them failed once more."""
    at = now() if sent else None
    db.executemany(
        "INSERT INTO alert_sent SELECT ?, n, 1, ? FROM alert WHERE id = ?"
        " ON CONFLICT DO UPDATE SET tries = tries + 1, sent = excluded.sent",
        [(channel, at, alert.id) for alert in alerts],
    )


def copy_to(db: sqlite3.Connection, path: str) -> None:
    """Write all that the archive holds to a new file at `path`."""
    copy = sqlite3.connect(path)
    try:
        db.backup(copy)
    finally:
        copy.close()


def _of_interest(interest: Interest) -> Where:
    where = Where()
    where.add(f"kind IN ({', '.join('?' * len(interest.kinds))})", *interest.kinds)
    if interest.pairs:
        pairs = " OR ".join("(one = ? AND other = ?)" for _ in interest.pairs)
        where.add(f"n IN (SELECT alert FROM alert_pair WHERE {pairs})", *(code for p in interest.pairs for code in p))
    if interest.since is not None:
        where.add("day >= ?", interest.since)
    return where


def _alert(row: sqlite3.Row) -> Alert:
    return Alert.from_dict(json.loads(row["json"]))
