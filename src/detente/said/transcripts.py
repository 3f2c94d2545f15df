"""Layouts that name the speaker before the words: briefings, interviews, transcripts, attributed releases."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from detente.codebook.cues import CueLexicon
from detente.language.labels import NAME, NAME_WORD, Label, speaker_labels
from detente.record import Span

_ATTRIBUTED = re.compile(r"attributable to(?: the)? (?P<name>[^:\n]{3,120}):[ \t]*\n")
_DOCUMENT = r"(?:joint )?(?:press )?(?:statement|release|communiqu[eé]|declaration|message|letter)"
_TEXT_OF = re.compile(
    rf"(?i)the (?:following|below|text)[^.\n]{{0,40}}? (?P<cue>{_DOCUMENT})[^.\n]{{0,60}}? "
    r"(?:by|from|of|released by|issued by)(?: the)? (?P<name>[A-Z][^:\n]{2,200}?)[.:][ \t]*\n"
)
_TEXT_MARK = re.compile(r"(?im)^[ \t]*begin text:?[ \t]*$")
_END_MARK = re.compile(r"(?im)^[ \t]*(?:end(?: of)? text\.?|#+|END(?:[ \t].{0,40})?)[ \t]*$")
_CLOCK = re.compile(r"(?m)^[ \t]*(?:END[ \t]+)?\d{1,2}:\d{2} [AaPp]\.?[Mm]\.?.{0,12}$")
_BYLINE = re.compile(rf"\A\s*(?P<name>{NAME}(?: {NAME_WORD}){{1,4}}), (?P<post>[A-Z][\w.,’'\- ]{{2,90}})\n\s*\n")
_SIGNATURE = re.compile(r"(?m)^[ \t]*(?P<name>[A-Z][A-Z.’'\-]+(?:[ ,]+[A-Z][A-Z.’'\-]*){1,4})[ \t]*$(?!\s*:)")
_SALUTATION = re.compile(
    r"\A(?:[ \t]*(?:\(?Dear [^\n]{1,60}|[A-Z][A-Z ,.’'\-]{3,80}|[A-Z][^.\n]{0,60}[,:])[,:]?\)?[ \t]*\n\s*)+"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|me|us)\b")
_STAGE = re.compile(r"[ \t]*\((?:[A-Z][^()\n]{2,60})\)[ \t]*")
_LONGEST_NAME = 4
_SIGNED_WITHIN = 200
"""Characters after a signature: a place and a date follow it, no more text."""
_MIN_TURN = 40
"""A single label is a speaker only before words enough for a speech; shorter ones are captions and headings."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words: the label (null where the layout names none), the cue if any, and the words."""

    speaker: Span
    cue: Span | None
    words: Span
    asks: bool


def find_turns(text: str, lexicon: CueLexicon) -> tuple[Turn, ...]:
    """The turns of a transcript, and the body of a release that is attributed as a whole; often none."""
    released = _release(text)
    if released:
        return (released,)
    labels = speaker_labels(text)
    read = (_turn(text, label, after, lexicon) for label, after in zip_longest(labels, labels[1:]))
    turns = [turn for turn in read if turn is not None and not _is_heading(turn, text, lexicon)]
    marked = any(text[: turn.speaker.start].rstrip().endswith("*") for turn in turns)
    enough = len(turns) >= 2 or marked or any(len(turn.words.of(text).split()) >= _MIN_TURN for turn in turns)
    if enough and _are_speakers(text, turns, lexicon):
        return tuple(turns)
    signed = _signed(text, lexicon)
    return (signed,) if signed else ()


def _are_speakers(text: str, turns: list[Turn], lexicon: CueLexicon) -> bool:
    """Whether labels name speakers rather than the parts of a text: somebody asks, speaks twice or has a title."""
    labels = [turn.speaker.of(text).lower() for turn in turns]
    if any(turn.asks for turn in turns) or len(set(labels)) < len(labels):
        return True
    return any(_has_title(label, lexicon) for label in labels)


def _is_heading(turn: Turn, text: str, lexicon: CueLexicon) -> bool:
    """Whether a label opens with a word of address or of layout: *Dear Mr. Speaker*, *Subject*."""
    return turn.speaker.of(text).split()[0].lower() in lexicon.headings


def _has_title(words: str, lexicon: CueLexicon) -> bool:
    return any(word.strip(".,") in lexicon.speakers for word in words.lower().split())


def _turn(text: str, label: Label, following: Label | None, lexicon: CueLexicon) -> Turn | None:
    start = label.outer.end
    if following is not None:
        stop = following.outer.start
    else:
        endings = (*_CLOCK.finditer(text, start), *_END_MARK.finditer(text, start))
        stop = min((ending.start() for ending in endings), default=len(text))
    words = _body(text, start, stop)
    said = words.of(text)
    if not any(c.isalnum() for c in said) or _is_name(said):
        return None
    return Turn(label.span, None, words, label.span.of(text).lower().strip(".") in lexicon.askers)


def _is_name(words: str) -> bool:
    """Whether a turn is only a name, as in a list of posts and those who hold them."""
    parts = words.rstrip(".").split()
    return 2 <= len(parts) <= _LONGEST_NAME and all(part[0].isupper() and part.isalpha() for part in parts)


def _release(text: str) -> Turn | None:
    match = _ATTRIBUTED.search(text) or _TEXT_OF.search(text)
    if match is None:
        return None
    begin = _TEXT_MARK.search(text, match.end())
    start = begin.end() if begin else match.end()
    ending = _END_MARK.search(text, start)
    words = _body(text, start, ending.start() if ending else len(text))
    if not any(c.isalnum() for c in words.of(text)):
        return None
    cue = (
        Span(*match.span("cue"))
        if "cue" in match.re.groupindex
        else Span(match.start(), match.start() + len("attributable to"))
    )
    return Turn(Span(*match.span("name")), cue, words, False)


def _signed(text: str, lexicon: CueLexicon) -> Turn | None:
    """A text in the first person with its author's name in a line above or below it."""
    byline = _BYLINE.match(text)
    if byline and _has_title(byline["post"], lexicon):
        start, end, name = byline.end(), len(text), byline.span("name")
    else:
        signature = next((m for m in _SIGNATURE.finditer(text) if len(text) - m.end() <= _SIGNED_WITHIN), None)
        if signature is None:
            return None
        salutation = _SALUTATION.match(text)
        start, end, name = salutation.end() if salutation else 0, signature.start(), signature.span("name")
    words = _body(text, start, end)
    said = words.of(text)
    if len(said.split()) < _MIN_TURN or not _FIRST_PERSON.search(said):
        return None
    return Turn(Span(*name), None, words, False)


def _body(text: str, start: int, end: int) -> Span:
    """The words between two offsets, without marks at the edges and without stage directions there."""
    while True:
        while start < end and text[start] in ' \t\r\n*_“"':
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in '*_”"'):
            end -= 1
        direction = _STAGE.match(text, start, end)
        if direction:
            start = direction.end()
            continue
        opened = text.rfind("(", start, end)
        if opened >= 0 and text[end - 1] == ")" and _STAGE.fullmatch(text, opened, end):
            end = opened
            continue
        return Span(start, end)
