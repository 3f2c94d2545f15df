"""The text that is coded: cleaning that keeps every character at its place.

Offsets in a record are offsets in the cleaned text. Cleaning replaces one code point by one code point, so they are
also offsets in the text as it was given, with two exceptions: CRLF counts as one line end, and text whose encoding
was clearly garbled on its way (``â€™`` for ’) is repaired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_GARBLED = re.compile("â€|ï»¿|[ÂÃ][\x80-\xbf\u0152-\u2122]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_OBEYED = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text to be coded, and what was changed in it beyond spaces and line ends, in words for a person."""

    text: str
    changes: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """`text` without what breaks offsets, screens or JSON.

    Line ends of any kind become ``\\n``; other white space, control characters, bidirectional marks and zero-width
    spaces become a space each; lone surrogates and code points that are no characters become U+FFFD.
    """
    changes = []
    if _GARBLED.search(text):
        text, was_garbled = _repaired(text)
        changes += ["letters garbled by a wrong encoding were repaired"] * was_garbled
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text))
    for pattern, becomes, what in (
        (_CONTROL, " ", "control characters became spaces"),
        (_INVISIBLE, " ", "invisible marks became spaces"),
        (_NO_CHARACTER, "\ufffd", "broken characters became \ufffd"),
    ):
        text, count = pattern.subn(becomes, text)
        if count:
            changes.append(f"{count} {what}")
    return Cleaned(text, tuple(changes))


def for_terminal(text: str) -> str:
    """`text` with what a terminal would obey written out, as in ``\\x1b``: names of files and answers may hold it."""
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def clean_line(text: str) -> str:
    """A title, name or address on one line, without what breaks screens or JSON."""
    return " ".join(clean(text).text.split())


def _repaired(text: str) -> tuple[str, bool]:
    import ftfy

    better = ftfy.fix_encoding(text)
    return better, better != text
