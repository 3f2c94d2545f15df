"""Where reports are read from: files, folders and standard input, each in the format it has."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from detente.errors import MissingFile, NotText, ReadError, TooLong
from detente.reading.addresses import is_address, without_password
from detente.reading.encodings import HEAD, decode, refuse_binary
from detente.reading.feeds import is_feed, read_feed
from detente.reading.fields import LONGEST_TEXT, bug, report_of, with_original
from detente.reading.folders import empty_folder, files_in, shown
from detente.reading.lines import read_json, read_json_lines
from detente.reading.markup import DIRECT, MarkupParser
from detente.reading.packed import GZIP, Unpacked
from detente.reading.page import read_page
from detente.reading.tables import COLUMNS, delimiter_of, read_csv, read_parquet
from detente.reading.warc import read_warc
from detente.record import Failure, Report

STDIN = "-"

Item = Report | Failure
Reader = Callable[[io.BufferedReader, str, str | None], Iterator[Item]]
MarkupReader = Callable[[io.BufferedReader, str, str | None, MarkupParser], Iterator[Item]]
Watch = Callable[[int], None]


def read_text(stream: io.BufferedReader, origin: str, day: str | None = None) -> Iterator[Item]:
    """One report: the whole of a text file."""
    data = stream.read(4 * LONGEST_TEXT + 4)
    try:
        if stream.read(1):
            raise TooLong(f"the file has more than {4 * LONGEST_TEXT:,} bytes: cut it into reports")
        yield with_original(report_of({"text": decode(data)}, origin, day), data)
    except ReadError as error:
        yield Failure(None, origin, error.code, str(error))


FORMATS: dict[str, Reader | MarkupReader] = {
    ".txt": read_text,
    ".text": read_text,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
    ".pq": read_parquet,
    ".warc": read_warc,
    ".rss": read_feed,
    ".atom": read_feed,
}
"""Ending of a file name → its reader; ``.gz`` may follow. Files with other endings are told by how they begin."""


def read_reports(paths: Iterable[str | Path], day: str | None = None, watch: Watch | None = None) -> Iterator[Item]:
    """The reports in files, folders and standard input (``-``), in the order given; folders sorted by name.

    What cannot be read as a report comes as a `Failure` at its place. `day` is the report date of all of them, as
    ``YYYY-MM-DD``; `watch` is told how many bytes are read each time. Raises `MissingFile` for a path that does not
    exist, before anything is read.
    """
    paths = list(paths)
    for path in paths:
        if str(path) != STDIN and not Path(path).exists():
            if is_address(str(path)):
                shown_address = without_password(str(path))
                raise MissingFile(
                    f"{shown_address!r} is a web address: `detente add ARCHIVE {shown_address}` fetches and keeps it."
                )
            raise MissingFile(f"There is no file or folder {str(path)!r}: check the path.")
    return (_bare(item) for path in paths for item in _read(path, day, watch))


def read_file(
    file: Path, day: str | None = None, watch: Watch | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Item]:
    """The reports of one file; `parser` reads the markup in it."""
    try:
        with file.open("rb") as stream:
            watched = _Watched(stream, watch) if watch else stream
            yield from read_stream(watched, shown(file), file.name.lower(), day, parser)
    except OSError as error:
        yield Failure(None, shown(file), MissingFile.code, f"cannot be opened: {error.strerror or error}")


def read_stream(
    raw: IO[bytes] | io.RawIOBase, origin: str, name: str, day: str | None = None, parser: MarkupParser = DIRECT
) -> Iterator[Item]:
    """The reports of one stream in the format that `name` ends with, or else of what it begins with.

    Whatever ends the stream early ends it with a `Failure`; a mistake of this program is one too.
    """
    whole = _buffered(raw)
    try:
        yield from _read_stream(whole, origin, name, day, parser)
    except ReadError as error:
        yield Failure(None, origin, error.code, str(error))
    except Exception as error:  # noqa: BLE001  one file must not end the run, whatever is wrong with it
        yield bug(error, origin)
    finally:
        whole.detach()  # who opened the stream closes it


def _read_stream(
    whole: io.BufferedReader, origin: str, name: str, day: str | None, parser: MarkupParser
) -> Iterator[Item]:
    named: Any = FORMATS.get(Path(name.removesuffix(".gz")).suffix)
    # A web archive is packed record by record, and unpacks itself: what is whole in a torn one is read.
    packed = Unpacked(whole) if named is not read_warc and whole.peek(2)[:2] == GZIP else None
    stream = _buffered(packed) if packed else whole
    reader: Any = named or _sniffed(stream)
    given = (parser,) if reader in (read_page, read_feed, read_warc) else ()
    items = reader(stream, origin, day, *given)
    if packed is None:
        yield from items
        return
    yield from _until_damage(items, packed, reader)
    if packed.damage:
        yield Failure(None, origin, ReadError.code, f"the gzip file is damaged: {packed.damage}")


def _until_damage(items: Iterator[Item], packed: Unpacked, reader: Any) -> Iterator[Item]:
    """The items that are whole: of a damaged file whole lines and rows, but no text or page that may be cut short."""
    if reader is read_json_lines:  # the line that is cut off is no JSON
        yield from items
        return
    held: Item | None = None
    for item in items:
        if held is not None:
            yield held
        held = item
    if held is not None and not packed.damage:
        yield held


def _read(path: str | Path, day: str | None, watch: Watch | None) -> Iterator[Item]:
    if str(path) == STDIN:
        yield from read_stream(sys.stdin.buffer, "stdin", "", day)
        return
    found = files_in(Path(path))
    if not found:
        yield empty_folder(path)
    for file in found:
        yield from (file,) if isinstance(file, Failure) else read_file(file, day, watch)


def _bare(item: Item) -> Item:
    """The report without its bytes: they need not travel to another process to be coded."""
    return replace(item, original=None) if isinstance(item, Report) and item.original is not None else item


class _Watched(io.RawIOBase):
    """A file that tells how much of it is read."""

    def __init__(self, raw: io.BufferedReader, watch: Watch) -> None:
        self._raw = raw
        self._watch = watch

    def readinto(self, buffer: Any) -> int:
        count = self._raw.readinto(buffer)
        self._watch(count)
        return count

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()


def _buffered(raw: Any) -> io.BufferedReader:
    # A buffer of its own size: the head must be seen whole without being consumed.
    return io.BufferedReader(raw, HEAD)


def _sniffed(stream: io.BufferedReader) -> Reader | MarkupReader:
    """The reader for what the stream begins with; raises `NotText` where that is binary."""
    head = stream.peek(HEAD)[:HEAD]
    if head.startswith(b"PAR1"):
        return read_parquet
    if head.startswith(b"WARC/"):
        return read_warc
    if is_feed(head):
        return read_feed
    try:
        begin = decode(head).lstrip("\ufeff \t\r\n")
    except NotText:
        refuse_binary(head)
        return read_page if b"<html" in head[:2048].lower() else read_text
    first_line = begin.partition("\n")[0].strip()
    if begin.startswith("{"):
        return read_json_lines if first_line.endswith("}") else read_json
    if begin.startswith("[") and begin[1:].lstrip().startswith(("{", "]")):
        return read_json
    if begin[:9].lower() == "<!doctype" or "<html" in begin[:2048].lower():
        return read_page
    names = {name.strip(' "').lower() for name in first_line.split(delimiter_of(first_line))}
    return read_csv if "text" in names and names & (COLUMNS - {"text"}) else read_text
