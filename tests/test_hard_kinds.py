"""Kinds of sentences that programs of this sort are known to misread, each told in sentences of our own."""

from __future__ import annotations

import pytest
from spacy.language import Language

from detente.coding.pipeline import Pipeline
from detente.record import Event, Record, Report


@pytest.fixture(scope="module")
def coder(nlp: Language) -> Pipeline:
    made = Pipeline()
    made.__dict__["nlp"] = nlp
    return made


def record(coder: Pipeline, text: str, day: str = "2021-07-08") -> Record:
    return coder.record_of(Report("r", text, published=day), coder.parsed([text])[0])


def event(coder: Pipeline, text: str, trigger: str, day: str = "2021-07-08") -> Event:
    (found,) = [e for e in record(coder, text, day).events if e.trigger.of(text).startswith(trigger)]
    return found


def countries(event: Event) -> tuple[list[str | None], list[str | None]]:
    return [p.country for p in event.actors], [p.country for p in event.recipients]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Chile and Peru put off their talks.", "put"),
        ("The meeting between Kenya and Somalia was pushed back to October.", "pushed"),
        ("Norway postponed the consultations with Iceland.", "postponed"),
        ("The summit between Serbia and Kosovo was called off on Monday.", "called"),
        ("The visit of the Danish prime minister to Kenya was put off.", "put"),
    ],
)
def test_a_meeting_put_off_is_refused_and_not_held(coder: Pipeline, text: str, trigger: str) -> None:
    found = record(coder, text).events
    assert [(e.type, e.mode) for e in found if e.trigger.of(text).startswith(trigger)] == [("REJECT", "meet")]
    assert not [e for e in found if e.type == "CONSULT" and e.status == "happened"]


@pytest.mark.parametrize(
    ("text", "trigger", "giver", "taker"),
    [
        ("Moldova received a loan of 90 million euros from Romania.", "received", "ROU", "MDA"),
        ("Niger got 20 armoured vehicles from Turkey on Tuesday.", "got", "TUR", "NER"),
        ("Nepal has received vaccines from India.", "received", "IND", "NPL"),
        ("Armenia was given a grant by Japan.", "given", "JPN", "ARM"),
        ("Jordan obtained wheat from Ukraine.", "obtained", "UKR", "JOR"),
    ],
)
def test_what_is_received_comes_from_its_giver(
    coder: Pipeline, text: str, trigger: str, giver: str, taker: str
) -> None:
    found = event(coder, text, trigger)
    assert (found.type, countries(found)) == ("AID", ([giver], [taker]))


@pytest.mark.parametrize(
    "text",
    [
        "The sultan dismissed his cabinet.",
        "Zelensky dismissed General Valery Zaluzhny.",
        "The president of Peru dismissed the interior minister on Sunday.",
        "The emir dismissed the government.",
        "Lukashenko dismissed two ministers.",
    ],
)
def test_who_is_dismissed_is_not_contradicted(coder: Pipeline, text: str) -> None:
    found = record(coder, text)
    assert not [e for e in found.events if e.type in ("REJECT", "CONCEDE")]
    assert not found.statements


@pytest.mark.parametrize(
    "text",
    [
        "Cuba dismissed the claim that it had jammed the broadcasts.",
        "Chad rejected the allegation that it had bombed the village.",
        "Myanmar denied the report that it had shelled the camp.",
        "Belarus disputed the accusation that it had attacked the convoy.",
        "Rwanda refuted the charge that it had armed the rebels.",
    ],
)
def test_what_a_disowned_claim_says_is_denied(coder: Pipeline, text: str) -> None:
    found = record(coder, text).events
    assert not [e for e in found if e.status == "happened" and e.type in ("ASSAULT", "COERCE", "AID", "MOBILIZE")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Angela Merkel praised the deal. He left at noon and accused Chad.", "Angela Merkel"),
        ("Vladimir Putin visited Serbia. She condemned the raid.", "Vladimir Putin"),
        ("Narendra Modi met Emmanuel Macron in Paris. She thanked India.", "Narendra Modi"),
        ("Hillary Clinton flew to Ghana. He promised help.", "Hillary Clinton"),
        ("Boris Johnson called the summit. She rejected the plan.", "Boris Johnson"),
    ],
)
def test_a_pronoun_of_the_other_gender_is_somebody_else(coder: Pipeline, text: str, name: str) -> None:
    found = record(coder, text)
    sides = [p for e in found.events for p in (*e.actors, *e.recipients)]
    sides += [s.source for s in found.statements if s.source is not None]
    assert not [p for p in sides if p.text in ("He", "She") and p.name == name]


