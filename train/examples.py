"""Coded texts as training examples: windows, candidate words, and for each coded act its candidates and the answer."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Token
from tokenizers import Tokenizer

from detente.did.model.choices import Company, date_choices, owner_choices
from detente.did.model.features import OPEN, act_features, side_features, word_features
from detente.did.model.scene import Entity, Scene
from detente.did.model.windows import Window, windows_of

Features = list[str]

_LEFT_OUT = 3
"""Of ten parties of an act, those that another one's company is learned without."""

Days = Callable[[Any], tuple[str, str] | None]


@dataclass(slots=True)
class Pair:
    """One candidate of an act: its word (-1: none), its features, its group, and the labels."""

    word: int
    features: Features
    group: int = 0


@dataclass(slots=True)
class Coded:
    """A coded act with what its heads choose from. Where no date or owner is right, the choice costs nothing.

    `statuses` are a teacher's chances of each status, for acts that nobody coded.
    """

    word: int
    type: str
    status: str
    mode: str | None
    features: Features
    sides: list[Pair] = field(default_factory=list)
    actor: list[float] = field(default_factory=list)
    recipient: list[float] = field(default_factory=list)
    dates: list[Pair] = field(default_factory=list)
    date: list[int] = field(default_factory=list)
    owners: list[tuple[int, list[Pair], list[int]]] = field(default_factory=list)
    statuses: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Example:
    """One text: its windows, the words that may be triggers with their type (``""`` none, ``?`` unknown), its acts.

    `odds` are a teacher's chances of each type for the same words, in texts that nobody coded.
    """

    id: str
    windows: tuple[Window, ...]
    words: list[int]
    features: list[Features]
    types: list[str]
    acts: list[Coded]
    odds: list[list[float]] = field(default_factory=list)


def example_of(row: dict[str, Any], scene: Scene, tokenizer: Tokenizer, day_range: Days) -> Example:
    """The example of one coded text."""
    doc = scene.doc
    roots = {}
    covered: dict[int, str] = {}
    for event in row["events"]:
        root = trigger_root(doc, *event["trigger"])
        if root is None:
            continue
        for t in _tokens(doc, *event["trigger"]):
            covered.setdefault(t.i, "?")
        if root.i not in roots:
            roots[root.i] = event
    words, features, types = [], [], []
    for token in doc:
        if token.pos_ in OPEN or token.i in roots:
            words.append(token.i)
            features.append(word_features(scene, token))
            event = roots.get(token.i)
            types.append(event["type"] if event else covered.get(token.i, ""))
    acts = [_act(scene, doc[i], event, day_range) for i, event in sorted(roots.items())]
    return Example(row["id"], tuple(windows_of(doc, tokenizer)), words, features, types, acts)


READER = "read by another"
"""Feature of everything in a text that others coded than those whose ways the network is to have."""


def mark(example: Example) -> None:
    """Say of a text that its reader is another: ways that readers do not share are learned apart from those they do.

    The run time never gives this feature, so that acts come out as the readers without it have them. Whose a party is
    is no matter of taste, and not marked.
    """
    acts = example.acts
    rows = [
        *example.features,
        *(act.features for act in acts),
        *(p.features for a in acts for p in (*a.sides, *a.dates)),
    ]
    for row in rows:
        row.append(READER)


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    span = doc.char_span(start, end, alignment_mode="expand")
    return [] if span is None else list(span)


def trigger_root(doc: Doc, start: int, end: int) -> Token | None:
    """The head of the words of a trigger."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    root: Token = span.root
    if root.pos_ not in OPEN:
        return next((t for t in span if t.pos_ in OPEN), root)
    return root


def _act(scene: Scene, token: Token, event: dict[str, Any], day_range: Days) -> Coded:
    kind = event["type"]
    coded = Coded(token.i, kind, event["status"], event["mode"], act_features(scene, token, kind))
    sides = scene.rule_sides(token, kind, event["mode"])
    candidates = scene.candidates(token)
    chosen = {side: _chosen(scene, candidates, event[side]) for side in ("actors", "recipients")}
    for number, candidate in enumerate(candidates):
        for mention in candidate.mentions:
            made = side_features(scene, token, kind, candidate, mention, sides)
            coded.sides.append(Pair(mention.root, made, number))
        coded.actor.append(int(number in chosen["actors"]))
        coded.recipient.append(int(number in chosen["recipients"]))
    _add_dates(scene, token, event, coded, day_range)
    for side in ("actors", "recipients"):
        for number, party in chosen[side].items():
            mention = candidates[number].mentions[0]
            known = mention.parties[0].country
            if mention.kind != "state" and (known in (None, party.get("country")) or mention.kind != "group"):
                company = _company(event, side, party)
                choices = owner_choices(scene, token, mention, sides, company, _is_guessed(event, party))
                pairs = [Pair(c.word, c.features) for c in choices]
                countries = {p.get("country") for p in event[side] if p["span"] == party["span"]}
                coded.owners.append(
                    (scene.first_of(mention).root, pairs, [int(c.country in countries) for c in choices])
                )
    return coded


def _company(event: dict[str, Any], side: str, party: dict[str, Any]) -> Company:
    """The countries of the other parties of an event, three in ten left out: not all are known when one is guessed."""
    found: dict[str, set[str | None]] = {"actors": set(), "recipients": set()}
    for where, countries in found.items():
        for other in event[where]:
            told = f"{event['trigger']}{party['span']}{other['span']}{other['country']}"
            if other["span"] != party["span"] and zlib.crc32(told.encode()) % 10 >= _LEFT_OUT:
                countries.add(other["country"])
    beside = found.pop(side)
    return Company(frozenset(*found.values()), frozenset(beside))


def _is_guessed(event: dict[str, Any], party: dict[str, Any]) -> bool:
    """Whether an owner is learned with what the cast takes for it: of every other party without."""
    return zlib.crc32(f"guess{event['trigger']}{party['span']}".encode()) % 2 == 0


def _chosen(scene: Scene, candidates: Sequence[Entity], parties: Sequence[dict[str, Any]]) -> dict[int, Any]:
    """Which candidates are the coded parties: by country and overlap, by overlap, by country and name."""
    found: dict[int, Any] = {}
    for party in parties:
        start, end = party["span"]
        best, score = None, 0.0
        for number, candidate in enumerate(candidates):
            for mention in candidate.mentions:
                for own in mention.parties:
                    shared = min(end, own.span.end) - max(start, own.span.start)
                    same = own.country == party.get("country")
                    worth = 0.0
                    if shared > 0:
                        worth = 1 + 2 * same + shared / (end - start + own.span.end - own.span.start)
                    elif same and own.country is not None and own.name == party.get("name"):
                        worth = 1.5
                    if worth > score:
                        best, score = number, worth
        if best is not None:
            found.setdefault(best, party)
    return found


def _add_dates(scene: Scene, token: Token, event: dict[str, Any], coded: Coded, day_range: Days) -> None:
    wanted = day_range(event.get("date"))
    for choice in date_choices(scene, token, event["status"]):
        coded.dates.append(Pair(choice.word, choice.features))
        if choice.date is None:
            right = wanted is None
        elif event.get("date_is_report"):
            right = choice.is_report or day_range(choice.date) == wanted
        else:
            right = wanted is not None and day_range(choice.date) == wanted
        coded.date.append(int(right))
