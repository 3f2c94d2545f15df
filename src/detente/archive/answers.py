"""What questions are answered with: rows with their evidence and source, and tables of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from detente.archive.flat import flat_row
from detente.archive.frames import arrow_table, blank, pandas_frame, polars_frame
from detente.extras import wanted
from detente.marking.html import act_html, quote_html
from detente.record import CoderId

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")

SHOWN = 10
"""Rows of an answer that a notebook shows."""


@dataclass(frozen=True, slots=True)
class Source:
    """The report an answer rests on: `report` is its id in the archive, `record_id` the one it came with.

    `cited` are the outlets it names as its own sources.
    """

    report: str
    record_id: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    report_date: str | None
    cited: tuple[str, ...] = ()


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
    right, from 0 to 1, null where it does not say; `act` the number of its act within the report, `act_id` the id of
    its act among all reports, equal for all that tell it. Offsets are into the text of the report.
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
    act_id: str
    verdict: str | None
    corrected: bool
    trigger: str
    trigger_start: int
    trigger_end: int
    evidence: str
    evidence_start: int
    evidence_end: int
    source: Source

    @property
    def counted_on(self) -> str | None:
        """The day the act is counted on: its own, of a plan or possibility the day it was told; null without one."""
        return self.source.report_date if self.status in ("planned", "possible") else self.date_start

    def _repr_html_(self) -> str:
        trigger = (self.trigger_start - self.evidence_start, self.trigger_end - self.evidence_start)
        what = f"{self.type} {self.mode}" if self.mode else self.type
        line = " → ".join(filter(None, (_names(self.actors) or "nobody named", what, _names(self.recipients))))
        said = f"on the word of {self.said_by}" if self.said_by else None
        likely = None if self.score is None else f"{self.score:.0%} likely"
        foot = (self.day, self.place, said, likely, self.source.publisher, self.source.url, self.id)
        return act_html(line, self.status, self.evidence, trigger, foot)


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

    def _repr_html_(self) -> str:
        speaker = self.speaker.name if self.speaker else "someone unnamed"
        return quote_html(speaker, self.content, (self.day, self.kind, self.source.publisher, self.source.url, self.id))


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
    """Rows in order; `total` is how many there are where a limit kept some back, `kind` what they are where none is."""

    def __init__(self, rows: Sequence[Row], total: int | None = None, kind: type[Row] | None = None) -> None:
        self._rows = tuple(rows)
        self.total = len(self._rows) if total is None else total
        self.kind: type[Row] | None = type(self._rows[0]) if self._rows else kind

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Answer[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Answer[Row]:
        return Answer(self._rows[index], self.total, self.kind) if isinstance(index, slice) else self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self._rows):,} of {self.total:,} {self.kind.__name__ if self.kind else 'row'}s>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dicts, lists, strings and numbers; parties and source are nested."""
        return [asdict(row) for row in self._rows]

    def to_flat(self) -> list[dict[str, Any]]:
        """The rows with one value a column: lists are joined with ``; ``, a source's fields stand beside the rest."""
        return [flat_row(row) for row in self._rows]

    def to_arrow(self) -> Any:
        """The rows as a `pyarrow.Table`: parties are lists of structs, the source a struct, days are dates."""
        if self.kind is None:
            return wanted("pyarrow").table({})
        return arrow_table(self._rows, self.kind)

    def to_pandas(self) -> Any:
        """The flat rows as a `pandas.DataFrame`, days as dates; raises `UsageError` where pandas is not installed."""
        return pandas_frame(self.to_flat(), self.columns())

    def to_polars(self) -> Any:
        """The flat rows as a `polars.DataFrame`, days as dates; raises `UsageError` where Polars is not installed."""
        return polars_frame(self.to_flat(), self.columns())

    def columns(self) -> list[str]:
        """The names of the flat columns, also where there is no row."""
        return list(flat_row(blank(self.kind))) if self.kind else []

    def _repr_html_(self) -> str:
        shown = "".join(row._repr_html_() for row in self._rows[:SHOWN] if hasattr(row, "_repr_html_"))
        return f"<p>{len(self._rows):,} of {self.total:,}</p>{shown}"


def _names(sides: Sequence[Side]) -> str:
    return ", ".join(side.name for side in sides)
