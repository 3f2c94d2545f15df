"""One act, many reports: which events of different reports tell the same act.

Conservative: two tellings are joined where types, sides, days, place and numbers allow it and the words are near. A
wrong join hides an act and invents a dispute; a missed one only counts an act twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from detente.linking.joins import load_joins
from detente.linking.tellings import Telling, ToldSide
from detente.linking.words import RARE, nearness, rarest, total, weight

REACH = 7
"""Days between the reports of one act: what is told later refers to it by other words than the news did."""

LATER = 4
"""Days between the reports where one of them gives the act no day: by then another act of the kind may be meant."""

FEWEST_RARE = 2
"""Rare stems two sentences must share."""

CROWDED = 400
"""Tellings under one stem within `REACH` above which the stem brings nobody together."""

SAME_DAY, TOLD_LATER, NEXT_DAY = 0.42, 0.5, 0.5
"""Nearness of words wanted where the days are told and meet, where one telling has no day, and where two reports of
successive days each tell it as their own news. Chosen with `python -m bench.joins`."""

LATER_BY_NAME = 0.44
"""The same where one telling has no day, and both name the act by one word."""

FEW_DAYS = 3
"""Days of an interval that still names an occasion: "this month" does not."""

OTHER_WORD = 0.2
"""What is wanted on top where the act is called by another word."""

KINDRED = 0.08
STRANGE = 0.1
"""What is wanted on top where the types are kindred only, and where a side has another name."""

SAME_PERSON = 0.18
"""What is wanted less where both tell it of the same person by the same word."""

NEARLY_ALL = 0.75
"""Nearness from which one rare stem is enough."""

SAME_MEETING = 0.2
"""Nearness wanted of two tellings of a meeting of the same persons or states on the same day."""

LEAST_SAID = 15.0
"""Weight of the words of a sentence that says enough to be told from others: "Thank you, Mr. President" does not."""

NUMBERS_APART = 0.35
"""Share of the larger number by which tellings of one act differ at most: death tolls rise within a day."""


class Agreement(IntEnum):
    """How two sides, days or places stand to each other."""

    CONFLICT = -2
    STRANGE = -1
    UNKNOWN = 0
    LIKE = 1
    EQUAL = 2


@dataclass(frozen=True, slots=True)
class ActLikeness:
    """What speaks for and against two tellings being of one act; `wanted` is the nearness of words asked for."""

    actors: Agreement
    recipients: Agreement
    parties: Agreement
    near: float
    wanted: float

    @property
    def joined(self) -> bool:
        """Whether the two are taken for one act."""
        return self.near >= self.wanted


IMPOSSIBLE = 9.0
"""A nearness that no two sentences have."""


def candidates(tellings: Mapping[int, Telling], fresh: Iterable[int] | None = None) -> Iterator[tuple[int, int]]:
    """Pairs of events, the smaller first, in order, that are worth comparing: told within `REACH` days of each other.

    Their sentences share a rare stem, or they are meetings of the same states on the same day. With `fresh`, only
    pairs one of which is among them.
    """
    wanted = None if fresh is None else frozenset(fresh)
    by_key: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for number, telling in tellings.items():
        if telling.said:
            for key in _keys(telling):
                by_key[key].append((telling.said, number))
    found: set[tuple[int, int]] = set()
    for entries in by_key.values():
        entries.sort()
        start = 0
        for place, (said, number) in enumerate(entries):
            while entries[start][0] < said - timedelta(REACH):
                start += 1
            if place - start > CROWDED:
                continue
            for _, earlier in entries[start:place]:
                if wanted is None or number in wanted or earlier in wanted:
                    found.add((min(earlier, number), max(earlier, number)))
    yield from sorted(found)


def _keys(telling: Telling) -> list[str]:
    countries = sorted(telling.parties.countries)
    if telling.type not in load_joins().mutual or telling.first is None or len(countries) < 2:
        return rarest(telling.stems)
    return [*rarest(telling.stems), f"{' '.join(countries)} {telling.type} {telling.first}"]


def compare(one: Telling, other: Telling) -> ActLikeness:
    """How far two tellings agree; symmetric."""
    actors, recipients = agreement(one.actors, other.actors), agreement(one.recipients, other.recipients)
    parties = agreement(one.parties, other.parties)
    near = nearness(one.stems, other.stems)
    wanted = IMPOSSIBLE
    if _may_be_one(one, other, (actors, recipients, parties)):
        wanted = _wanted(one, other, min(actors, recipients))
    return ActLikeness(actors, recipients, parties, near, wanted)


def agreement(one: ToldSide, other: ToldSide) -> Agreement:
    """How two sides stand to each other; unknown where one is not told, or told as "at least 40 people"."""
    if one.entities & other.entities:
        return Agreement.EQUAL
    if one.persons and other.persons and not one.persons & other.persons:
        return Agreement.CONFLICT
    if one.countries and other.countries:
        return Agreement.EQUAL if one.countries & other.countries else Agreement.CONFLICT
    first, second = _telling_names(one), _telling_names(other)
    if first & second:
        return Agreement.EQUAL
    if not (first or one.countries) or not (second or other.countries):
        return Agreement.UNKNOWN
    return Agreement.LIKE if one.names & other.names else Agreement.STRANGE


def _telling_names(side: ToldSide) -> frozenset[str]:
    numbers = load_joins().number_words
    return frozenset(n for n in side.names if weight(n) >= RARE and n not in numbers and not n[0].isdigit())


def acts_of(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Event → the smallest event of its act, for all events in `pairs`."""
    above: dict[int, int] = {}

    def top(number: int) -> int:
        while above.setdefault(number, number) != number:
            above[number] = number = above[above[number]]
        return number

    for one, other in pairs:
        first, second = sorted((top(one), top(other)))
        above[second] = first
    return {number: top(number) for number in above}


