"""Asking: events, statements and words, each with its evidence and source."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from detente.archive import Archive
from detente.archive.events import fts_query, has_scores
from detente.archive.hits import hits_in, pieces_with_hits
from detente.errors import ArchiveError, UsageError
from tests.made_records import expulsion, record, summit, told


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive.open(tmp_path / "a.db", create=True)
    archive.add_record(expulsion(), topics=["Diplomatic expulsions"], cited=["Reuters"])
    archive.add_record(summit())
    return archive


@pytest.mark.parametrize(
    ("asked", "triggers"),
    [
        ({}, ["expelled", "hacked", "met", "talks"]),
        ({"actor": "RUS"}, ["expelled", "hacked", "met", "talks"]),
        ({"recipient": "USA"}, ["expelled"]),
        ({"actor": "RUS", "recipient": "EST"}, ["hacked"]),
        ({"party": "EST"}, ["hacked"]),
        ({"actor": "Russia", "recipient": "the United States"}, ["expelled"]),
        ({"actor": "the u.s."}, ["met", "talks"]),
        ({"actor": "Russia:GOV", "recipient": "Estonia"}, ["hacked"]),
        ({"actor": "biden:GOV"}, ["met"]),
        ({"party": ":IGO"}, []),
        ({"pair": ("United States", "Russia")}, ["expelled", "met", "talks"]),
        ({"party": "RUS:MIL"}, []),
        ({"actor": "biden"}, ["met"]),
        ({"pair": ("USA", "RUS")}, ["expelled", "met", "talks"]),
        ({"pair": ("EST", "RUS")}, ["hacked"]),
        ({"pair": ("USA", "EST")}, []),
        ({"type": "SANCTION"}, ["expelled"]),
        ({"type": ["SANCTION", "COERCE"]}, ["expelled", "hacked"]),
        ({"mode": "cyber"}, ["hacked"]),
        ({"status": "planned"}, ["talks"]),
        ({"quad": 4}, ["expelled", "hacked"]),
        ({"since": "2021-06-16"}, ["met", "talks"]),
        ({"until": "2021-06"}, ["expelled", "hacked", "met"]),
        ({"since": "2021-06-11", "until": "2021-06-11"}, ["hacked"]),
        ({"place": "geneva"}, ["met"]),
        ({"said_by": "peskov"}, ["hacked"]),
        ({"publisher": "lake"}, ["met", "talks"]),
        ({"report": "r2"}, ["met", "talks"]),
        ({"words": "hold talks"}, ["talks"]),
        ({"words": "Peskov"}, []),
    ],
)
def test_events_are_found_by_what_is_asked(archive: Archive, asked: dict[str, Any], triggers: list[str]) -> None:
    answer = archive.events(**asked)
    assert [row.trigger for row in answer] == triggers
    assert answer.total == len(triggers)


def test_an_event_comes_with_its_words_and_its_source(archive: Archive) -> None:
    row = archive.events(type="COERCE")[0]
    assert row.evidence == "He denied that Russia had hacked the agency in Tallinn."
    assert archive.text("r1")[row.evidence_start : row.evidence_end] == row.evidence
    assert [side.name for side in row.actors] == ["Russia"]
    assert row.said_by == "Dmitry Peskov"
    assert row.source.publisher == "Baltic Wire"
    assert row.statement is not None
    assert archive.statement(row.statement).content == ("Russia had hacked the agency in Tallinn",)


def test_a_condemnation_of_a_third_side_is_not_an_act_between_the_two(archive: Archive) -> None:
    text = "America and Russia condemned Estonia."
    from tests.made_records import event, party

    sides = [party(text, "America", "USA"), party(text, "Russia", "RUS")]
    archive.add_record(record(text, [event(text, "ACCUSE", "condemned", sides, [party(text, "Estonia", "EST")])]))
    assert archive.events(pair=("USA", "RUS"), type="ACCUSE").total == 0
    assert archive.events(pair=("EST", "RUS"), type="ACCUSE").total == 1


def test_a_limit_keeps_rows_back_and_says_how_many_there_are(archive: Archive) -> None:
    answer = archive.events(limit=1, newest=True)
    assert [row.trigger for row in answer] == ["talks"]
    assert answer.total == 4
    assert [row.trigger for row in archive.events(limit=2, offset=1)] == ["hacked", "met"]


@pytest.mark.parametrize("asked", [{"since": "last week"}, {"until": "2021-13"}, {"pair": ("USA", "the Kremlin")}])
def test_a_question_of_another_form_is_refused(archive: Archive, asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        archive.events(**asked)


@pytest.mark.parametrize(
    ("asked", "contents"),
    [
        ({}, ["It is an answer,", "Russia had hacked the agency in Tallinn"]),
        ({"speaker": "Peskov"}, ["It is an answer,", "Russia had hacked the agency in Tallinn"]),
        ({"speaker": "RUS"}, ["It is an answer,", "Russia had hacked the agency in Tallinn"]),
        ({"speaker": "spokesman"}, ["It is an answer,", "Russia had hacked the agency in Tallinn"]),
        ({"speaker": "Biden"}, []),
        ({"kind": "indirect"}, ["Russia had hacked the agency in Tallinn"]),
        ({"words": "answer"}, ["It is an answer,"]),
        ({"words": "ANSWER it"}, ["It is an answer,"]),
        ({"words": '"an answer"'}, ["It is an answer,"]),
        ({"words": '"answer an"'}, []),
        ({"words": "agen"}, []),
        ({"until": "2020"}, []),
        ({"publisher": "Baltic"}, ["It is an answer,", "Russia had hacked the agency in Tallinn"]),
    ],
)
def test_statements_are_found_by_what_is_asked(archive: Archive, asked: dict[str, Any], contents: list[str]) -> None:
    assert [" … ".join(row.content) for row in archive.statements(**asked)] == contents


def test_a_statement_comes_with_its_speaker_and_cue(archive: Archive) -> None:
    row = archive.statements(kind="direct")[0]
    assert row.speaker is not None
    assert (row.speaker.name, row.speaker.role, row.cue) == ("Dmitry Peskov", "spokesman", "said")


def test_words_are_found_in_their_context(archive: Archive) -> None:
    (hit,) = archive.search("american diplomats")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["American", "diplomats"]
    assert hit.source.record_id == "r1"


def test_words_in_quotation_marks_must_follow_each_other(archive: Archive) -> None:
    assert archive.search('"two American"').total == 1
    assert archive.search('"American two"').total == 0
    assert archive.search("American two").total == 1


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '""',
        "*",
        "AND",
        "NOT",
        "OR OR",
        "NEAR(",
        "title:",
        "text : a",
        "{title text}:a",
        "-agency",
        "^agency",
        "a*",
        "'; DROP TABLE report; --",
        ")",
        "a\x00b",
        '"unclosed',
        "\\",
        "“”",
        "caf\udce9",
    ],
)
def test_no_words_are_an_operator_or_an_error(archive: Archive, words: str) -> None:
    archive.search(words)
    archive.events(words=words)
    archive.statements(words=words)
    assert archive.counts()["report"] == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=30), st.text(max_size=10))
@example("", ":0")
def test_whatever_is_asked_is_answered_or_refused_by_name(archive: Archive, words: str, name: str) -> None:
    for hit in archive.search(words):
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
    archive.events(words=words, said_by=name, place=name, publisher=name)
    with suppress(UsageError):
        archive.events(actor=name)
    with suppress(UsageError):
        archive.statements(words=words, speaker=name)


def test_a_speaker_of_a_sector_that_is_none_is_refused_with_those_that_are(archive: Archive) -> None:
    with pytest.raises(UsageError, match=r"no sector '0'\. The sectors are GOV"):
        archive.statements(speaker="RUS:0")


def test_a_query_quotes_every_word() -> None:
    assert fts_query('expelled AND "two  diplomats" *') == '"expelled" "AND" "two  diplomats"'


def test_a_search_may_be_narrowed_to_days_and_an_outlet(archive: Archive) -> None:
    assert archive.search("in", since="2021-06-12").total == 1
    assert archive.search("in", publisher="baltic").total == 1
    assert archive.search("in", until="2020").total == 0


def test_a_report_tells_its_topics_and_outlets(archive: Archive) -> None:
    row = archive.report("r1")
    assert (row.topics, row.cited) == (("Diplomatic expulsions",), ("Reuters",))
    assert archive.report(row.id) == row


def test_ids_that_do_not_exist_are_told(archive: Archive) -> None:
    for ask in (archive.event, archive.statement, archive.report, archive.record, archive.text):
        with pytest.raises(ArchiveError, match="There is no"):
            ask("nothing")
        with pytest.raises(ArchiveError, match="There is no"):
            ask("caf\udce9")


def test_answers_become_tables(archive: Archive) -> None:
    table = archive.events(type="SANCTION").to_arrow()
    assert table.column("actors").to_pylist()[0][0]["country"] == "RUS"
    flat = archive.events(type="SANCTION").to_flat()[0]
    assert (flat["actor_country"], flat["recipient"], flat["publisher"]) == (
        "RUS",
        "two American diplomats",
        "Baltic Wire",
    )
    pandas = pytest.importorskip("pandas")
    assert isinstance(archive.statements().to_pandas(), pandas.DataFrame)
    assert archive.statements().to_flat()[0]["speaker"] == "Dmitry Peskov"


def test_events_less_likely_right_than_asked_for_are_left_out_and_those_without_a_score_stay(tmp_path: Path) -> None:
    first, second = expulsion().events
    with Archive.open(tmp_path / "scored.db", create=True) as archive:
        assert not has_scores(archive.db)
        archive.add_record(replace(expulsion(), events=(replace(first, score=0.4), replace(second, score=0.8))))
        archive.add_record(summit())
        assert has_scores(archive.db)
        asked = {least: [e.trigger for e in archive.events(min_score=least)] for least in (0.0, 0.5, 0.8, 1.0)}
        assert asked[0.0] == ["expelled", "hacked", "met", "talks"]
        assert asked[0.5] == asked[0.8] == ["hacked", "met", "talks"]
        assert asked[1.0] == ["met", "talks"]
        with pytest.raises(UsageError, match="between 0 and 1"):
            archive.events(min_score=50)


def test_what_is_told_of_days_to_come_does_not_stand_before_what_is_told_last(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        for id_, day, of in (("r1", "2021-06-01", "2040-01-01"), ("r2", "2021-06-02", "2021-06-02")):
            archive.add_record(told(id_, "Rome shelled Bern.", "shelled", day, "Rome=ITA", "Bern=CHE", date=of))
        assert [row.source.record_id for row in archive.events(newest=True)] == ["r2", "r1"]
        assert [row.source.record_id for row in archive.events()] == ["r2", "r1"]


def test_a_source_names_the_outlets_it_cites(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.db", create=True) as archive:
        archive.add_record(expulsion(publisher=None), cited=("Lake Post", "Example Wire"))
        answer = archive.events(type="SANCTION")
        assert answer[0].source.cited == ("Lake Post", "Example Wire")
        assert answer.to_flat()[0]["cited"] == "Lake Post; Example Wire"


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("talks", ["Talks", "talks"]),
        ('"hold talks"', ["hold talks"]),
        ("hold talks", ["Talks", "hold", "talks"]),
        ("malaga", ["Málaga"]),
        ("tal", []),
        ('"', []),
    ],
)
def test_hits_are_whole_words_in_any_case_and_accents(words: str, hits: list[str]) -> None:
    text = "Talks: they will hold talks in Málaga."
    assert [text[start:end] for start, end in hits_in(text, words)] == hits


def test_a_long_text_is_shown_at_its_first_hit() -> None:
    text = "before " * 100 + "the trawler " + "after " * 100
    pieces = pieces_with_hits(text, "trawler", 120)
    assert [words for words, is_hit in pieces if is_hit] == ["trawler"]
    assert len("".join(words for words, _ in pieces)) < 130
    assert pieces[0][0] == "… "
    assert "".join(words for words, _ in pieces_with_hits(text, "trawler")) == text
