"""Which time an act takes."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language

from detente.language import parse
from detente.record import Status
from detente.when import EventDate, date_of, find_times, told_times

FRIDAY = date(2021, 6, 11)


def dated(nlp: Language, text: str, word: str, status: Status | None = "happened") -> EventDate:
    """The date of the act named by the last `word` of `text`."""
    doc = parse(nlp, text)
    trigger = [token for token in doc if token.text == word][-1]
    return date_of(trigger, told_times(doc, find_times(doc, FRIDAY)), FRIDAY, status)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("On Wednesday, the court banned both parties.", "banned", "2021-06-09"),
        ("France condemned the raid and recalled its envoy on Monday.", "recalled", "2021-06-07"),
        ("Protesters gathered on Sunday and marched to the palace.", "marched", "2021-06-06"),
        ("The army killed 12 rebels in an air strike on Tuesday.", "killed", "2021-06-08"),
        ("The army killed 12 rebels in an air strike on Tuesday.", "strike", "2021-06-08"),
        ("The two ministers held talks on Thursday.", "talks", "2021-06-10"),
        ("Yesterday's march drew thousands.", "march", "2021-06-10"),
        ("Britain left the union in 2020.", "left", "2020"),
        ("Turkey has occupied the town since March.", "occupied", "2021-03/2021-06"),
        ("The rebels agreed last month to release the crew.", "agreed", "2021-05"),
    ],
)
def test_an_act_takes_the_time_of_its_clause(nlp: Language, text: str, word: str, expected: str) -> None:
    assert dated(nlp, text, word) == EventDate(expected, False)


def test_a_planned_act_takes_the_day_it_is_due(nlp: Language) -> None:
    found = dated(nlp, "The presidents will meet in Lisbon next Wednesday.", "meet", "planned")
    assert found == EventDate("2021-06-16", False)


def test_a_time_to_come_is_not_the_time_of_what_has_happened(nlp: Language) -> None:
    found = dated(nlp, "Kenya announces a summit that will open on Tuesday.", "announces")
    assert found == EventDate("2021-06-11", True)


def test_the_time_of_another_noun_is_not_the_time_of_the_act(nlp: Language) -> None:
    found = dated(nlp, "Iran criticizes the 1991 treaty.", "criticizes")
    assert found == EventDate("2021-06-11", True)


def test_what_is_told_without_any_time_is_the_news_of_the_day(nlp: Language) -> None:
    assert dated(nlp, "Police arrest forty demonstrators in Minsk.", "arrest") == EventDate("2021-06-11", True)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ministers praised the army after the attack on the convoy.", "attack"),
        ("The two sides have signed many accords.", "signed"),
        ("The government will raise tariffs.", "raise"),
    ],
)
def test_background_and_plans_without_a_time_have_no_date(nlp: Language, text: str, word: str) -> None:
    assert dated(nlp, text, word, None).date is None


def test_the_same_speaker_goes_on_in_the_time_of_the_scene(nlp: Language) -> None:
    text = "On Tuesday, President Okafor dissolved parliament. He also ordered the army into the capital."
    assert dated(nlp, text, "ordered") == EventDate("2021-06-08", False)


def test_an_act_named_again_keeps_its_date(nlp: Language) -> None:
    text = "Gunmen attacked a convoy near Gao on Sunday. Mali blamed a local militia for the attack."
    assert dated(nlp, text, "attack") == EventDate("2021-06-06", False)


def test_a_range_is_one_date(nlp: Language) -> None:
    found = dated(nlp, "The leaders will meet on 27–28 September in Oslo.", "meet", "planned")
    assert found == EventDate("2021-09-27/2021-09-28", False)


def test_without_a_report_date_only_a_written_date_counts(nlp: Language) -> None:
    doc = parse(nlp, "Troops crossed the border on 3 May 2019. They burned two villages on Friday.")
    told = told_times(doc, find_times(doc, None))
    crossed, burned = (token for token in doc if token.text in ("crossed", "burned"))
    assert date_of(crossed, told, None) == EventDate("2019-05-03", False)
    assert date_of(burned, told, None).date is None


def test_a_strike_that_began_goes_on_and_a_raid_before_it_does_not(nlp: Language) -> None:
    assert dated(nlp, "The union ended a strike that began on June 1.", "strike").date == "2021-06-01/2021-06-11"
    text = "It is the first visit since rebels bombed the embassy in 2012."
    assert dated(nlp, text, "bombed") == EventDate("2012", False)


def test_a_weekday_before_a_title_is_a_day(nlp: Language) -> None:
    text = "At the summit, on Sunday Presidents Okafor and Mensah signed the treaty."
    assert dated(nlp, text, "signed") == EventDate("2021-06-06", False)
