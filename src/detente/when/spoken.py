"""The day that *today* means inside a quotation: the one on which its words were said, where the text tells it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from spacy.tokens import Doc, Token

from detente.codebook.cues import load_cues
from detente.record import Time
from detente.when.direction import governing_verb, tense_of
from detente.when.lexicon import lexicon
from detente.when.meaning import Meaning
from detente.when.scene import is_perfect
from detente.when.story import SCENE

_LATEST = timedelta(7)
"""Days before the report within which something said is its news and not a quotation from the past."""

_OPENING, _CLOSING = "“«", "”»"
_SIGN = re.compile(f'[{_OPENING}{_CLOSING}"\\n]')


def is_of_the_speaker(m: Meaning) -> bool:
    """Whether the words count days from the moment they are said: *today*, *last night*."""
    return m.kind == "unit" and m.unit == "D" and m.base == "report" and m.inside is None and abs(m.offset or 0) <= 1


def day_of_speech(doc: Doc, text: str, at: int, told: Sequence[Time], report: date) -> date | None:
    """The day told with the last verb of saying before a quotation around code point `at`; null outside of one.

    `text` is the Doc's, which a Doc puts together anew each time it is asked. Only the last sentence that tells a day
    counts: a day of something else ends the scene in which the words were said.
    """
    if not is_quoted(text, at):
        return None
    sentence = None
    for time in reversed(told):
        if at - time.span.start > SCENE:
            return None
        if time.granularity not in ("day", "time") or time.start is None or is_quoted(text, time.span.start):
            continue
        verb = _verb_of(doc, time)
        if verb is None or (sentence is not None and verb.sent.start != sentence):
            return None
        sentence = verb.sent.start
        day = date.fromisoformat(time.start)
        if verb.lemma_ in load_cues().verbs and tense_of(verb, lexicon()) < 0 and not is_perfect(verb):
            return day if timedelta(0) < report - day <= _LATEST else None
    return None


def is_quoted(text: str, at: int) -> bool:
    """Whether code point `at` lies inside quotation marks that open in its paragraph."""
    marks = _marks(text)
    paragraph = _last(marks.breaks, at)
    opened, closed = _last(marks.opening, at), _last(marks.closing, at)
    if opened > max(closed, paragraph):
        return True
    return (bisect_left(marks.straight, at) - bisect_left(marks.straight, paragraph)) % 2 == 1


def _last(places: Sequence[int], at: int) -> int:
    """The last of `places` before `at`; -1 where there is none."""
    i = bisect_left(places, at)
    return places[i - 1] if i else -1


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where the quotation marks and line breaks of a text stand."""

    opening: Sequence[int]
    closing: Sequence[int]
    straight: Sequence[int]
    breaks: Sequence[int]


@lru_cache(maxsize=1)
def _marks(text: str) -> _Marks:
    found: dict[str, list[int]] = {sign: [] for sign in (*_OPENING, *_CLOSING, '"', "\n")}
    for match in _SIGN.finditer(text):
        found[match[0]].append(match.start())
    opening = sorted(at for sign in _OPENING for at in found[sign])
    closing = sorted(at for sign in _CLOSING for at in found[sign])
    return _Marks(opening, closing, found['"'], found["\n"])


def _verb_of(doc: Doc, time: Time) -> Token | None:
    span = doc.char_span(time.span.start, time.span.end, alignment_mode="expand")
    return governing_verb(span.root) if span is not None and len(span) else None
