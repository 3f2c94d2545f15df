"""Nouns for several states: ``both sides``, ``the two leaders``, ``the three capitals``, ``the presidents``.

They are led back to the two last named where these are certain, else to the states that the report tells most of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from spacy.tokens import Token

from detente.knowledge import BEYOND_STATES
from detente.who.coreference.told import states_told
from detente.who.descriptions import belong
from detente.who.discourse import Discourse, Draft

_BACK = 60
_COUNTED: Mapping[str, int] = MappingProxyType({"both": 2, "two": 2, "three": 3, "four": 4})
_WE = frozenset({"we", "i"})
_ALL = frozenset({"both", "all"})
_EACH = frozenset({"each", "neither", "either"})
_OFFICES = frozenset({"foreign", "prime"})
_OF_STATES = frozenset({
    *("country", "nation", "state", "republic", "capital", "neighbour", "neighbor", "army", "navy", "government"),
})  # fmt: skip
"""Nouns for what only states are or have."""

_VAGUE = frozenset({"country", "nation", "state", "power", "party", "republic", "neighbour", "neighbor"})
"""Nouns that do not say of how many they are where no number stands by them: *the countries*, *the parties*."""


def resolve_pairs(discourse: Discourse) -> None:
    """Add a mention with several parties for each noun for several states; later ones go back to them."""
    last: dict[bool, list[Draft]] = {}
    for token in discourse.tokens:
        count = _count_of(token, discourse)
        draft = discourse.at.get(token.i)
        if count < 2 or (draft is not None and (draft.country is not None or draft.parts)):
            continue
        lemma = token.lemma_.lower()
        of_states = lemma in discourse.lists.states or lemma in discourse.lists.one_each or token.lower_ == "both"
        told, leads = _most_told(token, count, discourse) if of_states else ((), False)
        found: Sequence[Draft] = told if leads else _named_before(token, count, last, discourse) or told
        if draft is not None and draft.kind == "role" and found is told:
            belong(draft, found)
        elif found:
            _add(token, lemma, found, discourse)


def _named_before(token: Token, count: int, last: dict[bool, list[Draft]], discourse: Discourse) -> list[Draft]:
    """The two last named, where these are certain; `last` keeps them for the nouns that follow."""
    lemma = token.lemma_.lower()
    persons = lemma in discourse.lists.dual_persons
    if count != 2 or not (persons or lemma in discourse.lists.states):
        return []
    found = _last_two(token, persons, discourse) or last.get(persons) or _only_two(token, persons, discourse)
    if not found and not persons:
        found = last.get(True) or _last_two(token, True, discourse)
    if found:
        last[persons] = found
    return found


def _count_of(token: Token, discourse: Discourse) -> int:
    """Of how many a word tells: ``both sides``, ``the two leaders``, ``the leaders``, ``each side``, ``both``.

    Of ``two diplomats`` none: they may be of one state.
    """
    lists, lemma = discourse.lists, token.lemma_.lower()
    if token.lower_ == "both" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
        return 2
    if token.pos_ != "NOUN":
        return 0
    lefts = [c.lower_ for c in token.lefts]
    count = next((_COUNTED[word] for word in lefts if word in _COUNTED), 0)
    if count:
        return count if not (lists.definite | _ALL).isdisjoint(lefts) else 0
    of_states = lemma in lists.dual_persons or lemma in lists.one_each or lemma in lists.states
    if of_states and lefts[:1] and lefts[0] in _EACH:
        return 2
    bare = lefts[:1] == ["the"] and all(w in lists.portfolios or w in _OFFICES for w in lefts[1:])
    alone = not any(t for t in token.rights if t.dep_ != "punct")
    return 2 if token.tag_ == "NNS" and bare and alone and lemma not in _VAGUE and of_states else 0


def _most_told(token: Token, count: int, discourse: Discourse) -> tuple[tuple[Draft, ...], bool]:
    """The states that the report tells most of, and whether they leave all others far behind.

    Whoever acts upon the several is none of them; of leaders, only states whose persons are told of.
    """
    upon = {d.country for d in discourse.drafts if d.root < token.i and _does_it_to(d, token, discourse)}
    upon |= _tellers_upon(token, discourse)
    told = states_told(discourse, upon, bodies=token.lemma_.lower() not in _OF_STATES)
    if leading := told.leading(count):
        return leading, True
    persons = token.lemma_.lower() in discourse.lists.dual_persons
    return (states_told(discourse, upon, persons=True) if persons else told).most(count), False


def _only_two(token: Token, persons: bool, discourse: Discourse) -> list[Draft]:
    """The two persons, where the report names no third before the noun."""
    found = {id(d.first): d for d in discourse.people() if d.start < token.i} if persons else {}
    return sorted(found.values(), key=lambda d: d.start) if len(found) == 2 else []


def _add(token: Token, lemma: str, found: Sequence[Draft], discourse: Discourse) -> None:
    start = min((c.i for c in token.lefts), default=token.i)
    mention = Draft(
        start, token.i + 1, token.i, "noun", discourse.written(start, token.i + 1), is_plural=True, noun=lemma
    )
    mention.parts = tuple(found)
    mention.is_person = lemma in discourse.lists.dual_persons
    discourse.replace(token.i, mention)
    # ``the foreign ministers of the two countries``
    holder = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("of", "from") else None
    held = discourse.at.get(holder.i) if holder is not None else None
    if held is not None and held.country is None and not held.parts:
        belong(held, (mention,))


def _last_two(token: Token, persons: bool, discourse: Discourse) -> list[Draft]:
    """The two parties of different states named last before the noun, unless a third stands among them."""
    found: dict[str | int, Draft] = {}
    tellers = _tellers_upon(token, discourse)
    for draft in sorted(discourse.drafts, key=lambda d: -d.start):
        if draft.start >= token.i or draft.is_place or draft.parts or draft.kind == "noun":
            continue
        key: str | int | None = draft.country or (id(draft.first) if draft.kind == "person" else None)
        if key is None:
            continue
        if token.i - draft.start > _BACK or persons != draft.is_person or _does_it_to(draft, token, discourse):
            continue
        if draft.country in tellers or (draft.country in BEYOND_STATES and token.lemma_.lower() in _OF_STATES):
            continue
        if key not in found:
            if len(found) == 2:
                nearest = min(d.start for d in found.values())
                return [] if draft.start >= discourse.tokens[nearest].sent.start else _in_order(found)
            found[key] = draft
    return _in_order(found) if len(found) == 2 else []


def _does_it_to(draft: Draft, token: Token, discourse: Discourse) -> bool:
    """``**Russia** urged both sides``: whoever acts upon the two is neither."""
    root = discourse.tokens[draft.root]
    if root.dep_ != "nsubj" or root.sent.start != token.sent.start:
        return False
    return any(t.i == root.head.i for t in token.ancestors)


def _tellers_upon(token: Token, discourse: Discourse) -> set[str | None]:
    """``**We** call on both sides``: the state whose officials tell the report, where *we* act upon the two."""
    acting = (c for up in token.ancestors for c in up.children if c.dep_ == "nsubj")
    return {discourse.home} if any(c.lower_ in _WE for c in acting) else set()


def _in_order(found: dict[str | int, Draft]) -> list[Draft]:
    return sorted(found.values(), key=lambda d: d.start)
