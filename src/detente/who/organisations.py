"""Organisations the knowledge does not have, and short forms that the report itself explains: ``Council of X (CX)``."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from detente.language.syntax import first_conjunct
from detente.who.draft import Draft, Page

_ACRONYM = re.compile(r"[A-Z][A-Za-z\-]*[A-Z]")
_SECTORS = {"NORP": "CVL", "LOC": "GOV"}
_ACTING = frozenset({"nsubj", "nsubjpass", "poss", "appos", "pobj", "dative"})


def find_organisations(page: Page) -> None:
    """Add the recogniser's organisations whose head noun no word list explains; they act or are acted upon."""
    for ent in page.doc.ents:
        if ent.label_ not in ("ORG", "NORP", "LOC"):
            continue
        if ent.label_ != "ORG" and not _is_people_or_continent(ent, page):
            continue
        start, end = _trimmed(ent, page)
        if start >= end or any(i in page.at or i in page.spent for i in range(start, end)):
            continue
        root = page.doc[start:end].root
        if _acts(root) and page.words[start][0].isupper():
            name = " ".join(page.written(start, end).split())
            page.add(Draft(start, end, root.i, "group", name, sector=_SECTORS.get(ent.label_)))


def _is_people_or_continent(ent: Span, page: Page) -> bool:
    """``the Kurds``, ``Africa``: many states, or none, acting as one."""
    if ent.label_ == "NORP":
        return ent.root.tag_ in ("NNPS", "NNS")
    return ent.text.lower().removeprefix("the ") in page.lists.continents


def _trimmed(ent: Span, page: Page) -> tuple[int, int]:
    start, end = ent.start, ent.end
    while start < end and (page.words[start].lower() in ("the", "a", "an") or not page.words[start][0].isalnum()):
        start += 1
    while end > start and not page.words[end - 1][0].isalnum():
        end -= 1
    return (start, end) if not any("\n" in w for w in page.words[start:end]) else (end, end)


def _acts(root: Token) -> bool:
    return root.pos_ in ("PROPN", "NOUN") and first_conjunct(root).dep_ in _ACTING


def spread_short_forms(page: Page) -> None:
    """``the Council of Elders (CE)``: from there on CE is that council, known or not."""
    short: dict[str, Draft] = {}
    for draft in sorted(page.drafts, key=lambda d: d.start):
        if draft.kind == "person" or draft.is_place:
            continue
        end = draft.end
        if page.words[end : end + 1] == ["("] and page.words[end + 2 : end + 3] == [")"]:
            word = page.words[end + 1]
            if _ACRONYM.fullmatch(word):
                short.setdefault(word, draft)
    if not short:
        return
    for i, word in enumerate(page.words):
        known = short.get(word)
        if known is None:
            continue
        held = page.at.get(i)
        if held is None:
            page.add(Draft(i, i + 1, i, "group", known.name)).take_from(known)
        elif held.start == i and held.end == i + 1 and held is not known:
            _agree(held, known)


def _agree(brief: Draft, full: Draft) -> None:
    """Let the form that says more speak for both."""
    if full.country is None and brief.country is not None:
        full.country, full.sector, full.id = brief.country, brief.sector or full.sector, brief.id
    brief.take_from(full)
