"""Where bulk input lies: files, folders, globs and object stores (by fsspec), each file with what tells a change."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from detente.errors import MissingFile, UsageError
from detente.reading.folders import NOT_A_FILE, empty_folder, files_in, shown
from detente.record import Failure

_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` as it was given, `address` where any machine finds it, `size` in bytes.

    `stamp` is when it was last changed, or what an object store says of its content; `digest` is the SHA-256 of a local
    file, once it is taken. `code` and `reason` say why there is nothing to read, null where there is.
    """

    name: str
    address: str
    size: int
    stamp: str = ""
    digest: str = ""
    code: str | None = None
    reason: str | None = None

    @property
    def is_remote(self) -> bool:
        """Whether it lies in an object store."""
        return "://" in self.address

    def refused(self, code: str, reason: str) -> Source:
        """The same with why nothing of it can be read: it stands in the plan as one item that fails."""
        return replace(self, code=code, reason=reason)


def find_sources(inputs: Sequence[str]) -> tuple[Source, ...]:
    """The files at `inputs` in the order given, those of a folder or glob sorted by name.

    Raises `MissingFile` where there is none, `UsageError` for an address that cannot be read here.
    """
    found: dict[str, Source] = {}
    for given in inputs:
        sources = _remote(given) if "://" in given else _local(given)
        if not sources:
            raise MissingFile(f"There is no file at {given!r}: check the path.")
        found |= {source.address: source for source in sources if source.address not in found}
    return tuple(found.values())


def digested(source: Source) -> Source:
    """The source with the digest of its content, where it is a local file; raises `OSError` where it cannot be read."""
    if source.is_remote:
        return source
    with opened(source) as raw:
        return replace(source, digest=hashlib.file_digest(raw, "sha256").hexdigest())  # type: ignore[arg-type]


def is_unchanged(source: Source) -> bool:
    """Whether what lies there is still what was found. A local file that was only touched or copied is."""
    if source.code is not None:
        return True
    try:
        now = _described_anew(source)
        if now.size != source.size or now.stamp == source.stamp:
            return now.size == source.size
        return not source.is_remote and digested(now).digest == source.digest
    except OSError:
        return False


def opened(source: Source) -> IO[bytes]:
    """The bytes of a file; raises `OSError` where they cannot be had."""
    if not source.is_remote:
        return Path(source.address).open("rb")
    import fsspec

    stream: IO[bytes] = fsspec.open(source.address, "rb").open()
    return stream


def _local(given: str) -> list[Source]:
    wild = bool(_WILD & set(given)) and not Path(given).exists()
    names = sorted(glob.glob(given, recursive=True)) if wild else [given]  # noqa: PTH207  Path cannot glob from the root
    found: list[Source] = []
    for path in (Path(name) for name in names if Path(name).exists()):
        found += [_source(item) for item in files_in(path) or [empty_folder(path)]]
    return found


def _source(item: Path | Failure) -> Source:
    if isinstance(item, Failure):
        place = item.origin or ""
        return Source(place, str(Path(place).absolute()), 0).refused(item.code, item.reason)
    source = Source(shown(item), str(item.absolute()), 0)
    try:
        if item.is_file():
            return _described_anew(source)
        item.stat()
    except OSError as error:
        return source.refused(MissingFile.code, f"cannot be opened: {error.strerror or error}")
    return source.refused(NOT_A_FILE, "a pipe, socket or device can be read only once: write it to a file first")


def _remote(given: str) -> list[Source]:
    from fsspec.core import url_to_fs

    try:
        fs, path = url_to_fs(given)
        if _WILD & set(path):
            names = sorted(fs.glob(path))
        else:
            names = sorted(fs.find(path)) if fs.isdir(path) else [path] if fs.exists(path) else []
        return [_described(fs, name) for name in names if not fs.isdir(name)]
    except (ImportError, ValueError) as error:
        raise UsageError(f"{given!r} cannot be read here: {error}.") from error
    except OSError as error:
        raise MissingFile(f"{given!r} cannot be read: {error}.") from error


def _described_anew(source: Source) -> Source:
    if source.is_remote:
        from fsspec.core import url_to_fs

        return _described(*url_to_fs(source.address))
    found = Path(source.address).stat()
    return replace(source, size=found.st_size, stamp=str(found.st_mtime_ns))


def _described(fs: Any, name: str) -> Source:
    address = fs.unstrip_protocol(name)
    return Source(address, address, int(fs.size(name) or 0), str(fs.checksum(name)))
