"""Nouns for two: ``both sides``, ``the two leaders``, ``the two countries``, led back to the two last named."""

from __future__ import annotations

from spacy.tokens import Token

from detente.who.discourse import Discourse, Draft

_BACK = 60


def resolve_pairs(discourse: Discourse) -> None:
    """Add a mention with two parties for each noun for two whose two are certain; later ones go back to them."""
    last: dict[bool, list[Draft]] = {}
    for token in discourse.tokens:
        if token.pos_ != "NOUN" or not _is_for_two(token, discourse):
            continue
        lemma = token.lemma_.lower()
        draft = discourse.at.get(token.i)
        known = draft is not None and (draft.country is not None or bool(draft.parts))
        if not known and (lemma in discourse.lists.states or lemma in discourse.lists.dual_persons):
            persons = lemma in discourse.lists.dual_persons
            pair = _last_two(token, persons, discourse) or last.get(persons) or _only_two(token, persons, discourse)
            if not pair and not persons:
                pair = last.get(True) or _last_two(token, True, discourse)
            if len(pair) == 2:
                last[persons] = pair
                _add(token, lemma, pair, discourse)


def _is_for_two(token: Token, discourse: Discourse) -> bool:
    """``both sides``, ``the two leaders``, not ``two diplomats``; and ``the leaders``, whose two the report tells."""
    lefts = [c.lower_ for c in token.lefts]
    if "both" in lefts or ("two" in lefts and not discourse.lists.definite.isdisjoint(lefts)):
        return True
    return (
        token.tag_ == "NNS"
        and lefts == ["the"]
        and token.lemma_ in discourse.lists.dual_persons
        and not any(token.rights)
    )


def _only_two(token: Token, persons: bool, discourse: Discourse) -> list[Draft]:
    """The two persons, where the report names no third before the noun."""
    found = {id(d.first): d for d in discourse.people() if d.start < token.i} if persons else {}
    return sorted(found.values(), key=lambda d: d.start) if len(found) == 2 else []


def _add(token: Token, lemma: str, pair: list[Draft], discourse: Discourse) -> None:
    start = min(c.i for c in token.lefts)
    mention = Draft(
        start, token.i + 1, token.i, "noun", discourse.written(start, token.i + 1), is_plural=True, noun=lemma
    )
    mention.parts = tuple(pair)
    mention.is_person = lemma in discourse.lists.dual_persons
    discourse.replace(token.i, mention)


def _last_two(token: Token, persons: bool, discourse: Discourse) -> list[Draft]:
    """The two parties of different states named last before the noun, unless a third stands among them."""
    found: dict[str | int, Draft] = {}
    for draft in sorted(discourse.drafts, key=lambda d: -d.start):
        if draft.start >= token.i or draft.is_place or draft.parts or draft.kind == "noun":
            continue
        key: str | int | None = draft.country or (id(draft.first) if draft.kind == "person" else None)
        if key is None:
            continue
        if token.i - draft.start > _BACK or persons != draft.is_person or _does_it_to(draft, token, discourse):
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


def _in_order(found: dict[str | int, Draft]) -> list[Draft]:
    return sorted(found.values(), key=lambda d: d.start)
