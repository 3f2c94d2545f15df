"""What the network says of one report: for every word that may be an act, the chances of each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from spacy.tokens import Token

from detente.did.model.choices import Company, date_choices, owner_choices
from detente.did.model.features import OPEN, act_features, side_features, word_features
from detente.did.model.network import Network
from detente.did.model.scene import Entity, Scene
from detente.did.model.sessions import Array
from detente.did.model.windows import windows_of
from detente.did.rules.arguments import Arguments
from detente.who import Mention

_AT_ONCE = 256
"""Acts whose sides are weighed at once: no report of ours has so many, and a text without end takes no more memory."""

_Name = TypeVar("_Name")

Date = tuple[str | None, bool]
"""A date, and whether it is only the report's own day."""


@dataclass(frozen=True, slots=True)
class Side:
    """An entity with its chances of acting and of being acted upon."""

    entity: Entity
    actor: float
    recipient: float


@dataclass(slots=True)
class Weighed:
    """One word that may name an act: chances of its types, statuses and dates, its mode, and its sides."""

    token: Token
    types: Mapping[str, float]
    statuses: Mapping[str, float] = field(default_factory=dict)
    mode: str | None = None
    sides: tuple[Side, ...] = ()
    dates: Mapping[Date, float] = field(default_factory=dict)
    rules: Arguments = field(default_factory=lambda: Arguments((), ()))

    @property
    def type(self) -> str:
        """The likeliest type."""
        return next(iter(self.types))

    @property
    def chance(self) -> float:
        """The chance that the word names an act of any type."""
        return sum(self.types.values())


@dataclass(slots=True)
class Weigher:
    """One report before the network."""

    network: Network
    scene: Scene
    vectors: Array

    @classmethod
    def of(cls, network: Network, scene: Scene) -> Weigher:
        """Encode the report of `scene`."""
        windows = list(windows_of(scene.doc, network.tokenizer))
        return cls(network, scene, network.vectors(windows, len(scene.doc)))

    def weighed(self, least: float) -> list[Weighed]:
        """The words that name an act with a chance of at least `least`, in text order."""
        acts = self._words(least)
        if acts:
            self._weigh_statuses(acts)
            for start in range(0, len(acts), _AT_ONCE):
                self._weigh_sides(acts[start : start + _AT_ONCE])
            self._weigh_dates(acts)
        return acts

    def _at(self, acts: Sequence[Weighed]) -> Array:
        return np.asarray(self.vectors[[a.token.i for a in acts]])

    def _kinds(self, acts: Sequence[Weighed]) -> list[int]:
        return [self.network.types.index(a.type) for a in acts]

    def _words(self, least: float) -> list[Weighed]:
        words = [token for token in self.scene.doc if token.pos_ in OPEN]
        if not words:
            return []
        rows = [word_features(self.scene, token) for token in words]
        chances = softmax(self.network.words(self.vectors[[t.i for t in words]], rows))
        names = self.network.types
        found = {}
        for token, row in zip(words, chances, strict=True):
            if 1 - row[0] >= least:
                order = sorted(range(1, len(names)), key=lambda n: (-row[n], n))
                found[token.i] = Weighed(token, {names[n]: float(row[n]) for n in order})
        return list(_without_parts(found))

    def _weigh_statuses(self, acts: Sequence[Weighed]) -> None:
        rows = [act_features(self.scene, act.token, act.type) for act in acts]
        statuses, modes = self.network.acts(self._at(acts), self._kinds(acts), rows)
        for act, status, mode in zip(acts, softmax(statuses), modes, strict=True):
            order = sorted(range(len(status)), key=lambda n: (-status[n], n))
            act.statuses = {self.network.statuses[n]: float(status[n]) for n in order}
            prefix = f"{act.type}:"
            own = [(mode[n], name) for n, name in enumerate(self.network.modes) if name.startswith(prefix)]
            act.mode = max(own)[1].removeprefix(prefix) or None if own else None

    def _weigh_sides(self, acts: Sequence[Weighed]) -> None:
        pairs: list[tuple[int, Mention]] = []
        rows: list[list[str]] = []
        starts: list[int] = []
        entities: list[tuple[int, Entity]] = []
        for n, act in enumerate(acts):
            act.rules = self.scene.rule_sides(act.token, act.type, act.mode)
            for entity in self.scene.candidates(act.token):
                entities.append((n, entity))
                starts.append(len(pairs))
                for mention in entity.mentions:
                    pairs.append((n, mention))
                    rows.append(side_features(self.scene, act.token, act.type, entity, mention, act.rules))
        if not pairs:
            return
        others = self.vectors[[m.root for _, m in pairs]]
        logits = self.network.pairs("side", self._at(acts), self._kinds(acts), others, [n for n, _ in pairs], rows)
        chances = 1 / (1 + np.exp(-np.maximum.reduceat(logits, starts, axis=0)))
        sides: list[list[Side]] = [[] for _ in acts]
        for (n, entity), (actor, recipient) in zip(entities, chances, strict=True):
            sides[n].append(Side(entity, float(actor), float(recipient)))
        for act, own in zip(acts, sides, strict=True):
            act.sides = tuple(own)

    def owners(self, act: Weighed, mention: Mention, company: Company) -> dict[str | None, float]:
        """The chances of the countries that `mention`, a side of `act`, may belong to, likeliest first."""
        choices = owner_choices(self.scene, act.token, mention, act.rules, company)
        words, rows = [c.word for c in choices], [c.features for c in choices]
        return self._shared("owner", self.scene.first_of(mention).root, act, words, rows, [c.country for c in choices])

    def _weigh_dates(self, acts: Sequence[Weighed]) -> None:
        for act in acts:
            status = next(iter(act.statuses))
            choices = date_choices(self.scene, act.token, status)  # type: ignore[arg-type]
            words, rows = [c.word for c in choices], [c.features for c in choices]
            act.dates = self._shared("date", act.token.i, act, words, rows, [(c.date, c.is_report) for c in choices])

    def _shared(
        self,
        head: str,
        word: int,
        act: Weighed,
        words: Sequence[int],
        rows: Sequence[Sequence[str]],
        names: Sequence[_Name],
    ) -> dict[_Name, float]:
        """The chance of each of `names`, one a candidate: candidates of one name share theirs."""
        others = self.vectors[[max(w, 0) for w in words]] * (np.asarray(words) >= 0)[:, None]
        logits = self.network.pairs(head, self.vectors[[word]], self._kinds([act]), others, [0] * len(rows), rows)
        chances: dict[_Name, float] = {}
        for name, chance in zip(names, softmax(logits[:, 0]), strict=True):
            chances[name] = chances.get(name, 0.0) + float(chance)
        return dict(sorted(chances.items(), key=lambda item: (-item[1], str(item[0]))))


def softmax(logits: Array) -> Array:
    """The chances that logits amount to, along the last axis."""
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def _without_parts(found: Mapping[int, Weighed]) -> Iterator[Weighed]:
    """Words that are no part of a longer trigger of the same type: of ``air strike`` the second."""
    for act in found.values():
        head = found.get(act.token.head.i)
        part = act.token.dep_ in ("compound", "prt") and head is not None and head.type == act.type
        if not part:
            yield act
