"""What the heads choose from: the dates an act may have, and the owners of a party without a country."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from detente.did.model.features import date_relation, origin_features, owner_features, time_features
from detente.did.model.scene import Scene
from detente.did.rules.arguments import Arguments
from detente.record import Status
from detente.when.form import form_of, since_form
from detente.where import PlaceMention
from detente.who import Mention

_BEFORE, _AFTER = 8, 3
"""Times told before and after an act that may be its own: the nearest."""

_SENTENCES = 15
"""Sentences between an act and a time that may still be its own."""


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A date an act may have, the word that tells it (-1: none), and what speaks for it."""

    date: str | None
    is_report: bool
    word: int
    features: list[str]


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """A country that a party may have, by the mention or place at `word` (-1: it has none)."""

    country: str | None
    word: int
    features: list[str]


def date_choices(scene: Scene, token: Token, status: Status) -> list[DateChoice]:
    """The dates that an act told by `token` may have; the last is that none is told."""
    given = scene.rule_date(token, status)
    rule = None if given.is_report else given.date
    found = list(_told(scene, token, rule))
    if rule is not None and all(choice.date != rule for choice in found):
        found.append(DateChoice(rule, False, -1, ["ruled", f"rel={date_relation(rule, scene.day)}"]))
    base = (f"st={status}", f"ruled={'report' if given.is_report else given.date is not None}", f"n={len(found)}")
    if scene.day is not None:
        found.append(DateChoice(scene.day.isoformat(), True, -1, ["REPORT", *(f"R{b}" for b in base)]))
    found.append(DateChoice(None, False, -1, ["NONE", *(f"N{b}" for b in base)]))
    return found


def _told(scene: Scene, token: Token, rule: str | None) -> Iterator[DateChoice]:
    first, last = scene.window(token, _SENTENCES, _SENTENCES)
    after = bisect_right(scene.told, token.i, key=lambda told: told.root.i)
    for told in scene.told[max(0, after - _BEFORE) : after + _AFTER]:
        if not first <= told.root.i < last:
            continue
        form = form_of(told.time, told.until)
        if form is not None:
            yield DateChoice(form, False, told.root.i, time_features(scene, token, told, form, rule))
        if scene.day is not None and told.preposition == "since":
            since = since_form(told.time, scene.day)
            if since is not None and since != form:
                yield DateChoice(since, False, told.root.i, [*time_features(scene, token, told, since, rule), "since"])


@dataclass(frozen=True, slots=True)
class Company:
    """The countries of an act's other parties, as far as they are known: across from a party, and beside it."""

    across: frozenset[str | None] = frozenset()
    beside: frozenset[str | None] = frozenset()

    def cues(self, country: str | None, sector: str | None) -> Iterator[str]:
        """What the others say of a party of that `sector` being of `country`."""
        for where, countries in (("across", self.across), ("beside", self.beside)):
            if countries:
                cue = f"{where} {'own' if country in countries else 'other'}"
                yield from (cue, f"{sector} {cue}")


def owner_choices(
    scene: Scene, token: Token, mention: Mention, sides: Arguments, company: Company, guessed: bool = True
) -> list[OwnerChoice]:
    """The countries that `mention`, a side of the act at `token`, may have; the last is none of them.

    What the cast takes for its country is a hint among others, unless it is not `guessed`.
    """
    found = []
    near = scene.bearers(mention.root)
    cues = scene.setting.without(mention.entity).cues(mention.root, scene.first_of(mention).root)
    party = mention.parties[0]
    guess = party.country if guessed else None
    origins = origin_features(scene.person_of(mention), [country for country, _, _ in near])
    for country, rank, bearers in near:
        for bearer in bearers:
            if isinstance(bearer, PlaceMention) or bearer.entity != mention.entity:
                made = owner_features(scene, token, mention, bearer, country, rank, sides)
                if country in origins:
                    made.append(origins[country])
                for cue in cues[country]:
                    made += [cue, f"{mention.kind} {cue}"]
                made += company.cues(country, party.sector)
                if guess is not None:
                    made.append(f"guess={'own' if country == guess else 'other'},{mention.kind}")
                found.append(OwnerChoice(country, bearer.root, made))
    root = scene.doc[mention.root]
    none = [
        "NONE",
        f"Nsec={party.sector}",
        f"Nkind={mention.kind}",
        f"Nnoun={root.lemma_.lower()}",
        f"Nmdep={root.dep_}",
        *(f"N{cue}" for cue in company.cues(None, party.sector)),
        *((f"Nguess,{mention.kind}",) if guess is not None else ()),
    ]
    return [*found, OwnerChoice(None, -1, none)]
