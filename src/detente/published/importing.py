"""A file of another data set into an archive, beside its own coding: once, whole or not at all, with an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.archive import Archive
from detente.archive.beside import OtherAct, RefusedRow, drop_set, keep_acts, keep_refused, set_number
from detente.errors import ReadError
from detente.published.act_rows import acts_in
from detente.published.forms import SetForm

ROWS_A_BATCH = 5_000

MOST_REFUSED = 100_000
"""Rows of a file that may be refused: one with more is not what it is said to be, and its reasons fill the archive."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the rows of a file: ``rows = kept + known + apart + refused``.

    `known` were there already, `apart` are no acts between two states; `refused` could not be read, each with its
    reason.
    """

    name: str
    path: str
    kept: int
    known: int
    apart: int
    refused: tuple[RefusedRow, ...]

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.kept + self.known + self.apart + len(self.refused)

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.rows:,} rows read = {self.kept:,} kept + {self.known:,} known + "
            f"{self.apart:,} of no two states + {len(self.refused):,} refused"
        )


def import_file(archive: Archive, path: Path, form: SetForm, name: str, *, replace: bool = False) -> Imported:
    """Keep the acts in the file at `path` as of the data set `name`; `replace` forgets what was kept of it before.

    Raises `UsageError` where its columns are not those of the data set, `ReadError` where it cannot be read.
    """
    with archive.transaction() as db:
        if replace:
            drop_set(db, name)
        number = set_number(db, name, form.name)
        refused: list[RefusedRow] = []
        taken = kept = apart = 0
        for batch in _batches(acts_in(path, form)):
            acts = [row for row in batch if isinstance(row, OtherAct)]
            refused += [row for row in batch if isinstance(row, RefusedRow)]
            if len(refused) > MOST_REFUSED:
                raise ReadError(
                    f"{path}: more than {MOST_REFUSED:,} rows cannot be read, the last: {refused[-1].reason}"
                )
            taken += len(acts)
            apart += sum(row == "apart" for row in batch)
            kept += keep_acts(db, number, acts)
        keep_refused(db, number, str(path), refused)
    return Imported(name, str(path), kept, taken - kept, apart, tuple(refused))


def _batches(rows: Iterator[OtherAct | RefusedRow | str]) -> Iterator[list[OtherAct | RefusedRow | str]]:
    batch: list[OtherAct | RefusedRow | str] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
