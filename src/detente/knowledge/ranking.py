"""Which fact about an entity holds on a day, and which of several namesakes is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from detente.knowledge.entry import Entry
from detente.knowledge.tables import load_offices, load_prominence, load_sectors

# A term whose end nobody stated is taken to run on this long after the day it was last known to run.
TRUSTED_DAYS = 730
_UNKNOWN_PROMINENCE = 0.1
_PERSON_WITHOUT_OFFICE = 25
# A name of a state stands before the same name of a region, a capital or a person ("Georgia", "Jordan", "Lima").
_FORM_WEIGHT = {"name": 400, "adjective": 400, "people": 400, "capital": 300, "seat": 300, "region": 200, "family": 0}
_KIND_WEIGHT = {"state": 200, "organisation": 100, "group": 90, "body": 80, "office": 70, "place": 50, "person": 0}


@cache
def reach_of(office: str | None, country: str | None) -> float:
    """How widely a holder is known, 0 to 100: weight of the office times prominence of the country in the news."""
    known = load_offices().get(office or "")
    weight = known.weight if known else _PERSON_WITHOUT_OFFICE
    return weight * load_prominence().get(country or "", _UNKNOWN_PROMINENCE)


def as_on(facts: Sequence[Entry], day: str) -> Entry | None:
    """The one fact of an entity that counts on an ISO day; null where it is too far from all of them.

    Of a person: the weightiest post held that day, else the last weighty post held before, else the first one held
    after. Of anything else: the fact nearest in time.
    """
    holding = [fact for fact in facts if fact.holds_on(day)]
    if facts[0].kind != "person":
        return max(holding, key=_start) if holding else min(facts, key=lambda fact: _days_away(fact, day))
    if holding:
        return max(holding, key=_standing_of)
    past = [fact for fact in facts if fact.end is not None and fact.end < day]
    if past:
        return max(past, key=lambda fact: (_office_weight(fact) - _days_away(fact, day) / 365, _start(fact)))
    return min(facts, key=_start)


def seen_from(fact: Entry, day: str) -> Entry:
    """A fact as it is told on an ISO day.

    Who has left office is ``CVL`` and "former …"; of who is not yet in it, or was last known to be in it long ago,
    sector and office are unknown.
    """
    if fact.kind != "person":
        return fact
    if fact.end is not None and fact.end < day:
        if load_sectors().get(fact.sector or "", False):
            return fact
        return replace(fact, sector="CVL", role=f"former {fact.role}" if fact.role else None, office=None)
    if fact.start is not None and day < fact.start:
        return replace(fact, sector=None, role=None, office=None)
    if fact.end is None and fact.as_of is not None and _days(fact.as_of, day) > TRUSTED_DAYS:
        return replace(fact, sector=None, role=f"{fact.role} (last known {fact.as_of})", office=None)
    return fact


def weight_of(entry: Entry, fact: Entry, day: str) -> float:
    """The weight among namesakes of an entity whose entry on the day is `entry`, made from `fact`."""
    weight = _FORM_WEIGHT[entry.form] + _KIND_WEIGHT[entry.kind]
    if entry.kind != "person":
        return weight + (20 if entry.holds_on(day) else 0) + 10 * load_prominence().get(entry.country or "", 0)
    return weight + reach_of(fact.office, fact.country) * _standing(entry, day)


def _standing(entry: Entry, day: str) -> float:
    """In office 1; days unknown half; out of office half and less with the years; not yet in it a fifth and less."""
    if entry.start is None and entry.end is None:
        return 0.5
    if entry.holds_on(day) and entry.sector is not None:
        return 1.0
    years = _days_away(entry, day) / 365
    return (0.5 if entry.sector == "CVL" else 0.2) / (1 + years / 4)


def _office_weight(fact: Entry) -> int:
    known = load_offices().get(fact.office or "")
    return known.weight if known else _PERSON_WITHOUT_OFFICE


def _standing_of(fact: Entry) -> tuple[int, float, str]:
    # A king of several states is first of all that of the one most in the news.
    return _office_weight(fact), load_prominence().get(fact.country or "", _UNKNOWN_PROMINENCE), _start(fact)


def _start(fact: Entry) -> str:
    return fact.start or ""


def _days_away(fact: Entry, day: str) -> int:
    if fact.start and day < fact.start:
        return _days(day, fact.start)
    if fact.end and day > fact.end:
        return _days(fact.end, day)
    return 0


def _days(first: str, second: str) -> int:
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
