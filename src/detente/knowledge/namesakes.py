"""Which of several places of one name is meant: what the words beside it say, what the text names, what weighs more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from math import asin, cos, log10, radians, sin, sqrt

from detente.knowledge.gazetteer import Spot, load_gazetteer
from detente.shipped import mapping_of, shipped_table, words_of

NAMED = 1.2
"""Powers of ten by which a place in a state that the text names weighs more: sixteen times. With it Cambridge lies in
Massachusetts for an American report, while Geneva, Athens and Vienna stay where the world knows them
(`python -m bench.places`)."""

FAR = 2000.0
"""Kilometres from which a state and a region of its name cannot be mixed up by what lies near both."""

NEAR = 350.0
"""Kilometres from the middle of a region within which a town speaks for it."""

_EARTH = 6371.0
_FILE = "knowledge/data/place_words.yaml"
_LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lists of ``place_words.yaml``, which tells what each is for."""

    kinds: frozenset[str]
    parts: frozenset[str]
    directions: frozenset[str]
    american: frozenset[str]
    federal: frozenset[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as places read it: its words, and the states in it.

    `states` gives by first token where the name of a state ends and its country, `adjectives` the same by last token
    for every form of a state's name; `named` counts how often each country is named.
    """

    words: Sequence[str]
    states: Mapping[int, tuple[int, str]]
    adjectives: Mapping[int, str]
    named: Mapping[str, int]

    def word(self, i: int) -> str:
        """The word at `i` in lower case, empty beyond the text."""
        return self.words[i].lower() if 0 <= i < len(self.words) else ""


@cache
def load_place_words() -> PlaceWords:
    """The lists of the package; raises `DataError` naming the key that is not valid."""
    raw = mapping_of(shipped_table(_FILE), {f.name for f in fields(PlaceWords)}, _FILE)
    return PlaceWords(**{name: frozenset(words_of(raw[name], f"{_FILE}: {name}")) for name in raw})


def likeliest(spots: Iterable[Spot], named: Mapping[str, int], told: frozenset[str] = frozenset()) -> Spot | None:
    """The spot in a country that the words beside the name tell, else the weightiest for a text that names states."""
    spots = tuple(spots)
    return max(
        [spot for spot in spots if spot.country in told] or spots,
        key=lambda spot: log10(max(spot.weight, 1)) + (NAMED if named.get(spot.country or "") else 0.0),
        default=None,
    )


def told_beside(at: Setting, start: int, end: int, *, in_list: bool = True) -> frozenset[str]:
    """The countries that the words behind or before the name at tokens ``start:end`` may place it in.

    ``Tripoli, Lebanon``; ``Paris, Texas``; ``Macedonia, northern Greece``; ``the Mexican city of Apodaca``. Where the
    name may be one of a list of states (`in_list` false) what stands behind a comma counts only if the list ends there.
    """
    return _told_behind(at, end, in_list) or _told_before(at, start)


def is_part(at: Setting, end: int) -> bool:
    """Whether the word behind the name makes it a part of a state: ``Luxembourg province``."""
    return at.word(end) in load_place_words().parts


def kilometres(one: Spot, other: Spot) -> float:
    """The way between two spots over the sphere."""
    north, south = radians(one.latitude), radians(other.latitude)
    across = sin((north - south) / 2) ** 2
    along = sin(radians(one.longitude - other.longitude) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(across + cos(north) * cos(south) * along)))


def _told_behind(at: Setting, end: int, in_list: bool) -> frozenset[str]:
    words = load_place_words()
    i = end + 1 if at.word(end) in words.kinds else end
    if at.word(i) not in (",", "(", "in"):
        return frozenset()
    closed = at.word(i) != "in"
    i += 1
    while (found := _state_at(at, i, closed)) is None and at.word(i) in words.directions:
        i += 1
    if found is None or (not in_list and _goes_on(at, found[0])):
        return frozenset()
    return found[1]


def _state_at(at: Setting, i: int, closed: bool) -> tuple[int, frozenset[str]] | None:
    """Where the name of a state or region at `i` ends, and the countries it may mean; of states alone behind "in"."""
    state = at.states.get(i)
    if state is not None:
        regions = _countries(at.words[i : state[0]]) if closed else frozenset()
        return state[0], regions | {state[1]}
    if not closed or i >= len(at.words):
        return None
    if at.word(i) in load_place_words().american and (at.words[i].isupper() or "." in at.words[i][1:]):
        return i + 1, frozenset(("USA",))
    end = load_gazetteer().longest_at(at.words, i) if at.words[i][0].isupper() else i
    countries = _countries(at.words[i:end]) if end > i else frozenset()
    return (end, countries) if countries else None


def _countries(words: Sequence[str]) -> frozenset[str]:
    """The countries that have a region of that name."""
    spots = load_gazetteer().named(" ".join(words))
    return frozenset(spot.country for spot in spots if spot.is_region and spot.country)


def _goes_on(at: Setting, end: int) -> bool:
    """Whether a list of states goes on: ``Macedonia, Greece and Bulgaria``."""
    return at.word(end) in ("and", "or") or (
        at.word(end) == "," and (end + 1 in at.states or at.word(end + 1) == "and")
    )


def _told_before(at: Setting, start: int) -> frozenset[str]:
    words = load_place_words()
    i = start - 1
    if at.word(i) == "of":
        i -= 1
        if at.word(i) not in words.kinds:
            return frozenset()
    if at.word(i) in words.kinds:
        i -= 1
    elif at.word(i) not in ("'s", "’s"):
        return frozenset()
    for j in range(i, i - _LOOK_BACK, -1):
        country = at.adjectives.get(j)
        if country is not None:
            return frozenset((country,))
        if not (at.word(j) in ("'s", "’s", "-") or at.word(j).isalpha()):
            break
    return frozenset()
