"""Questions in a person's words: a name in any case, or an office and its state ("the president of Finland")."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from detente.knowledge.entry import Entry
from detente.knowledge.lookup import Knowledge

_SMALL = frozenset({"of", "the", "and", "al", "bin", "ibn", "von", "van", "de", "der", "da", "for"})


def asked(knowledge: Knowledge, words: str, as_of: date | None) -> tuple[Entry, ...]:
    """What is known of a name as written, else of it in the capitals it is known by, else of who holds an office.

    ``putin``, ``nato`` and ``the president of Finland``, ``Finland's foreign minister``, ``french president`` answer.
    Without a day all known holders of an office come, in order of time.
    """
    for name in _written(words):
        if entries := knowledge.named(name, as_of):
            return entries
    for title, state in _offices(words):
        country = _country(knowledge, state, as_of)
        office = knowledge.office_of(title, country) if country else None
        if office is None or country is None:
            continue
        if as_of is None:
            return knowledge.terms(office, country)
        holder = knowledge.holder(office, country, as_of)
        return () if holder is None else (holder,)
    return ()


def _written(words: str) -> Iterator[str]:
    """The words as they stand, with capitals, and all in capitals (an acronym)."""
    yield words
    parts = words.split()
    if words.islower():
        yield " ".join(word if word in _SMALL and i else word.capitalize() for i, word in enumerate(parts))
        yield " ".join("-".join(part.capitalize() for part in word.split("-")) for word in parts)
        yield words.upper()


def _offices(words: str) -> Iterator[tuple[str, str]]:
    """Title and state: "<title> of <state>", else "<state>('s) <title>" cut at every place."""
    plain = words.removeprefix("the ").removeprefix("The ")
    title, of, state = plain.rpartition(" of ")
    if of:
        yield title, state.removeprefix("the ").removeprefix("The ")
    parts = plain.split()
    for cut in range(1, len(parts)):
        state = " ".join(parts[:cut])
        yield " ".join(parts[cut:]), state.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")


def _country(knowledge: Knowledge, state: str, as_of: date | None) -> str | None:
    """The country of a state's name or adjective in any case."""
    found = (entry for name in _written(state) for entry in knowledge.named(name, as_of))
    return next((entry.country for entry in found if entry.kind == "state"), None)
