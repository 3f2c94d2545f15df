"""From bytes to the text that is coded: decoding, and cleaning that keeps every character at its place.

Offsets in a record are offsets in the cleaned text. Cleaning replaces one code point by one code point, so they are
also offsets in the text as it was given, with two exceptions: CRLF counts as one line end, and text whose encoding
was clearly garbled on its way (``â€™`` for ’) is repaired.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from detente.errors import NotText

HEAD = 1 << 18
"""Bytes looked at when the encoding or the format of a file is guessed."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
)
_MOST_CONTROLS = 0.02
"""Share of control bytes above which a file is no text: stray NULs stay below .1%, images and archives reach 10%."""

_CONTROL_BYTES = bytes(b for b in range(0x20) if b not in b"\t\n\v\f\r\x1b")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)

_GARBLED = re.compile("â€|ï»¿|[ÂÃ][\x80-\xbf\u0152-\u2122]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
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


def clean_line(text: str) -> str:
    """A title, name or address on one line, without what breaks screens or JSON."""
    return " ".join(clean(text).text.split())


def decode(data: bytes, *, markup: bool = False) -> str:
    """The text in `data`; raises `NotText` where it is binary.

    A byte order mark decides, then UTF-8 where it fits, then what an HTML page (`markup`) declares, then Windows'
    Western code page for text mostly in ASCII, then the best guess of charset-normalizer.
    """
    return data.decode(encoding_of(data, markup=markup), errors="replace")


def encoding_of(data: bytes, *, markup: bool = False) -> str:
    """Name of the encoding of the text that begins with `data`; raises `NotText` where it is binary."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    refuse_binary(data)
    if _fits_utf8(data):
        return "utf-8"
    if markup and (found := _DECLARED.search(data, 0, 4096)) and (declared := _known(found[1].decode("ascii"))):
        return declared
    if _is_western(data[:HEAD]):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:HEAD]).best()
    if best is None:
        raise NotText("is no text in any encoding known here: save it as UTF-8.")
    return best.encoding


def refuse_binary(data: bytes) -> None:
    """Raise `NotText` where `data` begins like a known binary format or is full of control bytes."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"looks like {what}, not text: save its text or HTML and read that.")
    head = data[:HEAD]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    if controls > max(2, _MOST_CONTROLS * len(head)):
        raise NotText("is binary, not text: save its text or HTML and read that.")


def _fits_utf8(data: bytes) -> bool:
    try:
        # Not final: the last character of a head may be cut in two.
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _is_western(head: bytes) -> bool:
    """Whether `head` can be English in the Western code page of Windows: few bytes beyond ASCII, all of them letters.

    A statistical guess needs more such bytes than the quotation marks and names of an English report have.
    """
    beyond = sum(b >= 0x80 for b in head)
    if beyond > 0.1 * len(head):
        return False
    try:
        head.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _repaired(text: str) -> tuple[str, bool]:
    import ftfy

    better = ftfy.fix_encoding(text)
    return better, better != text
