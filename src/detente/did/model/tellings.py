"""Which act each telling is of, by weights learned from codings that number their acts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from detente.did.candidate import Candidate, Member

REACH = 120
"""Earlier tellings that are compared with one: beyond it reports are lists."""

_NOMINAL = frozenset({"NOUN", "PROPN"})


def acts_by(weights: Mapping[str, float], doc: Doc, candidates: Sequence[Candidate]) -> tuple[int, ...]:
    """The number of the act that each candidate tells, from 1 in text order: that of the likeliest earlier telling."""
    sentences = sentence_numbers(doc)
    numbers: list[int] = []
    count = 0
    for i, later in enumerate(candidates):
        best, link = 0.0, None
        for k in range(i - 1, max(-1, i - 1 - REACH), -1):
            if candidates[k].type == later.type:
                worth = sum(weights.get(f, 0.0) for f in pair_features(doc, sentences, candidates[k], later))
                if worth > best:
                    best, link = worth, k
        if link is None:
            count += 1
        numbers.append(count if link is None else numbers[link])
    return tuple(numbers)


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of the sentence of each token."""
    return [number for number, sentence in enumerate(doc.sents) for _ in sentence]


def pair_features(doc: Doc, sentences: Sequence[int], earlier: Candidate, later: Candidate) -> list[str]:
    """What speaks for and against two tellings of one type being of one act."""
    here, there = doc[later.root], doc[earlier.root]
    apart = sentences[later.root] - sentences[earlier.root]
    lemma = here.lemma_.lower() == there.lemma_.lower()
    noun, bare = here.pos_ in _NOMINAL, not (later.actors or later.recipients)
    actors, recipients = _agreement(earlier.actors, later.actors), _agreement(earlier.recipients, later.recipients)
    date = _dates(earlier, later)
    known = _known(here)
    return [
        "one",
        f"type={later.type}",
        f"apart={apart if apart < 4 else 4 if apart < 8 else 8 if apart < 16 else 16}",
        f"lemma={lemma},{later.type}",
        f"noun={noun},{known},{lemma}",
        f"bare={bare},{noun}",
        f"actors={actors},{lemma}",
        f"recipients={recipients},{lemma}",
        f"sides={actors},{recipients}",
        f"date={date}",
        f"dated={date},{lemma},{noun}",
        f"status={earlier.status},{later.status}",
        f"same={earlier.status == later.status},{actors},{recipients},{date}",
        f"mode={earlier.mode == later.mode}",
        f"text={here.lower_ == there.lower_}",
    ]


def _known(token: Token) -> str:
    for child in token.children:
        if child.dep_ in ("det", "poss"):
            return child.lower_ if child.dep_ == "det" else "poss"
    return ""


def _agreement(earlier: Sequence[Member], later: Sequence[Member]) -> str:
    """How two sides go together: empty, equal, overlapping, or foreign to each other."""
    if not earlier or not later:
        return "both empty" if not earlier and not later else "first" if earlier else "second"
    names = {m.party.name for m in earlier} & {m.party.name for m in later}
    mine, theirs = {m.party.country for m in earlier}, {m.party.country for m in later}
    if mine == theirs:
        return "equal, named" if names else "equal"
    if mine & theirs or names:
        return "shared"
    return "unknown" if None in mine or None in theirs else "foreign"


def _dates(earlier: Candidate, later: Candidate) -> str:
    a, b = earlier.date, later.date
    if a is None or b is None:
        return "none" if a is None and b is None else "one"
    kinds = f"{earlier.date_is_report:d}{later.date_is_report:d}"
    if a == b:
        return f"equal{kinds}"
    return f"within{kinds}" if a.startswith(b) or b.startswith(a) else f"other{kinds}"


def chance(worth: float) -> float:
    """The probability that a sum of weights stands for."""
    return 1 / (1 + math.exp(-worth))
