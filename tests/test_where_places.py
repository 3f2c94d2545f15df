"""Where: places by name, and the place of an act, on sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from detente.errors import DataError
from detente.knowledge import load_knowledge
from detente.knowledge.gazetteer import load_gazetteer
from detente.language import parse
from detente.record import Place
from detente.where import PlaceMention, find_places, place_of
from detente.where.words import read_words
from detente.who import find_parties


def places_in(nlp: Language, text: str) -> tuple[Doc, tuple[PlaceMention, ...]]:
    doc = parse(nlp, text)
    return doc, find_places(doc, find_parties(doc, date(2021, 6, 11), load_knowledge()))


def scene(nlp: Language, text: str, trigger: str) -> Place | None:
    doc, places = places_in(nlp, text)
    return place_of(next(token for token in doc if token.text == trigger), places)


@pytest.mark.parametrize(
    ("text", "trigger", "place", "country"),
    [
        ("The two presidents met in Geneva on Wednesday.", "met", "Geneva", "CHE"),
        ("The leaders held talks at a seaside resort in Cornwall.", "talks", "Cornwall", "GBR"),
        ("Gunmen attacked a convoy near Kandahar on Sunday.", "attacked", "Kandahar", "AFG"),
        ("A bomb killed three soldiers in northern Syria.", "killed", "northern Syria", "SYR"),
        ("Police arrested two men outside the Swedish embassy in Minsk.", "arrested", "Minsk", "BLR"),
        ("The envoy arrived in Khartoum and met the generals.", "met", "Khartoum", "SDN"),
        ("The minister travelled to Cairo.", "travelled", "Cairo", "EGY"),
        ("The shelling of Sloviansk went on all night.", "shelling", "Sloviansk", "UKR"),
    ],
)
def test_the_place_of_an_act_is_what_its_clause_tells(
    nlp: Language, text: str, trigger: str, place: str, country: str
) -> None:
    found = scene(nlp, text, trigger)
    assert found is not None
    assert (found.text, found.country) == (place, country)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Moscow said it would respond.", "said"),
        ("The United States imposed sanctions on Belarus.", "imposed"),
        ("The minister condemned the attack.", "condemned"),
        ("The US sanctions hit banks.", "sanctions"),
    ],
)
def test_a_state_that_acts_or_is_acted_upon_is_no_place(nlp: Language, text: str, trigger: str) -> None:
    assert scene(nlp, text, trigger) is None


def test_a_name_that_many_places_share_is_the_one_of_the_reports_states(nlp: Language) -> None:
    _, places = places_in(nlp, "Washington said the plant in Birmingham would close. The US blamed the tariffs.")
    assert next(p.place for p in places if p.place.text == "Birmingham").country == "USA"


def test_the_state_behind_a_town_decides_which_town_it_is(nlp: Language) -> None:
    _, places = places_in(nlp, "The rally was held in Tripoli, Lebanon, on Friday.")
    assert next(p.place for p in places if p.place.text == "Tripoli").country == "LBN"


def test_a_town_has_its_own_coordinates(nlp: Language) -> None:
    found = scene(nlp, "The two presidents met in Geneva on Wednesday.", "met")
    assert found is not None
    assert (round(found.latitude or 0), round(found.longitude or 0)) == (46, 6)


def test_a_place_no_table_has_is_kept_without_a_country(nlp: Language) -> None:
    found = scene(nlp, "Four rebels died in the village of Barlonyetta.", "died")
    assert found is None or found.country is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            ["in", "Geneva", "northern", "Syria", "the", "town", "of", "Manbij", ",", "Tyre", "-", "\n", "border",
             "attacked", "New", "York", "é", "🙂"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_the_text_of_a_place_is_what_its_span_points_at(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    for mention in places_in(nlp, text)[1]:
        assert mention.place.span.of(text) == mention.place.text


def test_the_gazetteer_knows_old_and_accented_names() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.named("Kiev")[0].country == "UKR"
    assert gazetteer.named("Malé")[0].country == "MDV"
    assert gazetteer.named("Kursk Oblast")[0].is_region


def test_a_word_list_without_its_keys_is_refused() -> None:
    with pytest.raises(DataError, match="the keys must be"):
        read_words("place: [in]")


def country_of(nlp: Language, text: str, name: str) -> str | None:
    _, places = places_in(nlp, text)
    return next(p.place.country for p in places if p.place.text == name)


@pytest.mark.parametrize("name", ["Geneva", "Vienna", "Athens", "Naples", "Rome"])
def test_a_world_city_stays_where_the_world_knows_it_though_the_report_names_another_state(
    nlp: Language, name: str
) -> None:
    text = f"The United States sent an envoy to {name} on Monday. American officials met him in {name}."
    assert {p.place.country for p in places_in(nlp, text)[1] if p.place.text == name} <= {"CHE", "AUT", "GRC", "ITA"}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Police arrested a man in Paris, Texas, on Monday.", "Paris", "USA"),
        ("Police arrested a man in Rome, Ga., on Monday.", "Rome", "USA"),
        ("Smugglers were caught in Macedonia, northern Greece.", "Macedonia", "GRC"),
        ("A shell hit the Ukrainian town of Barlonyetta.", "Barlonyetta", "UKR"),
        ("Two men died in the village of Barlonyetta, Mozambique.", "Barlonyetta", "MOZ"),
        ("The prisoners were moved to Tripoli, Lebanon.", "Tripoli", "LBN"),
    ],
)
def test_the_words_beside_a_name_outweigh_fame(nlp: Language, text: str, name: str, country: str) -> None:
    assert country_of(nlp, text, name) == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Georgia's governor met farmers on Monday.", "USA"),
        ("Police in Atlanta arrested five men. Georgia will hold a vote in May.", "USA"),
        ("Georgia and Moldova signed a treaty. Atlanta was not told.", "GEO"),
        ("Georgia will hold a vote in May, officials in Tbilisi said.", "GEO"),
        ("Georgia will hold a vote in May.", "GEO"),
    ],
)
def test_georgia_is_the_state_of_the_union_where_its_offices_or_towns_are_named(
    nlp: Language, text: str, country: str
) -> None:
    assert country_of(nlp, text, "Georgia") == country


@pytest.mark.parametrize("gulf", ["the Gulf", "the Persian Gulf", "the Gulf of Guinea", "the Gulf of Mexico"])
def test_a_gulf_lies_in_no_state(nlp: Language, gulf: str) -> None:
    doc, places = places_in(nlp, f"Pirates attacked a tanker in {gulf} on Monday.")
    assert {p.place.country for p in places} == {None}
    assert all(party.country is None for m in find_parties(doc, None, load_knowledge()).mentions for party in m.parties)


def test_a_list_of_states_is_no_address(nlp: Language) -> None:
    _, places = places_in(nlp, "The ministers of Macedonia, Greece and Bulgaria met in Sofia.")
    assert {p.place.text: p.place.country for p in places}["Macedonia"] == "MKD"


@pytest.mark.parametrize(
    ("text", "trigger", "country"),
    [
        ("A shell hit a school south of Bakhmut on Saturday.", "hit", "UKR"),
        ("Gunmen shot two men outside a mosque 20 kilometres north of Kandahar.", "shot", "AFG"),
        ("The envoy flew to Oman on Sunday. He met the Iranian minister there.", "met", "OMN"),
        ("Thousands gathered in Tbilisi on Sunday. Police fired tear gas there.", "fired", "GEO"),
    ],
)
def test_a_way_from_a_town_and_there_tell_the_place_too(nlp: Language, text: str, trigger: str, country: str) -> None:
    found = scene(nlp, text, trigger)
    assert found is not None
    assert found.country == country
