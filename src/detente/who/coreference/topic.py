"""The state a report is about, where one stands out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from detente.knowledge import BEYOND_STATES
from detente.who.discourse import Discourse, Draft
from detente.who.owners import is_stance

_SHARE = 0.55
"""Least share of one state among all states named; below it a report has no topic of its own."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The state a report is about: a draft of it, how many names belong to it, and whether any is more than a place."""

    state: Draft
    names: int
    acts: bool


def topic_of(discourse: Discourse) -> Topic | None:
    """The state that most of the report's names belong to; null where none stands out."""
    counts: Counter[str] = Counter()
    first: dict[str, Draft] = {}
    for draft in sorted(discourse.drafts, key=lambda d: d.start):
        if draft.form == "adjective" and is_stance(draft, discourse):
            continue
        if draft.country is not None and len(draft.country) == 3 and draft.country not in BEYOND_STATES:
            counts[draft.country] += 1
            if draft.is_state:
                first.setdefault(draft.country, draft)
    if not counts:
        return None
    (country, number), *_ = counts.most_common(1)
    if number < _SHARE * counts.total():
        return None
    found = first.get(country)
    acts = any(d.country == country and not d.is_place for d in discourse.drafts)
    return None if found is None else Topic(found, number, acts)
