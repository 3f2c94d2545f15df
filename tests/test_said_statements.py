"""Who says what: cues by their frames, sources near and far, contents whole and without what is not said."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.said import Row, said, statements_of

ONE_STATEMENT: list[tuple[str, Row]] = [
    # clauses, with and without "that", around and behind the cue
    (
        "The minister said that talks with Oslo had failed.",
        ("The minister", "said", ("talks with Oslo had failed",)),
    ),
    ("The minister said talks with Oslo had failed.", ("The minister", "said", ("talks with Oslo had failed",))),
    ("Talks with Oslo have failed, the minister said.", ("the minister", "said", ("Talks with Oslo have failed",))),
    (
        "The border, Dalva testified, was never closed.",
        ("Dalva", "testified", ("The border", "was never closed")),
    ),
    (
        "The fires, which officials said were out, spread again.",
        ("officials", "said", ("The fires", "were out")),
    ),
    (
        "The minister, who said the border was closed, left for Lima.",
        ("The minister", "said", ("the border was closed",)),
    ),
    (
        "Dalva said in an interview with Radio Norte on Tuesday that the border was open.",
        ("Dalva", "said", ("the border was open",)),
    ),
    (
        'The minister said the strike was "illegal" and that the police would act.',
        ("The minister", "said", ('the strike was "illegal" and that the police would act',)),
    ),
    # other frames
    ("The government denied taking bribes.", ("The government", "denied", ("taking bribes",))),
    ("The union warned of a strike.", ("The union", "warned of", ("a strike",))),
    ("The court ruled the ban unlawful.", ("The court", "ruled", ("the ban unlawful",))),
    (
        "The court ruled against the extension of the ban.",
        ("The court", "ruled", ("against the extension of the ban",)),
    ),
    (
        "Peru accused Chile of violating its airspace.",
        ("Peru", "accused", ("Chile of violating its airspace",)),
    ),
    (
        "The prime minister thanked Norway for its help.",
        ("The prime minister", "thanked", ("Norway for its help",)),
    ),
    (
        "In a statement, the ministry condemned the attack on its embassy.",
        ("the ministry", "condemned", ("the attack on its embassy",)),
    ),
    (
        "The two sides agreed to continue their talks in Oslo.",
        ("The two sides", "agreed", ("to continue their talks in Oslo",)),
    ),
    # cues that are no verbs
    (
        "The talks, according to the Kenyan foreign ministry, will begin on Monday.",
        ("the Kenyan foreign ministry", "according to", ("The talks", "will begin on Monday")),
    ),
    (
        "According to two diplomats, the embassy was closed on Friday.",
        ("two diplomats", "According to", ("the embassy was closed on Friday",)),
    ),
    ("The bishop sounded a call for a ceasefire.", ("The bishop", "call", ("a ceasefire",))),
    ("The party's denial of the fraud came on Monday.", ("The party", "denial", ("the fraud",))),
    (
        "Dalva has been clear that the border will stay open.",
        ("Dalva", "clear", ("the border will stay open",)),
    ),
    # nobody named, or named behind a passive
    (
        "The general was reported to have left the country.",
        (None, "was reported to", ("The general", "have left the country")),
    ),
    ("The ship was reportedly on its way to Peru.", (None, "reportedly", ("The ship was", "on its way to Peru"))),
    (
        "Chile is accused of violating the airspace of Peru.",
        (None, "accused", ("violating the airspace of Peru",)),
    ),
    (
        "It was announced by the palace that the king would travel to Chile.",
        ("the palace", "announced", ("the king would travel to Chile",)),
    ),
    # the source is a name behind a description
    (
        "A member of the Chilean parliament, Pedro Dalva, said the border was closed.",
        ("Pedro Dalva", "said", ("the border was closed",)),
    ),
    # quotations
    (
        '"We will not sign," said Foreign Minister Ana Lima.',
        ("Foreign Minister Ana Lima", "said", ("We will not sign,",)),
    ),
    ('Dalva tweeted: "The border is open."', ("Dalva", "tweeted", ("The border is open.",))),
    (
        '"We will not sign," Lima told reporters. "Nobody asked us. It is over."',
        ("Lima", "told", ("We will not sign,", "Nobody asked us. It is over.")),
    ),
    (
        'Dalva wrote "we stand ready" on Friday "to give whatever help we can."',
        ("Dalva", "wrote", ("we stand ready", "to give whatever help we can.")),
    ),
    (
        'The president spoke for an hour. "The war is over. Nobody will come back to it."',
        ("The president", None, ("The war is over. Nobody will come back to it.",)),
    ),
    (
        "“The border is open.\n\n“It will stay open,” Dalva said.",
        ("Dalva", "said", ("The border is open.", "It will stay open,")),
    ),
    (
        "The message reads:\n\n“We are glad about the treaty between our countries.\n\nThe road to it was long.”",
        ("The message", "reads", ("We are glad about the treaty between our countries.", "The road to it was long.")),
    ),
    (
        "- Foreign Minister Ana Lima: “The border will stay open for all of you.”",
        ("Foreign Minister Ana Lima", None, ("The border will stay open for all of you.",)),
    ),
]


@pytest.mark.parametrize(("text", "row"), ONE_STATEMENT, ids=[text[:60] for text, _ in ONE_STATEMENT])
def test_a_sentence_with_one_statement(nlp: Language, text: str, row: Row) -> None:
    assert said(nlp, text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "The minister did not say that the talks had failed.",
        "Nobody said that the talks had failed.",
        "The minister refused to say whether the talks had failed.",
        "The law says that no foreigner may own land.",
        "If the minister says that the talks have failed, the markets will fall.",
        "The minister believes that the talks have failed.",
        'He studied "conflict resolution" in Oslo.',
    ],
)
def test_words_not_said_are_no_statement(nlp: Language, text: str) -> None:
    assert said(nlp, text) == []


def test_one_statement_may_stand_in_another(nlp: Language) -> None:
    assert said(nlp, "The envoy said that the president had told him the border was closed.") == [
        ("The envoy", "said", ("the president had told him the border was closed",)),
        ("the president", "told", ("the border was closed",)),
    ]


def test_who_is_cited_speaks_too(nlp: Language) -> None:
    assert said(nlp, "Reuters, citing two diplomats, reported that the border was closed.") == [
        ("Reuters", "reported", ("the border was closed",)),
        ("two diplomats", "citing", ("the border was closed",)),
    ]


def test_a_verb_of_speech_behind_a_clause_goes_on_with_its_speaker(nlp: Language) -> None:
    assert said(nlp, "The minister said he knew of the plan but denied that he had agreed to it.") == [
        ("The minister", "said", ("he knew of the plan",)),
        ("The minister", "denied", ("he had agreed to it",)),
    ]
    assert said(nlp, "The army said the rebels had fled, adding that two soldiers were hurt.") == [
        ("The army", "said", ("the rebels had fled",)),
        ("The army", "adding", ("two soldiers were hurt",)),
    ]


def test_a_source_is_carried_over_paragraphs_by_its_pronoun(nlp: Language) -> None:
    text = 'Lima arrived in Nairobi on Monday. "We will not sign," she said.\n\n"It is over," she added.'
    assert said(nlp, text) == [
        ("she", "said", ("We will not sign,",)),
        ("she", "added", ("It is over,",)),
    ]


def test_the_addressee_of_a_statement_is_told(nlp: Language) -> None:
    text = "Dalva told reporters that the border was open."
    (statement,) = statements_of(nlp, text)
    assert statement.addressee is not None
    assert statement.addressee.of(text) == "reporters"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"The border is open," Dalva said.', "direct"),
        ("Dalva said that the border was open.", "indirect"),
        ('Dalva said that the border was "wide open" and safe.', "mixed"),
    ],
)
def test_the_kind_of_a_statement_follows_from_its_marks(nlp: Language, text: str, kind: str) -> None:
    assert [s.kind for s in statements_of(nlp, text)] == [kind]


def test_a_quotation_glued_to_its_colon_is_found(nlp: Language) -> None:
    assert said(nlp, 'The message reads, in part:"You are rightly proud of your city."') == [
        ("The message", "reads", ("You are rightly proud of your city.",))
    ]


def test_words_quoted_inside_a_clause_do_not_cut_it(nlp: Language) -> None:
    assert said(nlp, 'The fund said that "baseless claims" in the press had hurt its work.') == [
        ("The fund", "said", ('"baseless claims" in the press had hurt its work',))
    ]


def test_a_name_that_a_description_governs_is_not_its_speaker(nlp: Language) -> None:
    text = "The kidnappers of journalist Ana Lima demanded that the army leave the town."
    assert [source for source, _, _ in said(nlp, text)] == ["The kidnappers of journalist Ana Lima"]


def test_a_noun_of_speech_under_a_verb_that_reports_it_is_not_told_twice(nlp: Language) -> None:
    assert said(nlp, "The unions reiterated their calls for an inquiry.") == [
        ("The unions", "reiterated", ("their calls for an inquiry",))
    ]


def test_a_phrase_before_the_verb_is_no_part_of_its_cue(nlp: Language) -> None:
    assert said(nlp, "On Thursday, President Dalva called for action to end the drought.") == [
        ("President Dalva", "called for", ("action to end the drought",))
    ]


def test_whoever_speaks_is_not_spoken_to(nlp: Language) -> None:
    text = "Spokesman Aaro Lind met reporters. In Oslo the ruling will not be talked about, stressed Lind."
    (statement,) = statements_of(nlp, text)
    assert statement.source is not None
    assert statement.addressee is None
