"""Posts in a person's words against the posts in the tables: *cia director*, *un human rights chief*.

Words are compared, not their order, and names of states and bodies as what they stand for: *US ambassador to the UN* is
*American ambassador to the United Nations*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.knowledge.entry import Entry
from detente.knowledge.lookup import Knowledge
from detente.knowledge.naming import written_ways
from detente.knowledge.tables import load_name_words, load_offices
from detente.shipped import mapping_of, shipped_table, words_of

NEAREST = 5
"""Posts named where the one that is asked for is not known."""

LIKE = 60.0
"""Likeness of words (0 to 100) from which a post is named as near."""

LONGEST_NAME = 6
"""Words of the longest name of a state or body looked for in a question."""

_FILE = "knowledge/data/posts.yaml"
_NOBODYS = "---"
_BEYOND = "IGO"
_NAMED = frozenset({"state", "place", "organisation", "body", "group"})


@dataclass(frozen=True, slots=True)
class PostWords:
    """Posts by what they are called, words by the one that stands for them, small words, words that *chief* means."""

    called: Mapping[str, str]
    alike: Mapping[str, str]
    small: frozenset[str]
    headed: frozenset[str]


@cache
def load_post_words() -> PostWords:
    """The table of the package; raises `DataError` where it is not valid."""
    raw = mapping_of(shipped_table(_FILE), {"called", "alike", "small", "headed"}, _FILE)
    alike = {word: str(line[0]) for line in raw["alike"] for word in words_of(line, f"{_FILE}: alike")}
    called = {str(asked): str(known) for asked, known in raw["called"].items()}
    small, headed = (frozenset(words_of(raw[key], f"{_FILE}: {key}")) for key in ("small", "headed"))
    return PostWords(called, alike, small, headed)


def usual_name(words: str) -> str:
    """The name a post is known by, where it is asked for as reporters call it; else the words as they are."""
    return _by_plain_name().get(" ".join(_plain(words)), words)


@cache
def _by_plain_name() -> Mapping[str, str]:
    return {" ".join(_plain(asked)): known for asked, known in load_post_words().called.items()}


def names_a_post(words: str) -> bool:
    """Whether a word of it is one of a post that heads something."""
    return not load_post_words().headed.isdisjoint(_plain(words))


def post_holders(knowledge: Knowledge, words: str, as_of: date | None) -> tuple[Entry, ...]:
    """Those whose post is the one in `words`, in order of time: of the state or body named, else of a world body."""
    asked, countries = _meant(knowledge, words)
    found = [t for t in _terms(knowledge, countries, as_of) if t.role and _is_post(knowledge, asked, t)]
    return tuple(sorted(found, key=lambda term: (term.start or "", term.id)))


def nearest_posts(knowledge: Knowledge, words: str, as_of: date | None) -> tuple[Entry, ...]:
    """The holders of the posts nearest in words, of the state or body that is named, the nearest first."""
    # Imported here: only a question without an answer needs it.
    from rapidfuzz import fuzz

    _, countries = _meant(knowledge, words)
    plain = " ".join(_plain(words))
    near: dict[str, tuple[float, str, Entry]] = {}
    for term in _terms(knowledge, countries, as_of):
        role = " ".join(_plain(term.role or ""))
        likeness = fuzz.token_sort_ratio(plain, role)
        if likeness >= LIKE and (role not in near or (term.start or "") > (near[role][2].start or "")):
            near[role] = (-likeness, role, term)
    return tuple(term for _, _, term in sorted(near.values(), key=lambda found: found[:2])[:NEAREST])


def _terms(knowledge: Knowledge, countries: Iterable[str], as_of: date | None) -> Iterator[Entry]:
    for country in sorted(countries) or [_BEYOND]:
        for office in sorted(load_offices()):
            for term in knowledge.terms(office, country):
                if as_of is None or term.holds_on(as_of.isoformat()):
                    yield term


def _is_post(knowledge: Knowledge, asked: frozenset[str], term: Entry) -> bool:
    """Whether the words asked for are those of the role, save the state, and what *chief* stands for."""
    heads = asked & load_name_words()["head"]
    told, _ = _meant(knowledge, term.role or "")
    home = {term.country or ""}
    missing, over = asked - told - home, told - asked - home
    if missing - heads:
        return False
    return over <= load_post_words().headed if missing else not over


def _meant(knowledge: Knowledge, words: str) -> tuple[frozenset[str], frozenset[str]]:
    """What the words of a post stand for, and the codes under which the states and bodies among them have holders."""
    plain, known = _plain(words), load_post_words()
    meant: set[str] = set()
    countries: set[str] = set()
    at = 0
    while at < len(plain):
        length, entry = _named_at(knowledge, plain, at)
        if entry is None:
            meant |= {plain[at]} - known.small
        elif entry.kind == "state":
            meant.add(entry.country or entry.id)
            countries.add(entry.country or _NOBODYS)
        else:
            meant.add(entry.id)
            countries.add(entry.country or _NOBODYS)
        at += length
    return frozenset(meant), frozenset(countries)


def _named_at(knowledge: Knowledge, plain: list[str], at: int) -> tuple[int, Entry | None]:
    """How many words from `at` name a state or body, and which; one and null where none do."""
    for length in range(min(LONGEST_NAME, len(plain) - at), 0, -1):
        name = " ".join(plain[at : at + length])
        if name in load_post_words().small or name in load_post_words().headed:
            continue
        for way in written_ways(name):
            entry = next(iter(knowledge.named(way)[:1]), None)
            if entry is not None and entry.kind in _NAMED:
                return length, entry
    return 1, None


def _plain(words: str) -> list[str]:
    """The words in lower case, without possessives, points and hyphens, each as the one that stands for its like."""
    alike = load_post_words().alike
    bare = words.casefold().replace("’", "'").replace("'s", "").replace(".", "").replace("-", " ")
    parts = [alike.get(word.strip("',"), word.strip("',")) for word in bare.split()]
    return parts[1:] if parts[:1] == ["the"] else parts
