"""Quotation marks: which pair, where an open one ends, and what is no quotation at all."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.quotes import find_quotes, paragraphs_of

MARKED = st.text(st.sampled_from("ab .,\n“”\"‘’'«»„‹›「」`’(2"), max_size=80)


def inner_words(text: str) -> list[str]:
    return [quote.inner.of(text) for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('The envoy said, "We will sign." Then he left.', ["We will sign."]),
        ("The envoy said, “We will sign.” Then he left.", ["We will sign."]),
        ("„Wir“ is the word, he said.", ["Wir"]),
        ("«Nous partons», he said.", ["Nous partons"]),
        ("The envoy said, ‘We will sign.’ Then he left.", ["We will sign."]),
        ("The envoy said, ``We will sign.'' Then he left.", ["We will sign."]),
    ],
)
def test_marks_of_every_kind_pair(text: str, words: list[str]) -> None:
    assert inner_words(text) == words


def test_an_apostrophe_opens_nothing() -> None:
    assert inner_words("The ministers' deal wasn't Norway's idea, and the '90s are over.") == []


def test_a_quotation_in_a_quotation_lies_one_deeper() -> None:
    text = "“He told me ‘never again’ and left,” she said."
    assert [(q.depth, q.inner.of(text)) for q in find_quotes(text)] == [
        (0, "He told me ‘never again’ and left,"),
        (1, "never again"),
    ]


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    text = "“We will sign, she said.\n\nThe talks go on."
    quote = find_quotes(text)[0]
    assert not quote.closed
    assert quote.inner.of(text) == "We will sign, she said."


def test_a_paragraph_that_opens_with_the_mark_goes_on_with_the_open_quotation() -> None:
    text = "“We will sign.\n\n“We will also pay,” she said."
    assert [(q.inner.of(text), q.continues) for q in find_quotes(text)] == [
        ("We will sign.", False),
        ("We will also pay,", True),
    ]


def test_an_open_quotation_runs_over_paragraphs_without_a_mark_to_the_one_that_closes_it() -> None:
    text = "The letter reads:\n\n“We are glad.\n\nThe road was long.\n\nThank you.”\n\nThe ship sails on Friday."
    assert inner_words(text) == ["We are glad.", "The road was long.", "Thank you."]


def test_an_open_quotation_stays_in_its_paragraph_where_the_next_mark_opens() -> None:
    text = "“We are glad.\n\nThe road was long.\n\n“Thank you,” he said."
    assert inner_words(text) == ["We are glad.", "Thank you,"]


def test_inches_are_no_quotation() -> None:
    assert inner_words('The barrel is 5" long and was found on Monday.') == []


@given(MARKED)
def test_quotations_lie_inside_the_text_in_order_and_nest(text: str) -> None:
    quotes = find_quotes(text)
    assert list(quotes) == sorted(quotes, key=lambda q: (q.outer.start, -q.outer.end))
    for quote in quotes:
        assert 0 <= quote.outer.start <= quote.inner.start < quote.inner.end <= quote.outer.end <= len(text)
        assert not quote.inner.of(text)[0].isspace()
    for one in quotes:
        for other in quotes:
            if one.outer.overlaps(other.outer):
                assert one.outer.contains(other.outer) or other.outer.contains(one.outer)


@given(MARKED)
def test_paragraphs_are_apart_and_hold_every_letter(text: str) -> None:
    paragraphs = paragraphs_of(text)
    assert all(a.end <= b.start for a, b in pairwise(paragraphs))
    held = "".join(p.of(text) for p in paragraphs)
    assert [c for c in held if c.isalnum()] == [c for c in text if c.isalnum()]
