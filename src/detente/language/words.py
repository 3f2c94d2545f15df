"""What a word with a tag is (part of speech, morphology, lemma), worked out once and looked up ever after.

spaCy's attribute ruler and rule lemmatizer cost a quarter of the whole pipeline, and nearly all they do depends on the
word, its tag and its dependency alone. The components themselves fill the table here, so that it says what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("attribute_ruler", "lemmatizer")
"""The components this table stands in for."""

ATTRIBUTES = ("POS", "MORPH", "LEMMA")

MOST_WORDS = 100_000
"""Entries after which the table starts anew: some 30 MB, and the memory of an endless stream stays bounded."""

Key = tuple[int, int, int]
Value = tuple[int, int, int]


def _keys(doc: Doc) -> list[Key]:
    """Word, tag and dependency of each token."""
    return [tuple(row) for row in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a rule that asks for the dependency of a word asks for: null where it takes any."""

    words: frozenset[str] | None
    tags: frozenset[str] | None
    deps: frozenset[str] | None

    @classmethod
    def of(cls, pattern: dict[str, Any]) -> _Asking:
        return cls(*(_named(pattern.get(name)) for name in ("LOWER", "TAG", "DEP")))

    def may_hold(self, word: str, tag: str, dep: str) -> bool:
        """Whether the rule may hold for the word, or may turn on its dependency."""
        given = ((self.words, word.lower()), (self.tags, tag), (self.deps, dep))
        return all(asked is None or value in asked for asked, value in given)


def _named(value: Any) -> frozenset[str] | None:
    """The values that a pattern names outright; null for a rule over anything else."""
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(value["IN"]) if isinstance(value, dict) and "IN" in value else None


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
            if not {"POS", "MORPH", "LEMMA"}.intersection(pattern["attrs"]):
                continue
            alone = [row for row in pattern["patterns"] if len(row) == 1]
            in_row = [row for row in pattern["patterns"] if len(row) > 1]
            for ruler, rows in ((self._alone, alone), (self._in_row, in_row)):
                if rows:
                    ruler.add(patterns=rows, attrs=pattern["attrs"], index=pattern["index"])
        rules: Any = self._alone.patterns
        tokens = [row[0] for rule in rules for row in rule["patterns"]]
        self._asking = tuple(_Asking.of(token) for token in tokens if "DEP" in token)
        self._other = nlp.vocab.strings.add("dep")
        self._known: dict[Key, Value] = {}

    @staticmethod
    def serves(nlp: Language) -> bool:
        """Whether the components of `nlp` are the ones this table can stand in for."""
        if not all(name in nlp.pipe_names for name in COMPONENTS):
            return False
        return getattr(nlp.get_pipe("lemmatizer"), "mode", None) == "rule"

    def learn(self, docs: Iterable[Doc]) -> None:
        """Take up every word of parsed `docs` that is not known yet, all at once; those of earlier calls may go."""
        if len(self._known) > MOST_WORDS:
            self._known.clear()
        rows = dict.fromkeys(row for doc in docs for row in _keys(doc))
        plain = {row: self._plain(row) for row in rows if row not in self._known}
        if unknown := [row for row in dict.fromkeys(plain.values()) if row not in self._known]:
            self._learn(unknown)
        self._known.update((row, self._known[same]) for row, same in plain.items())

    def attributes(self, doc: Doc) -> np.ndarray[Any, Any]:
        """POS, MORPH and LEMMA of each token of a learnt `doc`, one row each, as numbers of its vocabulary."""
        known = self._known
        rows = [known[row] for row in _keys(doc)]
        table = np.array(rows, dtype="uint64").reshape(len(rows), len(ATTRIBUTES))
        if any(self._in_row.match(doc)):
            by_row = self._in_row(doc).to_array(list(ATTRIBUTES))
            table = np.where(by_row == 0, table, by_row)
        return table

    def _plain(self, key: Key) -> Key:
        """The key with a dependency that stands for all others, where no rule asks this word for its own."""
        word, tag, dep = (self._vocab.strings[number] for number in key)
        if any(asking.may_hold(word, tag, dep) for asking in self._asking):
            return key
        return key[0], key[1], self._other

    def _learn(self, keys: Sequence[Key]) -> None:
        from spacy.tokens import Doc as NewDoc

        strings = self._vocab.strings
        words, tags, deps = ([strings[number] for number in column] for column in zip(*keys, strict=True))
        doc = NewDoc(self._vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))
        for component in (self._alone, self._lemmatizer):
            doc = component(doc)
        for key, (pos, morph, lemma) in zip(keys, doc.to_array(list(ATTRIBUTES)).tolist(), strict=True):
            self._known[key] = (pos, morph, lemma)
