"""The word lists of this room: residue of pages and translation, names of the calendar, words with a birthday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from detente.errors import DataError
from detente.shipped import mapping_of, shipped_table, words_of

_FOLDER = "checks/data"
_RESIDUE_LISTS = (
    "caption_openers",
    "navigation_lines",
    "navigation_openers",
    "open_ends",
    "cut_marks",
    "editorial_brackets",
)


@dataclass(frozen=True, slots=True)
class QuotePair:
    """A pair of quotation marks English does not use; `close` holds every mark that may close it."""

    open: str
    close: str
    used: str


@dataclass(frozen=True, slots=True)
class Residue:
    """What pages and translation programs leave behind, in lower case."""

    caption_openers: tuple[str, ...]
    navigation_lines: frozenset[str]
    navigation_openers: tuple[str, ...]
    open_ends: frozenset[str]
    cut_marks: tuple[str, ...]
    editorial_brackets: frozenset[str]
    foreign_quotes: tuple[QuotePair, ...]
    function_words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """A word that nobody wrote before `since`, and what happened then."""

    term: str
    since: date
    why: str


@dataclass(frozen=True, slots=True)
class Offices:
    """Kinds of office one person holds at a time, posts told by their role, words of a lesser office."""

    single: frozenset[str]
    by_role: frozenset[str]
    lesser: frozenset[str]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Numbers of months (1 to 12) and of weekdays (Monday 0) by name in lower case."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]


@cache
def load_residue() -> Residue:
    """The residue lists, read once; raises `DataError` where they are not valid."""
    name = f"{_FOLDER}/residue.yaml"
    data = mapping_of(shipped_table(name), {*_RESIDUE_LISTS, "foreign_quotes", "function_words"}, name)
    lists = {key: words_of(data[key], f"{name}: {key}") for key in _RESIDUE_LISTS}
    pairs = [mapping_of(item, {"open", "close", "used"}, f"{name}: foreign_quotes") for item in data["foreign_quotes"]]
    little: dict[str, str] = {}
    for language, words in data["function_words"].items():
        for word in words_of(words, f"{name}: function_words: {language}"):
            little.setdefault(word, str(language))
    return Residue(
        caption_openers=lists["caption_openers"],
        navigation_lines=frozenset(lists["navigation_lines"]),
        navigation_openers=lists["navigation_openers"],
        open_ends=frozenset(lists["open_ends"]),
        cut_marks=lists["cut_marks"],
        editorial_brackets=frozenset(lists["editorial_brackets"]),
        foreign_quotes=tuple(QuotePair(str(p["open"]), str(p["close"]), str(p["used"])) for p in pairs),
        function_words=little,
    )


@cache
def load_calendar() -> Calendar:
    """The names of months and weekdays, read once; raises `DataError` where they are not valid."""
    name = f"{_FOLDER}/calendar.yaml"
    data = mapping_of(shipped_table(name), {"months", "weekdays"}, name)
    numbers: dict[str, dict[str, int]] = {}
    for key, count, first in (("months", 12, 1), ("weekdays", 7, 0)):
        if len(data[key]) != count:
            raise DataError(f"{name}: {key}: there must be {count} lists of names")
        numbers[key] = {w: n for n, names in enumerate(data[key], first) for w in words_of(names, f"{name}: {key}")}
    return Calendar(numbers["months"], numbers["weekdays"])


@dataclass(frozen=True, slots=True)
class DayWords:
    """Words beside a day that tell whether it is still to come, or only referred to."""

    referring: frozenset[str]
    due: frozenset[str]


@cache
def load_day_words() -> DayWords:
    """The words of ``day_words.yaml``, read once; raises `DataError` where the lists are not valid."""
    name = f"{_FOLDER}/day_words.yaml"
    data = mapping_of(shipped_table(name), {"referring", "due"}, name)
    return DayWords(**{key: frozenset(words_of(data[key], f"{name}: {key}")) for key in data})


@cache
def load_first_known() -> tuple[FirstKnown, ...]:
    """The words with a birthday, longest first; raises `DataError` where an entry is not valid."""
    name = f"{_FOLDER}/first_known.yaml"
    data = shipped_table(name)
    if not isinstance(data, list):
        raise DataError(f"{name}: must be a list of entries with term, since and why")
    found = []
    for number, item in enumerate(data):
        entry = mapping_of(item, {"term", "since", "why"}, f"{name}: entry {number}")
        if not isinstance(entry["since"], date):
            raise DataError(f"{name}: {entry['term']}: since must be a day like 2020-02-11")
        found.append(FirstKnown(str(entry["term"]), entry["since"], str(entry["why"])))
    return tuple(sorted(found, key=lambda e: (-len(e.term), e.term)))


@cache
def load_offices() -> Offices:
    """The offices that date a text, read once; raises `DataError` where the lists are not valid."""
    name = f"{_FOLDER}/offices.yaml"
    data = mapping_of(shipped_table(name), {"single", "by_role", "lesser"}, name)
    return Offices(**{key: frozenset(words_of(words, f"{name}: {key}")) for key, words in data.items()})
