"""Rows as tables of other libraries, days as days: Arrow, pandas, Polars. Each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from detente.extras import wanted

DAYS = frozenset({"day", "date_start", "date_end", "report_date", "due_start", "due_end", "start", "end"})
"""Columns that hold a day where they hold a string. `date` may be a month or year and `published` is verbatim."""

OF_EVENTS = frozenset({"made_day", "answer_day", "one_day", "other_day"})
"""Days of the events that are parts of other rows."""


def arrow_table(rows: Sequence[Any], kind: type) -> Any:
    """Frozen rows of one `kind` as a `pyarrow.Table` with the same schema whatever there is: lists, structs, date32."""
    pa = wanted("pyarrow")
    given = [_dated(asdict(row)) for row in rows]
    return pa.Table.from_pylist(given, schema=pa.schema(arrow_fields(kind)))


def arrow_fields(kind: type) -> list[Any]:
    """The columns of a dataclass as fields of Arrow."""
    pa = wanted("pyarrow")
    hints = get_type_hints(kind)
    return [pa.field(field.name, _arrow_type(hints[field.name], field.name)) for field in fields(kind)]


def pandas_frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Any:
    """Flat rows as a `pandas.DataFrame`; days are `datetime64[s]`. `columns` stand there where there is no row."""
    pd, np = wanted("pandas"), wanted("numpy")
    frame = pd.DataFrame([_dated(row) for row in rows], columns=None if rows else list(columns))
    for name in frame.columns:
        if _is_day(name, rows):
            frame[name] = np.array(frame[name].where(frame[name].notna(), None).tolist(), dtype="datetime64[s]")
    return frame


def polars_frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> Any:
    """Flat rows as a `polars.DataFrame`; days are `Date`. `columns` stand there where there is no row."""
    pl = wanted("polars")
    if not rows:
        return pl.DataFrame(schema={name: pl.Date if _is_day(name, rows) else pl.String for name in columns})
    known = {name: pl.Date for name in rows[0] if _is_day(name, rows)}
    return pl.DataFrame([_dated(row) for row in rows], schema_overrides=known, infer_schema_length=None)


def blank(kind: type) -> Any:
    """A row of `kind` in which nothing is known: what the columns of an empty answer are read from."""
    return kind(**{name: _nothing(hint) for name, hint in get_type_hints(kind).items()})


def _nothing(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return ()
    return blank(hint) if is_dataclass(hint) and isinstance(hint, type) else None


def _arrow_type(hint: Any, name: str) -> Any:
    pa = wanted("pyarrow")
    if isinstance(hint, UnionType):
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if get_origin(hint) is tuple:
        return pa.list_(_arrow_type(get_args(hint)[0], ""))
    if hint is str or (isinstance(hint, type) and issubclass(hint, str)):
        return pa.date32() if name in DAYS else pa.string()
    plain = {int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return plain.get(hint) or pa.struct(arrow_fields(hint))


def _is_day(name: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    return name in DAYS | OF_EVENTS and all(row[name] is None or isinstance(row[name], str) for row in rows)


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    """`row` with days in the place of the strings that name them, within its parts too."""
    return {name: _with_days(name, value) for name, value in row.items()}


def _with_days(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _dated(value)
    if isinstance(value, list | tuple):
        return [_with_days("", part) for part in value]
    if isinstance(value, str) and name in DAYS | OF_EVENTS:
        return date.fromisoformat(value)
    return value
