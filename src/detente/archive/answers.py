"""What questions are answered with: rows with their evidence and source, and tables of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar, overload

from detente.record import CoderId

Row = TypeVar("Row", bound="ReportRow | EventRow | StatementRow | Hit")


@dataclass(frozen=True, slots=True)
class Source:
    """The report an answer rests on: `report` is its id in the archive, `record_id` the one it came with."""

    report: str
    record_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    report_date: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """A party of an event; `start` and `end` are null where a correction put it there."""

    start: int | None
    end: int | None
    text: str
    name: str
    country: str | None
    sector: str | None
    entity: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it is to be read, corrections applied, with the words it rests on.

    `day` is the first day of the act, or the report's where none is told. `score` is how likely its coder finds it
    right, from 0 to 1, null where it does not say; `act` the number of its act within the report. Offsets are into the
    text of the report.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    quad: int | None
    intensity: float | None
    score: float | None
    date: str | None
    date_start: str | None
    date_end: str | None
    date_is_report: bool
    day: str | None
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    place: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    said_by: str | None
    statement: str | None
    same_as: str | None
    act: int | None
    verdict: str | None
    corrected: bool
    trigger: str
    trigger_start: int
    trigger_end: int
    evidence: str
    evidence_start: int
    evidence_end: int
    source: Source


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement: its words in the pieces they come in, who says them, and the words that attribute them."""

    id: str
    kind: str
    date: str | None
    day: str | None
    speaker: Side | None
    cue: str | None
    addressee: str | None
    content: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as it lies in the archive, without its text."""

    id: str
    record_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    report_date: str | None
    certain: bool
    basis: str
    language: str
    topics: tuple[str, ...]
    cited: tuple[str, ...]
    origin: str | None
    original: str | None
    coder: CoderId | None
    added: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found in a report: `snippet` is the place, `marks` the half-open ranges of `snippet` that matched."""

    snippet: str
    marks: tuple[tuple[int, int], ...]
    rank: float
    source: Source


class Answer(Sequence[Row], Generic[Row]):
    """Rows in order; `total` is how many there are where a limit kept some back."""

    def __init__(self, rows: Sequence[Row], total: int | None = None) -> None:
        self._rows = tuple(rows)
        self.total = len(self._rows) if total is None else total

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Answer[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Answer[Row]:
        return Answer(self._rows[index], self.total) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dicts, lists, strings and numbers; parties and source are nested."""
        return [asdict(row) for row in self._rows]

    def to_flat(self) -> list[dict[str, Any]]:
        """The rows with one value a column: lists are joined with ``; ``, a source's fields stand beside the rest."""
        return [_flat(row) for row in self.to_dicts()]

    def to_arrow(self) -> Any:
        """The rows as a `pyarrow.Table`; parties are lists of structs, the source a struct."""
        import pyarrow as pa

        return pa.Table.from_pylist(self.to_dicts())

    def to_pandas(self) -> Any:
        """The flat rows as a `pandas.DataFrame`; pandas must be installed."""
        import pandas as pd

        return pd.DataFrame(self.to_flat())


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if name == "source":
            flat |= value
        elif name in ("actors", "recipients"):
            side = name.removesuffix("s")
            flat[side] = "; ".join(party["name"] for party in value)
            flat[f"{side}_country"] = "; ".join(party["country"] or "" for party in value)
            flat[f"{side}_sector"] = "; ".join(party["sector"] or "" for party in value)
        elif name == "speaker":
            flat |= {f"speaker{k and '_' + k}": value and value[v] for k, v in _SPEAKER.items()}
        elif name in ("spans", "marks"):
            flat[name] = "; ".join("{}-{}".format(*span) for span in value)
        else:
            flat[name] = " … ".join(value) if name == "content" else _cell(value)
    return flat


_SPEAKER = {"": "name", "country": "country", "sector": "sector", "role": "role"}


def _cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value
