"""Promises: what came of planned acts, by what later reports tell."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from detente.archive.linked import (
    answers_known,
    mark_unanswered,
    newest_day,
    numbered,
    promised_before,
    told_between,
    write_promises,
)
from detente.archive.promises import Outcome
from detente.codebook import types_with
from detente.linking.joins import load_joins
from detente.linking.same_act import (
    REACH,
    Agreement,
    agreement,
    far_apart,
    has_day,
    is_repeated,
    meet_alike,
    rare_shared,
    same_word,
)
from detente.linking.tellings import Telling, load_tellings
from detente.linking.words import nearness, rarest

UNANSWERED = (Outcome.OPEN, Outcome.NOTHING_FOUND)

HORIZON = 45
"""Days after its day, or after it was given where it names none, in which a promise is looked for."""

FARTHEST = 730
"""Days after it was given in which a promise is looked for at all, whatever day it names."""

LONGEST_DUE = 366
"""Days of a due date that still binds: "in the coming decade" does not."""

NAMED = 31
"""Days of a due date up to which it names an occasion: within a year the like may come several times."""

SLACK = 1
"""Days an act may come before or after its day and still be on time: time zones, reports of the day after."""

NAMED_DAY, NO_DAY = 0.3, 0.5
"""Nearness of words wanted of an answer on the very day promised, and of any other."""

OTHER_WORD = 0.2
"""What is wanted on top where the act is called by another word."""

CROWDED = 400
"""Events under one key within `REACH` days above which it brings no answer: a capital's daily news. It rests on the
days just before the event, so that it does not matter how much is looked through at a time."""


def settle_promises(db: sqlite3.Connection, since: str) -> int:
    """Find what came of the planned acts that events told from `since` on may answer; how many those are.

    What was found of a promise before that day stands: only what came since is looked through.
    """
    newest = newest_day(db)
    if newest is None:
        return 0
    before = load_tellings(db, numbered(_promised_before(db, since)))
    known = {
        event: (Outcome(outcome), answer)
        for event, (outcome, answer, day) in answers_known(db, before).items()
        if (answer is None and outcome in UNANSWERED) or (day is not None and day < since)
    }
    starts = [date.fromisoformat(since), *(t.said for event, t in before.items() if t.said and event not in known)]
    tellings = load_tellings(db, told_between((min(starts) - timedelta(REACH)).isoformat()))
    later = _Later(tellings)
    fresh = (t for t in tellings.values() if t.status == "planned" and t.said and t.said >= starts[0])
    rows = []
    for promise in (*before.values(), *fresh):
        stands = known.get(promise.event)
        near = later.near(promise, starts[0] if stands else None)
        outcome, answer = settle(promise, near, date.fromisoformat(newest), stands)
        due = due_days(promise)
        days = (due[0].isoformat(), due[1].isoformat()) if due else (None, None)
        rows.append((promise.event, *days, outcome, answer, last_looked(promise).isoformat()))
    write_promises(db, since, rows)
    mark_unanswered(db, newest, SLACK)
    return len(rows)


def _promised_before(db: sqlite3.Connection, since: str) -> list[int]:
    """The promises told before `since` that what is told from then on may answer."""
    day = date.fromisoformat(since)
    edge, oldest = (day - timedelta(HORIZON)).isoformat(), (day - timedelta(FARTHEST)).isoformat()
    return promised_before(db, since, edge, oldest, LONGEST_DUE)


def due_days(promise: Telling) -> tuple[date, date] | None:
    """The first and last day a promise names, null where it names none that is still to come."""
    if promise.first is None or promise.last is None or not promise.dated:
        return None
    if (promise.last - promise.first).days > LONGEST_DUE:
        return None
    return (promise.first, promise.last) if promise.said is None or promise.last >= promise.said else None


def settle(
    promise: Telling, later: Iterator[Telling], today: date, known: tuple[Outcome, int | None] | None = None
) -> tuple[Outcome, int | None]:
    """What came of `promise` by what `later` events tell, and the number of the event that tells it.

    The act itself, done on its day, counts before anything else said of it; else the first word that it was broken,
    then the first that it was moved. `known` is what was found by what was told before all of `later`.
    """
    found: dict[Outcome, int] = {known[0]: known[1]} if known and known[1] is not None else {}
    for telling in sorted(later, key=lambda t: (str(t.said), t.event)):
        outcome = answer_of(promise, telling)
        if outcome:
            found.setdefault(outcome, telling.event)
    for outcome in (Outcome.KEPT, Outcome.BROKEN, Outcome.MOVED):
        if outcome in found:
            return outcome, found[outcome]
    due = due_days(promise)
    over = due[1] + timedelta(SLACK) if due else last_looked(promise)
    return (Outcome.NOTHING_FOUND if over < today else Outcome.OPEN), None


def last_looked(promise: Telling) -> date:
    """The last day on which an answer is looked for; the promise must have been told on a known day."""
    assert promise.said is not None
    due = due_days(promise)
    end = max(promise.said, due[1] if due else promise.said) + timedelta(HORIZON)
    return min(end, promise.said + timedelta(FARTHEST))


def answer_of(promise: Telling, later: Telling) -> Outcome | None:
    """What a later event says of a promise; null where it is about something else or says nothing new."""
    if promise.report == later.report or not _is_about(promise, later):
        return None
    if promise.said is None or later.said is None or later.said < promise.said:
        return None
    due = due_days(promise)
    joins = load_joins()
    if later.stems & joins.called_off or later.status == "denied":
        return Outcome.BROKEN
    if later.stems & joins.put_off:
        return Outcome.MOVED
    if later.status == "happened":
        return _done(promise, due, later)
    new = due_days(later) if later.status == "planned" else None
    if due and new and (new[0] > due[1] or new[1] < due[0]):
        return Outcome.MOVED
    return None


def _is_about(promise: Telling, later: Telling) -> bool:
    """Whether the later event may be the act promised: type, sides and words, more of them where the day is another."""
    calls_off = later.type in types_with("calling-off") and later.stems & load_joins().called_off
    if later.type != promise.type and not calls_off:
        return False
    actors, recipients = agreement(promise.actors, later.actors), agreement(promise.recipients, later.recipients)
    parties = agreement(promise.parties, later.parties)
    if min(actors, recipients) < Agreement.UNKNOWN and not meet_alike(promise, later):
        return False
    if parties < Agreement.LIKE or far_apart(promise, later) or _of_others(promise, later):
        return False
    if promise.place_country and later.place_country and promise.place_country != later.place_country:
        return False
    due = due_days(promise)
    on_day = due is not None and _is_named(due) and later.status == "happened" and _on_time(due, later)
    if later.status == "happened" and is_repeated(later) and not on_day:
        return False
    wanted = NAMED_DAY if on_day else NO_DAY
    if not same_word(promise, later) and not _alike(promise, later):
        wanted += OTHER_WORD
    return nearness(promise.stems, later.stems) >= wanted and rare_shared(promise, later) >= (1 if on_day else 2)


def _alike(promise: Telling, later: Telling) -> bool:
    """Whether an act may be called by another word: a meeting of the same states, or what was said of a meeting."""
    if promise.type == later.type:
        return meet_alike(promise, later)
    return promise.type in load_joins().mutual


def _is_named(due: tuple[date, date]) -> bool:
    """Whether a due date names an occasion: a day, or a month."""
    return (due[1] - due[0]).days <= NAMED


def _of_others(promise: Telling, later: Telling) -> bool:
    """Whether each names a person that the other does not, or one tells of a visit and the other of a meeting."""
    first, second = promise.parties.persons, later.parties.persons
    others = bool(first - second and second - first)
    journeys = load_joins().journeys
    return others or ((promise.mode in journeys) != (later.mode in journeys) and later.status == "happened")


def _done(promise: Telling, due: tuple[date, date] | None, later: Telling) -> Outcome | None:
    """An act that came: on its day, on another, or before the promise was given, which is no answer."""
    if due and _on_time(due, later):
        return Outcome.KEPT if has_day(later) or _is_named(due) else None
    day = later.first if has_day(later) else later.said
    if day is None or promise.said is None or day <= promise.said:
        return None
    if due is None:
        # What is spoken of without a day is spoken of as feared, prepared or awaited as often as done.
        return Outcome.KEPT if has_day(later) else None
    return Outcome.MOVED if day > due[1] else None


def _on_time(due: tuple[date, date], later: Telling) -> bool:
    if not has_day(later):
        # Told without a day it happened at the latest when it was told: never before its day, and soon after.
        return later.said is not None and due[0] <= later.said <= due[1] + timedelta(SLACK)
    assert later.first is not None
    assert later.last is not None
    return later.first <= due[1] + timedelta(SLACK) and later.last >= due[0] - timedelta(SLACK)


class _Later:
    """Events by rare stem and by pair of countries, to be asked for what was said after a promise."""

    def __init__(self, tellings: Mapping[int, Telling]) -> None:
        self._tellings = tellings
        by_key: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for telling in tellings.values():
            if telling.said:
                for key in _keys(telling):
                    by_key[key].append((telling.said, telling.event))
        self._by_key = {key: _telling_apart(sorted(entries)) for key, entries in by_key.items()}

    def near(self, promise: Telling, since: date | None = None) -> Iterator[Telling]:
        """Events said from the day of the promise, or from `since`, to `HORIZON` days after its due day that share a
        key with it."""
        begin, end = max(promise.said or date.min, since or date.min), last_looked(promise)
        numbers: set[int] = set()
        for key in _keys(promise):
            entries = self._by_key.get(key, ())
            first, last = bisect_left(entries, (begin, 0)), bisect_left(entries, (end, 0))
            numbers.update(number for _, number in entries[first:last])
        yield from (self._tellings[number] for number in sorted(numbers) if number != promise.event)


def _telling_apart(entries: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """The events of a key, in order, without those of days when it told nothing apart, by what was said until then."""
    if len(entries) <= CROWDED:
        return entries
    kept, start, end = [], 0, 0
    for said, number in entries:
        while entries[start][0] < said - timedelta(REACH):
            start += 1
        while end < len(entries) and entries[end][0] <= said:
            end += 1
        if end - start <= CROWDED:
            kept.append((said, number))
    return kept


def _keys(telling: Telling) -> list[str]:
    countries = sorted(telling.parties.countries)
    pairs = [f"{a} {b} {telling.type}" for n, a in enumerate(countries) for b in countries[n + 1 :]]
    return [*rarest(telling.stems), *pairs]
