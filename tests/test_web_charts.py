"""Drawings made on the server: golden files, and words that stay words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree

import pytest

from detente.archive import Archive
from detente.charts.act_map import act_map_chart
from detente.charts.announced import Announced, announced_chart
from detente.charts.network import Tie, network_chart
from detente.charts.projection import UNITS, equal_earth
from detente.charts.svg import Days
from detente.charts.tension import tension_chart
from detente.exports.map_points import MapPoint
from detente.relations.names import state_name
from detente.relations.pair import relate
from tests.golden_drawings import GOLDEN, drawings
from tests.made_archive import make_archive

ATTACK = '<script>alert(1)</script>" onload="alert(2)'


def map_point(latitude: float, longitude: float, name: str) -> MapPoint:
    return MapPoint(latitude, longitude, name, None, "town", 1.0, ())


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


def test_what_is_due_far_away_does_not_press_the_rest_together() -> None:
    near = Announced("Norway: visit", "kept", date(2026, 1, 5), date(2026, 2, 5), date(2026, 2, 1))
    far = Announced("Finland: open a port", "open", date(2026, 1, 9), date(2040, 1, 1), None)
    for is_narrow in (False, True):
        drawn = announced_chart([near, far], date(2026, 2, 4), title="Announced", is_narrow=is_narrow)
        root = ElementTree.fromstring(drawn)
        ticks = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
        assert "Finland: open a port · open, due 2040" in ticks
        assert not [tick for tick in ticks if tick.startswith("20") and tick > "2028"]
        assert root.find(".//{http://www.w3.org/2000/svg}path[@class='came open']") is not None


def test_a_drawing_for_a_phone_is_as_wide_as_one(made: Archive) -> None:
    relation = relate(made, ("ARG", "FIN"))
    drawn = tension_chart(relation.points, relation.bands, relation.surprises, title="Tension", is_narrow=True)
    root = ElementTree.fromstring(drawn)
    assert root.attrib["viewBox"].split()[2] == "390"
    ticks = [
        node for node in root.iter("{http://www.w3.org/2000/svg}text") if node.attrib.get("text-anchor") == "middle"
    ]
    assert 2 <= len([node for node in ticks if float(node.attrib["y"]) > 320]) <= 5


def test_states_that_deal_with_each_other_lie_together_and_no_name_on_another() -> None:
    north, south = ["NOR", "SWE", "FIN", "DNK"], ["ARG", "URY", "CHL", "BRA"]
    close = [Tie(a, b, 20, -1.0) for side in (north, south) for a, b in combinations(side, 2)]
    ties = [*close, Tie("NOR", "ARG", 1, 2.0)]
    for is_narrow in (False, True):
        drawn = network_chart(ties, state_name, lambda one, other: "/", title="Ties", is_narrow=is_narrow)
        assert drawn == network_chart(ties[::-1], state_name, lambda one, other: "/", title="Ties", is_narrow=is_narrow)
        root = ElementTree.fromstring(drawn)
        names = list(root.iter("{http://www.w3.org/2000/svg}text"))
        at = {n.text or "": (float(n.attrib["x"]), float(n.attrib["y"])) for n in names}
        width, height = map(float, root.attrib["viewBox"].split()[2:])
        assert all(0 < x < width and 0 < y < height for x, y in at.values())
        for (one, (x, y)), (other, (u, v)) in combinations(at.items(), 2):
            assert abs(y - v) > 12 or abs(x - u) > 3.2 * (len(one) + len(other)), (one, other)
        places = {code: at[state_name(code)] for code in (*north, *south)}
        inner = [math.dist(places[a], places[b]) for side in (north, south) for a, b in combinations(side, 2)]
        across = [math.dist(places[a], places[b]) for a in north for b in south]
        assert sum(inner) / len(inner) < 0.8 * sum(across) / len(across)


def test_a_part_of_the_world_is_drawn_where_the_acts_are() -> None:
    vienna, kyiv = map_point(48.2, 16.4, "Vienna"), map_point(50.45, 30.52, "Kyiv")
    root = ElementTree.fromstring(act_map_chart([vienna, kyiv], title="Map"))
    marks = [node for node in root.iter("{http://www.w3.org/2000/svg}circle") if "place" in node.attrib["class"]]
    [(u, v), (x, y)] = sorted((float(node.attrib["cx"]), float(node.attrib["cy"])) for node in marks)
    assert 100 < u < x < 1080
    assert y < v
    near = root.find(".//{http://www.w3.org/2000/svg}path[@class='land']")
    world = ElementTree.fromstring(act_map_chart([], title="Map")).find(
        ".//{http://www.w3.org/2000/svg}path[@class='land']"
    )
    assert near is not None
    assert world is not None
    assert near.attrib["d"].count("M") < world.attrib["d"].count("M")


def test_the_map_is_as_its_projection_says() -> None:
    assert equal_earth(0, 0) == (0, 0)
    east, north = equal_earth(180, 0)[0], -equal_earth(0, 90)[1]
    assert east / UNITS == pytest.approx(2.7066299836, abs=1e-6)
    assert north / UNITS == pytest.approx(1.3173627592, abs=1e-6)


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


@pytest.mark.parametrize("most", [3, 4, 12])
def test_every_span_has_days_to_name_however_narrow_the_picture(most: int) -> None:
    first = date(2020, 3, 5)
    for span in range(1, 4_000, 7):
        found = Days(first, first + timedelta(days=span), 0, 100).ticks(most)
        assert len(found) <= most + 2, span
