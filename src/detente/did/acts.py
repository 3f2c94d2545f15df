"""Acts: what the tellings of one report amount to, each act once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.record import Act, Event, Party


def acts_of(events: Sequence[Event]) -> tuple[Act, ...]:
    """The acts that `events` tell, in the order of their numbers; an event without a number tells none."""
    tellings: dict[int, list[Event]] = {}
    for event in events:
        if event.act is not None:
            tellings.setdefault(event.act, []).append(event)
    return tuple(_act(number, tellings[number]) for number in sorted(tellings))


def linked(events: Iterable[Event]) -> tuple[Event, ...]:
    """`events` with `same_as` as their acts have it: the first telling of the act, null for that one itself."""
    first: dict[int, str] = {}
    found = []
    for event in events:
        told = event.id if event.act is None else first.setdefault(event.act, event.id)
        same_as = None if told == event.id else told
        found.append(event if event.same_as == same_as else replace(event, same_as=same_as))
    return tuple(found)


def _act(number: int, tellings: Sequence[Event]) -> Act:
    return Act(
        number=number,
        type=tellings[0].type,
        status=tellings[-1].status,
        actors=_merged(event.actors for event in tellings),
        recipients=_merged(event.recipients for event in tellings),
        date=_last_date(tellings),
        events=tuple(event.id for event in tellings),
    )


def _merged(sides: Iterable[Sequence[Party]]) -> tuple[Party, ...]:
    """Each party once, by its first mention."""
    merged: dict[tuple[str, str | None, str | None], Party] = {}
    for side in sides:
        for party in side:
            merged.setdefault((party.name, party.country, party.sector), party)
    return tuple(merged.values())


def _last_date(tellings: Sequence[Event]) -> str | None:
    told = [event.date for event in tellings if event.date is not None and not event.date_is_report]
    known = told or [event.date for event in tellings if event.date is not None]
    return known[-1] if known else None
