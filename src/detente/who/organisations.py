"""Organisations the knowledge does not have, and short forms that the report itself explains: ``Council of X (CX)``."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from detente.knowledge import BEYOND_STATES
from detente.language.syntax import first_conjunct
from detente.who.discourse import Discourse, Draft

_ACRONYM = re.compile(r"[A-Z][A-Za-z\-]*[A-Z]")
_SECTORS = {"NORP": "CVL", "LOC": "GOV"}
_ACTING = frozenset({"nsubj", "nsubjpass", "poss", "appos", "pobj", "dative"})


def find_organisations(discourse: Discourse) -> None:
    """Add the recogniser's organisations whose head noun no word list explains; they act or are acted upon."""
    for ent in discourse.doc.ents:
        if ent.label_ not in ("ORG", "NORP", "LOC"):
            continue
        if ent.label_ != "ORG" and not _is_people_or_continent(ent, discourse):
            continue
        start, end = _trimmed(ent, discourse)
        if start >= end or any(i in discourse.at or i in discourse.spent for i in range(start, end)):
            continue
        root = discourse.doc[start:end].root
        if _acts(root) and discourse.words[start][0].isupper():
            name = " ".join(discourse.written(start, end).split())
            discourse.add(Draft(start, end, root.i, "group", name, sector=_SECTORS.get(ent.label_)))


def _is_people_or_continent(ent: Span, discourse: Discourse) -> bool:
    """``the Kurds``, ``Africa``: many states, or none, acting as one."""
    if ent.label_ == "NORP":
        return ent.root.tag_ in ("NNPS", "NNS")
    return ent.text.lower().removeprefix("the ") in discourse.lists.continents


def _trimmed(ent: Span, discourse: Discourse) -> tuple[int, int]:
    start, end = ent.start, ent.end
    while start < end and (
        discourse.words[start].lower() in ("the", "a", "an") or not discourse.words[start][0].isalnum()
    ):
        start += 1
    while end > start and not discourse.words[end - 1][0].isalnum():
        end -= 1
    return (start, end) if not any("\n" in w for w in discourse.words[start:end]) else (end, end)


def _acts(root: Token) -> bool:
    return root.pos_ in ("PROPN", "NOUN") and first_conjunct(root).dep_ in _ACTING


def tell_states(discourse: Discourse) -> None:
    """``Holcim of Switzerland``: a name the knowledge does not have is of the state told behind it."""
    for draft in discourse.drafts:
        if draft.kind not in ("person", "group") or draft.country is not None or draft.id is not None:
            continue
        state = discourse.at.get(draft.end + 1) if discourse.words[draft.end : draft.end + 1] == ["of"] else None
        if state is not None and state.is_state and state.form != "adjective":
            draft.first.country = draft.country = state.country


def settle_parties(discourse: Discourse) -> None:
    """``the Labour Party`` where Israel alone is told of: a party by a name that many have is at home in the report."""
    common = [d for d in discourse.drafts if d.kind == "group" and d.sector == "PTY" and _is_common(d, discourse)]
    if not common:
        return
    own = {id(d) for d in common}
    told = {d.country for d in discourse.drafts if id(d) not in own} - {None, *BEYOND_STATES}
    for draft in common if len(told) == 1 else ():
        if draft.country not in told:
            draft.country, draft.id = next(iter(told)), None
            draft.name = discourse.written(draft.start, draft.end)


def _is_common(draft: Draft, discourse: Discourse) -> bool:
    words = [word.lower() for word in discourse.words[draft.start : draft.end]]
    return words[-1] == "party" and all(word.removesuffix("s") in discourse.lists.parties for word in words)


def spread_short_forms(discourse: Discourse) -> None:
    """``the Council of Elders (CE)``: from there on CE is that council, known or not."""
    short: dict[str, Draft] = {}
    for draft in sorted(discourse.drafts, key=lambda d: d.start):
        if draft.kind == "person" or draft.is_place:
            continue
        end = draft.end
        if discourse.words[end : end + 1] == ["("] and discourse.words[end + 2 : end + 3] == [")"]:
            word = discourse.words[end + 1]
            if _ACRONYM.fullmatch(word):
                short.setdefault(word, draft)
    if not short:
        return
    for i, word in enumerate(discourse.words):
        known = short.get(word)
        if known is None:
            continue
        held = discourse.at.get(i)
        if held is None:
            discourse.add(Draft(i, i + 1, i, "group", known.name)).take_from(known)
        elif held.start == i and held.end == i + 1 and held is not known:
            _agree(held, known)


def _agree(brief: Draft, full: Draft) -> None:
    """Let the form that says more speak for both."""
    if full.country is None and brief.country is not None:
        full.country, full.sector, full.id = brief.country, brief.sector or full.sector, brief.id
    brief.take_from(full)
