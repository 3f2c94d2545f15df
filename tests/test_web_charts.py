"""Drawings made on the server: golden files, and words that stay words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest

from detente.archive import Archive
from detente.charts.announced import Announced, announced_chart
from detente.charts.network import network_chart
from detente.charts.svg import Days
from detente.charts.tension import tension_chart
from detente.relations.pair import relate
from tests.golden_drawings import GOLDEN, drawings
from tests.made_archive import make_archive

ATTACK = '<script>alert(1)</script>" onload="alert(2)'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(make_archive(tmp_path_factory.mktemp("made") / "a.db")) as archive:
        yield archive


def test_drawings_are_the_golden_ones(made: Archive) -> None:
    for name, drawn in drawings(made).items():
        assert drawn == (GOLDEN / name).read_text(encoding="utf-8"), f"{name}: see tests/golden_drawings.py"


def test_a_drawing_is_well_formed_and_has_a_name(made: Archive) -> None:
    relation = relate(made, ("ARG", "FIN"))
    drawn = tension_chart(relation.points, relation.bands, relation.surprises, relation.turns, title="Tension & more")
    root = ElementTree.fromstring(drawn)
    assert root.attrib["aria-label"] == "Tension & more"
    assert root[0].text == "Tension & more"


def test_words_in_a_drawing_stay_words() -> None:
    row = Announced(ATTACK, "open", date(2026, 1, 1), date(2026, 2, 1), None, ATTACK)
    drawn = announced_chart([row], date(2026, 1, 2), title=ATTACK)
    root = ElementTree.fromstring(drawn)
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")
    assert not [node for node in root.iter() if "onload" in node.attrib]


def test_drawings_without_anything_say_so() -> None:
    assert "No report read" in tension_chart([], [], [], title="Tension")
    assert "Nothing was announced" in announced_chart([], date(2026, 1, 1), title="Announced")
    assert "No acts" in network_chart([], str, lambda one, other: "/", title="Ties")


def test_a_drawing_of_its_own_brings_its_colours_along(made: Archive) -> None:
    relation = relate(made, ("ARG", "FIN"), by="month")
    drawn = tension_chart(relation.points, relation.bands, relation.surprises, title="Tension", standalone=True)
    assert "<style>" in drawn
    assert "var(--" not in drawn


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (date(2002, 7, 1), date(2025, 6, 1), ["2004", "2006"]),
        (date(2024, 1, 15), date(2025, 1, 20), ["Mar", "May"]),
        (date(2024, 1, 1), date(2024, 1, 29), ["1 Jan", "8 Jan"]),
    ],
)
def test_ticks_are_round_days_and_few(first: date, last: date, ticks: list[str]) -> None:
    found = [words for _, words in Days(first, last, 0, 100).ticks()]
    assert found[:2] == ticks
    assert len(found) <= 13
