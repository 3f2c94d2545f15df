"""States by name: the code a person reads, and the code a person meant."""

from __future__ import annotations

from functools import cache

from detente.archive import Archive
from detente.archive.asked import state_asked
from detente.archive.members import member_asked
from detente.knowledge import Knowledge, load_knowledge

BEYOND_STATES = {"IGO": "International organisations", "NGO": "Other organisations", "MNC": "Companies"}


@cache
def _knowledge() -> Knowledge:
    return load_knowledge()


@cache
def state_name(code: str | None) -> str:
    """``RUS`` as Russia; a code that is not known as it is, no code as a dash."""
    if not code:
        return "—"
    entry = _knowledge().state(code)
    return BEYOND_STATES.get(code) or (entry.name if entry else code)


def known_state(given: str) -> str:
    """The code of the state that is meant; raises `UsageError` with the nearest names where none is known."""
    return state_asked(given)


def known_party(archive: Archive, given: str) -> str:
    """The code of a state, or the name of a body, group or person, that is meant by a code or name.

    Raises `UsageError` with the nearest names where neither the archive nor the tables know it.
    """
    return member_asked(archive.db, given).key
