"""Did: who does what to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from detente.record import Event, Statement, Time
from detente.where import PlaceMention
from detente.who import Cast


def find_events(
    doc: Doc,
    times: Sequence[Time],
    cast: Cast,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    report_date: date | None,
) -> tuple[Event, ...]:
    return ()
