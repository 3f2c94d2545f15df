"""Definite nouns led back to who they repeat: ``the group``, ``the ministry``, ``the two leaders``, ``the country``."""

from __future__ import annotations

from spacy.tokens import Token

from detente.who.draft import Draft, Page
from detente.who.places import scene_of
from detente.who.topic import topic_of

_TWO = frozenset({"two", "both"})
_BACK = 60
_LOCAL = frozenset({"CVL", "MED", "EDU", "REL", "REB", "JRN", "BUS", "REF"})
_DOMESTIC = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "OPP", "SPY", "PTY"})


def resolve_repeats(page: Page) -> None:
    """Resolve nouns for two, nouns for a state, and nouns whose state is told earlier or is the report's own."""
    topic = topic_of(page)
    for token in page.doc:
        if token.pos_ != "NOUN" and token.lower_ not in ("two", "both"):
            continue
        lemma = token.lemma_.lower()
        draft = page.at.get(token.i)
        if _is_dual(token) and (lemma in page.lists.states or lemma in page.lists.dual_persons):
            _resolve_two(token, lemma, draft, page)
        elif lemma in ("country", "nation", "kingdom", "republic") and _is_definite(token) and token.tag_ == "NN":
            _resolve_country(token, draft, page, topic)
    for draft in page.people():
        if draft.country is None and topic is not None and (draft.sector or draft.role):
            draft.country = topic.country
    for draft in list(page.drafts):
        if draft.country is None and draft.kind in ("role", "noun") and not draft.parts and draft.awaits is None:
            _resolve_noun(draft, page, topic)


def _is_dual(token: Token) -> bool:
    return any(c.lower_ in _TWO for c in token.lefts)


def _is_definite(token: Token) -> bool:
    lefts = [c for c in token.lefts if c.dep_ != "punct"]
    return len(lefts) == 1 and lefts[0].lower_ in ("the", "this")


def _resolve_two(token: Token, lemma: str, draft: Draft | None, page: Page) -> None:
    if draft is not None and (draft.country or draft.parts):
        return
    pair = _last_two(token, lemma in page.lists.dual_persons, page)
    if len(pair) != 2:
        return
    start = min(c.i for c in token.lefts)
    mention = Draft(start, token.i + 1, token.i, "noun", page.written(start, token.i + 1), is_plural=True)
    mention.parts = tuple(pair)
    mention.noun = lemma
    if draft is not None and draft in page.drafts:
        page.drafts.remove(draft)
    page.add(mention)
    for i in range(start, token.i + 1):
        page.at[i] = mention


def _last_two(token: Token, persons: bool, page: Page) -> list[Draft]:
    """The two parties of different states named last before the noun, unless a third stands among them."""
    found: dict[str, Draft] = {}
    for draft in sorted(page.drafts, key=lambda d: -d.start):
        if draft.start >= token.i or draft.country is None or draft.is_place or draft.parts or draft.kind == "noun":
            continue
        if _does_it_to(draft, token, page):
            continue
        if token.i - draft.start > _BACK or (persons and not draft.is_person) or (not persons and draft.is_person):
            continue
        if draft.country not in found:
            if len(found) == 2:
                nearest = min(d.start for d in found.values())
                return [] if draft.start >= page.doc[nearest].sent.start else _in_order(found)
            found[draft.country] = draft
    return _in_order(found)


def _does_it_to(draft: Draft, token: Token, page: Page) -> bool:
    """``**Russia** urged both sides``: whoever acts upon the two is neither."""
    root = page.doc[draft.root]
    return (
        root.dep_ == "nsubj"
        and root.sent.start == token.sent.start
        and any(t.i == root.head.i for t in token.ancestors)
    )


def _in_order(found: dict[str, Draft]) -> list[Draft]:
    return sorted(found.values(), key=lambda d: d.start)


def _resolve_country(token: Token, draft: Draft | None, page: Page, topic: Draft | None) -> None:
    if draft is not None and draft.country:
        return
    before = [d for d in page.drafts if d.start < token.i and d.is_state and d.country and token.i - d.start < _BACK]
    last = max(before, key=lambda d: d.start, default=None)
    if last is None or (topic is not None and last.country != topic.country and len({d.country for d in before}) > 1):
        last = topic if last is None or topic is not None else last
    if last is None:
        return
    mention = draft or page.add(Draft(token.i - 1, token.i + 1, token.i, "noun", last.name))
    mention.kind, mention.sector = "noun", "GOV"
    mention.country, mention.name, mention.id = last.country, last.name, last.id


def _resolve_noun(draft: Draft, page: Page, topic: Draft | None) -> None:
    """``the ministry``: the last one told with its state; else a state's institution of the report's own state."""
    token = page.doc[draft.root]
    definite = any(c.lower_ in ("the", "this", "these", "those") for c in token.lefts)
    if definite or token.dep_ in ("nsubj", "agent"):
        earlier = _earlier(draft, page)
        if earlier is not None:
            draft.country = earlier.country
            if definite and len(draft.name.split()) <= 2 and not draft.is_plural:
                draft.same, draft.name, draft.id = earlier, earlier.name, earlier.id
            return
    if _is_unnamed(token, page):
        return
    if draft.sector in _LOCAL:
        draft.country = scene_of(token, page)
    elif topic is not None and draft.sector in _DOMESTIC:
        draft.country = topic.country


def _is_unnamed(token: Token, page: Page) -> bool:
    """``some foreign governments``: nouns that point abroad or at nobody in particular."""
    return any(c.lower_ in page.lists.unnamed for c in token.lefts)


def _earlier(draft: Draft, page: Page) -> Draft | None:
    best: Draft | None = None
    for other in page.drafts:
        if other.noun != draft.noun or other.root >= draft.start or other.country is None or other.parts:
            continue
        if other.kind in ("role", "noun") and (best is None or other.start > best.start):
            best = other
    return best
