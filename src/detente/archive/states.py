"""Which state a person means who asks: its code, or its name."""

from __future__ import annotations

import re
from functools import cache

from detente.knowledge import BEYOND_STATES
from detente.knowledge.tables import COLUMNS, read_shipped

NONE = "---"
"""What stands for parties that belong to no state or an unknown one."""

CODE = re.compile(r"[A-Z]{3}|---")


def code_of(asked: str) -> str | None:
    """The code that `asked` names or is (``Russia``, ``the U.S.``, ``UAE``, ``RUS``, ``rus``); null for anything else.

    Codes that no state has or had (``PKK``) are names like any other.
    Three letters written as a name is (``Fox``) are no code.
    """
    words = asked.strip()
    code = words.upper()
    is_code = (code == NONE or code in known_codes()) and not words.istitle()
    return _codes().get(words.casefold().removeprefix("the ")) or (code if is_code else None)


def state_names() -> dict[str, str]:
    """Names of today's states in lower case, and each state by its usual name."""
    usual = {code: name for name, code in reversed(_codes().items())}
    return {name: usual[code].title() for name, code in _codes().items()}


@cache
def _codes() -> dict[str, str]:
    """Names of today's states, in lower case, and their codes."""
    codes: dict[str, str] = {}
    for values in read_shipped("states"):
        row = dict(zip(COLUMNS, values, strict=True))
        if not row["form"] and not row["end"]:
            for name in filter(None, (row["name"], *row["aliases"].split("|"))):
                codes.setdefault(name.casefold().removeprefix("the ").strip(), row["country"])
    return codes


@cache
def known_codes() -> frozenset[str]:
    """The codes of states, of today and of the past, and of what is beyond states."""
    place = COLUMNS.index("country")
    return frozenset(values[place] for values in read_shipped("states")) | BEYOND_STATES
