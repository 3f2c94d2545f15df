"""WARC: the records of a web archive one by one, found again behind a damaged one.

The libraries for it end at the first record whose length or packing is wrong (fastwarc, warcio; seen 2026-11, and
fastwarc 2 then ends the process too). Here the damage costs the record that has it: the next begins at the next member
of the gzip file, or at the next line that begins a record.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.reading.encodings import HEAD
from detente.reading.packed import GZIP, PADDING

LARGEST_BLOCK = 12_000_000
"""Bytes of a record that are kept: no page that is read has more. The rest is passed over."""

LONGEST_HEAD = 65_536
"""Bytes of the head of a record or an answer; archives in use stay below 4,000."""

_CHUNK = 1 << 16
_PACKED_CHUNK = 1 << 10
"""Bytes unpacked at once: as far back is looked for the next member behind a damage, however many begin there."""

_MEMBER = GZIP + b"\x08"
_BEGIN = re.compile(rb"WARC/[01]\.\d{1,2}[ \t]*\r?\n")
_NEXT = re.compile(rb"\n\r?\n(WARC/[01]\.\d{1,2}[ \t]*\r?\nWARC-)", re.IGNORECASE)
_LONGEST_BEGIN = 32
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record: its head in lower-case names, and its block, cut at `LARGEST_BLOCK`.

    `fault` says what is wrong with it where it cannot be read, `mended` what was wrong where it can.
    """

    head: dict[str, str]
    block: bytes
    fault: str | None = None
    mended: str | None = None


def records_of(stream: io.BufferedReader) -> Iterator[WarcRecord]:
    """The records of the archive, packed or not; what is damaged between them is one with a fault."""
    head = stream.peek(HEAD)
    is_packed = head.startswith(GZIP) or (_MEMBER in head and not _BEGIN.search(head))
    window = _Window(_GzipSource(stream) if is_packed else _PlainSource(stream))
    at: int | None = 0
    while at is not None:
        at = window.next_sign(at)
        for what in window.damages(window.end if at is None else at):
            yield WarcRecord({}, b"", fault=what)
        if at is not None:
            record, at = _record(window, at)
            yield record
            window.drop(at)


def parsed_head(lines: bytes) -> dict[str, str]:
    """The fields of a head in lower-case names; of a repeated one the last."""
    fields: dict[str, str] = {}
    for line in re.split(rb"\r?\n(?![ \t])", lines):
        name, colon, value = line.partition(b":")
        if colon:
            fields[name.strip().lower().decode("latin-1")] = " ".join(value.decode("utf-8", "replace").split())
    return fields


def _record(window: _Window, at: int) -> tuple[WarcRecord, int]:
    """The record that begins at `at`, and where it ends."""
    head_end = window.end_of_head(at)
    if head_end is None:
        _, end, _ = window.block(at + 1)
        fault = next(window.damages(end), "there is no record where one should begin")
        return WarcRecord({}, b"", fault), end
    head = parsed_head(window.part(at, head_end))
    stated = head.get("content-length", "")
    length = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else None
    if length is not None and length <= LARGEST_BLOCK and window.is_edge(head_end + length):
        end = head_end + length
        return WarcRecord(head, window.part(head_end, end), next(window.damages(end), None)), end
    block, end, is_cut = window.block(head_end)
    return _mended(head, block, end - head_end, length, next(window.damages(end), None), is_cut), end


def _mended(
    head: dict[str, str], block: bytes, found: int, length: int | None, damage: str | None, is_cut: bool
) -> WarcRecord:
    if damage or is_cut:
        return WarcRecord(head, block, damage or "the archive ends before the record does")
    if found > LARGEST_BLOCK:
        return WarcRecord(head, block)
    stated = f"{length:,} bytes" if length is not None else "no length"
    mended = f"the archive gives this answer {stated}, it has {len(block):,}: it was read up to the next record"
    return WarcRecord(head, block, mended=mended)


