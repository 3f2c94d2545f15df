"""Sides: what the chances of entities amount to once the states of those that nothing else places are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

from spacy.language import Language

from detente.did.model.choices import Company
from detente.did.model.scene import Entity, Scene
from detente.did.model.sides import Owners, sides_of
from detente.did.model.weigh import Side, Weighed
from detente.language import parse
from detente.record import Party, Span
from detente.who import Mention


def _side(word: int, country: str | None, actor: float, recipient: float) -> Side:
    span = Span(word * 10, word * 10 + 5)
    mention = Mention(word, word + 1, word, "noun", (Party(span, f"w{word}", f"w{word}", country=country),), word)
    return Side(Entity(word, (mention,)), actor, recipient)


def _decided(nlp: Language, kind: str, *sides: Side, owners: Owners) -> tuple[list[str | None], list[str | None]]:
    doc = parse(nlp, "Somebody met somebody.")
    act = Weighed(doc[1], {kind: 1.0}, {"happened": 1.0}, sides=sides)
    scene = cast(
        Scene, SimpleNamespace(speaker=lambda token: None, cast=SimpleNamespace(home=None), named=lambda n: None)
    )
    actors, recipients = sides_of(scene, act, owners, 0.5)
    return [m.party.country for m in actors], [m.party.country for m in recipients]


def test_who_is_not_placed_is_asked_for_in_the_company_of_those_who_are(nlp: Language) -> None:
    seen: list[Company] = []

    def owners(act: Weighed, mention: Mention, company: Company) -> Mapping[str | None, float]:
        seen.append(company)
        return {"KEN": 0.6, "SOM": 0.4}

    sides = _side(1, None, 0.9, 0.0), _side(2, "SOM", 0.0, 0.9), _side(3, "UGA", 0.8, 0.0)
    assert _decided(nlp, "ACCUSE", *sides, owners=owners) == (["KEN", "UGA"], ["SOM"])
    assert seen == [Company(frozenset({"SOM"}), frozenset({"UGA"}))]
