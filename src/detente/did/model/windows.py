"""A report cut into windows of whole sentences, each with the sentences before it as context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc
from tokenizers import Tokenizer

OWN, CONTEXT = 160, 56
"""Word pieces of a window: its own sentences, and those of the sentences before. More context costs speed."""

LONGEST = 400
"""Word pieces of one sentence that are read; the encoder has 512 positions."""

_MOST_WORDS = 50_000
"""Words whose pieces are kept: some 10 MB, and the memory of an endless stream stays bounded."""

_START, _END = 101, 102
"""[CLS] and [SEP] of the encoder's vocabulary."""


@dataclass(frozen=True, slots=True)
class Window:
    """Word pieces `ids`, and for each own word its index in the Doc and the position of its first piece."""

    ids: tuple[int, ...]
    words: tuple[int, ...]
    positions: tuple[int, ...]


def windows_of(doc: Doc, tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of a parsed report, in order; every word is own to one of them."""
    sentences = list(_pieces(doc, tokenizer))
    i = 0
    while i < len(sentences):
        j, size = i, 0
        while j < len(sentences) and (j == i or size + len(sentences[j][1]) <= OWN):
            size += len(sentences[j][1])
            j += 1
        context: list[int] = []
        k = i
        while k > 0 and len(context) + len(sentences[k - 1][1]) <= CONTEXT:
            k -= 1
            context[:0] = sentences[k][1]
        yield _window(context, sentences[i:j])
        i = j


def _window(context: Sequence[int], sentences: Sequence[tuple[int, list[int], list[int]]]) -> Window:
    ids = [_START, *context]
    words: list[int] = []
    positions: list[int] = []
    for start, pieces, firsts in sentences:
        for n, first in enumerate(firsts):
            words.append(start + n)
            positions.append(min(len(ids) + first, LONGEST + len(context)))
        ids.extend(pieces[:LONGEST])
    ids.append(_END)
    last = len(ids) - 1
    return Window(tuple(ids), tuple(words), tuple(min(p, last) for p in positions))


def _pieces(doc: Doc, tokenizer: Tokenizer) -> Iterator[tuple[int, list[int], list[int]]]:
    """For each sentence: its first word, its word pieces, and for each word the index of its first piece."""
    words = [token.text for token in doc]
    known = _word_pieces(tokenizer)
    if len(known) > _MOST_WORDS:
        known.clear()
    if unknown := [word for word in dict.fromkeys(words) if word not in known]:
        encoded = tokenizer.encode_batch([[w] for w in unknown], is_pretokenized=True, add_special_tokens=False)
        known.update((word, tuple(encoding.ids)) for word, encoding in zip(unknown, encoded, strict=True))
    for sentence in doc.sents:
        pieces: list[int] = []
        firsts: list[int] = []
        for word in words[sentence.start : sentence.end]:
            firsts.append(len(pieces))
            pieces.extend(known[word])
        last = max(len(pieces) - 1, 0)
        yield sentence.start, pieces, [min(first, last) for first in firsts]


@lru_cache(maxsize=2)
def _word_pieces(tokenizer: Tokenizer) -> dict[str, tuple[int, ...]]:
    """The word pieces of the words that `tokenizer` has met: it cuts each word by itself."""
    del tokenizer
    return {}