def meet_alike(one: Telling, other: Telling) -> bool:
    """Whether both tell of a meeting or deal of the same countries, whoever is named first."""
    first, second = one.parties.countries, other.parties.countries
    return _is_mutual(one, other) and len(first & second) >= max(2, min(len(first), len(second)))


def _is_mutual(one: Telling, other: Telling) -> bool:
    return one.type == other.type and one.type in load_joins().mutual


def days_apart(one: Telling, other: Telling) -> int | None:
    """Days between the days two tellings give the act; null where one gives none."""
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return None
    return max(0, (max(one.first, other.first) - min(one.last, other.last)).days)


def numbers_differ(one: Telling, other: Telling) -> bool:
    """Whether both count the same thing and come to another number."""
    return any(one.numbers[kind] != other.numbers[kind] for kind in one.numbers.keys() & other.numbers.keys())


def _may_be_one(one: Telling, other: Telling, sides: tuple[Agreement, Agreement, Agreement]) -> bool:
    """Whether nothing but the words stands against one act."""
    actors, recipients, _ = sides
    if one.report == other.report or not load_joins().are_kindred(one.type, other.type):
        return False
    between_states = _is_mutual(one, other) and min(len(one.parties.countries), len(other.parties.countries)) > 1
    if (between_states or Agreement.CONFLICT in (actors, recipients)) and not meet_alike(one, other):
        return False
    if one.type != other.type and not same_word(one, other):
        return False
    if one.place_country and other.place_country and one.place_country != other.place_country:
        return False
    if rare_shared(one, other) < _fewest_rare(one, other):
        return False
    if len(one.named & other.named) < (1 if max(sides) is Agreement.EQUAL else 2):
        return False
    if min(total(one.stems), total(other.stems)) < LEAST_SAID:
        return False
    return not far_apart(one, other)


def _fewest_rare(one: Telling, other: Telling) -> int:
    """The rare stems wanted: one where a person's name is shared, or nearly all that is said."""
    if _same_meeting(one, other):
        return 0
    alike = same_person(one, other) or nearness(one.stems, other.stems) >= NEARLY_ALL
    return 1 if alike and same_name(one, other) else FEWEST_RARE


def same_person(one: Telling, other: Telling) -> bool:
    """Whether both name the same person on the same side, by a rare name."""
    sides = ((one.actors, other.actors), (one.recipients, other.recipients))
    return any(weight(name) >= RARE for a, b in sides for name in a.persons & b.persons)


def _wanted(one: Telling, other: Telling, worst: Agreement) -> float:
    """The nearness wanted by how the days meet, less where both tell it of the same person by the same word."""
    wanted = _wanted_by_days(one, other, worst)
    return wanted - SAME_PERSON if same_person(one, other) and same_name(one, other) else wanted


