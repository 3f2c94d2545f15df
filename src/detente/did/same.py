"""The same act told again: within a sentence it is one event, later in the report it is linked."""

from __future__ import annotations

from collections.abc import Sequence

from detente.record import Event, Party

_CAP = 400
"""Reports with more events than this are lists; links beyond it are not looked for."""


def earlier_telling(event: Event, earlier: Sequence[tuple[Event, str]], lemma: str, definite: bool) -> str | None:
    """The id of the first event of `earlier` that tells the same act as `event`.

    `earlier` pairs events with the lemma of their trigger, in text order; `definite` says that `event` is named as
    known (``the attack``). Type, sides, status and date must not disagree, and a word or a party must be shared.
    """
    for other, other_lemma in earlier[:_CAP]:
        if other.type != event.type or other.status != event.status or other.same_as is not None:
            continue
        if not (_agree(event.actors, other.actors) and _agree(event.recipients, other.recipients)):
            continue
        if not _dates_agree(event, other):
            continue
        shared = _share(event.actors, other.actors) + _share(event.recipients, other.recipients)
        if (
            (lemma == other_lemma and (shared or definite))
            or (definite and shared)
            or (shared == 2 and _modes_agree(event, other))
        ):
            return other.id
    return None


def _agree(a: Sequence[Party], b: Sequence[Party]) -> bool:
    """Whether one side does not speak against the other: empty, or all of the smaller among the larger."""
    if not a or not b:
        return True
    smaller, larger = sorted((a, b), key=len)
    return all(any(_may_be(p, q) for q in larger) for p in smaller)


def _share(a: Sequence[Party], b: Sequence[Party]) -> int:
    return int(any(_may_be(p, q) for p in a for q in b))


def _may_be(p: Party, q: Party) -> bool:
    return p.name == q.name or (p.country is not None and p.country == q.country and p.sector == q.sector)


def _dates_agree(a: Event, b: Event) -> bool:
    if a.date is None or b.date is None or a.date_is_report or b.date_is_report:
        return a.date == b.date or a.date is None or b.date is None or (a.date_is_report and b.date_is_report)
    return a.date == b.date or a.date.startswith(b.date) or b.date.startswith(a.date)


def _modes_agree(a: Event, b: Event) -> bool:
    return a.mode == b.mode
