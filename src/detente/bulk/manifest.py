"""The manifest: one line for each thing that is done, and the account of every item that was read."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.bulk.durable import replacing
from detente.errors import UsageError

NAME = "manifest.jsonl"
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every item: ``read = coded + skipped + failed``. Repetitions are among the skipped."""

    read: int
    coded: int
    skipped: int
    failed: int

    def __str__(self) -> str:
        parts = f"{self.coded:,} coded + {self.skipped:,} skipped + {self.failed:,} failed"
        return f"{self.read:,} read = {parts}"


@dataclass(slots=True)
class Manifest:
    """The lines of a dataset's folder by kind and name: shards that are coded, files that are written."""

    path: Path
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)

    def has(self, kind: str, name: str) -> bool:
        """Whether that is done."""
        return (kind, name) in self.lines

    def add(self, kind: str, name: str, **told: Any) -> None:
        """Note that something is done, once it is."""
        self.add_all(kind, [{"name": name, **told}])

    def add_all(self, kind: str, lines: Iterable[Line]) -> None:
        """Note that several things are done; each of `lines` has a ``name``."""
        added = [{"kind": kind, **line} for line in lines]
        with self.path.open("ab") as out:
            out.writelines(json.dumps(line, sort_keys=True).encode() + b"\n" for line in added)
            out.flush()
            os.fsync(out.fileno())
        self.lines |= {(kind, line["name"]): line for line in added}

    def of(self, kind: str) -> list[Line]:
        """The lines of a kind, by name."""
        return [line for key, line in sorted(self.lines.items()) if key[0] == kind]

    def settle(self) -> None:
        """Put the lines in the order of their names: the same for every course of a run."""
        with replacing(self.path) as out:
            for _, line in sorted(self.lines.items()):
                out.write(json.dumps(line, sort_keys=True).encode() + b"\n")


def open_manifest(folder: Path) -> Manifest:
    """The manifest of `folder`; a last line that a killed run left torn is cut off."""
    path = folder / NAME
    manifest = Manifest(path)
    if not path.exists():
        return manifest
    data = path.read_bytes()
    whole = data.rpartition(b"\n")[0]
    if len(whole) + 1 < len(data):
        os.truncate(path, len(whole) + 1 if whole else 0)
    for row in whole.splitlines():
        with suppress(ValueError):
            line = json.loads(row)
            manifest.lines[line["kind"], line["name"]] = line
    return manifest


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold `folder` for this run; raises `UsageError` where another one works in it."""
    with (folder / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"Another run is writing {str(folder)!r}: wait for it, or choose another folder."
            ) from error
        yield
