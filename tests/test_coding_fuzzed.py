"""No text breaks a coder: each report becomes a record within its budget, and all its claims stand on its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import Settings, make_coder
from detente.coding.validate import CHECK, Gate
from detente.reading.fields import report_of
from detente.record import Failure, Party, Record, Report, Span

WORDS = (
    *("Norway", "the president of Chad", "Russia's", "envoys", "protesters", "Mr. Diallo", "she", "their", "the group"),
    *("said", "denied that", "expelled", "attacked", "did not meet", "will sign", "warned", "if", "who", "and"),
    *("on Monday", "last year", "in 2031", "30 February", "yesterday", "Q3 1999", "at 25:99", "in Oslo", "12,000"),
    *"“”\"‘'«()—-:;,.•*#|@",
    *("...", "?!", "\n", "\n\n", "\t", "OSLO, June 9 (Harbour Wire) –", "MR. HOLT:", "QUESTION:", "By Kari Holt"),
    *("\u200b", "\u202e", "\ufeff", "\u0301", "\ud800", "\x00", "🇳🇴", "ﬁ", "Ｎorway", "１２", "İ", "ß", "\u2028"),
    *("https://harbour.example/2021/06/11/a", "a@b.example", "<b>", "&amp;", "{}", "%s", "[SEP]", "said" * 40),
)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.tuples(st.sampled_from(WORDS), st.integers(2, 60)).map(lambda pair: " ".join([pair[0]] * pair[1])),
    st.text(max_size=12),
)
TEXTS = st.tuples(st.lists(PIECES, min_size=1, max_size=40), st.sampled_from([" ", " ", " ", ""])).map(
    lambda made: made[1].join(made[0])
)
EXAMPLES = settings().max_examples if settings().max_examples > 1_000 else 60
"""Half a minute where all tests are run, hours by `make fuzz`."""
DAYS = st.sampled_from([None, "2021-06-11", "0001-01-01", "9999-12-31", "June 2021", "soon"])


@pytest.fixture(scope="module")
def coder() -> Gate:
    return make_coder("rules", Settings(seconds=10))


@settings(deadline=None, max_examples=EXAMPLES)
@given(text=TEXTS, title=st.one_of(st.none(), TEXTS), published=DAYS)
def test_any_text_becomes_a_record_that_stands_on_its_words(
    coder: Gate, text: str, title: str | None, published: str | None
) -> None:
    report = report_of({"id": "r", "text": text, "title": title, "published": published})
    if isinstance(report, Failure):
        assert report.code in ("empty", "not-text", "too-long")
        return
    (record,) = coder.stream([report])
    assert isinstance(record, Record), record
    assert record.text == report.text
    assert CHECK not in {check.code for check in record.checks}
    for span, words in spans_of(record):
        assert 0 <= span.start < span.end <= len(record.text)
        assert words is None or span.of(record.text) == words
    assert Record.from_json(record.to_json()) == record


def spans_of(record: Record) -> Iterator[tuple[Span, str | None]]:
    """Every span in a record, with the words it is said to have where they are told."""
    for check in record.checks:
        yield from ((span, None) for span in check.spans)
    for time in record.times:
        yield time.span, None
    for statement in record.statements:
        yield from ((span, None) for span in (*statement.content, *filter(None, (statement.cue, statement.addressee))))
        yield from _party_of(statement.source)
    for event in record.events:
        yield from ((span, None) for span in (event.trigger, event.evidence))
        for party in (*event.actors, *event.recipients):
            yield from _party_of(party)
        if event.place is not None:
            yield event.place.span, event.place.text
        if event.said_by is not None:
            yield event.said_by.span, event.said_by.text


def _party_of(party: Party | None) -> Iterator[tuple[Span, str | None]]:
    if party is not None:
        yield party.span, party.text


def test_the_spans_of_a_record_are_looked_at(coder: Gate) -> None:
    (record,) = coder.stream([Report("r", "Norway expelled two diplomats.")])
    assert isinstance(record, Record)
    assert len(list(spans_of(record))) >= 3
