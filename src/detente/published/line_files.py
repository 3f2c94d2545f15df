"""Rows of cells out of a file, plain, gzip or zip: one at a time, and a broken one does not end the reading."""

from __future__ import annotations

import csv
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal, cast

from detente.errors import BrokenLine, MissingFile, ReadError
from detente.published.forms import SetForm

LONGEST_LINE = 4_000_000
"""Bytes of a line that are read at once: what is longer is no row of a table."""

Cells = list[str]


def rows_of(path: Path, form: SetForm) -> Iterator[tuple[int, Cells | BrokenLine]]:
    """The rows with the number of the line they end on; raises `ReadError` where the file cannot be read on."""
    with _opened(path) as file:
        reader = csv.reader(_lines(file), delimiter=form.delimiter, quoting=_quoting(form))
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield reader.line_num, BrokenLine(f"it is no row: {error}")
            except (EOFError, OSError, zlib.error, zipfile.BadZipFile) as error:
                raise ReadError(f"{path}: cannot be read after line {reader.line_num}: {error}") from error
            else:
                if any(cells):
                    yield reader.line_num, cells


def _quoting(form: SetForm) -> Literal[0, 3]:
    return csv.QUOTE_MINIMAL if form.quoted else csv.QUOTE_NONE


def _lines(file: IO[bytes]) -> Iterator[str]:
    """Lines as UTF-8, each that is not as Latin-1: published files mix them."""
    first = True
    while line := file.readline(LONGEST_LINE):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("latin-1")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if not path.is_file():
        raise MissingFile(f"{path}: there is no such file.")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed, _member(packed, path) as file:
                yield file
        elif _begins_as_gzip(path):
            with gzip.open(path, "rb") as unpacked:
                yield cast(IO[bytes], unpacked)
        else:
            with path.open("rb") as file:
                yield file
    except zipfile.BadZipFile as error:
        raise ReadError(f"{path}: is a damaged zip file: {error}") from error
    except PermissionError as error:
        raise MissingFile(f"{path}: may not be opened.") from error


def _begins_as_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _member(packed: zipfile.ZipFile, path: Path) -> IO[bytes]:
    """The only file of a zip."""
    members = [member for member in packed.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise ReadError(f"{path}: holds {len(members)} files: unpack it and name the one that is wanted.")
    try:
        return packed.open(members[0])
    except RuntimeError as error:  # what zipfile raises for a password or an unknown compression
        raise ReadError(f"{path}: cannot be unpacked: {error}") from error
