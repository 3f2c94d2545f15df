"""What a word with a tag is (part of speech, morphology, lemma), worked out once and looked up ever after.

spaCy's attribute ruler and rule lemmatizer cost a quarter of the whole pipeline, and nearly all they do depends on the
word, its tag and its dependency alone. The components themselves fill the table here, so that it says what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("attribute_ruler", "lemmatizer")
"""The components this table stands in for."""

ATTRIBUTES = ("POS", "MORPH", "LEMMA")

MOST_WORDS = 200_000
"""Entries after which the table starts anew: some 40 MB, and the memory of an endless stream stays bounded."""

Key = tuple[int, int, int]
Value = tuple[int, int, int]


class WordTable:
    """Part of speech, morphology and lemma of words, as `nlp`'s own components would set them."""

    def __init__(self, nlp: Language) -> None:
        from spacy.pipeline import AttributeRuler

        self._vocab = nlp.vocab
        self._lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._alone = AttributeRuler(nlp.vocab)
        self._in_row = AttributeRuler(nlp.vocab)
        whole: Any = nlp.get_pipe("attribute_ruler")
        for pattern in whole.patterns:
            alone = [row for row in pattern["patterns"] if len(row) == 1]
            in_row = [row for row in pattern["patterns"] if len(row) > 1]
            for ruler, rows in ((self._alone, alone), (self._in_row, in_row)):
                if rows:
                    ruler.add(patterns=rows, attrs=pattern["attrs"], index=pattern["index"])
        self._known: dict[Key, Value] = {}

    @staticmethod
    def serves(nlp: Language) -> bool:
        """Whether the components of `nlp` are the ones this table can stand in for."""
        if not all(name in nlp.pipe_names for name in COMPONENTS):
            return False
        return getattr(nlp.get_pipe("lemmatizer"), "mode", None) == "rule"

    def attributes(self, doc: Doc) -> np.ndarray[Any, Any]:
        """POS, MORPH and LEMMA of each token of a parsed `doc`, one row each, as numbers of its vocabulary."""
        rows: list[Key] = [tuple(row) for row in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]
        if len(self._known) > MOST_WORDS:
            self._known.clear()
        known = self._known
        if unknown := [row for row in dict.fromkeys(rows) if row not in known]:
            self._learn(unknown)
        table = np.array([known[row] for row in rows], dtype="uint64").reshape(len(rows), len(ATTRIBUTES))
        if any(self._in_row.match(doc)):
            by_row = self._in_row(doc).to_array(list(ATTRIBUTES))
            table = np.where(by_row == 0, table, by_row)
        return table

    def _learn(self, keys: Sequence[Key]) -> None:
        from spacy.tokens import Doc as NewDoc

        strings = self._vocab.strings
        words, tags, deps = ([strings[number] for number in column] for column in zip(*keys, strict=True))
        doc = NewDoc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        for component in (self._alone, self._lemmatizer):
            doc = component(doc)
        for key, (pos, morph, lemma) in zip(keys, doc.to_array(list(ATTRIBUTES)).tolist(), strict=True):
            self._known[key] = (pos, morph, lemma)
