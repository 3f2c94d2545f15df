"""Where bulk input lies: files, folders, globs and object stores (by fsspec), each file with its size."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from detente.errors import MissingFile, UsageError
from detente.reading.folders import files_in, shown

_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: `name` as it was given, `address` where any machine finds it, `size` in bytes."""

    name: str
    address: str
    size: int


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


def opened(source: Source) -> IO[bytes]:
    """The bytes of a file; raises `OSError` where they cannot be had."""
    if "://" not in source.address:
        return Path(source.address).open("rb")
    import fsspec

    stream: IO[bytes] = fsspec.open(source.address, "rb").open()
    return stream


def _local(given: str) -> list[Source]:
    wild = bool(_WILD & set(given)) and not Path(given).exists()
    names = sorted(glob.glob(given, recursive=True)) if wild else [given]  # noqa: PTH207  Path cannot glob from the root
    files = [file for name in names if Path(name).exists() for file in files_in(Path(name))]
    paths = [file for file in files if isinstance(file, Path) and file.is_file()]
    return [Source(shown(path), str(path.absolute()), path.stat().st_size) for path in paths]


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


def _described(fs: Any, name: str) -> Source:
    address = fs.unstrip_protocol(name)
    return Source(address, address, int(fs.size(name) or 0))
