"""The same act told again: within a sentence it is told once, later in the report it is one act with two tellings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.codebook import types_with
from detente.did.candidate import Candidate, Member
from detente.did.embedding import is_complement_of, is_manner_of, tells_with
from detente.did.words import load_words
from detente.language.syntax import chain, marker
from detente.record import Party

_CAP = 400
"""Reports with more events than this are lists; tellings of what comes later are not looked for."""

_KNOWN = frozenset({"the", "this", "that", "these", "those"})


def told_once_a_sentence(doc: Doc, candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate for each act of a sentence: the upper telling takes what the lower one adds."""
    by_root = {c.root: c for c in candidates}
    gone: set[int] = set()
    for lower in sorted(by_root.values(), key=lambda c: -_depth(doc[c.root])):
        for token in chain(doc[lower.root]):
            upper = by_root.get(token.i)
            if upper is None or upper.root == lower.root or upper.root in gone:
                continue
            if _is_one_act(doc, lower, upper):
                by_root[token.i] = _joined(upper, lower)
                gone.add(lower.root)
                break
    return [c for root, c in by_root.items() if root not in gone]


def acts_told(doc: Doc, candidates: Sequence[Candidate]) -> tuple[int, ...]:
    """The number of the act that each candidate tells, from 1 in text order.

    A later telling must not disagree with the first in type, sides, status and date, and shares a word or a party.
    """
    numbers: list[int] = []
    firsts: list[int] = []
    for i, candidate in enumerate(candidates):
        first = next((k for k in firsts if k < _CAP and _is_told_again(doc, candidate, candidates[k])), None)
        if first is None:
            firsts.append(i)
            numbers.append(len(firsts))
        else:
            numbers.append(numbers[first])
    return tuple(numbers)


def _depth(token: Token) -> int:
    return sum(1 for _ in chain(token))


def _is_one_act(doc: Doc, lower: Candidate, upper: Candidate) -> bool:
    """Whether two triggers of one sentence tell one act: one type, one status, sides that do not disagree."""
    if lower.type != upper.type or lower.status != upper.status:
        return False
    if not _compatible(lower.actors, upper.actors):
        return False
    below, above = doc[lower.root], doc[upper.root]
    if lower.type in types_with("violent"):
        return tells_with(below, above) or _is_outcome(above, below)
    if is_manner_of(below, above) or is_complement_of(below, above):
        return _compatible(lower.recipients, upper.recipients)
    return False


def _is_outcome(harm: Token, attack: Token) -> bool:
    """``were injured after soldiers attacked``: what the attack did is the attack."""
    follows = attack.dep_ == "advcl" and attack.head.i == harm.i and marker(attack) in ("after", "when", "as")
    return follows and harm.lemma_ in load_words().having["harms"]


def _compatible(a: Sequence[Member], b: Sequence[Member]) -> bool:
    if not a or not b:
        return True
    mine, theirs = {m.party.country for m in a}, {m.party.country for m in b}
    return mine <= theirs or theirs <= mine


def _joined(upper: Candidate, lower: Candidate) -> Candidate:
    actors = upper.actors or lower.actors
    own = {m.party.span for m in actors}
    added = (m for m in lower.recipients if m.party.span not in own)
    recipients = unique((*upper.recipients, *added))
    return replace(upper, mode=upper.mode or lower.mode, actors=actors, recipients=recipients)


def unique(members: Iterable[Member]) -> tuple[Member, ...]:
    """Members without those that name a party already listed; one mention of two countries stays two."""
    kept: list[Member] = []
    for member in members:
        if not any(_is_same(member.party, other.party) for other in kept):
            kept.append(member)
    return tuple(kept)


def _is_same(a: Party, b: Party) -> bool:
    if a.country != b.country or a.sector != b.sector:
        return False
    return a.name == b.name or a.span == b.span


def _is_told_again(doc: Doc, later: Candidate, first: Candidate) -> bool:
    if later.type != first.type or later.status != first.status:
        return False
    if not (_agree(later.actors, first.actors) and _agree(later.recipients, first.recipients)):
        return False
    if not _dates_agree(later, first):
        return False
    shared = _share(later.actors, first.actors) + _share(later.recipients, first.recipients)
    definite = any(c.lower_ in _KNOWN for c in doc[later.root].children)
    if doc[later.root].lemma_.lower() == doc[first.root].lemma_.lower() and (shared or definite):
        return True
    return bool(definite and shared) or (shared == 2 and later.mode == first.mode)


def _agree(a: Sequence[Member], b: Sequence[Member]) -> bool:
    """Whether one side does not speak against the other: empty, or all of the smaller among the larger."""
    if not a or not b:
        return True
    smaller, larger = sorted((a, b), key=len)
    return all(any(_may_be(p.party, q.party) for q in larger) for p in smaller)


def _share(a: Sequence[Member], b: Sequence[Member]) -> int:
    return int(any(_may_be(p.party, q.party) for p in a for q in b))


def _may_be(p: Party, q: Party) -> bool:
    return p.name == q.name or (p.country is not None and p.country == q.country and p.sector == q.sector)


def _dates_agree(a: Candidate, b: Candidate) -> bool:
    if a.date is None or b.date is None or a.date == b.date:
        return True
    if a.date_is_report or b.date_is_report:
        return a.date_is_report and b.date_is_report
    return a.date.startswith(b.date) or b.date.startswith(a.date)
