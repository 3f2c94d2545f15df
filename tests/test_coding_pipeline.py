"""The path from report to record: order, isolation and equal bytes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from detente.coding import UNSUPPORTED
from detente.coding.pipeline import Pipeline
from detente.language import parse_many
from detente.language.gate import names_beyond
from detente.record import Failure, Record, Report

TEXTS = (
    "GENEVA, June 16 — The foreign ministers of Norway and Chile met on Wednesday.\n\n“We agreed to go on,” she said.",
    "Police in Lyon arrested two protesters.\n\nThe mayor denied that the march had been banned.",
    "The talks will resume next week, the Kremlin said.",
    "",
)


@pytest.fixture(scope="module")
def coder() -> Pipeline:
    return Pipeline()


def reports(count: int) -> list[Report | Failure]:
    return [Report(f"r{i}", TEXTS[i % 3], published="2021-06-16") for i in range(count)]


def lines(results: Sequence[Record | Failure]) -> list[str]:
    return [result.to_json() for result in results]


def test_records_come_in_the_order_of_the_reports(coder: Pipeline) -> None:
    assert [r.id for r in coder.stream(reports(5))] == ["r0", "r1", "r2", "r3", "r4"]


def test_a_failure_passes_through_at_its_place(coder: Pipeline) -> None:
    broken = Failure(None, "file.jsonl:2", "broken-line", "not JSON")
    results = list(coder.stream([reports(1)[0], broken, reports(1)[0]]))
    assert results[1] == broken
    assert isinstance(results[2], Record)


def test_two_workers_give_the_same_bytes_as_one(coder: Pipeline) -> None:
    many = reports(70)
    assert lines(list(coder.stream(many, workers=2))) == lines(list(coder.stream(many)))


def test_a_second_run_gives_the_same_bytes(coder: Pipeline) -> None:
    assert lines(list(coder.stream(reports(6)))) == lines(list(coder.stream(reports(6))))


def test_a_report_in_another_language_is_kept_and_nothing_in_it_is_guessed(coder: Pipeline) -> None:
    record = coder.code(Report("de", "Der Minister sagte am Mittwoch in Genf, dass die Gespräche weitergehen werden."))
    assert record.language == UNSUPPORTED
    assert not record.events
    assert not record.statements
    assert "'de'" in record.checks[0].message


def test_one_report_that_breaks_a_stage_costs_only_itself(coder: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = coder.record_of

    def record_of(report: Report, doc: object) -> Record:
        if report.id == "r1":
            raise ZeroDivisionError("broken stage")
        return whole(report, doc)  # type: ignore[arg-type]

    monkeypatch.setattr(coder, "record_of", record_of)
    results = list(coder.stream(reports(3)))
    assert [type(r) for r in results] == [Record, Failure, Record]
    assert isinstance(results[1], Failure)
    assert "ZeroDivisionError: broken stage" in results[1].reason


def test_every_token_of_a_parse_points_into_the_text(coder: Pipeline) -> None:
    for text, doc in zip(TEXTS, parse_many(coder.nlp, TEXTS), strict=True):
        assert doc.text == text
        assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_a_line_is_parsed_on_its_own(coder: Pipeline) -> None:
    alone = next(parse_many(coder.nlp, ["Iran met Oman."]))
    (doc,) = parse_many(coder.nlp, ["TALKS END\n\nIran met Oman."])
    assert [t.dep_ for t in doc][-len(alone) :] == [t.dep_ for t in alone]


def test_a_word_is_looked_up_as_the_components_would_set_it(coder: Pipeline) -> None:
    text = "They gonna found a bank; it was found that the ministers met, and there are no leaves left to leave."
    (doc,) = parse_many(coder.nlp, [text])
    whole = coder.nlp(text)
    for mine, spacys in zip(doc, whole, strict=True):
        assert (mine.pos_, str(mine.morph), mine.lemma_) == (spacys.pos_, str(spacys.morph), spacys.lemma_)


def test_only_a_sentence_with_an_unknown_name_is_worth_naming(coder: Pipeline) -> None:
    worth_naming = names_beyond(coder.knowledge.longest_at)
    (doc,) = parse_many(coder.nlp, ["Iran met Oman in Oslo. Nothing came of it. Ledesma met Iran."], lambda _: False)
    assert [worth_naming(sentence) for sentence in doc.sents] == [False, False, True]
