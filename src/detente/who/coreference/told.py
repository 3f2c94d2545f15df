"""The states that a report tells most of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.knowledge import BEYOND_STATES
from detente.who.discourse import Discourse, Draft

_LEAD = 2
"""How many times as often as the next the states that a report is about are named."""

_PARTAKING = frozenset({"by", "with", "between", "from", "to", "of"})


@dataclass(frozen=True, slots=True)
class Told:
    """A draft of each state, the most told first, and how often each is named."""

    drafts: tuple[Draft, ...]
    counts: tuple[int, ...]

    def most(self, count: int) -> tuple[Draft, ...]:
        """The `count` states told most of; empty where there are fewer."""
        return self.drafts[:count] if len(self.drafts) >= count else ()

    def leading(self, count: int) -> tuple[Draft, ...]:
        """The `count` states told most of, where they leave all others far behind."""
        return self.drafts[:count] if leads(self.counts, count) else ()


def leads(counts: Sequence[int], count: int) -> bool:
    """Whether the first `count` of `counts`, which fall, leave all others far behind."""
    following = counts[count] if len(counts) > count else 0
    return len(counts) >= count and counts[count - 1] >= _LEAD * max(following, 1)


def states_told(
    discourse: Discourse, but: Container[str | None] = (), persons: bool = False, bodies: bool = False
) -> Told:
    """The states of a report without those in `but`; of `persons` those alone that somebody named or titled is of.

    With `bodies`, organisations of states count as one: the European Union may be one of two sides.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Draft] = {}
    for draft in sorted(discourse.drafts, key=lambda d: d.start):
        key = _key(draft, bodies) if _takes_part(discourse.tokens[draft.root]) else None
        if key is None or draft.country in but or (persons and not draft.is_person):
            continue
        counts[key] += 1
        if key not in first or (draft.is_state and not first[key].is_state):
            first[key] = draft
    ranked = counts.most_common()
    return Told(tuple(first[key] for key, _ in ranked), tuple(n for _, n in ranked))


def _takes_part(token: Token) -> bool:
    """Whether a name stands where whoever acts or is acted upon does; not *talks on China*, *the sea off Kenya*."""
    return token.dep_ != "pobj" or token.head.lower_ in _PARTAKING


def _key(draft: Draft, bodies: bool) -> str | None:
    if draft.country == "IGO":
        return draft.id if bodies and draft.kind == "group" else None
    return None if draft.country in BEYOND_STATES else draft.country
