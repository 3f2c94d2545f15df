"""Which sentences the name recognizer must see: it costs half of spaCy's time, and most names are known without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span

_NAME_TAGS = frozenset({"NNP", "NNPS"})


def names_beyond(longest_at: Callable[[Sequence[str], int], int]) -> Callable[[Span], bool]:
    """A test whether a tagged sentence has a word tagged as a name that no known name covers.

    ``longest_at(words, i)`` is the end of the longest known name that begins at word `i`, and `i` where there is none.
    """

    def holds_unknown_name(sentence: Span) -> bool:
        words = [token.text for token in sentence]
        end = 0
        for i, token in enumerate(sentence):
            if i >= end and token.tag_ in _NAME_TAGS:
                end = longest_at(words, i)
                if end == i:
                    return True
        return False

    return holds_unknown_name
