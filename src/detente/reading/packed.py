"""Packed bytes unpacked, within limits: gzip files to their last whole byte, and the codings of HTTP answers."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from detente.errors import ReadError, TooLong
from detente.extras import missing

GZIP = b"\x1f\x8b"
_CHUNK = 1 << 16
_GZIP_FORM = zlib.MAX_WBITS | 16
PADDING = b"\0 \t\r\n"
"""What may follow a gzip member without meaning anything: blocks are filled up with it."""

_CHUNK_HEAD = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r?\n")


class Unpacked(io.RawIOBase):
    """What the members of a gzip file hold, up to where it is damaged; `damage` then says how.

    A file that was cut off gives all that was in it: the standard library keeps the end of it back.
    """

    def __init__(self, packed: io.BufferedIOBase) -> None:
        self.damage: str | None = None
        self._packed = packed
        self._member = zlib.decompressobj(_GZIP_FORM)
        self._input = b""
        self._ended = False
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self._rest or not self._ended:
            if self._rest:
                piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
                buffer[: len(piece)] = piece
                return len(piece)
            self._input = self._input or self._packed.read1(_CHUNK)
            at_end = not self._input
            piece = self._piece(len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
            if at_end:
                self._end(self.damage if self._member.eof else "it ends before its data do")
        return 0

    def _piece(self, most: int) -> bytes:
        """The next bytes, at most `most`; none at the edge of a member or where the data are damaged."""
        if self._member.eof and not self._next_member():
            return b""
        before, given = self._member.copy(), self._input
        try:
            piece = self._member.decompress(given, most)
        except zlib.error as error:
            self._end(str(error))
            self._rest = _whole(before, given)
            return b""
        self._input = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return piece

    def _next_member(self) -> bool:
        self._input = self._input.lstrip(PADDING)
        if not self._input:
            return False
        if len(self._input) == 1:
            self._input += self._packed.read1(_CHUNK)
        if not self._input.startswith(GZIP):
            self._end("other bytes follow the packed ones")
            return False
        self._member = zlib.decompressobj(_GZIP_FORM)
        return True

    def _end(self, damage: str | None) -> None:
        self._ended, self.damage = True, damage


def _whole(member: Any, packed: bytes) -> bytes:
    """What comes of `packed` before the byte at which it is damaged."""
    piece = b""
    for number in range(len(packed)):
        try:
            piece += member.decompress(packed[number : number + 1])
        except zlib.error:
            break
    return piece


def unpacked(body: bytes, coding: str, largest: int) -> bytes:
    """`body` without one coding of HTTP; a body that is not coded so is left as it is, as archives keep many.

    Raises `TooLong` beyond `largest` bytes and `ReadError` for a body that is damaged.
    """
    for names, is_coded, undo in _CODINGS:
        if coding in names:
            return undo(body, largest) if is_coded(body) else body
    return body


def unpack_gzip(body: bytes, largest: int) -> bytes:
    """The members of a gzip `body` as one; raises `ReadError` where it is damaged or other bytes follow."""
    reader = Unpacked(io.BytesIO(body))
    data = _read(reader, largest)
    if reader.damage:
        raise ReadError(f"its gzip is damaged: {reader.damage}")
    return data


def unpack_chunks(body: bytes, largest: int) -> bytes:
    """`body` without its chunks; the last one may be missing."""
    pieces, at = [], 0
    while at < len(body):
        head = _CHUNK_HEAD.match(body, at)
        if head is None:
            raise ReadError("its chunks are damaged")
        length = int(head[1], 16)
        if not length:
            break
        pieces.append(body[head.end() : head.end() + length])
        at = head.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return _limited(b"".join(pieces), largest)


def _unpack_deflate(body: bytes, largest: int) -> bytes:
    for form in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # some servers leave the frame of zlib out
        try:
            return _limited(zlib.decompressobj(form).decompress(body, largest + 1), largest)
        except zlib.error:
            continue
    raise ReadError("its deflate is damaged")


def _by_arrow(name: str) -> Callable[[bytes, int], bytes]:
    def undo(body: bytes, largest: int) -> bytes:
        try:
            import pyarrow as pa
        except ImportError as error:
            raise ReadError(f"it is packed as {name}: {missing('pyarrow')}") from error
        try:
            return _read(pa.CompressedInputStream(pa.BufferReader(body), name), largest)
        except OSError as error:
            raise ReadError(f"its {name} is damaged: {error}") from error

    return undo


def _read(reader: Any, largest: int) -> bytes:
    pieces, left = [], largest + 1
    while left > 0 and (piece := reader.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return _limited(b"".join(pieces), largest)


def _limited(data: bytes, largest: int) -> bytes:
    if len(data) > largest:
        raise TooLong(f"it has more than {largest:,} bytes when unpacked")
    return data


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda body: body.startswith(marks)


def _is_markup(body: bytes) -> bool:
    return body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


_Coding = tuple[Iterable[str], Callable[[bytes], bool], Callable[[bytes, int], bytes]]
_CODINGS: tuple[_Coding, ...] = (
    (("chunked",), lambda body: _CHUNK_HEAD.match(body) is not None, unpack_chunks),
    (("gzip", "x-gzip"), _begins(GZIP), unpack_gzip),
    (("zstd",), _begins(b"\x28\xb5\x2f\xfd"), _by_arrow("zstd")),
    (("deflate",), lambda body: not _is_markup(body), _unpack_deflate),
    (("br",), lambda body: not _is_markup(body), _by_arrow("brotli")),
)
"""Names of a coding, whether a body has it, and what undoes it."""
