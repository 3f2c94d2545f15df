"""What the other rooms found in one report, as the learned proposer looks at it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Doc, Token

from detente.codebook.senses import SenseFrame
from detente.did.candidate import Candidate
from detente.did.constraints import settled
from detente.did.model.setting import Setting, StateName
from detente.did.rules import ruled
from detente.did.rules.arguments import Arguments, arguments_of
from detente.did.rules.factuality import factuality_of
from detente.did.sources import speaker_at
from detente.knowledge import BEYOND_STATES
from detente.record import Party, Span, Statement, Status, Time
from detente.when import EventDate, Told, date_of, told_times
from detente.where import PlaceMention
from detente.who import Cast, Mention
from detente.who.coreference.told import leads

BEFORE, AFTER = 4, 1
"""Sentences before and after that of a trigger in which its parties are looked for."""

_NEAREST = 3
"""Mentions of one entity that are looked at from one trigger: the nearest."""


_LEADING = 3
"""Entities with the most mentions, which may be a side wherever an act is told."""

_MOST_ENTITIES = 128
"""Entities, the nearest, that may be a side of one act: no act of 410 reports has more than 95 around it."""

_NEAREST_BEARERS = 2
_MAIN, _NEAR = 4, 120
"""Countries that may be those of a party: the ones most named, and those named within so many words."""

_WIDEST = 8
"""Words before its head that a noun phrase may have to be a party."""

Bearer = Mention | PlaceMention

_BODY = "IGO"
"""What the coding guide has for the country of an international body."""

_FILLERS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "poss", "conj", "attr", "appos", "ROOT", "dep"})
_BEARERS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SPEECHLESS = frozenset({"it", "there", "this", "that", "these", "which", "what", "who", "whom", "whose", "itself"})
"""Pronouns that the cast leaves out where they stand for nobody."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity that may be a side: its mentions near the trigger, nearest first."""

    entity: int
    mentions: tuple[Mention, ...]
    is_speaker: bool = False


