"""From bytes to text: which encoding they are in, told as browsers tell it.

A byte order mark decides, then UTF-8 where it fits, then what the server or an HTML page declares, then Windows'
Western code page for text mostly in ASCII, then the best guess of charset-normalizer. Declared names are those of the
WHATWG's standard: ISO-8859-1 and US-ASCII mean Windows-1252 there, and what is no encoding of text (hex, zip) means
nothing.
"""

from __future__ import annotations

import codecs
import re

from detente.errors import NotText

HEAD = 1 << 18
"""Bytes looked at when the encoding or the format of a file is guessed."""

DECLARED_WITHIN = 4_096
"""Bytes of a page in which its declaration is sought: the standard asks for the first 1,024, pages put it later."""

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
_XML_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)


def decode(data: bytes, *, markup: bool = False, charset: str | None = None) -> str:
    """The text in `data`; raises `NotText` where it is binary.

    `markup` is a page or a feed that may declare its encoding; `charset` is what the server said of it.
    """
    return data.decode(encoding_of(data, markup=markup, charset=charset), errors="replace")


def encoding_of(data: bytes, *, markup: bool = False, charset: str | None = None) -> str:
    """Name of the encoding of the text that begins with `data`; raises `NotText` where it is binary."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if wide := _wide(data[:HEAD]):
        return wide
    refuse_binary(data)
    if _fits(data, "utf-8"):
        return "utf-8"
    if declared := _declared(data, charset, markup):
        return next((name for name in declared if _fits(data, name)), declared[0])
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


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of English text in it is NUL."""
    pairs = len(head) // 2
    before, behind = head[::2].count(0), head[1::2].count(0)
    if pairs and max(before, behind) > 0.5 * pairs and min(before, behind) < 0.05 * pairs:
        return "utf-16-be" if before > behind else "utf-16-le"
    return None


def _declared(data: bytes, charset: str | None, markup: bool) -> list[str]:
    """The codecs that are declared, what the server says first; names that are no encoding of text are left out."""
    labels = [charset] if charset else []
    for pattern in (_DECLARED, _XML_DECLARED) if markup else ():
        if found := pattern.search(data, 0, DECLARED_WITHIN):
            labels.append(found[1].decode("ascii"))
    return [name for label in labels if (name := _codec(label))]


def _codec(label: str) -> str | None:
    from webencodings import lookup

    try:
        encoding = lookup(label)
        codec = encoding and encoding.codec_info.name
        # Bytes were seen to be no UTF-16: a page that declares it could not be read if it were. The standard agrees.
        wide = codec is not None and codec.startswith(("utf-16", "replacement"))
        return codecs.lookup(codec).name if codec and not wide else None
    except (LookupError, UnicodeError):  # of the standard, but not of Python
        return None


def _fits(data: bytes, encoding: str) -> bool:
    try:
        # Not final: the last character of a head may be cut in two.
        codecs.getincrementaldecoder(encoding)().decode(data, final=False)
    except UnicodeError:
        return False
    return True


def _is_western(head: bytes) -> bool:
    """Whether `head` can be English in the Western code page of Windows: few bytes beyond ASCII, all of them letters.

    A statistical guess needs more such bytes than the quotation marks and names of an English report have.
    """
    return sum(b >= 0x80 for b in head) <= 0.1 * len(head) and _fits(head, "cp1252")
