"""Readings: which states stand on both sides of an act, where the likeliest parties do not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.did.candidate import Member
from detente.did.model import load_network
from detente.did.model.options import Option, options_of
from detente.did.model.readings import (
    LIKELIER,
    READING_FEATURES,
    Reading,
    best_readings,
    read,
    readings_of,
)
from detente.did.model.stakes import STAKE_FEATURES, Case, cases_of, countries_of, stakes_of
from detente.did.model.trees import Trees
from detente.did.model.weigh import Weighed, Weigher
from detente.language import parse
from detente.record import Party, Span
from detente.who import Mention

from .test_model_scene import scene_of

TEXT = (
    "Chad's president accused Niger of sheltering rebels on Monday. A spokesman for Niger rejected the charge, and "
    "the two presidents will meet in Vienna next week. Police arrested 12 villagers near Diffa."
)


@pytest.fixture(scope="module")
def weigher() -> Weigher:
    return Weigher.of(load_network(), scene_of(TEXT))


def _member(word: int, country: str | None) -> Member:
    return Member(Party(Span(word * 10, word * 10 + 5), f"w{word}", f"w{word}", country=country), word, "told")


def _option(word: int, country: str | None, actor: float, recipient: float) -> Option:
    member = _member(word, country)
    return Option(member, Mention(word, word + 1, word, "noun", (member.party,), word), (actor, recipient))


def _case(nlp: Language, first: tuple[tuple[Member, ...], tuple[Member, ...]], *options: Option) -> Case:
    act = Weighed(parse(nlp, "Somebody met somebody.")[1], {"ACCUSE": 0.9}, {"happened": 1.0})
    best = tuple({o.country: o.chance(where) for o in options} for where in (0, 1))
    states = countries_of(first[0]), countries_of(first[1])
    return Case(act, 1, options, first, states, best, ({}, {}), (frozenset(), frozenset()))  # type: ignore[arg-type]


class Fixed:
    """Trees that give chances told beforehand."""

    def __init__(self, chances: Iterator[float]) -> None:
        self.given = chances

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        return [next(self.given) for _ in rows]


def test_there_is_a_number_for_each_feature_by_its_name(weigher: Weigher) -> None:
    acts = weigher.weighed(0.3)
    cases = cases_of(weigher.scene, acts, weigher.owners, 0.4, weigher.network.types)
    stakes = list(stakes_of(weigher.scene, cases))
    assert acts
    assert {len(s.row) for s in stakes} == {len(STAKE_FEATURES)}
    readings = list(readings_of(cases, [c.best for c in cases]))
    assert {len(r.row) for r in readings} == {len(READING_FEATURES)}


def test_every_act_has_the_reading_by_its_likeliest_parties(weigher: Weigher) -> None:
    cases = cases_of(weigher.scene, weigher.weighed(0.2), weigher.owners, 0.4, weigher.network.types)
    readings = list(readings_of(cases, [({}, {}) for _ in cases]))
    for number, case in enumerate(cases):
        assert case.states in [r.sides for r in readings if r.case == number]


@pytest.mark.parametrize(("more", "wanted"), [(LIKELIER + 0.01, "NER"), (LIKELIER - 0.01, "TCD")])
def test_the_likeliest_parties_stand_unless_others_are_likelier_by_far(nlp: Language, more: float, wanted: str) -> None:
    case = _case(nlp, ((_member(1, "TCD"),), ()), _option(1, "TCD", 0.5, 0.0), _option(2, "NER", 0.4, 0.0))
    readings = [Reading(0, (frozenset({c}), frozenset()), []) for c in ("TCD", "NER")]
    ((best, _),) = best_readings([case], readings, [0.3, 0.3 + more])
    assert best.sides == (frozenset({wanted}), frozenset())


def test_a_state_that_joins_a_side_is_told_by_its_likeliest_party(weigher: Weigher) -> None:
    scene, network = weigher.scene, weigher.network
    acts = [a for a in weigher.weighed(0.5) if a.token.text == "accused"]
    (case,) = cases_of(scene, acts, weigher.owners, 2.0, network.types)
    assert case.states == (frozenset(), frozenset())
    (plain,) = read(replace(network, settings={"side": 2.0}, stakes=None, readings=None), scene, acts, weigher.owners)
    assert not plain.actors

    def likely(reading: Reading) -> float:
        return float(reading.sides == (frozenset({"TCD"}), frozenset({"NER"})))

    stakes = list(stakes_of(scene, [case]))
    sure = [float((s.country, s.where) in {("TCD", 0), ("NER", 1)}) * 0.8 + 0.1 for s in stakes]
    by_case = tuple({s.country: c for s, c in zip(stakes, sure, strict=True) if s.where == where} for where in (0, 1))
    told = [likely(r) for r in readings_of([case], [by_case])]  # type: ignore[list-item]
    fixed = replace(
        network, settings={"side": 2.0}, stakes=cast(Trees, Fixed(iter(sure))), readings=cast(Trees, Fixed(iter(told)))
    )
    (sides,) = read(fixed, scene, acts, weigher.owners)
    assert [m.party.text for m in sides.actors] == ["Chad's president"]
    assert [m.party.country for m in sides.recipients] == ["NER"]
    assert sides.chance == 1.0


def test_a_noun_is_weighed_as_whose_it_is_taken_for_and_as_others(weigher: Weigher) -> None:
    (act,) = (a for a in weigher.weighed(0.5) if a.token.text == "arrested")
    found = [o for o in options_of(weigher.scene, act, weigher.owners) if "villagers" in o.member.party.text]
    assert found
    assert len({o.country for o in found}) == len(found) > 1
    assert sum(o.share for o in found if o.is_doubt or o.is_placed) <= 1.001
    assert all(o.chance(where) <= o.chances[where] for o in found for where in (0, 1))


_ROW = st.lists(st.floats(0, 1, width=32), min_size=len(STAKE_FEATURES), max_size=len(STAKE_FEATURES))


@given(rows=st.lists(_ROW, min_size=1, max_size=5))
@settings(deadline=None, max_examples=25)
def test_the_chance_of_a_row_is_the_same_whatever_rows_are_asked_with_it(rows: list[list[float]]) -> None:
    trees = load_network().stakes
    assert trees is not None
    together = trees.chances(rows)
    assert together == [trees.chances([row])[0] for row in rows]
    assert all(0 < chance < 1 for chance in together)


def test_of_no_rows_there_are_no_chances() -> None:
    trees = load_network().readings
    assert trees is not None
    assert trees.chances([]) == []
