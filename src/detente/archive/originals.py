"""The saved originals: what was read, byte for byte, compressed, under the SHA-256 of the bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from detente.errors import ArchiveError

LEVEL = 6
_CHUNK = 1 << 20


class Originals:
    """A folder of files ``ab/cdef….gz``, each named by the digest of what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, data: bytes) -> str:
        """Save `data` and return its digest; what is already there is left alone."""
        digest = hashlib.sha256(data).hexdigest()
        if not self.path_of(digest).exists():
            self._write(digest, iter((data,)))
        return digest

    def add_file(self, path: Path) -> str:
        """Save the file at `path` and return its digest, a piece at a time."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if not self.path_of(digest).exists():
                file.seek(0)
                self._write(digest, iter(lambda: file.read(_CHUNK), b""))
        return digest

    def read(self, digest: str) -> bytes:
        """The original; raises `ArchiveError` where it is missing or damaged."""
        try:
            data = gzip.decompress(self.path_of(digest).read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise ArchiveError(f"The original {digest} cannot be read: {error}. Add its report again.") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise ArchiveError(f"The original {digest} is damaged: its bytes have another digest.")
        return data

    def path_of(self, digest: str) -> Path:
        """Where the original of that digest lies."""
        return self.folder / digest[:2] / f"{digest[2:]}.gz"

    def digests(self) -> Iterator[str]:
        """The digests of all originals in the folder, sorted."""
        for path in sorted(self.folder.glob("??/*.gz")):
            yield path.parent.name + path.stem

    def torn(self) -> Iterator[Path]:
        """Files that were being written when a run ended, sorted."""
        yield from sorted(self.folder.glob("??/.*.part"))

    def _write(self, digest: str, chunks: Iterator[bytes]) -> None:
        target = self.path_of(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as raw:
                _compress(chunks, raw)
                raw.flush()
                os.fsync(raw.fileno())
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)


def _compress(chunks: Iterator[bytes], raw: IO[bytes]) -> None:
    # No name and no time in the header: the same bytes give the same file.
    with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=LEVEL, mtime=0) as packed:
        for chunk in chunks:
            packed.write(chunk)
