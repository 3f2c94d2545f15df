"""What persons have judged and what they have not: the questions of a review."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.archive.corrections import CORRECTION_COLUMNS, Correction


@dataclass(frozen=True, slots=True)
class TypeAgreement:
    """Events of a type judged right, wrong, and edited; `agreement` is the share that was right, 0 to 1."""

    type: str
    right: int
    wrong: int
    edited: int
    agreement: float | None


def next_unjudged(db: sqlite3.Connection, type: str | None = None, after: str | None = None) -> str | None:
    """The id of the first event without a verdict, in the order they came, after another one."""
    row = db.execute(
        "SELECT id FROM event WHERE verdict IS NULL AND (?1 IS NULL OR type = ?1)"
        " AND n > COALESCE((SELECT n FROM event WHERE id = ?2), 0) ORDER BY n LIMIT 1",
        (type, after),
    ).fetchone()
    return str(row["id"]) if row else None


def last_in_force(db: sqlite3.Connection) -> Correction | None:
    """The newest line of the corrections that was not taken back, of any event there is."""
    row = db.execute(
        f"SELECT {CORRECTION_COLUMNS} FROM correction JOIN attachment ON coded = correction.event"
        " WHERE undoes IS NULL AND attachment.event IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM correction later WHERE later.undoes = correction.n) ORDER BY n DESC LIMIT 1"
    ).fetchone()
    return Correction(*row) if row else None


def agreement_by_type(db: sqlite3.Connection) -> list[TypeAgreement]:
    """How persons agree with the coding, by type."""
    rows = db.execute(
        "SELECT type, sum(verdict = 'right'), sum(verdict = 'wrong'), sum(corrected)"
        " FROM event WHERE verdict IS NOT NULL OR corrected = 1 GROUP BY type ORDER BY type"
    )
    return [_agreement(type_, right or 0, wrong or 0, edited) for type_, right, wrong, edited in rows]


def _agreement(type_: str, right: int, wrong: int, edited: int) -> TypeAgreement:
    judged = right + wrong
    return TypeAgreement(type_, right, wrong, edited, round(right / judged, 3) if judged else None)
