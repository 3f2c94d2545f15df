"""States by name: the code a person reads, and the code a person meant."""

from __future__ import annotations

from functools import cache

from detente.errors import UsageError
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


@cache
def state_code(given: str) -> str | None:
    """The code meant by a code or a name; null where none is."""
    words = given.strip()
    if len(words) == 3 and words.isalpha() and words.isascii():
        return words.upper()
    named = (entry.country for entry in _knowledge().named(words) if entry.kind in ("state", "place"))
    return next(named, None)


def known_state(given: str) -> str:
    """The code meant; raises `UsageError` where none is known."""
    code = state_code(given)
    if code is None:
        raise UsageError(f"{given!r} is no state that is known: give its name or its code like RUS.")
    return code
