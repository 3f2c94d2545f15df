"""The learned coder: what it gets right on sentences of our own, and what holds whatever it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook import load_codebook
from detente.coding import Coder, make_coder
from detente.did.model.network import FOLDER, load_network
from detente.errors import ModelError
from detente.record import Event, Record, Report

Wanted = tuple[str, str, str, set[str] | None, set[str] | None]

SENTENCES: tuple[Wanted, ...] = (
    ("Norway expelled two Russian diplomats on Tuesday.", "SANCTION", "happened", {"NOR"}, {"RUS"}),
    ("The presidents of Chile and Peru will meet in Lima next week.", "CONSULT", "planned", {"CHL", "PER"}, set()),
    ("Kenya condemned the attack on its embassy in Cairo.", "ACCUSE", "happened", {"KEN"}, None),
    ("Police in Warsaw arrested three Belarusian activists.", "COERCE", "happened", {"POL"}, {"BLR"}),
    ("Thousands of people protested against the government in Tbilisi.", "PROTEST", "happened", None, None),
    ("Japan may impose sanctions on North Korea.", "SANCTION", "possible", {"JPN"}, {"PRK"}),
    ("Turkey demanded that Sweden extradite the two men.", "REQUEST", "happened", {"TUR"}, {"SWE"}),
    ("Rebels shelled a town held by the Syrian army.", "ASSAULT", "happened", None, {"SYR"}),
    ("Canada sent 40 tonnes of food to Haiti.", "AID", "happened", {"CAN"}, {"HTI"}),
    ("Iran rejected a proposal by France.", "REJECT", "happened", {"IRN"}, {"FRA"}),
)
MISSES = 2
"""Of these ten, so many may be wrong before a network is not good enough to ship."""

QUIET = (
    "A magnitude 6.1 earthquake shook the coast of Chile on Sunday.",
    "The striker scored twice and Brazil won by three goals to one.",
    "Shares in Oslo rose by two per cent.",
    "The museum opens at nine and closes at five.",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return make_coder("learned")


def coded(coder: Coder, text: str) -> Record:
    return coder.code(Report("r", text, date="2023-06-09"))


def is_as(event: Event, wanted: Wanted) -> bool:
    _, kind, status, actors, recipients = wanted
    theirs = {p.country for p in event.actors}, {p.country for p in event.recipients}
    sides = all(want is None or want == have for want, have in zip((actors, recipients), theirs, strict=True))
    return event.type == kind and event.status == status and sides


def test_plain_sentences_are_coded_whole(coder: Coder) -> None:
    wrong = [wanted[0] for wanted in SENTENCES if not any(is_as(e, wanted) for e in coded(coder, wanted[0]).events)]
    assert len(wrong) <= MISSES, wrong


def test_where_nobody_acts_nothing_is_coded(coder: Coder) -> None:
    assert sum(bool(coded(coder, text).events) for text in QUIET) <= 1


def test_the_record_names_its_coder_and_its_weights(coder: Coder) -> None:
    made = coded(coder, SENTENCES[0][0]).coder
    assert made is not None
    assert made.name == "learned"
    assert load_network().version in (made.model or "")


def test_every_event_has_a_probability(coder: Coder) -> None:
    events = coded(coder, " ".join(text for text, *_ in SENTENCES)).events
    assert events
    assert all(e.score is not None and 0 < e.score < 1 for e in events)


def test_what_is_done_to_nobody_is_not_done(coder: Coder) -> None:
    found = coded(coder, "Norway expelled no diplomats in April.").events
    assert all(e.status == "denied" for e in found)


def test_a_report_is_coded_alike_alone_and_among_others_whatever_the_workers(coder: Coder) -> None:
    reports = [Report(f"r{n}", text, date="2023-06-09") for n, (text, *_) in enumerate(SENTENCES)]
    alone = [coder.code(report).to_json() for report in reports]
    assert [r.to_json() for r in coder.stream(reports)] == alone
    assert [r.to_json() for r in coder.stream(reports, workers=2)] == alone


TEXT = """
Norway Chile the president Putin of will not attacked met, sanctions on «and» said “he told” that it their “ ” — troops
were killed in Oslo 12 May 2021 by with no . : ? ! UN’s ﬁ 中国 é
"""
WORDS = st.sampled_from((*TEXT.split(), "\n\n", "\n"))


@given(st.lists(WORDS, min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_the_words_every_claim_points_into_the_text(words: list[str]) -> None:
    record = coded(make_coder("learned"), " ".join(words))
    types = set(load_codebook().types)
    for event in record.events:
        assert event.type in types
        assert event.evidence.contains(event.trigger)
        for party in (*event.actors, *event.recipients):
            assert party.span.of(record.text) == party.text
    assert not [c for c in record.checks if c.code == "coder-claims"]


def test_weights_that_are_not_there_or_not_whole_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        load_network(tmp_path)
    (tmp_path / "network.json").write_text(json.dumps({"version": "x"}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        load_network(tmp_path)


def test_the_weights_stay_small_enough_for_a_wheel() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 60_000_000


def test_two_who_meet_keep_their_states_when_they_are_told_of_together() -> None:
    text = "Secretary Antony Blinken met Foreign Minister Aru Tolegen of Kazakhstan. They discussed trade."
    record = coded(make_coder("learned"), text)
    met, discussed = (next(e for e in record.events if e.trigger.of(text) == word) for word in ("met", "discussed"))
    for event in (met, discussed):
        assert {p.country for p in (*event.actors, *event.recipients)} == {"USA", "KAZ"}


def test_an_official_site_speaks_for_its_own_state_where_nobody_is_named(coder: Coder) -> None:
    text = "Today, we condemned the attack on a bus in Kenya."
    told, plain = (
        coder.code(Report("r", text, url=url, date="2023-06-09")).events[0]
        for url in ("https://www.gov.uk/news/1", "https://news.example/1")
    )
    assert [p.country for p in told.actors] == ["GBR"]
    assert [p.country for p in plain.actors] != ["GBR"]
