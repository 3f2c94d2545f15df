"""Which state a person means who asks: its code, or its name."""

from __future__ import annotations

import re
from functools import cache

from detente.knowledge.tables import COLUMNS, read_shipped

NONE = "---"
"""What stands for parties that belong to no state or an unknown one."""

CODE = re.compile(r"[A-Z]{3}|---")


def code_of(asked: str) -> str | None:
    """The code that `asked` is or names (``RUS``, ``Russia``, ``the U.S.``); null where it is no state's name."""
    if CODE.fullmatch(asked):
        return asked
    return _codes().get(asked.casefold().removeprefix("the ").strip())


@cache
def _codes() -> dict[str, str]:
    """Names of today's states, in lower case, and their codes."""
    codes: dict[str, str] = {}
    for values in read_shipped("states"):
        row = dict(zip(COLUMNS, values, strict=True))
        if not row["form"] and not row["end"]:
            for name in (row["name"], *row["aliases"].split("|")):
                codes.setdefault(name.casefold().removeprefix("the ").strip(), row["country"])
    return codes
