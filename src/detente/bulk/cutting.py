"""Cutting a file into parts that can be read each for itself, by what is in the file alone.

JSON Lines and CSV in UTF-8, Parquet and WARC are entered in the middle; what is packed with gzip as a whole is unpacked
up to that place first. Any other file is read from its start.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from detente.bulk.sources import Source, opened
from detente.errors import NotText
from detente.language.pipeline import BATCH_SIZE
from detente.reading.encodings import HEAD, encoding_of
from detente.reading.lines import LONGEST_LINE
from detente.reading.markup import MarkupParser
from detente.reading.packed import GZIP, PADDING
from detente.reading.records import LONGEST_HEAD, parsed_head
from detente.reading.sources import read_stream
from detente.reading.tables import delimiter_of

ONE_ITEM = frozenset({".txt", ".text", ".html", ".htm", ".xhtml"})
"""Endings of files that hold one report each."""

_MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a shard may grow: it ends with the batch that reaches one of them."""

    reports: int = 1_024
    bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """`count` items of a file from item number `first` (0 is the first) on.

    `offset` is where they begin (bytes of the unpacked stream, of the packed one in a WARC, rows in Parquet), null
    where the file is read from its start; `before` is what to add to the number an item is told by, `head` the bytes of
    the line that names the columns.
    """

    source: Source
    first: int
    count: int
    size: int
    offset: int | None = None
    before: int = 0
    head: bytes = b""


class Place(NamedTuple):
    """Where an item begins."""

    offset: int | None
    before: int
    size: int


class _NotCuttable(Exception):
    """The file must be read from its start."""


def parts_of(source: Source, limits: Limits, parser: MarkupParser) -> list[Part]:
    """The parts of a file, each of whole batches but the last; raises `OSError` where it cannot be read."""
    ending = ending_of(source)
    if ending in ONE_ITEM:
        return [Part(source, 0, 1, source.size)]
    find = _PLACES.get(ending)
    if find is not None:
        try:
            head, places = find(source)
            return list(_cut(source, places, limits, head))
        except (_NotCuttable, gzip.BadGzipFile, EOFError, zlib.error, csv.Error):
            pass
    count = sum(1 for _ in read_from_start(source, None, parser))
    share = source.size // max(count, 1)
    return list(_cut(source, (Place(None, 0, share) for _ in range(count)), limits))


def read_from_start(source: Source, day: str | None, parser: MarkupParser) -> Iterator[Any]:
    """All items of a file."""
    with opened(source) as raw:
        yield from read_stream(raw, source.name, Path(source.name).name.lower(), day, parser)


def ending_of(source: Source) -> str:
    """The ending that tells the format, without ``.gz``."""
    return Path(source.name.lower().removesuffix(".gz")).suffix


def unpacked(raw: IO[bytes]) -> IO[bytes]:
    """`raw`, unpacked where it is a gzip file."""
    start = raw.read(2)
    raw.seek(0)
    return cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if start == GZIP else raw


def _cut(source: Source, places: Iterable[Place], limits: Limits, head: bytes = b"") -> Iterator[Part]:
    first, begin, count, size = 0, None, 0, 0
    for place in places:
        full = count >= limits.reports or size >= limits.bytes
        if begin is not None and full and count % BATCH_SIZE == 0:
            yield Part(source, first, count, size, begin.offset, begin.before, head)
            first, begin, count, size = first + count, None, 0, 0
        begin = begin or place
        count, size = count + 1, size + place.size
    if begin is not None:
        yield Part(source, first, count, size, begin.offset, begin.before, head)


def _lines_places(source: Source) -> tuple[bytes, Iterator[Place]]:
    _refuse_other_encodings(source)
    return b"", _lines(source)


def _lines(source: Source) -> Iterator[Place]:
    offset = 0
    with opened(source) as raw:
        for number, line in enumerate(unpacked(raw)):
            if len(line) > 64 or line.replace(_MARK, b"").strip(b" \t\r\n"):
                yield Place(offset, number, len(line))
            offset += len(line)


