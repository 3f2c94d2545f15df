"""The edges of a content: words there that join it to its surroundings and are no part of what was said."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from detente.said.clauses import rejoined

_AROUND = frozenset({"phrase", "adverb", "parenthetical", "as"})
"""Frames whose content is the sentence around the cue: it may open with what joins it to the sentence before."""
_WHOLE = frozenset({"clause", "gerund", "relative", "passive", "noun-that", "adjective", "witness", "passive-to"})
"""Frames whose content is a clause: a relative clause at its end is part of what was said."""
_CALLS = frozenset({"noun-for", "for"})


def without_joints(content: Sequence[int], frame: str, doc: Doc) -> list[int]:
    """Token indices of `content`, in order, without conjunctions and connectives at its two ends."""
    kept = _without_later_acts(sorted(content), doc)
    while kept and _joins(doc[kept[0]], frame):
        kept = kept[1:]
    while kept and (doc[kept[-1]].pos_ == "CCONJ" or doc[kept[-1]].text == ","):
        kept = kept[:-1]
    if frame in _WHOLE or frame in _AROUND:
        return kept
    return _without_remark(kept, doc)


def _without_later_acts(content: list[int], doc: Doc) -> list[int]:
    """Without verbs that the parser joined to a verb inside, while their tense goes with a verb outside."""
    inside = frozenset(content)
    for i in content:
        if doc[i].dep_ == "conj" and (goes_with := rejoined(doc[i])) is not None and goes_with.i not in inside:
            later = {t.i for t in doc[i].subtree}
            return [k for k in content if k not in later]
    return content


def _without_remark(kept: list[int], doc: Doc) -> list[int]:
    """``announced a coalition, **which Peru has joined**``: a relative clause behind a comma is the reporter's."""
    for i in kept[1:]:
        token = doc[i]
        if token.dep_ == "relcl" and token.head.i < i and token.right_edge.i >= kept[-1]:
            first = token.left_edge
            if first.tag_ in ("WDT", "WP", "WP$", "WRB") and first.i > 0 and first.nbor(-1).text == ",":
                return [k for k in kept if k < first.i - 1]
    return kept


def _joins(first: Token, frame: str) -> bool:
    if first.pos_ == "CCONJ" and first.dep_ == "cc":
        return True
    if first.lower_ == "that" and (first.dep_ == "mark" or frame == "passive"):
        return True
    if frame in _CALLS:
        return first.lower_ == "for"
    if frame not in _AROUND:
        return False
    if first.text in (",", ";", "-", "–", "—") or first.is_space:
        return True
    if first.dep_ == "mark":
        return True
    return first.pos_ in ("ADV", "SCONJ") and first.dep_ == "advmod" and _before_comma(first)


def _before_comma(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor().text == ","
