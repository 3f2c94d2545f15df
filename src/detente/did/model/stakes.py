"""Whether a state stands on a side of an act: what speaks for it, over all its parties and all acts of the report.

A side is right when its states are, whoever of a state is named. So the chances of parties are put together by state,
beside those of its rivals and what the rest of the report says of it, and trees weigh them (`train/readings.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.did.candidate import Member
from detente.did.model.options import Country, Option, options_of
from detente.did.model.scene import Scene
from detente.did.model.sides import Owners, sides_of
from detente.did.model.weigh import Weighed
from detente.language.syntax import is_verbal
from detente.who import SECTORS

SIDES = (0, 1)
"""Those who act, and those acted upon."""

_SLIGHT = 0.03
"""Chance from which a state is weighed for a side, unless it is there by the likeliest parties or by the rules."""

_DOUBT = 0.1
"""The same for states that the cast does not take a party for."""

_FAR = 199.0
"""Words between an act and a state that no party near it is of."""

_SECTOR: Mapping[str | None, int] = {sector: number for number, sector in enumerate(SECTORS)}
_KINDS = ("person", "state", "group", "role", "noun", "pronoun")
_CUES = ("last", "opening", "opens paragraph", "opens sentence", "opens sentence before")
_PLACES = frozenset({"place before", "place behind"})

STAKE_FEATURES = (
    *("chance", "second", "sum", "any", "on the other side", "best", "rival"),
    *("first", "parties first", "first on the other side", "parties first there", "ruled", "ruled on the other side"),
    *("type", "verb", "acting", "no state", "kind", "sector", "words away", "sentences away", "unnamed", "placed"),
    *("known", "held", "nearest: words", "nearest: sentences", "nearest: chance", "doubt", "doubt of others"),
    *("share", "home", "dateline", *_CUES, "place", "elsewhere", "elsewhere on the other side", "acts", "reader"),
)

Countries = frozenset[Country]
Numbers = tuple[Mapping[Country, float], Mapping[Country, float]]


@dataclass(frozen=True, slots=True)
class Case:
    """An act with the parties that may be its sides; `type` is the number that its type has in the network.

    By side: `first` are the likeliest parties, which stand there unless the states are likelier to be others, `states`
    their countries; `best` has the greatest chance of each country, `doubts` that of countries which the cast does not
    take a party for, `ruled` the countries that the rules give.
    """

    act: Weighed
    type: int
    options: Sequence[Option]
    first: tuple[tuple[Member, ...], tuple[Member, ...]]
    states: tuple[Countries, Countries]
    best: Numbers
    doubts: Numbers
    ruled: tuple[Countries, Countries]


@dataclass(frozen=True, slots=True)
class Stake:
    """A country that may stand on a side (`where`) of the act of case number `case`, and what speaks for it."""

    case: int
    where: int
    country: Country
    row: list[float]


def cases_of(scene: Scene, acts: Sequence[Weighed], owners: Owners, least: float, types: Sequence[str]) -> list[Case]:
    """The acts of a report with their parties: `least` is the chance asked of a side, `types` are the network's."""
    return [_case(scene, act, owners, least, types.index(act.type)) for act in acts]


def _case(scene: Scene, act: Weighed, owners: Owners, least: float, number: int) -> Case:
    options = options_of(scene, act, owners)
    best: tuple[dict[Country, float], dict[Country, float]] = ({}, {})
    doubts: tuple[dict[Country, float], dict[Country, float]] = ({}, {})
    for option in options:
        for where in SIDES:
            kept = (doubts if option.is_doubt else best)[where]
            kept[option.country] = max(kept.get(option.country, 0.0), option.chance(where))
    ruled = countries_of(act.rules.actors), countries_of(act.rules.recipients)
    first = sides_of(scene, act, owners, least)
    return Case(act, number, options, first, (countries_of(first[0]), countries_of(first[1])), best, doubts, ruled)


def countries_of(members: Iterable[Member]) -> Countries:
    """The countries of some parties."""
    return frozenset(member.party.country for member in members)


