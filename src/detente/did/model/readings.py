"""Who stands on both sides of an act: the likeliest reading, of those that the chances of states leave open.

States do not stand on sides by themselves: who is blamed rarely blames himself, a meeting has more than one, and what
one act of a report says of two states others say too. So the few likeliest pairs of sides are weighed as wholes, and
the likeliest parties stand unless another reading is likelier by far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from detente.did.candidate import Member
from detente.did.model.network import Network
from detente.did.model.options import Country
from detente.did.model.scene import Scene
from detente.did.model.sides import Owners
from detente.did.model.stakes import SIDES, Case, Countries, Numbers, Stake, cases_of, stakes_of
from detente.did.model.weigh import Weighed
from detente.language.syntax import is_verbal

_STATES, _LARGEST = 5, 4
"""States, the likeliest, of which a side is made up, and as many at most."""

_SIDES_EACH, _READINGS = 6, 10
"""Ways to fill one side, and readings, the likeliest, that are weighed."""

LIKELIER = 0.15
"""How much likelier than the reading by the likeliest parties another one must be.

Readers differ in what they leave to the reader; with less, acts take sides from further away than some of them do.
"""

READING_FEATURES = (
    *("chance", "chance of actors", "chance of recipients", "share of the best", "actors", "recipients", "on both"),
    *("states", "actors as first", "recipients as first", "states as first", "some actors first"),
    *("some recipients first", "actors as ruled", "recipients as ruled", "states as ruled"),
    *("least actor", "next actor", "least actor by parties", "next actor by parties"),
    *("least recipient", "next recipient", "least recipient by parties", "next recipient by parties"),
    *("type", "verb", "actor of no state", "recipient of no state", "elsewhere", "elsewhere the other way"),
    *("act", "status", "acts", "reader"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The countries on both sides of the act of case number `case`, and what speaks for them."""

    case: int
    sides: tuple[Countries, Countries]
    row: list[float]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who acts, who is acted upon, and the chance that it is these states and no others."""

    actors: tuple[Member, ...]
    recipients: tuple[Member, ...]
    chance: float


def read(network: Network, scene: Scene, acts: Sequence[Weighed], owners: Owners) -> list[Sides]:
    """The sides of each of the acts of a report."""
    cases = cases_of(scene, acts, owners, network.settings["side"], network.types)
    if network.stakes is None or network.readings is None:
        return [Sides(*case.first, 1.0) for case in cases]
    stakes = list(stakes_of(scene, cases))
    by_case = chances_by_case(cases, stakes, network.stakes.chances([s.row for s in stakes]))
    readings = list(readings_of(cases, by_case))
    best = best_readings(cases, readings, network.readings.chances([r.row for r in readings]))
    return [_told(case, *best[number]) for number, case in enumerate(cases)]


def chances_by_case(cases: Sequence[Case], stakes: Sequence[Stake], chances: Sequence[float]) -> list[Numbers]:
    """The chances of countries by act and side."""
    found: list[tuple[dict[Country, float], dict[Country, float]]] = [({}, {}) for _ in cases]
    for stake, chance in zip(stakes, chances, strict=True):
        found[stake.case][stake.where][stake.country] = float(chance)
    return [*found]


def readings_of(cases: Sequence[Case], chances: Sequence[Numbers], reader: bool = False) -> Iterator[Reading]:
    """The readings of each act: the likeliest, as if states stood on sides by themselves, and that by its parties."""
    for number, (case, own) in enumerate(zip(cases, chances, strict=True)):
        filled = _filled(own[0], case.states[0]), _filled(own[1], case.states[1])
        pairs = sorted((((a, r), p * q) for a, p in filled[0].items() for r, q in filled[1].items()), key=_unlikely)
        kept = pairs[:_READINGS]
        kept += [pair for pair in pairs[_READINGS:] if pair[0] == case.states]
        others = [each for n, each in enumerate(chances) if n != number]
        for sides, chance in kept:
            parts = filled[0][sides[0]], filled[1][sides[1]]
            shares = [chance, *parts, chance / kept[0][1] if kept[0][1] else 0.0]
            yield Reading(number, sides, [*shares, *_row(case, own, sides), *_around(case, sides, others), reader])


def _unlikely(pair: tuple[object, float]) -> float:
    return -pair[1]


def _filled(chances: Mapping[Country, float], first: Countries) -> dict[Countries, float]:
    """The likeliest ways to fill a side, with their chances, likeliest first, and the `first` one."""
    known = sorted(chances, key=lambda c: (-chances[c], c or ""))[:_STATES]
    ways = [frozenset(chosen) for size in range(_LARGEST + 1) for chosen in combinations(known, size)]
    found = {way: prod(p if c in way else 1 - p for c, p in chances.items()) for way in dict.fromkeys([*ways, first])}
    likely = sorted(found, key=lambda way: -found[way])[:_SIDES_EACH]
    return {way: found[way] for way in dict.fromkeys([*likely, first])}


def _row(case: Case, chances: Numbers, sides: tuple[Countries, Countries]) -> Iterator[float]:
    """How many states a reading has, how it goes with the likeliest parties and the rules, and its weakest points."""
    (actors, recipients), first, ruled = sides, case.states, case.ruled
    both = actors | recipients
    yield from (len(actors), len(recipients), len(actors & recipients), len(both))
    yield from (actors == first[0], recipients == first[1], both == first[0] | first[1])
    yield from (actors <= first[0], recipients <= first[1])
    yield from (actors == ruled[0], recipients == ruled[1], both == ruled[0] | ruled[1])
    for where in SIDES:
        for known in (chances[where], case.best[where]):
            yield min((known[c] for c in sides[where] if c in known), default=2.0)
            yield max((p for c, p in known.items() if c not in sides[where]), default=-1.0)
    yield from (case.type, is_verbal(case.act.token), None in actors, None in recipients)


def _around(case: Case, sides: tuple[Countries, Countries], others: Sequence[Numbers]) -> Iterator[float]:
    """How often other acts have an actor act upon a recipient, and the other way round; how sure the act itself is."""
    pairs = [(a, r) for a in sides[0] for r in sides[1]] if others else []
    for one, two in (SIDES, SIDES[::-1]):
        told = (sum(o[one].get(a, 0.0) * o[two].get(r, 0.0) for o in others) / len(others) for a, r in pairs)
        yield max(told, default=-1.0)
    yield from (case.act.chance, next(iter(case.act.statuses.values())), len(others) + 1)


def best_readings(
    cases: Sequence[Case], readings: Sequence[Reading], chances: Sequence[float]
) -> list[tuple[Reading, float]]:
    """The reading of each act with its chance: that by the likeliest parties, unless another is likelier by far."""
    best: dict[int, tuple[Reading, float]] = {}
    first: dict[int, tuple[Reading, float]] = {}
    for reading, chance in zip(readings, chances, strict=True):
        if reading.case not in best or chance > best[reading.case][1]:
            best[reading.case] = reading, chance
        if reading.sides == cases[reading.case].states:
            first[reading.case] = reading, chance
    return [best[n] if best[n][1] > first[n][1] + LIKELIER else first[n] for n in range(len(cases))]


def _told(case: Case, reading: Reading, chance: float) -> Sides:
    """The parties by which a reading's countries are told."""
    actors, recipients = (_members(case, where, reading.sides[where]) for where in SIDES)
    return Sides(actors, recipients, chance)


def _members(case: Case, where: int, countries: Countries) -> tuple[Member, ...]:
    """The likeliest parties that are of the countries; for each other country the party that is likeliest there."""
    kept = [m for m in case.first[where] if m.party.country in countries]
    for country in sorted(countries - case.states[where], key=lambda c: c or ""):
        own = [o for o in case.options if o.country == country]
        kept.append(max(own, key=lambda o: (not o.is_doubt, o.chance(where))).member)
    return tuple(sorted(kept, key=lambda m: m.start))
