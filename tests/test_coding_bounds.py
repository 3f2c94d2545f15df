"""A text without end is read in bounds, and its record says so; what is ordinary in it reads as it always does."""

from __future__ import annotations

import time

import pytest

from detente.coding import Settings, make_coder
from detente.coding.pipeline import Pipeline
from detente.coding.validate import Gate
from detente.language import load_pipeline, parse_many
from detente.language.bounds import LONGEST_SENTENCE, MOST_AT_ONCE, at_once, in_pieces
from detente.reading.fields import LONGEST_TEXT
from detente.record import Failure, Record, Report
from detente.who.mentions import MOST_MENTIONS

ENDLESS = {
    "owners": "Peru's envoy's aide's ",
    "relatives": "Chile, which warned Peru, which ",
    "speech": "the minister denied that the king claimed that ",
    "conditions": "unless Norway withdraws its troops, ",
    "offices": "the deputy head of the office of ",
    "brackets": "(the army (of Chad ",
    "marks": "“a” – b: ",
}
ORDINARY = "Norway expelled two Russian diplomats on Monday.\nChad's army attacked rebels near the town."


@pytest.fixture(scope="module")
def coder() -> Gate:
    return make_coder("rules", Settings(seconds=60))


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_sentence_without_end_is_coded_in_pieces_and_its_record_says_so(coder: Gate, kind: str) -> None:
    text = f"{ENDLESS[kind] * (9_000 // len(ENDLESS[kind]))}\n{ORDINARY}"
    start = time.process_time()
    (record,) = coder.stream([Report("r", text)])
    assert time.process_time() - start < 20
    assert isinstance(record, Record)
    (check,) = (c for c in record.checks if c.code == "long-sentence")
    assert all(0 <= span.start < span.end <= len(text) for span in check.spans)
    alone = coder.code(Report("r", ORDINARY))
    assert [e.type for e in record.events][-len(alone.events) :] == [e.type for e in alone.events]


def test_an_ordinary_report_has_no_such_check(coder: Gate) -> None:
    record = coder.code(Report("r", ORDINARY))
    assert not {"long-sentence", "crowded-sentence"} & {check.code for check in record.checks}


def test_a_sentence_with_more_mentions_than_are_taken_says_so(coder: Gate) -> None:
    states = "Peru and Chad and Oman and Iran and Cuba and Mali and Iraq and Fiji and Togo and "
    record = coder.code(Report("r", f"{states * (MOST_MENTIONS // 9 + 3)}Chile signed the treaty."))
    (check,) = (c for c in record.checks if c.code == "crowded-sentence")
    assert str(MOST_MENTIONS) in check.message
    assert check.spans[0].start == 0


def test_no_sentence_is_longer_than_one_is_read_and_no_word_is_lost() -> None:
    text = f"Peru met Chad. {'one, two, ' * 400}and three met Oman. It left.\n{'word ' * 900}"
    (doc,) = parse_many(load_pipeline(), [text])
    assert doc.text == text
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE


def test_a_long_sentence_is_cut_at_its_marks() -> None:
    words = [*["word"] * 250, ",", *["word"] * 200]
    assert list(in_pieces(words, 0, len(words))) == [(0, 251), (251, 451)]
    assert list(in_pieces(["word"] * 700, 0, 700)) == [(0, 300), (300, 600), (600, 700)]


def test_the_model_never_sees_more_words_at_once_than_it_may() -> None:
    nlp = load_pipeline()
    lines = [nlp.make_doc("word " * size) for size in (10, 15_000, 9_000, 30, 30, 30)]
    batches = list(at_once(lines, 2))
    assert [line for batch in batches for line in batch] == lines
    assert all(len(batch) <= 2 and sum(map(len, batch)) <= MOST_AT_ONCE for batch in batches)


def test_a_text_longer_than_any_coder_is_given_is_a_row_and_the_next_is_coded(coder: Gate) -> None:
    long, short = coder.stream([Report("long", "a: " * LONGEST_TEXT), Report("short", ORDINARY)])
    assert isinstance(long, Failure)
    assert long.code == "too-long"
    assert isinstance(short, Record)


def test_a_text_that_cannot_be_parsed_costs_only_itself(coder: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = Pipeline.parsed

    def breaking(self: Pipeline, texts: list[str]) -> object:
        if any("Togo" in text for text in texts):
            raise ValueError("no such text")
        return parsed(self, texts)

    monkeypatch.setattr(Pipeline, "parsed", breaking)
    reports = [Report(str(n), f"{place} expelled two diplomats.") for n, place in enumerate(("Peru", "Togo", "Chad"))]
    results = list(coder.stream(reports))
    assert [result.id for result in results] == ["0", "1", "2"]
    assert [isinstance(result, Failure) for result in results] == [False, True, False]


def test_the_budget_of_a_report_is_a_setting() -> None:
    (row,) = make_coder("rules", Settings(seconds=0.01)).stream([Report("r", f"{ORDINARY}\n" * 300)])
    assert isinstance(row, Failure)
    assert row.code == "over-budget"
    assert "0.01 s" in row.reason
