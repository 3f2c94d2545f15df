"""The codebook: PLOVER's types, and loaders that refuse what is not valid."""

from __future__ import annotations

from typing import get_args

import pytest

from detente.codebook import intensity_of, load_codebook, load_triggers, quad_of, tie_broken, told_type, types_with
from detente.codebook.contexts import read_contexts
from detente.codebook.plover import Trait, read_codebook
from detente.codebook.senses import read_triggers
from detente.errors import DataError

CLASSES = "particles: [out]\ntransparent: [group]\ncompounding: [air]\nforces: [troop]\n"


TYPE = "types: {A: {quad: 1, act: x, intensity: 1, planned: null, traits: [], modes: {}}}"


def broken(types: str = TYPE, tie: str = "") -> str:
    """A codebook with what is broken in it."""
    traits = ", ".join(f"{name}: what it means" for name in get_args(Trait))
    return f"{types}\ntraits: {{{traits}}}\ntie_breaks: [{tie}]"


def test_there_are_sixteen_types_in_four_quad_classes() -> None:
    types = load_codebook().types
    assert len(types) == 16
    assert {t.quad for t in types.values()} == {1, 2, 3, 4}


def test_cooperation_is_positive_and_conflict_negative() -> None:
    for name, entry in load_codebook().types.items():
        scores = [entry.intensity, *entry.modes.values()]
        assert all(score >= 0 for score in scores) if quad_of(name) <= 2 else all(score <= 0 for score in scores)


def test_deeds_weigh_more_than_words() -> None:
    types = load_codebook().types.values()
    words = [abs(t.intensity) for t in types if t.quad == 3]
    deeds = [abs(t.intensity) for t in types if t.quad == 4]
    assert max(words) < min(deeds)


def test_a_mode_has_its_own_intensity_or_that_of_its_type() -> None:
    assert intensity_of("ASSAULT", "aerial") == -10.0
    assert intensity_of("SANCTION", "expel") > intensity_of("SANCTION")
    assert intensity_of("AGREE") == intensity_of("AGREE", None) == intensity_of("AGREE", "unheard of")


def test_every_sense_names_a_type_of_the_codebook_or_none() -> None:
    lexicon = load_triggers()
    types = {
        s.type for part in (lexicon.verbs, lexicon.nouns, lexicon.adjectives) for own in part.values() for s in own
    }
    assert types == {*load_codebook().types, "NONE"}


def test_a_sense_tells_its_word_and_what_it_asks_for() -> None:
    texts = {"classes.yaml": CLASSES, "a.yaml": "type: REJECT\nsenses:\n- {verbs: [pull out], from: [+forces, talk]}"}
    (sense,) = read_triggers(texts).verbs["pull"]
    assert str(sense) == "pull out (verb); from +forces/talk"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("type: FROWN\nsenses: [{verbs: [frown]}]", "'FROWN' is no event type"),
        ("type: AGREE\nsenses: [{verbs: [agree], mode: loud}]", "AGREE has no mode 'loud'"),
        ("type: AGREE\nsenses: [{object: [deal]}]", "sense 1: names no verbs"),
        ("type: AGREE\nsenses: [{verbs: [agree], underneath: [deal]}]", "'underneath' is no key"),
        ("type: AGREE\nsenses: [{verbs: [agree], object: [+deals]}]", "no class 'deals'"),
        ("type: AGREE\nsenses: [{verbs: [agree], object: deal}]", "object: must be a list"),
        (
            "type: AGREE\nsenses: [{verbs: [agree], object: [state of war]}]",
            "object: 'state of war': a thing is called",
        ),
        ("type: AGREE\nsenses: [{verbs: [agree], object: [deal, deal]}]", "object: 'deal' stands twice"),
        ("type: AGREE\nsenses: [{verbs: [agree], frame: {who: subject}}]", "frame: expected some of"),
        ("senses: []", "expected the keys type and senses"),
        ("type: [", "not valid YAML"),
    ],
)
def test_a_broken_row_is_refused_by_file_and_row(row: str, complaint: str) -> None:
    with pytest.raises(DataError, match=r"a\.yaml") as refused:
        read_triggers({"classes.yaml": CLASSES, "a.yaml": row})
    assert complaint in str(refused.value)


def test_classes_may_only_take_in_classes_above_them() -> None:
    with pytest.raises(DataError, match="no class 'arms' above it"):
        read_triggers({"classes.yaml": "gear: [+arms]\narms: [gun]\n"})


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("types: {}", "the keys must be tie_breaks, traits, types"),
        (broken("types: []"), "types: expected a mapping"),
        (broken("types: {AGREE: {quad: 1}}"), "AGREE: the keys must be act, intensity, modes, planned, quad, traits"),
        (broken(TYPE.replace("quad: 1", "quad: 7")), "quad must be 1 to 4"),
        (broken(TYPE.replace("intensity: 1", "intensity: 11")), "intensity must be a number"),
        (broken(TYPE.replace("modes: {}", "modes: {on: 2}")), "quote words"),
        (broken(TYPE.replace("traits: []", "traits: [loud]")), "loud: no such trait"),
        (broken(TYPE.replace("planned: null", "planned: B")), "A: planned: 'B' is no event type"),
        (broken(tie="{act: y, type: B}"), "expected act, from, type, when"),
        (broken(tie="{act: y, from: A, when: always, type: A}"), "when must be one of refused, together"),
        (broken(tie="{act: y, from: A, when: refused, type: B}"), "no event type"),
        (broken(tie="{act: y, from: A, when: refused, type: A, mode: loud}"), "A has no mode 'loud'"),
        ("types: [", "not valid YAML"),
    ],
)
def test_a_broken_codebook_is_refused_by_key(text: str, complaint: str) -> None:
    with pytest.raises(DataError) as refused:
        read_codebook(text)
    assert complaint in str(refused.value)


def test_a_plan_of_cooperation_is_told_as_words_and_one_of_conflict_as_nothing() -> None:
    types = load_codebook().types
    told = {name: told_type(name, "planned") for name in types}
    assert {quad_of(plan) for plan in told.values() if plan} == {1}
    assert {name for name, plan in told.items() if plan is None} == {name for name in types if quad_of(name) > 2}
    assert (told["RETREAT"], told["AID"]) == ("CONCEDE", "AGREE")
    assert [told_type("ASSAULT", status) for status in ("happened", "possible", "denied")] == ["ASSAULT", None, None]


def test_every_trait_belongs_to_a_type_and_not_to_all() -> None:
    for trait in get_args(Trait):
        assert 0 < len(types_with(trait)) < 16


def test_a_tie_is_broken_for_the_words_it_names() -> None:
    drilled = tie_broken("MOBILIZE", "together", "drill")
    assert drilled is not None
    assert drilled.type == "COOPERATE"
    assert tie_broken("MOBILIZE", "together", "deploy") is None
    assert tie_broken("AGREE", "together", "drill") is None


def test_a_word_may_show_two_contexts_and_a_pair_of_words_one() -> None:
    lexicon = read_contexts("trade: [tariff, oil]\nresource: [oil]\nhuman_rights: [human right]")
    assert lexicon.of(["oil"]) == ("trade", "resource")
    assert lexicon.of(["human", "human right"]) == ("human_rights",)


@pytest.mark.parametrize("text", ["trade: tariff", "trade: [Tariff]", "- trade", "trade: ["])
def test_a_broken_lexicon_of_contexts_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="contexts"):
        read_contexts(text)
