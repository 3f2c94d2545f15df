"""What holds for the times of any text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.language import load_pipeline
from detente.record import Time
from detente.when import find_times
from detente.when.values import interval_of

FRAGMENTS = (
    "on in since until of the a last next this that early late mid - – , . / : ' and to two three 1 5 11 28 31 45 99 "
    "480 1812 1999 2021 1990s st th June May march Feb Sun Friday weekend day days week months years decade century "
    "quarter summer fall night morning noon hours ago later earlier before now recently daily every other half dozen "
    "several BC AD UTC p.m. 10:30 2021-06-11 7/8/07 Christmas Ramadan Nowruz Easter yesterday second first third "
    "million ½ ٣ will met due 000 '82 \n"
)
WORDS = st.sampled_from(FRAGMENTS.split(" "))
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))


def _check(text: str, times: tuple[Time, ...]) -> None:
    last = 0
    for time in times:
        assert last <= time.span.start < time.span.end <= len(text)
        assert time.span.of(text) == time.span.of(text).strip()
        assert (time.start is None) == (time.end is None)
        if time.start is not None and time.end is not None:
            assert date.fromisoformat(time.start) <= date.fromisoformat(time.end)
        interval = interval_of(time.value)
        if interval is not None:
            assert (time.start, time.end) == (interval.start.isoformat(), interval.end.isoformat())
        last = time.span.end


@settings(max_examples=400, deadline=None)
@given(TEXTS, DAYS)
def test_times_lie_in_order_and_name_real_days(text: str, day: date | None) -> None:
    doc = load_pipeline().make_doc(text)
    times = find_times(doc, day)
    _check(text, times)
    assert times == find_times(doc, day)


def test_no_known_way_to_write_a_time_breaks_the_grammar(nlp: Language, shared: Path) -> None:
    lines = (shared / "bench" / "recognizers_specs_en.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    assert len(rows) > 1500
    for row, doc in zip(rows, nlp.pipe(row["text"] for row in rows), strict=True):
        day = date.fromisoformat(row["dct"][:10]) if row["dct"] else None
        _check(row["text"], find_times(doc, day))


@pytest.mark.parametrize("unit", ["“today ", "On Friday, the army struck. ", "May may ", "1-", "the last "])
def test_four_times_the_text_takes_some_four_times_as_long(nlp: Language, unit: str) -> None:
    def seconds(characters: int) -> float:
        doc = nlp.make_doc(unit * (characters // len(unit)))
        start = process_time()
        find_times(doc, date(2021, 6, 11))
        return process_time() - start

    seconds(1_000)
    assert seconds(40_000) < 12 * max(seconds(10_000), 0.01)
