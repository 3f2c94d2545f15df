"""The day that *today* means inside a quotation: the one on which its words were said, where the text tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from spacy.tokens import Doc, Token

from detente.codebook.cues import load_cues
from detente.language.quotes import find_quotes
from detente.record import Span, Time
from detente.when.direction import governing_verb, tense_of
from detente.when.lexicon import lexicon
from detente.when.meaning import Meaning
from detente.when.scene import is_perfect
from detente.when.story import SCENE

_LATEST = timedelta(7)
"""Days before the report within which something said is its news and not a quotation from the past."""


def is_of_the_speaker(m: Meaning) -> bool:
    """Whether the words count days from the moment they are said: *today*, *last night*."""
    return m.kind == "unit" and m.unit == "D" and m.base == "report" and m.inside is None and abs(m.offset or 0) <= 1


class Speech:
    """The quotations of a text, found when a time first asks for them."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._doc = doc
        self._text = text

    def day_at(self, at: int, told: Sequence[Time], report: date) -> date | None:
        """The day told with the last verb of saying before a quotation around code point `at`; null outside of one.

        Only the last sentence that tells a day counts: a day of something else ends the scene in which the words were
        said.
        """
        if not self.is_quoted(at):
            return None
        sentence = None
        for time in reversed(told):
            if at - time.span.start > SCENE:
                return None
            if time.granularity not in ("day", "time") or time.start is None or self.is_quoted(time.span.start):
                continue
            verb = _verb_of(self._doc, time)
            if verb is None or (sentence is not None and verb.sent.start != sentence):
                return None
            sentence = verb.sent.start
            day = date.fromisoformat(time.start)
            if verb.lemma_ in load_cues().verbs and tense_of(verb, lexicon()) < 0 and not is_perfect(verb):
                return day if timedelta(0) < report - day <= _LATEST else None
        return None

    def is_quoted(self, at: int) -> bool:
        """Whether code point `at` lies inside quotation marks."""
        return any(quote.start < at < quote.end for quote in self._quotations)

    @cached_property
    def _quotations(self) -> list[Span]:
        return [quote.outer for quote in find_quotes(self._text) if quote.depth == 0]


def _verb_of(doc: Doc, time: Time) -> Token | None:
    span = doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
    return governing_verb(span.root) if span is not None and len(span) else None
