"""The data of the house: what a report is, and what a record of it holds.

Offsets are Unicode code points into ``Record.text``, half-open; ``text[start:end]`` is always the evidence.
The JSON form is that of docs/record.md: one record a line, spans as ``[start, end]``, unknown as ``null``.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

Status = Literal["happened", "planned", "possible", "denied"]
Kind = Literal["direct", "indirect", "mixed"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]

SCHEMA_ID = "urn:detente:record:2"
"""The ``$id`` of the JSON Schema; its number rises when a key goes or changes its meaning, not when one comes."""

_DATE = re.compile(r"(?!0000)(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d)(?:T.*)?)?)?", re.ASCII)


class Span(NamedTuple):
    """A half-open range of code points in the text of a report."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span points at."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return min(self.end, other.end) > max(self.start, other.start)

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Report:
    """One news report as it was read, before anything is understood.

    `published` is what the page or file says, verbatim when it is no date; `date` is a report date given by the
    user, which overrules every other sign. `origin` tells where the report was read (``path`` or ``path:line``),
    `checks` what was odd about it there. `topics` are the headings it was filed under, `cited` the outlets it names
    as its sources. `original` are the bytes it was read from, where they are its own (a page, a file of text).
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    date: str | None = None
    origin: str | None = None
    checks: tuple[Check, ...] = ()
    topics: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    original: bytes | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Party:
    """A politically relevant actor as mentioned at `span`, with what is known of it.

    `country` is ISO 3166-1 alpha-3, or IGO, NGO, MNC; `sector` a three-letter code of
    docs/coding-guide.md; `id` a Wikidata id.
    """

    span: Span
    text: str
    name: str
    country: str | None = None
    sector: str | None = None
    id: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 type and value, and the closed interval of days it names.

    `start` and `end` are ISO dates, null where the value names no calendar interval. `granularity` is the smallest
    unit told (time, day, week, weekend, month, season, quarter, half, year, decade, century). `anchor` says what the
    value was resolved against: nothing (``absolute``), the ``report`` date or the running ``reference`` time. `certain`
    is false where past or future had to be guessed.
    """

    span: Span
    type: TimexType
    value: str
    start: str | None = None
    end: str | None = None
    granularity: str | None = None
    anchor: Literal["absolute", "report", "reference"] = "absolute"
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ReportDate:
    """The day relative times resolve against, and on what that rests."""

    date: str | None
    basis: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Check:
    """Something odd about the report: a code for machines, a sentence for a person, the words it rests on."""

    code: str
    message: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an act happened, as written, and where that is."""

    span: Span
    text: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what: source and cue are null where the text names none."""

    id: str
    source: Party | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: Kind
    addressee: Span | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose word an act is told: the source's mention and the statement that holds the act."""

    span: Span
    text: str
    name: str
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when, where, on whose word, as one of the 16 PLOVER types.

    `date` is a day, month, year or ``start/end``; `date_is_report` marks the day's news told without a time word.
    `intensity` is PLOVER's score of the type and mode. `score` is the probability that the event is right, from 0 to
    1, null where the coder gives none. `act` is the number of the act that is told, equal for all its tellings in the
    report (null in records older than acts); `same_as` names the first of these tellings, null for that one itself.
    """

    id: str
    type: str
    status: Status
    trigger: Span
    evidence: Span
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    date: str | None = None
    date_is_report: bool = False
    place: Place | None = None
    said_by: Voice | None = None
    intensity: float | None = None
    same_as: str | None = None
    score: float | None = None
    act: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the report with all that its tellings say: what is counted, where events are the evidence.

    `events` are the ids of its tellings in text order; the sides are merged over them; `status` and `date` are as last
    told, a date told with a time word before the report's own day.
    """

    number: int
    type: str
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: str | None
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoderId:
    """Who coded a record: the coder's name and version, and the language model under it with its version."""

    name: str
    version: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one report says, with its evidence."""

    id: str
    title: str | None
    url: str | None
    publisher: str | None
    language: str
    published: str | None
    report_date: ReportDate
    text: str
    text_sha256: str
    checks: tuple[Check, ...] = ()
    times: tuple[Time, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    acts: tuple[Act, ...] = ()
    coder: CoderId | None = None

    def to_json(self) -> str:
        """The record as one line of JSON, the same bytes for the same record."""
        return str(_adapter(Record).dump_json(self), "utf-8")

    def to_dict(self) -> dict[str, Any]:
        """The record as plain lists, dicts, strings and numbers."""
        return dict(_adapter(Record).dump_python(self, mode="json"))

    def _repr_html_(self) -> str:
        from detente.marking.html import record_html  # only notebooks ask for it

        return record_html(self)

    @classmethod
    def from_json(cls, line: str | bytes) -> Record:
        """Read a record back; raises `pydantic.ValidationError` where the line is not one."""
        record: Record = _adapter(Record).validate_json(line)
        return record


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be coded, and why: a row in the output, never a silent gap."""

    id: str | None
    origin: str | None
    code: str
    reason: str

    def to_json(self) -> str:
        """The failure as one line of JSON; the key ``error`` tells it from a record."""
        return str(_adapter(FailedReport).dump_json(FailedReport(self.id, self)), "utf-8")


@dataclass(frozen=True, slots=True)
class FailedReport:
    """The line of a report that could not be coded."""

    id: str | None
    error: Failure


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a line: a record, or the row of a report that could not be coded."""
    from pydantic import TypeAdapter

    lines: dict[str, Any] = {"record": Record, "error": FailedReport}
    refs, shared = TypeAdapter.json_schemas(
        [(name, "serialization", _adapter(kind)) for name, kind in lines.items()], title="A line of detente's output"
    )
    of_lines = [refs[name, "serialization"] for name in lines]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "oneOf": of_lines, **shared}


def days_of(date: str | None) -> tuple[str | None, str | None]:
    """First and last day of a day, month, year or ``start/end``; nulls for nothing, any other form and no such day."""
    first, slash, last = (date or "").partition("/")
    start, end = _edge(first, last=False), _edge(last if slash else first, last=True)
    return (start, end) if start and end and start <= end else (None, None)


def sha256_of(text: str) -> str:
    """Hex digest of the UTF-8 form of `text`."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _edge(date: str, *, last: bool) -> str | None:
    if not (match := _DATE.fullmatch(date)):
        return None
    year, month, day = match.groups()
    if day:
        return date[:10] if 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1] else None
    month = month or ("12" if last else "01")
    return f"{year}-{month}-{calendar.monthrange(int(year), int(month))[1] if last else 1:02d}"


@cache
def _adapter(kind: type) -> Any:
    # Imported here: pydantic costs 0.15 s, and `detente --help` needs none of it.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
