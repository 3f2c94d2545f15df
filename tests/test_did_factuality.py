"""Status: what every governing word makes of an act."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from detente.did.rules.factuality import factuality_of


def word(doc: Doc, text: str) -> Token:
    """The last token of the words `text` in `doc`."""
    start = doc.text.index(text)
    span = doc.char_span(start, start + len(text))
    assert span is not None
    return span.root


def status_in(nlp: Language, sentence: str, trigger: str, event_type: str = "") -> str:
    return factuality_of(word(nlp(sentence), trigger), event_type).status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("Norway expelled two envoys on Monday.", "expelled", "happened"),
        ("Norway has expelled two envoys.", "expelled", "happened"),
        ("Rebels are shelling the port.", "shelling", "happened"),
        ("Norway will expel two envoys.", "expel", "planned"),
        ("Norway may expel two envoys.", "expel", "possible"),
        ("Norway could expel two envoys next week.", "expel", "possible"),
        ("Norway did not expel the envoys.", "expel", "denied"),
        ("Norway will not expel the envoys.", "expel", "denied"),
        ("Norway has never expelled an envoy.", "expelled", "denied"),
        ("The army did not attack or bomb the village.", "bomb", "denied"),
        ("Norway neither expelled nor banned the envoys.", "banned", "denied"),
        ("The army could attack or bomb the village.", "bomb", "possible"),
        ("The envoys were not only expelled but banned.", "expelled", "happened"),
        ("Norwegian leader to visit Lima in May", "visit", "planned"),
        ("The ministers are to meet in Oslo.", "meet", "planned"),
        ("The ministers are scheduled to meet in Oslo.", "meet", "planned"),
        ("The ministers are expected to meet in Oslo.", "meet", "possible"),
        ("The ministers are likely to meet in Oslo.", "meet", "possible"),
        ("Will the ministers meet in Oslo?", "meet", "possible"),
        ("Did the army attack the village?", "attack", "possible"),
    ],
)
def test_tense_modals_and_negation_of_the_act_itself(nlp: Language, sentence: str, trigger: str, status: str) -> None:
    assert status_in(nlp, sentence, trigger) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("The army managed to seize the bridge.", "seize", "happened"),
        ("The army did not manage to seize the bridge.", "seize", "denied"),
        ("The army failed to seize the bridge.", "seize", "denied"),
        ("The army refused to attack the village.", "attack", "denied"),
        ("The army did not fail to seize the bridge.", "seize", "happened"),
        ("Chile plans to close its consulate.", "close", "planned"),
        ("Chile does not plan to close its consulate.", "close", "denied"),
        ("Chile abandoned a plan to close its consulate.", "close", "denied"),
        ("Chile is considering closing its consulate.", "closing", "possible"),
        ("The union threatened to block the harbour.", "block", "possible"),
        ("The soldiers began to withdraw from the valley.", "withdraw", "happened"),
        ("The soldiers will begin to withdraw from the valley.", "withdraw", "planned"),
        ("Police prevented the crowd from storming the palace.", "storming", "denied"),
        ("The general denied having bombed the market.", "bombed", "denied"),
        ("The general is accused of bombing the market.", "bombing", "happened"),
        ("The general left without meeting the mediators.", "meeting", "denied"),
    ],
)
def test_governing_verbs_decide(nlp: Language, sentence: str, trigger: str, status: str) -> None:
    assert status_in(nlp, sentence, trigger) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "status"),
    [
        ("If the rebels attack the dam, the army will answer.", "attack", "possible"),
        ("The army will shell the town if the rebels stay.", "shell", "possible"),
        ("The minister said he would sign the treaty on Friday.", "sign", "planned"),
        ("The treaty, which ministers signed in June, may be cancelled.", "signed", "happened"),
        ("The minister may resign because police raided his office.", "raided", "happened"),
        ("The spokesman said no troops were killed.", "killed", "denied"),
    ],
)
def test_conditions_reports_and_clauses_of_their_own(nlp: Language, sentence: str, trigger: str, status: str) -> None:
    assert status_in(nlp, sentence, trigger) == status


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "status"),
    [
        ("The two sides held talks in Doha.", "talks", "CONSULT", "happened"),
        ("The two sides will hold talks in Doha.", "talks", "CONSULT", "planned"),
        ("No talks are planned.", "talks", "CONSULT", "denied"),
        ("A meeting is planned for Thursday.", "meeting", "CONSULT", "planned"),
        ("She spoke ahead of a summit with Kenya.", "summit", "CONSULT", "planned"),
        ("The envoy arrived in Doha for talks with the rebels.", "talks", "CONSULT", "planned"),
        ("Villagers live under the threat of an attack.", "attack", "ASSAULT", "possible"),
        ("Police foiled an attack on the parliament.", "attack", "ASSAULT", "denied"),
        ("The foiled attack shocked the city.", "attack", "ASSAULT", "denied"),
        ("She condemned the attack on the parliament.", "attack", "ASSAULT", "happened"),
        ("The possible invasion worries Lima.", "invasion", "ASSAULT", "possible"),
        ("Peru announced sanctions against the junta.", "sanctions", "SANCTION", "happened"),
        ("Peru announced an aid package for Haiti.", "aid", "AID", "planned"),
        ("The militia denied the attack.", "attack", "ASSAULT", "denied"),
    ],
)
def test_acts_named_by_nouns(nlp: Language, sentence: str, trigger: str, event_type: str, status: str) -> None:
    assert status_in(nlp, sentence, trigger, event_type) == status


def test_a_reading_points_at_the_words_it_rests_on(nlp: Language) -> None:
    doc = nlp("Chile does not plan to close its consulate.")
    reading = factuality_of(word(doc, "close"))
    assert [reason.words.of(doc.text) for reason in reading.reasons][-1] == "not"
    assert all(reason.words.of(doc.text) for reason in reading.reasons)


def test_a_sentence_without_a_parse_is_read_as_told(nlp: Language) -> None:
    doc = nlp.make_doc("Chile will not close its consulate.")
    assert factuality_of(doc[4]).status == "happened"
