"""Words of a sentence as joins compare them: stems, what each weighs, and how near two sentences are."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from detente.errors import DataError

RAREST = 4.0
"""Reports in 10,000 that a word outside the table is taken to stand in; the table ends there."""

RARE = 3.0
"""Weight of a stem that names a thing: below it are the words and countries of every day's news."""

KEYS = 8
"""Rarest stems of a sentence by which it is brought together with others."""

_WORD = re.compile(r"[^\W_]+")


def stems_of(text: str) -> set[str]:
    """The stems of the words in `text`: lower case, possessives and English endings off."""
    return {stem(word) for word in _WORD.findall(text.replace("’s", "").replace("'s", ""))}


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """`word` in lower case without its endings, by the Snowball stemmer of English."""
    return str(_stemmer().stemWord(word.lower()))


@cache
def _stemmer() -> Any:
    # Imported here: its tables are read when it is, and only linking needs them.
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def weight(stem_: str) -> float:
    """What sharing a word tells: the logarithm of how rare it is; 0 for words in a tenth of all reports."""
    share = _shares().get(stem_, RAREST)
    return max(0.0, math.log(1_000 / share)) if share < 1_000 else 0.0


def nearness(one: Iterable[str], other: Iterable[str]) -> float:
    """How much of what the shorter side says stands in the other, by weight of stems: 0 to 1, symmetric."""
    first, second = set(one), set(other)
    shared = total(first & second)
    return shared / smaller if (smaller := min(total(first), total(second))) else 0.0


def total(stems: Iterable[str]) -> float:
    """The summed weight of stems, in an order of its own so that floats add up the same everywhere."""
    return math.fsum(weight(stem_) for stem_ in stems)


def rarest(stems: Iterable[str]) -> list[str]:
    """The `KEYS` rarest of the stems that name a thing, rarest first."""
    rare = sorted((-weight(stem_), stem_) for stem_ in stems if weight(stem_) >= RARE)
    return [stem_ for _, stem_ in rare[:KEYS]]


@cache
def _shares() -> Mapping[str, float]:
    file = files("detente") / "linking" / "data" / "word_shares.csv"
    found: dict[str, float] = {}
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            try:
                found[row["stem"]] = float(row["share"])
            except (KeyError, TypeError, ValueError) as error:
                raise DataError(f"linking/data/word_shares.csv: {row!r} is no stem with its share") from error
    return found