def _csv_places(source: Source) -> tuple[bytes, Iterator[Place]]:
    encoding = _refuse_other_encodings(source)
    csv.field_size_limit(LONGEST_LINE)
    with opened(source) as raw:
        head = unpacked(raw).readline(LONGEST_LINE).removeprefix(_MARK)
    names = head.decode(encoding, "replace").strip().lower()
    delimiter = delimiter_of(names)
    if "text" not in {name.strip(' "') for name in names.split(delimiter)}:
        raise _NotCuttable
    return head, _csv_rows(source, encoding, delimiter)


def _csv_rows(source: Source, encoding: str, delimiter: str) -> Iterator[Place]:
    offset = 0

    def lines(stream: IO[bytes]) -> Iterator[str]:
        nonlocal offset
        for line in stream:
            if line.count(b"\r") > line.endswith(b"\r\n"):
                raise _NotCuttable  # a reader of text sees a line end there
            offset += len(line)
            yield line.decode(encoding, "replace")

    with opened(source) as raw:
        stream = unpacked(raw)
        offset += len(stream.readline(LONGEST_LINE))
        rows = csv.reader(lines(stream), delimiter=delimiter)
        while True:
            begin, before = offset, rows.line_num
            row = next(rows, None)
            if row is None:
                return
            if row:
                yield Place(begin, before, offset - begin)


def _parquet_places(source: Source) -> tuple[bytes, Iterator[Place]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(source) as raw:
        try:
            file = pq.ParquetFile(raw)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _NotCuttable from error
        meta = file.metadata
        if "text" not in {name.strip().lower() for name in file.schema_arrow.names}:
            raise _NotCuttable
        total = sum(meta.row_group(i).total_byte_size for i in range(meta.num_row_groups))
        rows = meta.num_rows
    return b"", (Place(n, n, total // rows) for n in range(rows))


def warc_places(source: Source) -> tuple[bytes, Iterator[Place]]:
    """Where the answers of a web archive begin that is packed record by record, as archives are."""
    with opened(source) as raw:
        return b"", iter(list(_answers(raw)))


def _answers(raw: IO[bytes]) -> Iterator[Place]:
    number = 0
    for offset, head, size in _members(raw):
        lines, blank, _ = head.partition(b"\r\n\r\n")
        fields = parsed_head(lines)
        length = fields.get("content-length", "")
        if not (head.startswith(b"WARC/") and length.isdecimal() and blank):
            raise _NotCuttable
        if not 0 <= size - len(lines + blank) - int(length) <= 4:
            raise _NotCuttable  # another record in the same member, or a wrong length: the reader knows what to do
        if fields.get("warc-type", "response").lower() == "response":
            yield Place(offset, number, size)
            number += 1
    if not number:
        raise _NotCuttable


def _members(raw: IO[bytes]) -> Iterator[tuple[int, bytes, int]]:
    """The members of a gzip file: where each begins, its first bytes, and how many it has."""
    offset, held = 0, raw.read(_CHUNK)
    while held := held or raw.read(_CHUNK):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        head, size, used = b"", 0, 0
        while not member.eof:
            held = held or raw.read(_CHUNK)
            if not held:
                raise EOFError
            piece = member.decompress(held)
            used += len(held) - len(member.unused_data)
            held = member.unused_data
            head, size = (head + piece)[:LONGEST_HEAD], size + len(piece)
        yield offset, head, size
        padding = len(held) - len(held.lstrip(PADDING))
        offset, held = offset + used + padding, held[padding:]


def _refuse_other_encodings(source: Source) -> str:
    with opened(source) as raw:
        stream = io.BufferedReader(cast(io.RawIOBase, unpacked(raw)), HEAD)
        try:
            encoding = encoding_of(stream.peek(HEAD))
        except NotText as error:
            raise _NotCuttable from error
        finally:
            stream.detach()
    if not encoding.startswith(("utf-8", "utf_8", "ascii")):
        raise _NotCuttable
    return "utf-8"


_PLACES = {
    ".jsonl": _lines_places,
    ".ndjson": _lines_places,
    ".csv": _csv_places,
    ".tsv": _csv_places,
    ".parquet": _parquet_places,
    ".pq": _parquet_places,
    ".warc": warc_places,
}