def _wanted_by_days(one: Telling, other: Telling, worst: Agreement) -> float:
    known = has_day(one) + has_day(other)
    if _same_meeting(one, other):
        return SAME_MEETING
    if known == 2 and days_apart(one, other) == 0:
        wanted = SAME_DAY
    elif known == 2:
        wanted = _wanted_next_day(one, other)
    elif _told_later(one, other, known):
        wanted = LATER_BY_NAME if one.trigger == other.trigger else TOLD_LATER
    else:
        return IMPOSSIBLE
    told_apart = wanted == SAME_DAY and (one.dated or other.dated)
    if not told_apart and not (same_word(one, other) or meet_alike(one, other)):
        wanted += OTHER_WORD
    wanted += KINDRED if one.type != other.type else 0.0
    return wanted + (STRANGE if worst < Agreement.UNKNOWN else 0.0)


def _same_meeting(one: Telling, other: Telling) -> bool:
    """Whether the same two known parties meet or agree on the same day."""
    return (
        _is_mutual(one, other)
        and len(one.parties.entities & other.parties.entities) > 1
        and days_apart(one, other) == 0
    )


def _wanted_next_day(one: Telling, other: Telling) -> float:
    """The nearness wanted of two reports of successive days that both tell the act as their own news."""
    if days_apart(one, other) != 1 or one.dated or other.dated or is_repeated(one) or is_repeated(other):
        return IMPOSSIBLE
    shared = one.numbers.keys() & other.numbers.keys()
    toll = bool(shared) and shared <= load_joins().tolls
    if toll and numbers_differ(one, other):
        # A toll rises with the day; how many are freed, expelled or arrested does not.
        return NEXT_DAY + STRANGE if rare_shared(one, other) > 2 * FEWEST_RARE else IMPOSSIBLE
    apart = not toll and _other_figures(one, other) and not same_person(one, other)
    return IMPOSSIBLE if apart else NEXT_DAY


def _other_figures(one: Telling, other: Telling) -> bool:
    return bool(one.figures and other.figures and one.figures != other.figures)


def rare_shared(one: Telling, other: Telling) -> int:
    """How many rare stems both sentences hold."""
    return sum(weight(stem) >= RARE for stem in one.stems & other.stems)


def has_day(telling: Telling) -> bool:
    """Whether the telling gives the act a day, or a few."""
    return telling.first is not None and telling.last is not None and (telling.last - telling.first).days <= FEW_DAYS


def _told_later(one: Telling, other: Telling, known: int) -> bool:
    """Whether one of the two, or both, may speak of an act without saying when, a few days on."""
    if one.said is None or other.said is None or abs((one.said - other.said).days) > LATER:
        return False
    if known == 1:
        return _told_after(one, other)
    if is_repeated(one) or is_repeated(other):
        return False
    if one.figures and other.figures and one.figures.isdisjoint(other.figures):
        return False
    return not any(t.last is not None and t.last < min(one.said, other.said) - timedelta(REACH) for t in (one, other))


def _told_after(one: Telling, other: Telling) -> bool:
    """Whether the telling without a day is of a report no older than the act, and tells of no other one.

    Of an act still to come each report may tell first.
    """
    undated, dated = (other, one) if has_day(one) else (one, other)
    act = dated.first or dated.said
    if undated.said is None or act is None or is_repeated(undated):
        return False
    may_be_told_first = dated.said is not None and act > dated.said
    return (may_be_told_first or undated.said >= act) and (undated.last is None or undated.last >= act)


def is_repeated(telling: Telling) -> bool:
    """Whether the sentence says that the like had happened before."""
    return bool(telling.stems & load_joins().again)


def same_name(one: Telling, other: Telling) -> bool:
    """Whether both name the act by one word, or by words for one blow."""
    return one.trigger == other.trigger or (
        one.type == other.type and {one.trigger, other.trigger} <= load_joins().blows
    )


def same_word(one: Telling, other: Telling) -> bool:
    """Whether both name the act by one word or mode, or count the same."""
    return same_name(one, other) or (one.mode is not None and one.mode == other.mode) or same_numbers(one, other)


def same_numbers(one: Telling, other: Telling) -> bool:
    shared = one.numbers.keys() & other.numbers.keys()
    return bool(shared) and not numbers_differ(one, other)


def far_apart(one: Telling, other: Telling) -> bool:
    """Whether the two count the same things and come to numbers too different for one act."""
    shared = one.numbers.keys() & other.numbers.keys()
    if len(shared) > 1 and all(one.numbers[kind] != other.numbers[kind] for kind in shared):
        return True
    pairs = [sorted((one.numbers[kind], other.numbers[kind])) for kind in shared]
    return any(high - low > NUMBERS_APART * high for low, high in pairs)
