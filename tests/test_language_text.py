"""The text of a parse is kept with it, so that what is known of a text need not be worked out twice."""

from __future__ import annotations

from spacy.language import Language

from detente.language import parse, text_of
from detente.when.scan import scanned


def test_a_parse_gives_back_the_text_it_was_given(nlp: Language) -> None:
    text = "LIMA, June 9 – Peru  met\tChad.\n\nIt left\non Friday."
    doc = parse(nlp, text)
    assert text_of(doc) is text
    assert doc.text == text


def test_a_doc_that_was_parsed_elsewhere_has_its_text_too(nlp: Language) -> None:
    doc = nlp("Peru met Chad.")
    assert text_of(doc) == "Peru met Chad."
    assert text_of(doc) is text_of(doc)


def test_the_times_of_a_text_are_looked_for_once(nlp: Language) -> None:
    doc = parse(nlp, "Peru met Chad on 9 June 2021.")
    assert scanned(doc) is scanned(doc)
    assert len(scanned(doc)[1]) == 1