@pytest.mark.parametrize(
    ("text", "trigger", "both"),
    [
        ("Indian and Pakistani troops traded fire on Monday.", "traded", ["IND", "PAK"]),
        ("Rebels attacked the Spanish and Italian consulates.", "attacked", ["ESP", "ITA"]),
        ("Greek and Turkish ships clashed near the island.", "clashed", ["GRC", "TUR"]),
        ("Thai and Cambodian soldiers clashed at the border.", "clashed", ["KHM", "THA"]),
        ("Polish and Czech officials met in Vienna.", "met", ["CZE", "POL"]),
    ],
)
def test_joined_nationalities_share_their_noun(coder: Pipeline, text: str, trigger: str, both: list[str]) -> None:
    actors, recipients = countries(event(coder, text, trigger))
    found = [c for c in (*actors, *recipients) if c is not None]
    assert sorted(found) == both


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Islamic State fighters stormed a prison in Syria.", "REB"),
        ("Fighters of al-Qaeda ambushed a patrol in Yemen.", "REB"),
        ("ISIS militants attacked a village near Kirkuk.", "REB"),
    ],
)
def test_fighters_of_a_group_of_no_state_are_of_none(coder: Pipeline, text: str, sector: str) -> None:
    (found,) = [e for e in record(coder, text, "2016-07-08").events if e.type == "ASSAULT"]
    assert [(p.country, p.sector) for p in found.actors] == [(None, sector)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("President Gitanas Nauseda:\n\n“Lithuania will close the border.”", "Nauseda"),
        ("The talks ended.\n\n“We are close to a deal.”\n— Minister Ana Lima", "Lima"),
        ("“We condemn the raid.” – Kaja Kallas, prime minister of Estonia", "Kallas"),
        ("“Our patience is at an end.” -Chancellor Karl Nehammer", "Nehammer"),
    ],
)
def test_a_name_beside_a_quotation_is_its_speaker(coder: Pipeline, text: str, source: str) -> None:
    (said,) = [s for s in record(coder, text).statements if s.cue is None]
    assert said.source is not None
    assert said.source.text.endswith(source)


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Germany Expels Two Russian Diplomats Over Spying", "SANCTION", (["DEU"], ["RUS"])),
        ("US Lifts Sanctions On Sudanese Banks", "CONCEDE", (["USA"], ["SDN"])),
        ("Turkey And Greece Hold Talks On Gas Dispute", "CONSULT", (["TUR", "GRC"], [])),
        ("Israel Bombs Syrian Airport, Killing Two", "ASSAULT", (["ISR"], ["SYR"])),
    ],
)
def test_a_headline_in_title_case_is_read_as_a_sentence(
    coder: Pipeline, text: str, kind: str, sides: tuple[list[str], list[str]]
) -> None:
    assert [(e.type, countries(e)) for e in record(coder, text).events] == [(kind, sides)]


@pytest.mark.parametrize(
    "text",
    ["Ministry of Foreign Affairs of Japan", "Joint Declaration of Chile and Peru", "Kenya Uganda Rwanda Chad"],
)
def test_a_name_in_capitals_is_left_as_it_is(coder: Pipeline, text: str) -> None:
    assert [t.text for t in coder.parsed([text])[0] if t.tag_ in ("NN", "NNS", "VBZ")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Brazil beat Chile 3-0 in Rio de Janeiro on Friday.",
        "England defeated France by six points in Paris.",
        "Kenya's defeat by Uganda ended its hopes of a medal.",
        "Serbia defeated Croatia to reach the semi-finals of the World Cup.",
        "The team from Iran suffered a defeat at the hands of Iraq.",
    ],
)
def test_a_match_is_no_attack(coder: Pipeline, text: str) -> None:
    assert not [e for e in record(coder, text).events if e.type == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Canada called for stronger sanctions on Myanmar.",
        "Lithuania has called for new sanctions against Belarus.",
        "Ukraine appealed for stronger sanctions on Russia.",
        "The prime minister of Kosovo called for sanctions on Serbia.",
        "Poland called for a boycott of Belarus.",
    ],
)
def test_a_call_for_sanctions_asks_for_no_help(coder: Pipeline, text: str) -> None:
    assert [e.mode for e in record(coder, text).events if e.type == "REQUEST"] == ["change"]


@pytest.mark.parametrize(
    "text",
    [
        "The firm's revenue fell 3% in the third quarter, and Russia seized its plant.",
        "Rosneft's net profit rose in the fourth quarter, while Germany seized its refinery.",
        "Growth slowed in the second quarter as Turkey imposed tariffs on steel.",
        "Sales rose in the second quarter of 2020, and Iran fined the firm.",
        "Exports fell in the third quarter after China banned Australian coal.",
    ],
)
def test_the_quarter_of_a_firms_figures_dates_no_act(coder: Pipeline, text: str) -> None:
    assert {e.date for e in record(coder, text).events} <= {None, "2021-07-08"}


def test_the_quarter_in_which_something_was_done_dates_it(coder: Pipeline) -> None:
    found = event(coder, "In the first quarter of 2021 Russia expelled ten diplomats.", "expelled")
    assert found.date == "2021-01/2021-03"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The price rise is due to the blockade of the port by Russia.", "blockade"),
        ("The protest was due to the arrest of an opposition leader by police in Uganda.", "protest"),
        ("The shortage was due to sanctions imposed by the United States on Iran.", "imposed"),
        ("The delay was due to an attack by rebels on the port.", "attack"),
    ],
)
def test_what_something_is_due_to_has_happened(coder: Pipeline, text: str, trigger: str) -> None:
    assert event(coder, text, trigger).status == "happened"


@pytest.mark.parametrize(
    "text",
    [
        "The visa was refused under section 1227(a)(1) of the code.",
        "Pursuant to 22 U.S.C. 2021(c), the United States imposed sanctions on Syria.",
        "Article 1994(b) bars the sale of arms to Cuba.",
        "The court cited 8 U.S.C. 1182(a)(3) and freed the two Cubans.",
        "Under rule 2004, the judge ordered Argentina to pay.",
    ],
)
def test_the_number_of_a_section_is_no_year(coder: Pipeline, text: str) -> None:
    assert record(coder, text).times == ()


@pytest.mark.parametrize(
    "text", ["Norway will send a mediator to Bogota next week.", "Qatar will send an envoy to Kabul on Monday."]
)
def test_who_sends_a_mediator_plans_a_visit(coder: Pipeline, text: str) -> None:
    found = event(coder, text, "send")
    assert (found.type, found.mode, found.status) == ("CONSULT", "visit", "planned")


def test_a_surname_that_reads_as_a_modal_acts(coder: Pipeline) -> None:
    found = event(coder, "Theresa May arrived in Brussels. May then met Donald Tusk.", "met", "2018-07-05")
    assert countries(found) == (["GBR", "IGO"], [])
