"""Lines that were broken by hand: a paragraph is one line again, with every character at its place.

Mail, agencies' wires and text taken from PDFs end lines in the middle of a sentence. A parser takes the end of a line
for a space at best, and for the end of a name or sentence at worst. Here such a line end becomes a space; a word that
was divided at its hyphen is put together, and the space goes behind it, so that all else stays where it was.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

LONGEST_LINE = 110
"""Characters of a line that was broken by hand: mail has up to 80, text from a PDF up to 110. Paragraphs that are
one line have more, and headlines above them must stay lines of their own."""

FULL = 0.75
"""Share of the longest line from which a line is full: the next word was put on the next line, for it did not fit."""

MOST_NAMES = 4
"""Words up to which a line of capitalised words is an entry of a list, a signature or a headline."""

_DIVIDED = re.compile(r"\w-$")
_SENTENCE_END = re.compile(r"[.!?…:;]['\"”’»)\]]*\s*$")
_OPEN_END = re.compile(r"(?:,|\w-|\b(?:the|a|an|of|to|in|on|at|by|for|and|or|but|with|from|that|is|was|has|had))\s*$")
_RUNNING = re.compile(r"\b(?:the|an?|was|were|is|has|had|said)\b", re.IGNORECASE)
_APART = re.compile(r"\s*(?:[-–—*•·>|#]\s|\d{1,3}[.)]\s|\(?[a-z]\)\s|[A-Z][\w .'’-]{0,40}:(?:\s|$)|Q[.:]|A[.:])")


def unwrapped(text: str) -> str:
    """`text` with line ends inside a paragraph as spaces; it is as long as before."""
    blocks = groupby(text.split("\n"), key=lambda line: bool(line.strip()))
    return "\n".join(_joined(lines) if told else "\n".join(lines) for told, group in blocks if (lines := list(group)))


def _joined(lines: list[str]) -> str:
    """The lines of a block, of which those that were broken by hand are one line."""
    if max(map(len, lines)) > LONGEST_LINE:
        return "\n".join(lines)
    widest = max(map(len, lines))
    is_running = _is_running(lines)
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        is_inside = _goes_on(before, line) or (is_running and _may_go_on(before, line, widest))
        pieces.append(_put_together(pieces, line) if is_inside else "\n" + line)
    return "".join(pieces)


def _put_together(pieces: list[str], line: str) -> str:
    """The line behind a space; the rest of a divided word goes to its beginning, and the space behind it."""
    if _DIVIDED.search(pieces[-1]):
        rest, space, more = line.partition(" ")
        return f"{rest} {space}{more}"
    return " " + line


def _goes_on(before: str, line: str) -> bool:
    """Whether a line ends in the middle of a sentence, whatever its neighbours are."""
    if _SENTENCE_END.search(before) or _APART.match(line):
        return False
    first = line.lstrip()[:1]
    return first.islower() or _OPEN_END.search(before) is not None


def _may_go_on(before: str, line: str, widest: int) -> bool:
    """Whether a line of running text goes on: it is full, or no sentence ends with it."""
    if _APART.match(line):
        return False
    word = len(line.split(None, 1)[0])
    is_full = len(before.rstrip()) + 1 + word > widest and len(before) >= FULL * widest
    return is_full or not _SENTENCE_END.search(before)


def _is_running(lines: list[str]) -> bool:
    """Whether the lines are one text that was broken: its end is one of a sentence, and no line is a label or name."""
    if not _SENTENCE_END.search(lines[-1]) or any(map(_APART.match, lines)):
        return False
    starts = [lines[0], *(line for before, line in pairwise(lines[:-1]) if _SENTENCE_END.search(before))]
    if any(map(_is_name, starts)):
        return False
    is_told = bool(_RUNNING.search(lines[0]))
    breaks = [(before, line) for before, line in pairwise(lines) if not _SENTENCE_END.search(before)]
    strong = sum(_goes_on(before, line) for before, line in breaks)
    return len(breaks) > 0 and (strong > 0 or is_told)


def _is_name(line: str) -> bool:
    """Whether a line is only a name, a label or a headline in capitals."""
    if _OPEN_END.search(line) or _RUNNING.search(line):
        return False
    words = [word for word in line.split() if word[0].isalpha()]
    return line.isupper() or (len(words) <= MOST_NAMES and all(word[0].isupper() for word in words))
