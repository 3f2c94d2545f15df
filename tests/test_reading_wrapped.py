"""Paragraphs whose lines were broken by hand are whole again, and lines that are lines stay so."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.wrapped import unwrapped

PARAGRAPH = (
    "The foreign minister of Norway, Espen Barth Eide, met his colleague from the United States in Oslo on Tuesday. "
    "They agreed to reopen talks on fishing rights with Iceland, which had been broken off two winters before. "
    "The North Atlantic Treaty Organisation and the European Union sent envoys. Moscow said nothing."
)


@pytest.mark.parametrize("width", [30, 50, 60, 72, 80, 100])
def test_a_paragraph_broken_at_any_width_is_whole_again(width: int) -> None:
    broken = textwrap.fill(PARAGRAPH, width, break_on_hyphens=False)
    assert unwrapped(broken) == PARAGRAPH
    assert unwrapped(f"Talks on fish\n\n{broken}\n\n{broken}") == f"Talks on fish\n\n{PARAGRAPH}\n\n{PARAGRAPH}"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("The army of Recep Tayyip\nErdogan left Syria.", "The army of Recep Tayyip Erdogan left Syria."),
        ("He left the South\nAfrican Non-\nAggression Pact.", "He left the South African Non-Aggression  Pact."),
        ("It was a ten-\nyear plan of the\nState.", "It was a ten-year  plan of the State."),
        ("They met in Kyiv,\nLviv and\nOdesa.", "They met in Kyiv, Lviv and Odesa."),
    ],
)  # fmt: skip
def test_names_and_words_that_were_divided_are_put_together(broken: str, whole: str) -> None:
    assert unwrapped(broken) == whole
    assert len(broken) == len(whole)


@pytest.mark.parametrize(
    "text",
    [
        "Kenya sends police to Haiti\nKenya sent two hundred police officers.",
        "Envoys meet in Oslo\nBy Jane Doe\nOSLO - Envoys met on Tuesday.",
        "QUESTION: Will you go?\nMR PRICE: We will not.\nQUESTION: When was that?",
        "- one of the points\n- another of the points\n- the last.",
        "1. The parties agree.\n2. The parties\u2019 armies leave.",
        "Top stories\nWar in Ukraine\nTalks in Geneva",
        "MEMORANDUM\nThe parties met.",
        "John Smith\nJane Doe\nThe meeting was opened at noon.",
        f"{PARAGRAPH}\n{PARAGRAPH}",
        "Headline without an end\n" + PARAGRAPH,
        "He came.\nHe saw.\nHe won.",
    ],
)
def test_lines_that_are_lines_stay_so(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text(st.sampled_from("ab A.-,\n:'\u201d1"), max_size=60))
def test_every_character_stays_at_its_place_or_in_its_word(text: str) -> None:
    joined = unwrapped(text)
    assert len(joined) == len(text)
    assert "".join(joined.split()) == "".join(text.split())
    moved = [i for i, (a, b) in enumerate(zip(text, joined, strict=True)) if a != b and not (a == "\n" and b == " ")]
    assert all("-\n" in text[: i + 1] for i in moved)
