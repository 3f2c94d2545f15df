"""Windows: every word of a report is read once, in a window that fits the encoder."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from detente.did.model.network import load_network
from detente.did.model.windows import CONTEXT, LONGEST, OWN, windows_of
from detente.language import load_pipeline, parse

POSITIONS = 512


def nlp() -> Language:
    return load_pipeline()


@given(
    st.lists(
        st.sampled_from(["Norway met Chile.", "He said so.\n\n", "word " * 90 + ".", "“No”, ", "中国 ", "\n"]),
        max_size=25,
    )
)
@settings(max_examples=40, deadline=None)
def test_every_word_is_own_to_one_window_and_has_a_place_in_it(parts: list[str]) -> None:
    doc = parse(nlp(), "".join(parts))
    windows = list(windows_of(doc, load_network().tokenizer))
    assert [i for w in windows for i in w.words] == list(range(len(doc)))
    for window in windows:
        assert len(window.ids) <= min(POSITIONS, max(OWN, LONGEST) + CONTEXT + 2)
        assert all(0 <= p < len(window.ids) for p in window.positions)


def test_the_pieces_of_a_window_are_those_of_its_sentences() -> None:
    doc = parse(nlp(), "Transnistrians negotiated; Dr. O’Neil’s e-mail (of 12.30) said “no”.\n\nŁódź agreed: 50% off…")
    tokenizer = load_network().tokenizer
    words = [[token.text for token in sentence] for sentence in doc.sents]
    whole = tokenizer.encode_batch(words, is_pretokenized=True, add_special_tokens=False)
    (window,) = windows_of(doc, tokenizer)
    assert list(window.ids)[1:-1] == [number for encoding in whole for number in encoding.ids]


def test_a_word_is_read_at_its_first_piece() -> None:
    doc = parse(nlp(), "Transnistrians negotiated.")
    network = load_network()
    (window,) = windows_of(doc, network.tokenizer)
    pieces = [network.tokenizer.id_to_token(i) or "" for i in window.ids]
    assert [pieces[p] for p in window.positions][1:] == ["negotiated", "."]
    assert pieces[window.positions[0]].startswith("trans")
