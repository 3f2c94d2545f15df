"""Who: the state of parties that no word beside them names, by scene, owner, topic and institution."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.states import states_of


def test_a_foreign_ministry_is_at_home(nlp: Language) -> None:
    found = states_of(nlp, "Norway's ambassador to Kenya resigned after the foreign ministry opened an inquiry.")
    assert found["foreign ministry"] == ["NOR"]


def test_foreign_troops_are_nobody_in_particular(nlp: Language) -> None:
    found = states_of(nlp, "Kenya said on Monday that foreign troops had crossed the border.")
    assert found["foreign troops"] == [None]


@pytest.mark.parametrize("noun", ["government", "party"])
def test_his_government_is_of_his_state(nlp: Language, noun: str) -> None:
    found = states_of(nlp, f"Peruvian President Martín Vizcarra said that his {noun} would act.")
    assert found[f"his {noun}"] == ["PER"]


def test_its_neighbours_are_of_other_states(nlp: Language) -> None:
    assert states_of(nlp, "Kenya accused its neighbours of smuggling arms.").get("its neighbours") in (None, [None])


def test_a_state_told_by_its_own_name_goes_before_a_town_of_a_common_name(nlp: Language) -> None:
    found = states_of(nlp, "Shells hit a camp in North Governorate, Lebanon, after local youths stormed it.")
    assert found["local youths"] == ["LBN"]


def test_an_attack_is_no_place_to_be_in(nlp: Language) -> None:
    assert states_of(nlp, "Two villagers were killed in a Russian missile attack.")["two villagers"] == [None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thousands gathered at Victoria Park on Sunday.", "victoria"),
        ("The mayor of Costa Azul met fishermen on Monday.", "costa"),
    ],
)
def test_a_name_that_only_begins_a_longer_one_names_nobody(nlp: Language, text: str, words: str) -> None:
    assert words not in states_of(nlp, text)


@pytest.mark.parametrize(
    "text",
    ["The Nepali government and Maoist rebels agreed to talks.", "Nepal and Maoist rebels held talks in Geneva."],
)
def test_rebels_joined_to_a_state_are_its_own(nlp: Language, text: str) -> None:
    assert states_of(nlp, text)["maoist rebels"] == ["NPL"]


def test_a_stance_does_not_make_the_topic(nlp: Language) -> None:
    found = states_of(nlp, "Pro-Russian opposition parties protested against Montenegro's membership of NATO.")
    assert found["pro-russian opposition parties"] == ["MNE"]


def test_his_son_is_of_his_state(nlp: Language) -> None:
    found = states_of(nlp, "Chile imposed sanctions on Bashar al-Assad and his 19-year-old son Hafez.")
    assert found["hafez"] == ["SYR"]


def test_the_two_sides_may_be_the_states_of_two_persons(nlp: Language) -> None:
    text = (
        "President Kibaki received Prime Minister Manmohan Singh. The two leaders talked. The two sides signed a pact."
    )
    found = states_of(nlp, text)
    assert found["the two leaders"] == found["the two sides"] == ["KEN", "IND"]


BRIEFING = (
    "Briefing of the Foreign Ministry of Canada\nOttawa, May 17\n\n{label}: Good morning. The Minister will go.\n\n"
)


def test_a_briefing_lends_its_state_to_speakers_and_to_the_minister(nlp: Language) -> None:
    text = BRIEFING.format(label="MS. TREMBLAY") + "QUESTION: Has China closed the port?\n\nMS. TREMBLAY: It has not."
    found = states_of(nlp, text)
    assert found["tremblay"] == ["CAN"]
    assert found["minister"] == ["CAN"]
    assert found["china"] == ["CHN"]


def test_a_heading_of_two_states_lends_neither(nlp: Language) -> None:
    text = BRIEFING.format(label="MR. QVISTO") + "MS. TREMBLAY: Kenya is our host. Nairobi has agreed."
    guests = text.replace("Foreign Ministry of Canada", "Foreign Ministries of Canada and Kenya")
    assert states_of(nlp, text)["qvisto"] == ["CAN"]
    assert states_of(nlp, guests).get("qvisto") in (None, [None])


def test_a_text_without_labels_has_no_house(nlp: Language) -> None:
    text = "The Foreign Ministry of Canada said that Kenya had agreed. A lawmaker praised the decision in Nairobi."
    assert states_of(nlp, text)["lawmaker"] != ["CAN"]


def test_the_governments_of_two_states_are_two_parties(nlp: Language) -> None:
    found = states_of(nlp, "The governments of Chile and Peru signed a memorandum.")
    assert found["governments of chile"] == ["CHL", "PER"]


def test_people_within_a_government_are_of_its_state(nlp: Language) -> None:
    assert ["KEN"] in states_of(nlp, "Rogue operatives within the Kenyan government took the money.").values()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kenyan jets bombed the town, killing at least 14 people.", "14 people"),
        ("About 70 policemen marched through the town.", "70 policemen"),
        ("The strongest senators opposed the bill.", "strongest senators"),
    ],
)
def test_a_mention_begins_behind_words_that_only_measure_it(nlp: Language, text: str, words: str) -> None:
    assert words in states_of(nlp, text)


def test_whoever_flies_to_a_capital_is_the_guest_of_its_government(nlp: Language) -> None:
    assert states_of(nlp, "The Peruvian minister will fly to Seoul on Friday.")["seoul"] == ["KOR"]
    assert "seoul" not in states_of(nlp, "The Peruvian minister died in Seoul on Friday.")


def test_the_army_is_that_of_the_soldiers_told_before_where_they_are_of_one_state(nlp: Language) -> None:
    first = "Syrian warplanes bombed a market. A note by Russia, Turkey and Kenya told of ten dead."
    assert states_of(nlp, f"{first} The army denied the attack.")["army"] == ["SYR"]
    assert states_of(nlp, f"{first} Troops of Turkey watched. Nobody spoke. The army denied the attack.")["army"] == [
        None
    ]
