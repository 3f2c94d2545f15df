"""Arguments: who acts and who is acted upon, by every path a sentence takes."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from detente.codebook.senses import SenseFrame
from detente.did.candidate import Candidate
from detente.did.constraints import settled
from detente.did.rules.arguments import arguments_of
from detente.did.rules.roles import doer_of, subject_of, undergoer_of
from detente.record import Party, Span
from detente.who import Cast, Mention

NAMES = {
    "Norway": "NOR",
    "Norwegian": "NOR",
    "Chile": "CHL",
    "Chilean": "CHL",
    "Peru": "PER",
    "Peruvian": "PER",
    "Kenya": "KEN",
    "Kenyan": "KEN",
    "Nepal": "NPL",
    "Ghana": "GHA",
    "US": "USA",
    "Northwatch": "NGO",
    "Dalva": "CHL",
    "Okello": "KEN",
    "NATO": "IGO",
    "its": "NOR",
}


def cast_of(doc: Doc) -> Cast:
    """Every known name as a mention of its own."""
    mentions = []
    for token in doc:
        country = NAMES.get(token.text)
        if country is not None:
            span = Span(token.idx, token.idx + len(token))
            name = "Norway" if token.text == "its" else token.text
            mentions.append(Mention(token.i, token.i + 1, token.i, "state", (Party(span, token.text, name, country),)))
    return Cast(mentions)


def sides_in(nlp: Language, sentence: str, trigger: str, event_type: str, mode: str | None = None) -> tuple[str, str]:
    doc = nlp(sentence)
    start = doc.text.index(trigger)
    span = doc.char_span(start, start + len(trigger))
    assert span is not None
    sides = arguments_of(span.root, event_type, mode, SenseFrame(), cast_of(doc))
    return " ".join(m.party.text for m in sides.actors), " ".join(m.party.text for m in sides.recipients)


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "actors", "recipients"),
    [
        ("Norway condemned Chile on Monday.", "condemned", "ACCUSE", "Norway", "Chile"),
        ("Chile was condemned by Norway.", "condemned", "ACCUSE", "Norway", "Chile"),
        ("Chile was condemned on Monday.", "condemned", "ACCUSE", "", "Chile"),
        ("Norway and Peru condemned Chile and Kenya.", "condemned", "ACCUSE", "Norway Peru", "Chile Kenya"),
        ("Norway, which condemned Chile, left.", "condemned", "ACCUSE", "Norway", "Chile"),
        ("The state that Norway condemned is Chile.", "condemned", "ACCUSE", "Norway", ""),
        ("Chile, condemned by Norway, apologised.", "condemned", "ACCUSE", "Norway", "Chile"),
        ("Norway apologised and praised Chile.", "praised", "SUPPORT", "Norway", "Chile"),
        ("Norway agreed to expel Chile from the council.", "expel", "SANCTION", "Norway", "Chile"),
        ("Norway urged Chile to invade Kenya.", "invade", "ASSAULT", "Chile", "Kenya"),
        ("Chile is accused of bombing Kenya.", "bombing", "ASSAULT", "Chile", "Kenya"),
        ("Norway accused Chile of bombing Kenya.", "bombing", "ASSAULT", "Chile", "Kenya"),
        ("Norway accused the Chilean government of bombing Kenya.", "bombing", "ASSAULT", "Chilean", "Kenya"),
        ("Norway vetoed a resolution at NATO.", "vetoed", "REJECT", "Norway", ""),
        ("Norway threatens to close a plant on the border with Chile.", "threatens", "THREATEN", "Norway", ""),
        ("Kenya announced that ten Peruvian envoys would be expelled.", "expelled", "SANCTION", "Kenya", "Peruvian"),
        ("Kenya said that ten Peruvian envoys were expelled.", "expelled", "SANCTION", "", "Peruvian"),
        ("A statement between Kenya and Chile was signed.", "signed", "SUPPORT", "Kenya Chile", ""),
        ("Norway left the talks after attacking Chile.", "attacking", "ASSAULT", "Norway", "Chile"),
        ("Norway closed the port, accusing Chile of fraud.", "accusing", "ACCUSE", "Norway", "Chile"),
        ("Norway called on Chile to free the crew.", "called", "REQUEST", "Norway", "Chile"),
        ("Norway demanded that Chile free the crew.", "demanded", "REQUEST", "Norway", "Chile"),
        ("Norway recalled its ambassador from Chile.", "recalled", "SANCTION", "Norway", "Chile"),
        ("Kenya gave Ghana ten trucks.", "gave", "AID", "Kenya", "Ghana"),
        ("Norway bombed the Chilean embassy.", "bombed", "ASSAULT", "Norway", "Chilean"),
        ("Norway shelled a hospital in Chile.", "shelled", "ASSAULT", "Norway", "Chile"),
        ("The rights group, Northwatch, accused Chile of torture.", "accused", "ACCUSE", "Northwatch", "Chile"),
        ("Norway adopted a resolution condemning Chile.", "condemning", "ACCUSE", "Norway", "Chile"),
    ],
)
def test_sides_of_verbs(
    nlp: Language, sentence: str, trigger: str, event_type: str, actors: str, recipients: str
) -> None:
    assert sides_in(nlp, sentence, trigger, event_type) == (actors, recipients)


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type", "actors", "recipients"),
    [
        ("Norway's expulsion of Chilean diplomats angered Peru.", "expulsion", "SANCTION", "Norway", "Chilean"),
        ("The expulsion of Chilean diplomats by Norway angered Peru.", "expulsion", "SANCTION", "Norway", "Chilean"),
        ("US sanctions against Kenya took effect.", "sanctions", "SANCTION", "US", "Kenya"),
        ("Peruvian strikes killed two Chilean soldiers.", "strikes", "ASSAULT", "Peruvian", "Chilean"),
        ("Norway imposed sanctions on Chile.", "sanctions", "SANCTION", "Norway", "Chile"),
        ("Sanctions were imposed on Chile by Norway.", "Sanctions", "SANCTION", "Norway", "Chile"),
        ("Norway launched an attack on Chile.", "attack", "ASSAULT", "Norway", "Chile"),
        ("Chile faces sanctions.", "sanctions", "SANCTION", "", "Chile"),
        ("Okello claimed responsibility for the attack on Peru.", "attack", "ASSAULT", "Okello", "Peru"),
        ("Peru regretted the arrest of Dalva.", "arrest", "COERCE", "", "Dalva"),
        ("Dalva's arrest angered Peru.", "arrest", "COERCE", "", "Dalva"),
        ("Norway blamed Chile for the attack on Peru.", "attack", "ASSAULT", "Chile", "Peru"),
        ("Norway repeated its threats against Chile.", "threats", "THREATEN", "Norway", "Chile"),
        ("Ghana announced a package of aid for Kenya.", "aid", "AID", "Ghana", "Kenya"),
    ],
)
def test_sides_of_nouns(
    nlp: Language, sentence: str, trigger: str, event_type: str, actors: str, recipients: str
) -> None:
    assert sides_in(nlp, sentence, trigger, event_type) == (actors, recipients)


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors"),
    [
        ("Norway met Chile in Quito.", "met", "Norway Chile"),
        ("Norway met with Chile in Quito.", "met", "Norway Chile"),
        ("Norway and Chile met in Quito.", "met", "Norway Chile"),
        ("Norway held talks with Chile and Peru.", "talks", "Norway Chile Peru"),
        ("Talks between Norway and Chile collapsed.", "Talks", "Norway Chile"),
        ("Okello spoke after a meeting with Dalva.", "meeting", "Okello Dalva"),
    ],
)
def test_all_who_meet_are_actors(nlp: Language, sentence: str, trigger: str, actors: str) -> None:
    assert sides_in(nlp, sentence, trigger, "CONSULT") == (actors, "")


@pytest.mark.parametrize(
    ("sentence", "trigger", "event_type"),
    [
        ("Talks were held between Chile and Peru in Geneva.", "Talks", "CONSULT"),
        ("Fighting broke out between Chile and Peru.", "Fighting", "ASSAULT"),
    ],
)
def test_the_two_behind_between_act_together_wherever_it_hangs(
    nlp: Language, sentence: str, trigger: str, event_type: str
) -> None:
    assert sides_in(nlp, sentence, trigger, event_type) == ("Chile Peru", "")


@pytest.mark.parametrize(
    ("sentence", "trigger", "actors", "recipients"),
    [
        ("Peruvian troops responded to Chilean shelling.", "shelling", "Chilean", "Peruvian"),
        ("The Chilean invasion ended in May.", "invasion", "Chilean", ""),
        ("The Chilean assassination shocked the town.", "assassination", "", "Chilean"),
    ],
)
def test_an_adjective_before_an_attack_is_the_attacker(
    nlp: Language, sentence: str, trigger: str, actors: str, recipients: str
) -> None:
    assert sides_in(nlp, sentence, trigger, "ASSAULT") == (actors, recipients)


def test_a_visit_has_a_visitor_and_a_host(nlp: Language) -> None:
    assert sides_in(nlp, "Okello visited Peru.", "visited", "CONSULT", "visit") == ("Okello", "Peru")


def test_an_act_upon_oneself_is_not_its_own_other_side(nlp: Language) -> None:
    actors, recipients = sides_in(nlp, "Norway closed its embassy in Kenya.", "closed", "SANCTION")
    assert (actors, recipients) == ("Norway", "Kenya")


def test_one_mention_of_two_countries_stands_for_both(nlp: Language) -> None:
    doc = nlp("Envoys urged both sides to talk.")
    both = Span(doc[2].idx, doc[3].idx + len(doc[3]))
    parties = (Party(both, "both sides", "Norway", "NOR"), Party(both, "both sides", "Chile", "CHL"))
    sides = arguments_of(doc[1], "REQUEST", None, SenseFrame(), Cast([Mention(2, 4, 3, "noun", parties)]))
    assert [m.party.country for m in sides.recipients] == ["NOR", "CHL"]


def test_every_side_says_by_which_path_it_was_reached(nlp: Language) -> None:
    doc = nlp("Chile was condemned by Norway.")
    sides = arguments_of(doc[2], "ACCUSE", None, SenseFrame(), cast_of(doc))
    assert sides.actors[0].path == "by-phrase of the passive"
    assert sides.recipients[0].path == "subject"


@pytest.mark.parametrize(
    ("words", "recipient"),
    [("attacked our civilians", "NOR"), ("attacked our territory", "NOR"), ("attacked our partners", "")],
)
def test_what_the_speaker_calls_ours_is_of_his_state(nlp: Language, words: str, recipient: str) -> None:
    doc = nlp(f"Chile {words}.")
    noun = next(t for t in doc if t.text in ("civilians", "partners", "territory"))
    span = Span(doc[noun.i - 1].idx, noun.idx + len(noun))
    ours = Mention(noun.i - 1, noun.i + 1, noun.i, "noun", (Party(span, span.of(doc.text), "ours", None, "CVL"),))
    cast = Cast([*cast_of(doc).mentions, *([ours] if noun.text != "territory" else [])])
    speaker = Party(Span(0, 0), "spokeswoman", "spokeswoman", "NOR", "GOV")
    sides = arguments_of(doc[1], "ASSAULT", None, SenseFrame(), cast, speaker)
    assert [m.party.country or "" for m in sides.recipients] == [recipient]


def test_an_actor_commands_his_own_soldiers_and_does_nothing_to_them(nlp: Language) -> None:
    doc = nlp("Chile orders Chilean soldiers to withdraw from Peru.")
    span = Span(doc[2].idx, doc[3].idx + len(doc[3]))
    soldiers = Mention(2, 4, 3, "noun", (Party(span, "Chilean soldiers", "Chilean soldiers", "CHL", "MIL"),))
    cast = Cast([*cast_of(doc).mentions, soldiers])
    assert recipients_of(doc, "CONCEDE", cast) == []
    assert recipients_of(doc, "COERCE", cast) == ["Chilean soldiers"]


def recipients_of(doc: Doc, event_type: str, cast: Cast) -> list[str]:
    """The recipients of the act that the second word names, as the constraints leave them."""
    found = arguments_of(doc[1], event_type, None, SenseFrame(), cast)
    trigger = Span(doc[1].idx, doc[1].idx + len(doc[1]))
    candidate = Candidate(1, trigger, event_type, "happened", actors=found.actors, recipients=found.recipients)
    return [m.party.text for c in settled(doc, [candidate], (), None) for m in c.recipients]


def test_arguments_of_an_unparsed_sentence_are_empty(nlp: Language) -> None:
    doc = nlp.make_doc("Norway condemned Chile")
    assert doer_of(doc[1]) is None
    assert undergoer_of(doc[1]) is None
    assert subject_of(doc[1]) is None


def test_a_sentence_of_one_repeated_word_ends(nlp: Language) -> None:
    doc = nlp("attack " * 300)
    for token in doc[:40]:
        arguments_of(token, "ASSAULT", None, SenseFrame(), Cast(()))
