"""Other spellings of a name that news uses, by rules per country."""

from __future__ import annotations

import re
from functools import cache

from scripts.knowledge.tables import read_source


def other_spellings(name: str, country: str) -> tuple[str, ...]:
    """The name after each rule that fits it, and after each two of them."""
    once = _respelled(name, country)
    twice = [other for spelled in once for other in _respelled(spelled, country)]
    return tuple(dict.fromkeys(spelled for spelled in (*once, *twice) if spelled != name))[:12]


def _respelled(name: str, country: str) -> list[str]:
    return [
        pattern.sub(becomes, name)
        for pattern, forms in _rules().get(country, ())
        if pattern.search(name)
        for becomes in forms
    ]


@cache
def _rules() -> dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]]:
    rules: dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for cells in read_source("spellings"):
        rule = (re.compile(cells["pattern"]), tuple(cells["becomes"].split("|")))
        for country in cells["countries"].split():
            rules.setdefault(country, []).append(rule)
    return rules
