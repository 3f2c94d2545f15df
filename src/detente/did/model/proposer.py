"""The learned proposer: what the network weighs, decided by thresholds that held-out texts have set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token
from threadpoolctl import ThreadpoolController

from detente.did.candidate import Candidate, Member, Weight
from detente.did.model.network import Network
from detente.did.model.scene import Scene
from detente.did.model.tellings import acts_by
from detente.did.model.weigh import Side, Weighed, Weigher
from detente.did.sources import voice_at
from detente.record import Span, Statement, Time
from detente.where import PlaceMention, place_of
from detente.who import Cast, Mention

Owners = Callable[[Weighed, Mention], Mapping[str | None, float]]


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
            return tuple(decided(scene, act, weigher.owners, settings) for act in weigher.weighed(settings["trigger"]))

    def acts(self, doc: Doc, candidates: Sequence[Candidate]) -> Sequence[int]:
        """The act of each candidate, by the weights of the network."""
        return acts_by(self.network.tellings, doc, candidates)


def decided(scene: Scene, act: Weighed, owners: Owners, settings: Mapping[str, float]) -> Candidate:
    """The candidate that the chances of `act` amount to."""
    token = act.token
    rule = scene.rules.get(token.i)
    trigger = rule.trigger if rule is not None else _trigger(token)
    (day, is_report), _ = next(iter(act.dates.items()))
    status, sure = next(iter(act.statuses.items()))
    actors, recipients, sided = _sides(act, owners, settings["side"])
    return Candidate(
        root=token.i,
        trigger=trigger,
        type=act.type,
        mode=act.mode,
        status=status,  # type: ignore[arg-type]
        actors=actors,
        recipients=recipients,
        date=day,
        date_is_report=is_report,
        place=place_of(token, scene.places),
        voice=voice_at(trigger, scene.statements),
        score=round(act.types[act.type] * sure * sided, 4),
        why=rule.why if rule is not None else "no sense of the lexicon",
        weights=tuple(_weights(act, rule)),
    )


def _weights(act: Weighed, rule: Candidate | None) -> Iterator[Weight]:
    """The answers that had a chance, and what the rules say of the same word."""
    for question, chances in (("type", act.types), ("status", act.statuses)):
        yield from (Weight(question, answer, c) for answer, c in chances.items() if c >= _SLIGHT)
    sides = [("actor", side.actor, side) for side in act.sides] + [("recipient", s.recipient, s) for s in act.sides]
    for question, c, side in sorted(sides, key=lambda s: (s[0], -s[1], s[2].entity.entity)):
        if c >= _SLIGHT:
            party = side.entity.mentions[0].parties[0]
            yield Weight(question, f"{party.text} ({party.country or '?'})", c)
    for (day, is_report), c in act.dates.items():
        if c >= _SLIGHT:
            yield Weight("date", "the day of the report" if is_report else day or "none told", c)
    if rule is not None:
        sides_by_rule = ", ".join(_named(rule.actors)), ", ".join(_named(rule.recipients))
        yield Weight("rules", f"{rule.type} {rule.status}: {sides_by_rule[0] or '–'} → {sides_by_rule[1] or '–'}", 1.0)


def _named(members: Sequence[Member]) -> Iterator[str]:
    return (f"{m.party.text} ({m.party.country or '?'})" for m in members)


def _sides(act: Weighed, owners: Owners, least: float) -> tuple[tuple[Member, ...], tuple[Member, ...], float]:
    """Actors and recipients, and the chance that they are these and no others."""
    chosen: tuple[list[Member], list[Member]] = ([], [])
    sure = 1.0
    for side in act.sides:
        chance, where = max((side.actor, 0), (side.recipient, 1))
        sure *= max(chance, 1 - chance)
        if chance >= least:
            chosen[where].extend(_members(act, side, owners, chance))
    return tuple(chosen[0]), tuple(chosen[1]), sure


def _members(act: Weighed, side: Side, owners: Owners, chance: float) -> list[Member]:
    mention = side.entity.mentions[0]
    path = f"learned, {chance:.2f}"
    members = [Member(party, mention.start, path) for party in mention.parties]
    if members[0].party.country is None:
        country, held = next(iter(owners(act, mention).items()))
        if country is not None:
            path = f"{path}; of {country}, {held:.2f}"
        members = [replace(m, party=replace(m.party, country=country), path=path) for m in members]
    return members


def _trigger(token: Token) -> Span:
    """The word, with the particle that belongs to it."""
    particle = next((c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1), token)
    return Span(token.idx, particle.idx + len(particle))
