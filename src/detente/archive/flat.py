"""Rows laid flat: one value a column, for tables that have no lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SPEAKER = {"": "name", "country": "country", "sector": "sector", "role": "role"}
_ONE_EVENT = ("id", "type", "status", "day", "actor", "recipient", "said_by", "evidence", "report", "publisher", "url")
"""Columns of an event that is part of another row."""

BETWEEN = "; "


def flat_row(row: DataclassInstance) -> dict[str, Any]:
    """The cells of one row: lists are joined with ``; ``, a source's fields stand beside the rest."""
    return _flat(asdict(row))


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        flat |= _cells(name, value)
    return flat


def _cells(name: str, value: Any) -> dict[str, Any]:
    """The cells that one field comes to."""
    if name == "source":
        return {column: _cell(cell) for column, cell in value.items()}
    if name in ("actors", "recipients"):
        return _sides(name.removesuffix("s"), value)
    if name == "speaker":
        return {f"speaker{k and '_' + k}": value and value[v] for k, v in _SPEAKER.items()}
    if name in ("spans", "marks"):
        return {name: BETWEEN.join("{}-{}".format(*span) for span in value)}
    if name in ("made", "answer", "one", "other"):
        inner = _flat(value) if value else {}
        return {f"{name}_{column}": inner.get(column) for column in _ONE_EVENT}
    if name == "tellings":
        return {name: len(value), "events": BETWEEN.join(telling["id"] for telling in value)}
    if name == "due":
        return dict(zip(("due_start", "due_end"), value or (None, None), strict=True))
    return {name: " … ".join(value) if name == "content" else _cell(value)}


def _sides(side: str, parties: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        side: BETWEEN.join(party["name"] for party in parties),
        f"{side}_country": BETWEEN.join(party["country"] or "" for party in parties),
        f"{side}_sector": BETWEEN.join(party["sector"] or "" for party in parties),
    }


def _cell(value: Any) -> Any:
    return BETWEEN.join(map(str, value)) if isinstance(value, tuple | list) else value