@dataclass(slots=True)
class Scene:
    """One parsed report with its times, cast, places and statements, and the acts that the rules propose.

    `heads` and `labels` are the parse, by token: looking there is many times as fast as asking a token. `paths` are the
    ways through it that were asked for already.
    """

    doc: Doc
    times: Sequence[Time]
    cast: Cast
    places: Sequence[PlaceMention]
    statements: Sequence[Statement]
    day: date | None
    rules: dict[int, Candidate] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    sentence_of: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    paths: dict[tuple[int, int], str] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _entities: dict[int, int] = field(default_factory=dict)
    _first: dict[int, Mention] = field(default_factory=dict)
    _unnamed: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    _bearers: dict[str, list[Bearer]] = field(default_factory=dict)
    _dates: dict[tuple[int, Status], EventDate] = field(default_factory=dict)
    _two: tuple[str, ...] = ()
    _bodies: list[Bearer] = field(default_factory=list)
    _persons: dict[int, str] = field(default_factory=dict)
    _salient: tuple[int, ...] = ()
    _setting: Setting | None = None

    @classmethod
    def of(
        cls,
        doc: Doc,
        times: Sequence[Time],
        cast: Cast,
        places: Sequence[PlaceMention],
        statements: Sequence[Statement],
        day: date | None,
    ) -> Scene:
        """The scene of a report, with what the rules propose."""
        scene = cls(doc, times, cast, places, statements, day)
        for token in doc:
            scene.heads.append(token.head.i)
            scene.labels.append(token.dep_)
        scene.told = told_times(doc, times)
        proposed = ruled(doc, scene.told, cast, places, statements, day)
        scene.rules = {c.root: c for c in settled(doc, proposed, statements, day)}
        for number, sentence in enumerate(doc.sents):
            scene._starts.append(sentence.start)
            scene.sentence_of.extend([number] * (sentence.end - sentence.start))
        for mention in cast.mentions:
            scene._entities[mention.entity] = scene._entities.get(mention.entity, 0) + 1
            scene._first.setdefault(mention.entity, mention)
            if mention.kind == "person":
                name = mention.parties[0].name
                scene._persons[mention.entity] = max(scene._persons.get(mention.entity, ""), name, key=len)
        ranked = sorted(scene._entities, key=lambda e: (-scene._entities[e], e))
        scene._salient = tuple(e for e in ranked[:_LEADING] if scene._entities[e] > 1)
        scene._find_bearers()
        return scene

    def weight_of(self, entity: int) -> int:
        """How many mentions an entity has in the report."""
        return self._entities.get(entity, 0)

    def first_of(self, mention: Mention) -> Mention:
        """The first mention of the entity of `mention` in the report."""
        return self._first.get(mention.entity, mention)

    def named(self, name: str) -> Mention | None:
        """The first mention of one party by `name`."""
        return next((m for m in self.cast.mentions if len(m.parties) == 1 and m.parties[0].name == name), None)

    def _find_bearers(self) -> None:
        for mention in self.cast.mentions:
            for party in mention.parties[:1]:
                if party.country == _BODY:
                    self._bodies.append(mention)
                elif party.country is not None and party.country not in BEYOND_STATES:
                    self._bearers.setdefault(party.country, []).append(mention)
        for place in self.places:
            if place.place.country is not None:
                self._bearers.setdefault(place.place.country, []).append(place)
        for bearers in self._bearers.values():
            bearers.sort(key=lambda b: (b.root, b.start))
        ranked = self._ranked()
        if leads([len(bearers) for _, bearers in ranked], 2):
            self._two = (ranked[0][0], ranked[1][0])

    @property
    def setting(self) -> Setting:
        """Where the report tells of each of its states."""
        if self._setting is None:
            named = [*self._bearers.items(), (_BODY, self._bodies)]
            told = (StateName(b.root, c, getattr(b, "entity", None)) for c, bearers in named for b in bearers)
            self._setting = Setting.of(self.doc, self.sentence_of, told)
        return self._setting

    def _ranked(self) -> list[tuple[str, list[Bearer]]]:
        """The states of the report with their mentions, the most named first."""
        return sorted(self._bearers.items(), key=lambda item: (-len(item[1]), item[1][0].root))

    def bearers(self, at: int) -> list[tuple[str, int, list[Bearer]]]:
        """The countries of the report by how often each is named, with the mentions of each nearest to token `at`.

        International bodies count for one country, the last.
        """
        ranked = self._ranked()
        found = []
        for rank, (country, bearers) in enumerate(ranked):
            near = sorted(bearers, key=lambda b: (abs(b.root - at), b.root))[:_NEAREST_BEARERS]
            if rank < _MAIN or abs(near[0].root - at) <= _NEAR:
                found.append((country, rank, near))
        if self._bodies:
            near = sorted(self._bodies, key=lambda b: (abs(b.root - at), b.root))[:_NEAREST_BEARERS]
            found.append((_BODY, len(ranked), near))
        return found

    def person_of(self, mention: Mention) -> str | None:
        """The fullest name of the person that `mention` stands for; null where it stands for none of a name."""
        return self._persons.get(mention.entity)

    @property
    def states(self) -> int:
        """How many states the report tells of."""
        return len(self._bearers)

    def share_of(self, country: str | None) -> float:
        """The share of a state of all names of states and their places in the report."""
        named = sum(map(len, self._bearers.values()))
        return len(self._bearers.get(country or "", ())) / named if named else 0.0

    def other_of_two(self, country: str | None) -> str | None:
        """The other state of a report that is about two, of which `country` is one; null where it is not."""
        if country not in self._two:
            return None
        return next(name for name in self._two if name != country)

    def window(self, token: Token, before: int = BEFORE, after: int = AFTER) -> tuple[int, int]:
        """The token range of the sentences around `token`."""
        here = self.sentence_of[token.i]
        first = self._starts[max(0, here - before)]
        beyond = here + after + 1
        return first, self._starts[beyond] if beyond < len(self._starts) else len(self.doc)

    def speaker(self, token: Token) -> Party | None:
        """Who says the words in which `token` stands."""
        return speaker_at(Span(token.idx, token.idx + len(token)), self.statements)

    def candidates(self, token: Token) -> list[Entity]:
        """The entities that may be a side of an act told by `token`, in text order of their first mention here."""
        first, last = self.window(token)
        near: dict[int, list[Mention]] = {}
        for mention in self._mentions(first, last):
            near.setdefault(mention.entity, []).append(mention)
        for mention in self.unnamed(self.sentence_of[token.i]):
            if mention.root != token.i:
                near[mention.entity] = [mention]
        for entity in self._salient:
            if entity not in near:
                near[entity] = [self._first[entity]]
        speaker = self.speaker(token)
        spoken = None
        if speaker is not None:
            spoken = next((m for m in self.cast.mentions if any(p.span == speaker.span for p in m.parties)), None)
            if spoken is not None and spoken.entity not in near:
                near[spoken.entity] = [spoken]
        found = []
        for entity, mentions in near.items():
            mentions.sort(key=lambda m: (abs(m.root - token.i), m.start))
            found.append(Entity(entity, tuple(mentions[:_NEAREST]), spoken is not None and spoken.entity == entity))
        return found if len(found) <= _MOST_ENTITIES else _nearest(found, token)

    def unnamed(self, sentence: int) -> Sequence[Mention]:
        """The noun phrases of a sentence that may be a party though the cast does not hold them, without a country."""
        known = self._unnamed.get(sentence)
        if known is None:
            first = self._starts[sentence]
            last = self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(self.doc)
            known = self._unnamed[sentence] = tuple(self._without_mention(first, last))
        return known

    def _without_mention(self, first: int, last: int) -> Iterator[Mention]:
        for token in self.doc[first:last]:
            if token.pos_ not in _BEARERS or token.dep_ not in _FILLERS or token.lower_ in _SPEECHLESS:
                continue
            if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT") or self.cast.covering(token) is not None:
                continue
            start = token.left_edge.i
            if token.i - start > _WIDEST or any(self.cast.covering(t) is not None for t in self.doc[start : token.i]):
                continue
            end = token.i + 1
            span = Span(self.doc[start].idx, token.idx + len(token))
            text = self.doc[start:end].text
            party = Party(span, text, text)
            yield Mention(start, end, token.i, "noun", (party,), -1 - token.i)

    def _mentions(self, first: int, last: int) -> Sequence[Mention]:
        mentions = self.cast.mentions
        low = bisect_right(mentions, first - 1, key=lambda m: m.start)
        high = bisect_right(mentions, last - 1, key=lambda m: m.start)
        return mentions[low:high]

    def rule_sides(self, token: Token, event_type: str, mode: str | None) -> Arguments:
        """The sides that the rules give an act of `event_type` at `token`."""
        rule = self.rules.get(token.i)
        if rule is not None and rule.type == event_type:
            return Arguments(rule.actors, rule.recipients)
        return arguments_of(token, event_type, mode, SenseFrame(), self.cast, self.speaker(token), (token.i,))

    def rule_status(self, token: Token, event_type: str) -> tuple[Status, tuple[str, ...]]:
        """The status that the rules give an act of `event_type` at `token`, and the effects met on the way."""
        rule = self.rules.get(token.i)
        if rule is not None and rule.type == event_type:
            return rule.status, tuple(r.effect for r in rule.reasons)
        read = factuality_of(token, event_type)
        return read.status, tuple(r.effect for r in read.reasons)

    def rule_date(self, token: Token, status: Status) -> EventDate:
        """The date that the rules give an act at `token` of that status."""
        known = self._dates.get((token.i, status))
        if known is None:
            known = self._dates[token.i, status] = date_of(token, self.told, self.day, status)
        return known


def _nearest(entities: Sequence[Entity], token: Token) -> list[Entity]:
    """The entities nearest to `token`, whoever speaks among them, in the order in which they stand."""
    ranked = sorted(entities, key=lambda e: (not e.is_speaker, abs(e.mentions[0].root - token.i)))
    kept = {e.entity for e in ranked[:_MOST_ENTITIES]}
    return [e for e in entities if e.entity in kept]
