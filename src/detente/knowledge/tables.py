"""Reading knowledge tables: the ones that ship, and the user's own, held to the same rules."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from detente.errors import DataError
from detente.knowledge.entry import BEYOND_STATES, FORMS, KINDS

COLUMNS = (
    "id", "name", "aliases", "family", "form", "kind", "country", "sector",
    "role", "office", "start", "end", "as_of", "source",
)  # fmt: skip
REQUIRED = ("name", "kind")
# Rows of a user's table that belong to the calendar of `knowledge.gatherings`: name, aliases, start, end, country, and
# the town as role.
GATHERING = "gathering"
TABLES = ("states", "places", "persons", "organisations", "groups", "bodies")

_DATA = "knowledge/data"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Office:
    """A kind of post: how much it weighs among namesakes (0 to 100), and the sector of who holds it."""

    office: str
    weight: int
    sector: str


def read_shipped(table: str) -> list[list[str]]:
    """The rows of a table that ships with the package, in the order of `COLUMNS`. It was checked when compiled."""
    rows = list(csv.reader(io.StringIO(_shipped_text(f"{table}.csv"))))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise DataError(f"{_DATA}/{table}.csv: the columns are not {', '.join(COLUMNS)}.")
    return rows[1:]


def read_extra(path: Path) -> list[list[str]]:
    """The rows of a user's table in the order of `COLUMNS`; raises `DataError` naming the line that is not valid."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as a table ({error}).") from error
    return [[row[column] for column in COLUMNS] for _, row in checked(csv.DictReader(io.StringIO(text)), str(path))]


def checked(reader: csv.DictReader[str], where: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row of a table with its line, every column filled in; raises `DataError` at the first fault."""
    given = reader.fieldnames or ()
    if missing := [column for column in REQUIRED if column not in given]:
        raise DataError(f"{where}: line 1: no column {missing[0]!r}. The columns are: {', '.join(COLUMNS)}.")
    if unknown := [column for column in given if column not in COLUMNS]:
        raise DataError(f"{where}: line 1: unknown column {unknown[0]!r}. The columns are: {', '.join(COLUMNS)}.")
    for row in reader:
        at = f"{where}: line {reader.line_num}"
        if None in row or None in row.values():
            raise DataError(f"{at}: {len(given)} cells are wanted; quote cells that hold a comma.")
        whole = {column: (row.get(column) or "").strip() for column in COLUMNS}
        if fault := fault_of(whole):
            raise DataError(f"{at}: {fault}")
        yield reader.line_num, whole


def fault_of(row: Mapping[str, str]) -> str | None:
    """What is wrong with a row, in words; null where nothing is."""
    if not row["name"]:
        return "the name is empty."
    if row["kind"] not in (*KINDS, GATHERING):
        return f"kind {row['kind']!r} is none of {', '.join((*KINDS, GATHERING))}."
    if row["kind"] == GATHERING and not row["start"]:
        return "a gathering needs its first day as start (and its last as end)."
    if row["form"] and row["form"] not in FORMS:
        return f"form {row['form']!r} is none of {', '.join(FORMS)}."
    if row["country"] and row["country"] not in country_codes():
        return f"country {row['country']!r} is neither an ISO 3166-1 alpha-3 code nor IGO, NGO or MNC."
    if row["sector"] and row["sector"] not in load_sectors():
        return f"sector {row['sector']!r} is none of {', '.join(load_sectors())}."
    if row["office"] and row["office"] not in load_offices():
        return f"office {row['office']!r} is none of {', '.join(load_offices())}."
    return _fault_of_days(row)


def _fault_of_days(row: Mapping[str, str]) -> str | None:
    for column in ("start", "end", "as_of"):
        if row[column] and not _is_day(row[column]):
            return f"{column} {row[column]!r} is not a day like 2021-06-11."
    if row["start"] and row["end"] and row["start"] > row["end"]:
        return f"start {row['start']} is after end {row['end']}."
    return None


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


@cache
def country_codes() -> frozenset[str]:
    """Codes a country column may hold: states and territories of the tables, and IGO, NGO, MNC."""
    at = COLUMNS.index("country")
    return frozenset(row[at] for row in read_shipped("states") if row[at]) | BEYOND_STATES


@cache
def load_sectors() -> Mapping[str, bool]:
    """The sectors of the coding guide, and whether a person stays in one after the last day of the post.

    A minister out of office is a civilian; a rebel, a journalist or a cleric is still told of as one.
    """
    return {row["sector"]: row["stays"] == "yes" for row in _small_table("sectors.csv")}


@cache
def sector_meanings() -> Mapping[str, str]:
    """The sectors of the coding guide with what they mean, in its order."""
    return {row["sector"]: row["meaning"] for row in _small_table("sectors.csv")}


@cache
def load_offices() -> Mapping[str, Office]:
    """The kinds of office by name."""
    return {
        row["office"]: Office(row["office"], int(row["weight"]), row["sector"]) for row in _small_table("offices.csv")
    }


@cache
def load_titles() -> Mapping[str, Mapping[str, str]]:
    """Title in lower case → country code (empty: any other) → kind of office."""
    titles: dict[str, dict[str, str]] = {}
    for row in _small_table("titles.csv"):
        if row["office"] and row["office"] not in load_offices():
            raise DataError(f"{_DATA}/titles.csv: unknown office {row['office']!r} of {row['title']!r}.")
        for country in row["countries"].split() or [""]:
            titles.setdefault(row["title"], {})[country] = row["office"]
    return titles


@cache
def load_prominence() -> Mapping[str, float]:
    """How much a country is in the news, from 0 to 1; the measure is told in the compiling script."""
    return {row["country"]: float(row["weight"]) for row in _small_table("prominence.csv")}


@cache
def load_name_words() -> Mapping[str, frozenset[str]]:
    """Words that decide which part of a full name is the family name, by kind, as keys (country codes as they are)."""
    return {row["kind"]: frozenset(row["words"].split()) for row in _small_table("name_words.csv")}


@cache
def load_common_words() -> frozenset[str]:
    """Keys of names that are also ordinary words or given names ("may", "brown", "turkey")."""
    return frozenset(_shipped_text("common_words.txt").split())


def _small_table(name: str) -> Iterable[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_shipped_text(name))))


def _shipped_text(name: str) -> str:
    folder = files("detente").joinpath(_DATA)
    packed = folder.joinpath(f"{name}.gz")
    if packed.is_file():
        return gzip.decompress(packed.read_bytes()).decode("utf-8")
    try:
        return folder.joinpath(name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataError(f"{_DATA}/{name} is missing: install detente again.") from error