def stakes_of(scene: Scene, cases: Sequence[Case], reader: bool = False) -> Iterator[Stake]:
    """The countries that may stand on either side of each act, in order, with the numbers that trees weigh.

    `reader` is whether the text is coded by another reader than those whose ways are wanted (see `train.examples`).
    """
    sums = _sums(cases)
    for number, case in enumerate(cases):
        cues = scene.setting.cues(case.act.token.i, case.act.token.i)
        for where in SIDES:
            for country in sorted(_weighed(case, where), key=lambda c: c or ""):
                row = [
                    *_of_parties(case, where, country),
                    *_of_act(case, where, country),
                    *_of_options(scene, case, where, country),
                    *_of_report(scene, country, frozenset(cues.get(country or "", ()))),
                    *(sums[side].get(country, 0.0) / len(cases) for side in (where, 1 - where)),
                    *(len(cases), reader),
                ]
                yield Stake(number, where, country, row)


def _weighed(case: Case, where: int) -> Countries:
    """The countries with some chance of a side."""
    slight = {c for c, chance in case.best[where].items() if chance >= _SLIGHT or c in case.ruled[where]}
    doubted = {c for c, chance in case.doubts[where].items() if chance >= _DOUBT}
    return case.states[where].union(slight, doubted)


def _of_parties(case: Case, where: int, country: Country) -> Iterator[float]:
    """What the chances of parties say of a country on a side, and of its rivals."""
    best = case.best[where]
    chances = sorted((o.chance(where) for o in case.options if o.country == country and not o.is_doubt), reverse=True)
    none = 1.0
    for chance in chances:
        none *= 1 - chance
    yield from (*[*chances, 0.0, 0.0][:2], sum(chances), 1 - none, case.best[1 - where].get(country, 0.0))
    yield max(best.values(), default=0.0)
    yield max((chance for c, chance in best.items() if c != country), default=0.0)


def _of_act(case: Case, where: int, country: Country) -> Iterator[float]:
    """Where the likeliest parties and the rules have a country, and what act it is."""
    states = case.states
    yield from (country in states[where], len(states[where]), country in states[1 - where], len(states[1 - where]))
    yield from (country in case.ruled[where], country in case.ruled[1 - where])
    yield from (case.type, is_verbal(case.act.token), where == 0, country is None)


def _of_options(scene: Scene, case: Case, where: int, country: Country) -> Iterator[float]:
    """How a country's likeliest party is told, and its nearest; what is in doubt."""
    own = [o for o in case.options if o.country == country and not o.is_doubt]
    here = case.act.token.i
    if own:
        first, nearest = max(own, key=lambda o: o.chance(where)), min(own, key=lambda o: abs(o.mention.root - here))
        party = first.mention.parties[0]
        yield from (_KINDS.index(first.mention.kind), _SECTOR.get(party.sector, -1))
        yield from (first.mention.root - here, _sentences(scene, here, first))
        yield from (first.mention.entity < 0, first.is_placed, party.id is not None, first.held)
        yield from (nearest.mention.root - here, _sentences(scene, here, nearest), nearest.chances[where])
    else:
        yield from (-1.0, -1.0, _FAR, -9.0, 0.0, 0.0, 0.0, -1.0, _FAR, -9.0, 0.0)
    doubts = case.doubts[where]
    yield doubts.get(country, 0.0)
    yield max((chance for c, chance in doubts.items() if c != country), default=0.0)


def _sentences(scene: Scene, here: int, option: Option) -> int:
    return scene.sentence_of[option.mention.root] - scene.sentence_of[here]


def _of_report(scene: Scene, country: Country, cues: frozenset[str]) -> Iterator[float]:
    """How much and where the report tells of a country."""
    yield scene.share_of(country)
    yield from (country is not None and country == state for state in (scene.cast.home, scene.setting.dateline))
    yield from (cue in cues for cue in _CUES)
    yield not cues.isdisjoint(_PLACES)


def _sums(cases: Sequence[Case]) -> Numbers:
    """The chances of each country on each side, of all acts."""
    sums: tuple[dict[Country, float], dict[Country, float]] = (defaultdict(float), defaultdict(float))
    for case in cases:
        for where in SIDES:
            for country, chance in case.best[where].items():
                sums[where][country] += chance
    return sums
