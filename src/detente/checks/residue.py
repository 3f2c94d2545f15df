"""Residue of the page around a report: labels of pictures and films, running times, navigation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from detente.checks.lexicon import Residue, load_residue
from detente.checks.lines import Line, quoted
from detente.record import Check, Span

LONGEST_CAPTION = 30
"""Words of a line that may still be the label of a picture: agencies' captions rarely have more."""

LONGEST_NAVIGATION = 16
MOST_SPANS = 20
"""Spans a check lists; a page that is all residue needs no more to be believed."""

_RUNNING_TIME = re.compile(r"(?<![\d:])(?:\d{1,2}:)?\d{1,2}:\d{2}(?![\d:])")
_ONLY_TIMES = re.compile(r"[\W_]*(?:(?:\d{1,2}:)?\d{1,2}:\d{2}[\W_]*)+")


def residue_checks(text: str, lines: Sequence[Line]) -> Iterable[Check]:
    """The checks ``caption``, ``clock`` and ``navigation``, each with the lines it rests on."""
    lexicon = load_residue()
    captions: list[Span] = []
    clocks: list[Span] = []
    navigation: list[Span] = []
    for line in lines:
        lowered = line.text.lower()
        if _is_navigation(line, lowered, lexicon):
            navigation.append(line.span)
        elif _is_caption(line, lowered, lexicon):
            captions.append(line.span)
            clocks += _times_in(line)
        elif _ONLY_TIMES.fullmatch(line.text):
            clocks += _times_in(line)
    yield from _check("caption", "The label of a picture or film stands in the text as if it were told", captions, text)
    yield from _check("clock", "A running time or clock of the page stands in the text", clocks, text)
    yield from _check("navigation", "Words of the page around the report stand in the text", navigation, text)


def _is_navigation(line: Line, lowered: str, lexicon: Residue) -> bool:
    if not line.words or len(line.words) > LONGEST_NAVIGATION:
        return False
    if lowered.startswith(lexicon.navigation_openers):
        return True
    # A lower-case or stopped word alone on a line is a wrapped sentence, not a button.
    return line.text[0].isupper() and line.text[-1] not in ".,;" and " ".join(line.words) in lexicon.navigation_lines


def _is_caption(line: Line, lowered: str, lexicon: Residue) -> bool:
    return 0 < len(line.words) <= LONGEST_CAPTION and lowered.startswith(lexicon.caption_openers)


def _times_in(line: Line) -> list[Span]:
    start = line.span.start
    return [Span(start + m.start(), start + m.end()) for m in _RUNNING_TIME.finditer(line.text)]


def _check(code: str, what: str, spans: Sequence[Span], text: str) -> Iterable[Check]:
    if spans:
        more = f" ({len(spans)} places)" if len(spans) > 1 else ""
        yield Check(code, f"{what}: “{quoted(text, spans[0])}”{more}.", tuple(spans[:MOST_SPANS]))
