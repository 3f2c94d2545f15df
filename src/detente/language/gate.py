"""Which stretches of a text are worth parsing, decided on surface words before the parse.

A stretch is one line of the text (a paragraph in nearly all news text): the parser keeps whole paragraphs, so the
gate needs no sentence splitter of its own. The words that matter come from outside; this room knows no politics.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_WORD = 40
"""Longer tokens are debris (addresses, runs of one letter) and never a word of a lexicon."""


class WordForms:
    """Whether a word as written may be a form of one of the given lemmas.

    Irregular forms come from the lemmatizer's own exception tables, regular ones from its suffix rules, so that the
    gate lets through whatever the lemmatizer could later call one of the lemmas.
    """

    def __init__(self, nlp: Language, lemmas: Iterable[str]) -> None:
        tables = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        self._lemmas = frozenset(lemma.lower() for lemma in lemmas)
        self._irregular = _merged(tables.get_table("lemma_exc"), ("verb", "noun"))
        rules = tables.get_table("lemma_rules")
        self._suffixes = tuple(sorted({(old, new) for pos in ("verb", "noun") for old, new in rules.get(pos, [])}))
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._is_form(word.lower())
        return known

    def _is_form(self, word: str) -> bool:
        if len(word) > MAX_WORD:
            return False
        if word in self._lemmas or not self._lemmas.isdisjoint(self._irregular.get(word, ())):
            return True
        return any(
            word.endswith(old) and word[: len(word) - len(old)] + new in self._lemmas for old, new in self._suffixes
        )


def _merged(table: dict[str, dict[str, list[str]]], parts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for part in parts:
        for form, lemmas in table.get(part, {}).items():
            forms[form] = (*forms.get(form, ()), *lemmas)
    return forms


def has_name(doc: Doc) -> bool:
    """Whether any token of an unparsed stretch is written like a name: a capital or a number of capitals in it."""
    return any(not token.is_lower and token.is_alpha for token in doc)
