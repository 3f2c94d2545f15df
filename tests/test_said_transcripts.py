"""Layouts that name the speaker before or below the words."""

from __future__ import annotations

from spacy.language import Language

from tests.said import said

LONG = (
    "We welcome the treaty between Peru and Chile. Our two countries have waited for this day for many years, and the "
    "people who live along the border will be the first to feel it. We stand ready to help with whatever the two "
    "governments ask of us."
)


def test_a_briefing_is_cut_into_questions_and_answers(nlp: Language) -> None:
    text = "Q Has the border been closed?\n\nMR. HOLT: It has not. We told Lima that it stays open.\n\nQ Thank you."
    assert said(nlp, text) == [
        ("Q", None, ("Has the border been closed?",)),
        ("MR. HOLT", None, ("It has not. We told Lima that it stays open.",)),
        ("We", "told", ("it stays open",)),
        ("Q", None, ("Thank you.",)),
    ]


def test_stage_directions_are_not_said(nlp: Language) -> None:
    text = "QUESTION: Has the border been closed?\n\nSECRETARY OKELLO: (Via interpreter) No. (Laughter.)"
    assert said(nlp, text) == [
        ("QUESTION", None, ("Has the border been closed?",)),
        ("SECRETARY OKELLO", None, ("No.",)),
    ]


def test_a_speaker_may_be_named_with_a_title_first_and_without_it_later(nlp: Language) -> None:
    text = (
        "President of Chile\nPedro Dalva: Dear colleagues, let me welcome you.\n\n"
        "Ana Lima (retranslated): Thank you.\n\nPedro Dalva:\nThe border is open."
    )
    assert [(source, contents) for source, _, contents in said(nlp, text)] == [
        ("President of Chile\nPedro Dalva", ("Dear colleagues, let me welcome you.",)),
        ("Ana Lima", ("Thank you.",)),
        ("Pedro Dalva", ("The border is open.",)),
    ]


def test_headings_of_a_fact_sheet_are_no_speakers(nlp: Language) -> None:
    text = (
        "OPENING THE BORDER: Two gates open on Monday.\n\nCLOSING THE CAMP: The camp closes in May.\n\n"
        "NEXT STEPS: A third gate follows in the autumn of next year."
    )
    assert said(nlp, text) == []


def test_captions_are_no_speakers(nlp: Language) -> None:
    text = "Trafalgar Square. Image: Ana Lima.\n\nParliament Square. Image: Pedro Dalva."
    assert said(nlp, text) == []


def test_a_release_is_attributed_as_a_whole(nlp: Language) -> None:
    text = "Press Office\n\nThe below is attributable to Spokesperson Ana Lima:\n\nThe envoy met his Kenyan colleague."
    assert said(nlp, text) == [
        ("Spokesperson Ana Lima", "attributable to", ("The envoy met his Kenyan colleague.",)),
    ]


def test_a_text_in_the_first_person_belongs_to_the_name_above_it(nlp: Language) -> None:
    assert said(nlp, f"Ana Lima, Secretary of State\n\n{LONG}") == [("Ana Lima", None, (LONG,))]


def test_a_text_in_the_first_person_belongs_to_the_name_below_it(nlp: Language) -> None:
    assert said(nlp, f"TO THE CONGRESS:\n\n{LONG}\n\nANA R. LIMA.\n\nTHE PALACE,\n\nMay 3, 2021.") == [
        ("ANA R. LIMA.", None, (LONG,))
    ]


def test_a_report_with_a_name_in_its_first_line_keeps_its_own_voice(nlp: Language) -> None:
    text = "Ana Lima, Secretary of State\n\nThe secretary will travel to Nairobi on Monday and return on Friday."
    assert said(nlp, text) == []


def test_a_speaker_named_in_the_middle_of_a_line_begins_a_turn(nlp: Language) -> None:
    text = (
        "The leaders met in Santiago. Opening remarks at the summit President of Chile Pedro Dalva: Dear friends, "
        "welcome to Santiago. Ana Lima: Thank you, Mr President."
    )
    assert [(source, contents) for source, _, contents in said(nlp, text)] == [
        ("President of Chile Pedro Dalva", ("Dear friends, welcome to Santiago.",)),
        ("Ana Lima", ("Thank you, Mr President.",)),
    ]


def test_a_salutation_is_no_speaker(nlp: Language) -> None:
    assert said(nlp, f"Dear Mr. Speaker:\n\n{LONG}\n\nANA R. LIMA.") == [("ANA R. LIMA.", None, (LONG,))]
