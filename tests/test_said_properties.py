"""What must hold for any text, however its marks and words are strewn."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.record import Span
from detente.said import statement_holding
from tests.said import statements_of

PIECES = (
    *("The minister", "Ana Lima", "she", "said", "told reporters", "that", "according to", "the army", "reportedly"),
    *("the border was closed", "We will sign", "urged Kyiv to leave", "denied", "his claim", "who", "and", "adding"),
    *(
        ",",
        ".",
        "?",
        ":",
        "“",
        "”",
        '"',
        "‘",
        "’",
        "'",
        "«",
        "»",
        "\n",
        "\n\n",
        "Q ",
        "MR. HOLT: ",
        "(",
        ")",
        "[...]",
        ";",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ANY
@given(text=TEXTS)
def test_every_span_is_evidence_inside_the_text(nlp: Language, text: str) -> None:
    for statement in statements_of(nlp, text):
        source = statement.source.span if statement.source else None
        spans = [*statement.content, statement.cue, statement.addressee, source]
        for span in (s for s in spans if s is not None):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
        if statement.source is not None:
            assert statement.source.text == statement.source.span.of(text)


@ANY
@given(text=TEXTS)
def test_every_statement_has_content_in_parts_that_do_not_overlap(nlp: Language, text: str) -> None:
    for statement in statements_of(nlp, text):
        assert statement.content
        assert any(c.isalnum() for part in statement.content for c in part.of(text))
        parts = sorted(statement.content)
        assert all(a.end <= b.start for a, b in pairwise(parts))


@ANY
@given(text=TEXTS)
def test_the_same_text_gives_the_same_statements(nlp: Language, text: str) -> None:
    first, second = statements_of(nlp, text), statements_of(nlp, text)
    assert first == second
    assert [s.id for s in first] == [f"s{n}" for n in range(1, len(first) + 1)]


@ANY
@given(text=TEXTS)
def test_the_statement_that_holds_a_span_contains_it(nlp: Language, text: str) -> None:
    statements = statements_of(nlp, text)
    for statement in statements:
        start = statement.content[0].start
        holder = statement_holding(Span(start, start + 1), statements)
        assert holder is not None
        assert any(part.contains(Span(start, start + 1)) for part in holder.content)
