"""The learned proposer: what the network weighs, decided by thresholds that held-out texts have set."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from spacy.tokens import Doc, Token
from threadpoolctl import ThreadpoolController

from detente.codebook import types_with
from detente.did.candidate import Candidate, Member, Weight
from detente.did.model.features import date_relation
from detente.did.model.network import Network
from detente.did.model.readings import Sides, read
from detente.did.model.scene import Scene
from detente.did.model.tellings import acts_by
from detente.did.model.weigh import Weighed, Weigher
from detente.did.polarity import is_negated
from detente.did.sources import voice_at
from detente.record import Span, Statement, Status, Time
from detente.where import PlaceMention, place_of
from detente.who import Cast

_UNHEARD_OF = {"happened": "future", "planned": "past"}
"""Where the date of an act cannot lie, by its status."""

_SLIGHT = 0.05
"""Answers with a smaller chance are not told to a reader."""


class ModelProposer:
    """Proposes what a trained network finds; the rules' view is one of its features."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._threads = ThreadpoolController()

    @property
    def model(self) -> str:
        """The name and the checksum of the network's weights."""
        return f"detente {self.network.version}"

    def propose(
        self,
        doc: Doc,
        times: Sequence[Time],
        cast: Cast,
        places: Sequence[PlaceMention],
        statements: Sequence[Statement],
        day: date | None,
    ) -> tuple[Candidate, ...]:
        """Candidates in text order, one a trigger."""
        scene = Scene.of(doc, times, cast, places, statements, day)
        settings = self.network.settings
        # One thread: matrices this small are slower on two, and workers would fight for the cores.
        with self._threads.limit(limits=1, user_api="blas"):
            weigher = Weigher.of(self.network, scene)
            weighed = weigher.weighed(min(settings["trigger"], settings["ruled"]))
            told = [act for act in weighed if is_told(scene, act, settings)]
            sides = read(self.network, scene, told, weigher.owners)
            return tuple(decided(scene, act, own, settings) for act, own in zip(told, sides, strict=True))

    def acts(self, doc: Doc, candidates: Sequence[Candidate]) -> Sequence[int]:
        """The act of each candidate, by the weights of the network."""
        return acts_by(self.network.tellings, doc, candidates)


def is_told(scene: Scene, act: Weighed, settings: Mapping[str, float]) -> bool:
    """Whether the chance of an act is enough: less is asked where the rules find one of the same type."""
    rule = scene.rules.get(act.token.i)
    agreed = rule is not None and rule.type == act.type
    return act.chance >= settings["ruled" if agreed else "trigger"]


def decided(scene: Scene, act: Weighed, sides: Sides, settings: Mapping[str, float]) -> Candidate:
    """The candidate that the chances of `act`, with its `sides`, amount to."""
    token = act.token
    rule = scene.rules.get(token.i)
    trigger = rule.trigger if rule is not None else _trigger(token)
    day, is_report = _day(scene, act)
    status, sure = next(iter(act.statuses.items()))
    if status == "happened" and act.type not in types_with("speech") and is_negated(token):
        status = "denied"
    return Candidate(
        root=token.i,
        trigger=trigger,
        type=act.type,
        mode=act.mode,
        status=status,  # type: ignore[arg-type]
        actors=sides.actors,
        recipients=sides.recipients,
        date=day,
        date_is_report=is_report,
        place=place_of(token, scene.places),
        voice=voice_at(trigger, scene.statements),
        score=round(_score(act.types[act.type] * sure * sides.chance, settings), 3),
        why=rule.why if rule is not None else "no sense of the lexicon",
        weights=tuple(_weights(act, sides, rule)),
    )


def _score(chance: float, settings: Mapping[str, float]) -> float:
    """The probability that the whole event is right, by what held-out events of a like `chance` came to (Platt)."""
    held = min(max(chance, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-(settings["slope"] * math.log(held / (1 - held)) + settings["offset"])))


def _weights(act: Weighed, told: Sides, rule: Candidate | None) -> Iterator[Weight]:
    """The answers that had a chance, the sides they amount to, and what the rules say of the same word."""
    for question, chances in (("type", act.types), ("status", act.statuses)):
        yield from (Weight(question, answer, c) for answer, c in chances.items() if c >= _SLIGHT)
    sides = [("actor", side.actor, side) for side in act.sides] + [("recipient", s.recipient, s) for s in act.sides]
    for question, c, side in sorted(sides, key=lambda s: (s[0], -s[1], s[2].entity.entity)):
        if c >= _SLIGHT:
            party = side.entity.mentions[0].parties[0]
            yield Weight(question, f"{party.text} ({party.country or '?'})", c)
    yield Weight("sides", _sided(told.actors, told.recipients), told.chance)
    for (day, is_report), c in act.dates.items():
        if c >= _SLIGHT:
            yield Weight("date", "the day of the report" if is_report else day or "none told", c)
    if rule is not None:
        yield Weight("rules", f"{rule.type} {rule.status}: {_sided(rule.actors, rule.recipients)}", 1.0)


def _sided(*sides: Sequence[Member]) -> str:
    """Both sides in words: ``the envoy (NER) → Chad (TCD)``."""
    return " → ".join(", ".join(f"{m.party.text} ({m.party.country or '?'})" for m in side) or "–" for side in sides)


def _day(scene: Scene, act: Weighed) -> tuple[str | None, bool]:
    """The likeliest date that the status allows; where that is the report's day or none, the one told with the act.

    On the texts kept apart the latter gives dates of F1 .66 to .69 instead of .66 to .68, on events of no other measure
    less.
    """
    status = cast(Status, next(iter(act.statuses)))
    day, is_report = next(
        (d for d in act.dates if _UNHEARD_OF.get(status) != date_relation(d[0], scene.day)), (None, False)
    )
    if day is not None and not is_report:
        return day, False
    told = scene.rule_date(act.token, status)
    return (told.date, False) if told.date is not None and not told.is_report else (day, is_report)


def _trigger(token: Token) -> Span:
    """The word, with the particle that belongs to it."""
    particle = next((c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1), token)
    return Span(token.idx, particle.idx + len(particle))
