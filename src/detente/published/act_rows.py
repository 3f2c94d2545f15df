"""A row of a data set as an act between states, set apart where it is none, or refused with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from detente.archive.beside import OtherAct, RefusedRow
from detente.errors import BrokenLine, UsageError
from detente.published.forms import NEEDED, NO_ACT, SetForm
from detente.published.line_files import Cells, rows_of
from detente.published.states_named import state_in_cell, state_in_party

Apart = Literal["apart"]
"""A row that can be read and is no act between two states: of one party, within a state, or of no quad class."""

BETWEEN = " "
"""Stands between the columns of an id that is made of several."""


class RowFault(Exception):
    """Why a row cannot be taken."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def acts_in(path: Path, form: SetForm) -> Iterator[OtherAct | RefusedRow | Apart]:
    """What each row below the header is; raises `UsageError` where the columns are not those of the data set."""
    columns: Columns | None = None
    for line, cells in rows_of(path, form):
        if isinstance(cells, BrokenLine):
            yield RefusedRow(line, "broken-row", str(cells))
            continue
        if columns is None:
            columns, is_header = _columns_of(cells, form, path)
            if is_header:
                continue
        try:
            yield _act(columns.fitting(cells), form) or "apart"
        except RowFault as fault:
            yield RefusedRow(line, fault.code, fault.reason)
    if columns is None:
        raise UsageError(f"{path}: holds no row.")


class Columns:
    """Where each column is, by the header of a file or, without one of that length, by the lists of its form."""

    def __init__(self, header: Sequence[str] | None, form: SetForm) -> None:
        self._places = {len(names): _places(names) for names in form.bare.values()}
        self._header = _places(header) if header is not None else None
        if header is not None and self._header is not None:
            self._places[len(header)] = self._header

    def fitting(self, cells: Cells) -> tuple[Cells, Mapping[str, int]]:
        """The cells and the columns that fit them; empty cells too many are passed over. Raises `RowFault`."""
        length = len(cells)
        while length not in self._places and length and not cells[length - 1].strip():
            length -= 1
        if (places := self._places.get(length)) is None:
            wanted = " or ".join(str(number) for number in sorted(self._places))
            raise RowFault("broken-row", f"it has {len(cells)} cells, not {wanted}")
        return cells[:length], places


def _columns_of(cells: Cells, form: SetForm, path: Path) -> tuple[Columns, bool]:
    """The columns by the first row of a file, and whether that is its header."""
    names = _places(cells)
    missing = [
        form.columns[field][0] for field in NEEDED if not any(_key(name) in names for name in form.columns[field])
    ]
    if not missing:
        return Columns(cells, form), True
    if len(cells) in form.bare and len(missing) == len(NEEDED):
        return Columns(None, form), False
    raise UsageError(f"{path}: is no file of {form.title}: it has no column {', '.join(missing)}.")


def _places(names: Sequence[str]) -> dict[str, int]:
    return {_key(name): place for place, name in enumerate(names)}


def _key(name: str) -> str:
    """A column's name without case, spaces and underscores, which change from release to release."""
    return "".join(filter(str.isalnum, name)).casefold()


def _act(row: tuple[Cells, Mapping[str, int]], form: SetForm) -> OtherAct | None:
    """The act of a row; null where it is none between two states."""
    id_ = BETWEEN.join(_values(row, form, "id"))
    if not id_:
        raise RowFault("no-id", f"{form.columns['id'][0]} is empty")
    day, quad = _day(row, form), _quad(row, form)
    actors, recipients = _states(row, form, "actor_state"), _states(row, form, "recipient_state")
    act = OtherAct(
        id=id_,
        day=day,
        quad=quad,
        kind=_first(row, form, "kind"),
        intensity=_number(_first(row, form, "intensity")),
        actor=_first(row, form, "actor"),
        actors=actors,
        recipient=_first(row, form, "recipient"),
        recipients=recipients,
        url=_first(row, form, "url"),
        words=_first(row, form, "words"),
    )
    return act if act.pairs and quad != NO_ACT else None


def _values(row: tuple[Cells, Mapping[str, int]], form: SetForm, field: str) -> Iterator[str]:
    """What the columns that tell `field` hold, without those that are missing or empty."""
    cells, places = row
    for name in form.columns[field]:
        place = places.get(_key(name))
        value = "" if place is None else cells[place].strip()
        if value and value not in form.missing:
            yield value


def _first(row: tuple[Cells, Mapping[str, int]], form: SetForm, field: str) -> str | None:
    return next(_values(row, form, field), None)


def _day(row: tuple[Cells, Mapping[str, int]], form: SetForm) -> str:
    value = _first(row, form, "day")
    if value is None:
        raise RowFault("no-day", f"{form.columns['day'][0]} is empty")
    if (day := _day_in(value, form.dates)) is None:
        raise RowFault("no-day", f"{form.columns['day'][0]}: {value[:40]!r} is no day")
    return day


@lru_cache(maxsize=4096)
def _day_in(value: str, dates: tuple[str, ...]) -> str | None:
    for form in dates:
        try:
            return datetime.strptime(value, form).date().isoformat()
        except ValueError:
            continue
    return None


def _quad(row: tuple[Cells, Mapping[str, int]], form: SetForm) -> int:
    """The quad class that the row says, else that of its kind."""
    for value in _values(row, form, "quad"):
        if (quad := form.quads.get(value.upper())) is not None:
            return quad
    kinds = list(_values(row, form, "kind"))
    for kind in kinds:
        if (quad := form.kinds.get(kind[: form.kind_length or None])) is not None:
            return quad
    raise RowFault("no-quad", f"{form.columns['kind'][0]}: {(kinds or [''])[0][:40]!r} is of no quad class")


def _states(row: tuple[Cells, Mapping[str, int]], form: SetForm, field: str) -> tuple[str, ...]:
    value = _first(row, form, field)
    if value is None:
        return ()
    if form.parties == "words":
        return tuple(filter(None, (state_in_party(value),)))
    parts = [value]
    for mark in form.between:
        parts = [piece for part in parts for piece in part.split(mark)]
    return tuple(dict.fromkeys(filter(None, (state_in_cell(part.strip()) for part in parts))))


def _number(value: str | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
