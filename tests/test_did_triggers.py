"""Triggers: which word names an act, of which type and mode, in which sense; the tie-breaks of the codebook."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.did import find_candidates
from detente.did.rules.triggers import find_triggers
from detente.knowledge import load_knowledge
from detente.said import find_statements
from detente.who import find_parties


def acts_in(nlp: Language, sentence: str) -> list[str]:
    """The acts of a sentence as ``TYPE`` or ``TYPE/mode``, told once each."""
    doc = nlp(sentence)
    cast = find_parties(doc, None, load_knowledge())
    found = find_candidates(doc, (), cast, (), find_statements(doc, cast), None)
    return [f"{c.type}/{c.mode}" if c.mode else c.type for c in found]


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Norway summoned the Russian ambassador over the incident.", "ACCUSE/disapprove"),
        ("A court in Kenya convicted the former minister of fraud.", "SANCTION/convict"),
        ("A Kenyan court sentenced the journalist to six years in prison.", "SANCTION/convict"),
        ("Police in Belarus detained three journalists.", "COERCE/arrest"),
        ("Iran is holding the French teacher without trial.", "COERCE/arrest"),
        ("Prosecutors in Brazil charged the former president with corruption.", "ACCUSE/investigate"),
        ("Ukraine sued Russia at the International Court of Justice.", "ACCUSE/investigate"),
        ("India and Japan held a joint naval exercise in the Bay of Bengal.", "COOPERATE"),
        ("China held military exercises near Taiwan.", "MOBILIZE/troops"),
        ("Germany suspended aid to Mali.", "SANCTION/discontinue"),
        ("Egypt rejected a request for aid from Sudan.", "REJECT/assist"),
        ("Russia announced a ceasefire in Syria.", "CONCEDE"),
        ("The United Kingdom announced that it will withdraw its troops from Iraq.", "CONCEDE"),
        ("The ceasefire between Armenia and Azerbaijan took effect at midnight.", "RETREAT/ceasefire"),
        ("Russian forces withdrew from Kherson on Friday.", "RETREAT/withdraw"),
        ("Poland expelled three Belarusian diplomats.", "SANCTION/expel"),
        ("Turkey deported 40 Afghan migrants.", "COERCE/deport"),
        ("Hamas captured two Israeli soldiers.", "ASSAULT/abduct"),
        ("The European Union imposed sanctions on Belarus.", "SANCTION"),
        ("The United States imposed tariffs on Chinese steel.", "SANCTION"),
        ("Hungary passed a law that bans foreign funding of newspapers.", "COERCE/restrict"),
        ("Saudi Arabia lifted the ban on women driving.", "CONCEDE"),
    ],
)
def test_ties_are_broken_as_the_codebook_says(nlp: Language, sentence: str, act: str) -> None:
    assert act in acts_in(nlp, sentence)


@pytest.mark.parametrize(
    ("sentence", "act"),
    [
        ("Israel and Jordan struck a deal on water.", "AGREE"),
        ("Israel struck a base in Syria.", "ASSAULT"),
        ("Teachers in Kenya went on strike over pay.", "PROTEST/strike"),
        ("Prisoners in Turkey began a hunger strike.", "PROTEST/hunger"),
        ("Rebels fired a rocket at Israel.", "ASSAULT/heavy-weapons"),
        ("North Korea fired a ballistic missile into the Sea of Japan.", "MOBILIZE/weapons"),
        ("Police in Peru fired tear gas at protesters.", "ASSAULT/crowd-control"),
        ("Iran released two British sailors.", "RETREAT/release"),
        ("Spain recalled its ambassador from Argentina.", "SANCTION/withdraw"),
        ("The French president visited China.", "CONSULT/visit"),
        ("The leaders of Germany and France spoke by phone.", "CONSULT/phone"),
        ("The French and Turkish presidents held talks on Libya.", "CONSULT"),
        ("Egypt brokered a truce between Israel and Hamas.", "CONSULT/third-party"),
        ("Iran called off the talks with Iraq.", "REJECT/meet"),
        ("Iran broke off relations with Canada.", "SANCTION/discontinue"),
        ("Gunmen opened fire on a police station in Pakistan.", "ASSAULT/firearms"),
        ("Russia launched an air strike on Idlib in Syria.", "ASSAULT/aerial"),
        ("The United States sent warships to the Black Sea.", "MOBILIZE/troops"),
        ("Germany gave weapons to Ukraine.", "AID"),
        ("Ukraine asked Germany for help.", "REQUEST/assist"),
        ("The United Nations called for a ceasefire in Yemen.", "REQUEST/yield"),
        ("China urged the United States to resume the talks.", "REQUEST/meet"),
        ("Russia vetoed the resolution.", "REJECT/change"),
        ("Iran threatened to attack Israel.", "THREATEN/violence"),
        ("China warned of retaliation against Japan.", "THREATEN"),
        ("Iran and Iraq signed a treaty on their border.", "SUPPORT"),
        ("The president of Kenya pardoned four activists.", "CONCEDE"),
        ("Tens of thousands of people marched through Minsk in Belarus to demand new elections.", "PROTEST/demo"),
        ("Russian hackers launched a cyberattack on Estonia.", "COERCE/cyber"),
        ("Turkey blocked Twitter.", "COERCE/censor"),
        ("Chile imposed a curfew in the capital.", "COERCE/curfew"),
        ("India recognised the independence of Bangladesh.", "SUPPORT"),
        ("Canada no longer recognises the government of Venezuela.", "REJECT/yield"),
        ("Israel will not return to its borders of 1967.", "REJECT/yield"),
        ("The jailed critic of Belarus fell ill.", "COERCE/arrest"),
        ("Serbia will not apologise for the remarks.", "REJECT/yield"),
        ("Peru and Chile have not agreed on the border.", "AGREE"),
        ("The Serbian president called the verdict a disgrace.", "ACCUSE/disapprove"),
        ("Iran said that the sanctions are illegal.", "ACCUSE/disapprove"),
        ("Turkey must withdraw its troops, the Greek minister said.", "REQUEST/change"),
        ("Farmers in Poland blocked roads to the Ukrainian border.", "PROTEST/obstruct"),
        ("North Korea test fired two missiles.", "MOBILIZE/weapons"),
        ("Bahrain signed the Artemis Accords.", "SUPPORT"),
        ("Egypt offered an apology to Italy.", "CONCEDE"),
        ("The Norwegian parliament voted down the bill.", "REJECT/change"),
        ("Spain summoned the Argentine envoy.", "ACCUSE/disapprove"),
        ("The Malian junta dissolved parliament.", "COERCE/restrict"),
        ("Moldova asked Romania to send doctors.", "REQUEST/assist"),
    ],
)
def test_the_sense_of_a_word_in_its_sentence_decides_the_type(nlp: Language, sentence: str, act: str) -> None:
    assert act in acts_in(nlp, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "An earthquake struck northern Chile, killing 12 people.",
        "Kenya beat Uganda 2-1 in the final of the tournament.",
        "Flooding in Pakistan killed 40 villagers.",
        "The bank charged a fee of two dollars in Canada.",
        "China launched a satellite into orbit.",
        "Norway said the figures were published on Monday.",
        "The film was released in Germany.",
        "In protest of nothing, Norway waited.",
        "The detention centre lies in Greece.",
        "A virus killed three people in China.",
        "The Japanese prime minister suffered a heart attack.",
    ],
)
def test_disasters_sport_trade_and_plain_talk_are_no_acts(nlp: Language, sentence: str) -> None:
    assert acts_in(nlp, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("Norway urged Russia to release the crew.", ["REQUEST/yield"]),
        ("Iran agreed to hold talks with Iraq.", ["AGREE"]),
        ("China threatened to expel the American envoy.", ["THREATEN/expel"]),
        ("Israel rejected calls for a ceasefire in Gaza.", ["REJECT/yield"]),
        ("The United States lifted its sanctions on Cuba.", ["CONCEDE"]),
    ],
)
def test_what_a_speech_act_is_about_is_not_told_again(nlp: Language, sentence: str, acts: list[str]) -> None:
    assert acts_in(nlp, sentence) == acts


def test_the_results_of_an_attack_are_the_attack(nlp: Language) -> None:
    assert acts_in(nlp, "A Russian air strike hit a market in Syria, killing 12 people.") == ["ASSAULT/aerial"]


def test_the_trigger_is_the_name_of_the_act_without_its_arguments(nlp: Language) -> None:
    doc = nlp("Turkey launched air strikes on Syria and called off the summit.")
    found = find_triggers(doc, find_parties(doc, None, load_knowledge()))
    assert [doc[t.start : t.end].text for t in found] == ["air strikes", "called off"]


def test_a_label_before_a_colon_names_no_act(nlp: Language) -> None:
    assert acts_in(nlp, "War in Ukraine: Russia released ten prisoners.") == ["RETREAT/release"]


def test_a_text_without_parties_has_no_acts(nlp: Language) -> None:
    assert acts_in(nlp, "They met and talked and then attacked the idea.") == []


def test_an_unparsed_text_has_no_triggers(nlp: Language) -> None:
    doc = nlp.make_doc("Norway attacked Chile.")
    for token in doc:
        token.is_sent_start = token.i == 0
    assert find_triggers(doc, find_parties(doc, None, load_knowledge())) == ()
