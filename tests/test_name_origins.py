"""The letters of a person's name hint at a state, among those a report tells of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.did.model.features import origin_features
from detente.knowledge.name_origins import likeness

NAMES = [
    ("Masanori Kuwabara", "JPN", "TWN"),
    ("Arvid Mostrøm", "NOR", "TUR"),
    ("Tarkan Ulusoy", "TUR", "GRC"),
    ("Hélène Vaugrenard", "FRA", "GBR"),
    ("Abdi Yare Shuriye", "SOM", "KEN"),
]


@pytest.mark.parametrize(("name", "own", "other"), NAMES)
def test_a_name_is_likest_to_those_of_its_own_state(name: str, own: str, other: str) -> None:
    at_home, abroad = likeness(name, (own, other))
    assert at_home > abroad


def test_accents_that_a_wire_leaves_out_change_little() -> None:
    assert likeness("Helene Vaugrenard", ("FRA", "GBR"))[0] > likeness("Helene Vaugrenard", ("FRA", "GBR"))[1]


def test_a_state_without_known_holders_of_offices_says_nothing() -> None:
    assert likeness("Masanori Kuwabara", ("ATA",)) == (0.0,)


def test_one_name_alone_or_one_state_alone_gives_no_hint() -> None:
    assert origin_features("Kuwabara", ["JPN", "TWN"]) == {}
    assert origin_features(None, ["JPN", "TWN"]) == {}
    assert origin_features("Masanori Kuwabara", ["JPN", "IGO"]) == {}


def test_of_the_states_told_of_one_is_the_likest() -> None:
    hints = origin_features("Masanori Kuwabara", ["TWN", "JPN", "CHN"])
    assert [country for country, hint in hints.items() if hint.startswith("origin=+")] == ["JPN"]


@given(st.text(max_size=40), st.lists(st.sampled_from(["FRA", "JPN", "KEN", "ATA"]), max_size=4, unique=True))
def test_any_name_is_weighed_and_the_order_of_states_changes_nothing(name: str, countries: list[str]) -> None:
    assert likeness(name, tuple(countries)) == tuple(likeness(name, (c,))[0] for c in countries)
    assert origin_features(name, countries) == origin_features(name, list(reversed(countries)))