class _PlainSource:
    """An archive that is not packed, in pieces."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.edges: list[int] = []
        self.damages: list[tuple[int, str]] = []

    def read(self) -> bytes:
        """The next bytes; none at the end."""
        return self._stream.read1(_CHUNK)


class _GzipSource:
    """What the members of a packed archive hold; behind a damaged one it goes on with the next."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._input = b""
        self._before = b""
        self._member: zlib._Decompress | None = None
        self._unpacked = 0
        self._is_told = False
        self.edges: list[int] = []
        self.damages: list[tuple[int, str]] = []

    def read(self) -> bytes:
        """The next bytes; none at the end."""
        while True:
            self._input = self._input or self._stream.read1(_PACKED_CHUNK)
            if not self._input:
                return self._count(self._last())
            if self._member is None:
                self._seek_member()
            elif self._member.eof:
                self._next_member()
            elif piece := self._piece(self._member):
                return self._count(piece)

    def _seek_member(self) -> None:
        at = self._input.find(_MEMBER)
        if at and not self._is_told:
            self._damaged("other bytes stand before its members")
        if at >= 0:
            self._begin_member(self._input[at:])
        else:
            more = self._stream.read1(_PACKED_CHUNK)
            self._input = self._input[1 - len(_MEMBER) :] + more if more else b""

    def _next_member(self) -> None:
        self._input = self._input.lstrip(PADDING)
        if 0 < len(self._input) < len(_MEMBER):
            self._input += self._stream.read1(_PACKED_CHUNK)
        if self._input.startswith(_MEMBER):
            self._begin_member(self._input)
        elif self._input:
            self._damaged("other bytes stand between its members")

    def _begin_member(self, packed: bytes) -> None:
        self._input, self._before, self._is_told = packed, b"", False
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.edges = [edge for edge in self.edges[-1:] if edge != self._unpacked] + [self._unpacked]

    def _piece(self, member: zlib._Decompress) -> bytes:
        given = self._input
        try:
            piece = member.decompress(given, _CHUNK)
        except zlib.error as error:
            self._damaged(str(error))
            # A member that was cut short is told late: the next one may have begun in the bytes before.
            self._input = (self._before + given)[len(_MEMBER) :]
            return b""
        self._input = member.unused_data if member.eof else member.unconsumed_tail
        self._before = (self._before + given[: len(given) - len(self._input)])[-_PACKED_CHUNK:]
        return piece

    def _last(self) -> bytes:
        if self._member is None or self._member.eof:
            return b""
        if piece := self._member.decompress(b"", _CHUNK):
            return piece
        self._damaged("it ends before its data do")
        return b""

    def _count(self, piece: bytes) -> bytes:
        self._unpacked += len(piece)
        return piece

    def _damaged(self, how: str) -> None:
        self._member, self._is_told = None, True
        self.damages.append((self._unpacked, f"its gzip is damaged: {how}"))


@dataclass(slots=True)
class _Window:
    """The part of an archive that is looked at, by offsets in the whole of it, unpacked."""

    source: _PlainSource | _GzipSource
    held: bytearray = field(default_factory=bytearray)
    begin: int = 0
    ended: bool = False

    @property
    def end(self) -> int:
        return self.begin + len(self.held)

    def part(self, start: int, end: int) -> bytes:
        return bytes(self.held[start - self.begin : end - self.begin])

    def drop(self, until: int) -> None:
        """Forget what stands before `until`."""
        cut = min(until, self.end) - self.begin
        del self.held[:cut]
        self.begin += cut

    def reach(self, offset: int) -> bool:
        """Read up to `offset`; false where the archive ends before it."""
        while self.end < offset and self._read():
            pass
        return self.end >= offset

    def next_sign(self, at: int) -> int | None:
        """Where the next thing begins that is no line end; null at the end of the archive."""
        while self.reach(at + 1):
            if self.held[at - self.begin] not in b"\r\n":
                return at
            at += 1
        return None

    def damages(self, until: int) -> Iterator[str]:
        """What was found damaged up to `until`, each told once."""
        found = [what for offset, what in self.source.damages if offset <= until]
        self.source.damages = [(offset, what) for offset, what in self.source.damages if offset > until]
        return iter(found)

    def end_of_head(self, at: int) -> int | None:
        """Where the block of the record that begins at `at` begins; null where none begins there."""
        self.reach(at + _LONGEST_BEGIN)
        if not _BEGIN.match(self.held, at - self.begin):
            return None
        while True:
            if found := _HEAD_END.search(self.held, at - self.begin, at - self.begin + LONGEST_HEAD):
                return self.begin + found.end()
            if self.end - at >= LONGEST_HEAD or not self._read():
                return None

    def is_edge(self, at: int) -> bool:
        """Whether a record can end at `at`: two line ends stand there, the archive ends or the next begins."""
        if not self.reach(at):
            return False
        self.reach(at + 4)
        if self.part(at, at + 4) == b"\r\n\r\n" or self.part(at, at + 2) == b"\n\n":
            return True
        while self.reach(at + 1) and self.held[at - self.begin] in b"\r\n":
            at += 1
        self.reach(at + _LONGEST_BEGIN)
        return at == self.end or _BEGIN.match(self.held, at - self.begin) is not None

    def block(self, start: int) -> tuple[bytes, int, bool]:
        """What stands from `start` to the next record, cut at the largest; where that begins; whether it was cut off.

        It is found by its first lines: the length that is stated was seen to be wrong.
        """
        looked, kept = start, b""
        while (found := self._begin_in(looked)) is None:
            if not kept and self.end - start > LARGEST_BLOCK:
                kept = self.part(start, start + LARGEST_BLOCK + 1)
            looked = max(start, self.end - _LONGEST_BEGIN)
            if kept:
                self.drop(looked - 4)
            if not self._read():
                break
        end = self.end if found is None else found
        block = kept or self.part(start, end)
        bare = next((block[: -len(ends)] for ends in (b"\r\n\r\n", b"\n\n") if block.endswith(ends)), block)
        return bare, end, found is None and bare is block

    def _begin_in(self, looked: int) -> int | None:
        """The first beginning of a record at or behind `looked`, in what was read."""
        found = _NEXT.search(self.held, max(0, looked - self.begin - 4))
        places = [self.begin + found.start(1)] if found else []
        for edge in self.source.edges:
            if looked <= edge < self.end and _BEGIN.match(self.held, edge - self.begin):
                places.append(edge)
        return min(places, default=None)

    def _read(self) -> bool:
        piece = b"" if self.ended else self.source.read()
        self.ended = not piece
        self.held += piece
        return bool(piece)
