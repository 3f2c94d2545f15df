"""Codings in lines and codings without their texts: what a reader writes is what training gets."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import bench.codings
import pytest
from bench.codings import OWN, coded_rows, packed, write
from train.lines import LineError, Text, event_of, read, texts_of

from detente.codebook import load_codebook

TEXTS = """\
# one  report day 2019-05-02  title: Oslo calls for calm
[1] Norway's foreign minister urged Chad and Niger on Tuesday to talk.
[2] She said that she would meet both ministers in Oslo, and both agreed.
[p]
[3] Chad refused.
# two  report day 2019-05-03
[1] It rained.
"""


@pytest.fixture
def text(tmp_path: Path) -> Text:
    path = tmp_path / "texts.txt"
    path.write_text(TEXTS, encoding="utf-8")
    return texts_of(path)["one"]


def words(text: Text, span: list[int]) -> str:
    return text.text[slice(*span)]


def test_a_line_becomes_an_event_whose_offsets_are_its_words(text: Text) -> None:
    event = event_of(
        text, "1 | REQUEST/meet | happened | urged | Norway's foreign minister=NOR | Chad=TCD; Niger=NER | 2019-04-30 |"
    )
    assert words(text, event["trigger"]) == "urged"
    assert [words(text, p["span"]) for p in event["recipients"]] == ["Chad", "Niger"]
    assert (event["type"], event["mode"], event["date"]) == ("REQUEST", "meet", "2019-04-30")
    assert [p["country"] for p in event["actors"]] == ["NOR"]
    assert event["actors"][0]["sector"] == "GOV"


def test_a_mention_can_stand_in_another_sentence_or_be_the_second_of_its_kind(text: Text) -> None:
    event = event_of(
        text, "2 | AGREE | happened | agreed | both~2=TCD.GOV=Chad; Chad^3=TCD | She^2=NOR.GOV=Minister | |"
    )
    first, other = event["actors"]
    assert first["span"][0] == text.text.rindex("both")
    assert first["name"] == "Chad"
    assert other["span"][0] == text.text.rindex("Chad")
    assert event["date"] is None


def test_the_mention_next_to_the_act_is_meant_where_none_is_numbered(text: Text) -> None:
    event = event_of(text, "2 | AGREE | happened | agreed | both=TCD | | report |")
    assert event["actors"][0]["span"][0] == text.text.rindex("both")
    assert (event["date"], event["date_is_report"]) == ("2019-05-02", True)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("x | AGREE | happened | agreed | | |", "number of a sentence"),
        ("9 | AGREE | happened | agreed | | |", "no sentence 9"),
        ("1 | HUG | happened | urged | | |", "unknown type HUG"),
        ("1 | AGREE/visit | happened | urged | | |", "no mode visit"),
        ("1 | AGREE | done | urged | | |", "unknown status 'done'"),
        ("1 | AGREE | happened | hugged | | |", '"hugged" stands 0 times'),
        ("1 | AGREE | happened | urged | Chad=Chad | |", "no country"),
        ("1 | AGREE | happened | urged | | | May 2 |", "no date"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(text: Text, line: str, fault: str) -> None:
    with pytest.raises(LineError, match=fault):
        event_of(text, line)


def test_lines_are_read_text_by_text_and_faults_lose_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text(TEXTS, encoding="utf-8")
    coded = ["# one", "3 | REJECT/meet | happened | refused | Chad=TCD | | |", "3 | REJECT | gone | refused | | |"]
    found = list(read(texts_of(path), iter([*coded, "# two", "- none", "# three"])))
    assert [(text_id, event and event["type"], bool(fault)) for text_id, event, fault in found] == [
        ("one", None, False),
        ("one", "REJECT", False),
        ("one", None, True),
        ("two", None, False),
        ("", None, True),
    ]


def row(text_id: str, text: Text) -> dict[str, Any]:
    event = event_of(text, "3 | REJECT/meet | happened | refused | Chad=TCD | She^2=NOR.GOV=Minister | |")
    events = [{"id": "e1", **event}]
    return {"id": text_id, "date": text.date, "text": text.text, "window": None, "events": events, "statements": []}


def test_own_codings_hold_no_words_of_others_and_get_them_back(
    text: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared.jsonl").write_text(json.dumps({"id": "cep-1", "text": text.text}) + "\n", encoding="utf-8")
    monkeypatch.setattr(bench.codings, "DATA", tmp_path)
    monkeypatch.setattr(bench.codings, "SOURCES", ("shared.jsonl",))
    bench.codings._shared.cache_clear()
    out = tmp_path / "own.jsonl.gz"
    assert write([row("cep-1", text), row("cep-unknown", text)], out) == 2
    plain = gzip.decompress(out.read_bytes()).decode()
    assert "refused" not in plain
    assert "Oslo" not in plain
    (back,) = coded_rows(out)
    bench.codings._shared.cache_clear()
    assert back["text"] == text.text
    assert back["events"][0]["actors"][0]["name"] == "Chad"
    assert back["events"][0]["recipients"][0]["name"] == "Minister"


def test_a_second_part_of_a_text_is_cut_from_the_same_text(
    text: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shared.jsonl").write_text(json.dumps({"id": "x.org-1", "text": "Oh. " + text.text}), encoding="utf-8")
    monkeypatch.setattr(bench.codings, "DATA", tmp_path)
    monkeypatch.setattr(bench.codings, "SOURCES", ("shared.jsonl",))
    bench.codings._shared.cache_clear()
    write([{**row("x.org-1.2", text), "window": [4, 4 + len(text.text)]}], tmp_path / "own.jsonl.gz")
    (back,) = coded_rows(tmp_path / "own.jsonl.gz")
    bench.codings._shared.cache_clear()
    assert back["text"] == text.text


def test_invented_texts_lie_here_whole(text: Text) -> None:
    assert packed(row("made-1", text))["text"] == text.text


def test_our_own_invented_texts_hold_what_their_codings_point_at() -> None:
    book = load_codebook()
    (path,) = (path for path in OWN if path.name == "made.jsonl.gz")
    rows = list(coded_rows(path))
    assert len(rows) > 600
    for row in rows:
        for event in row["events"]:
            book.require(event["type"], event["mode"], row["id"])
            start, end = event["trigger"]
            assert row["text"][start:end].strip(), row["id"]
            for party in (*event["actors"], *event["recipients"]):
                assert row["text"][slice(*party["span"])] == party["text"]
