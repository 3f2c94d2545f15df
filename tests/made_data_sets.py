"""Small files of other data sets, made by us as their codebooks describe them: invented acts of real states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from detente.published import form_named

ICEWS_COLUMNS = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
]
ACLED_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]

UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


def gdelt(id_: str, day: str, one: str, other: str, code: str, quad: str, url: str = "", *, version: int = 2) -> str:
    """A line of GDELT, which has no header; version 2 has three columns more than 1."""
    columns = form_named("gdelt").bare[61 if version == 2 else 58]
    cells = {
        "GLOBALEVENTID": id_,
        "SQLDATE": day,
        "Actor1Name": one,
        "Actor1CountryCode": one,
        "Actor2Name": other,
        "Actor2CountryCode": other,
        "EventCode": code,
        "EventRootCode": code[:2],
        "QuadClass": quad,
        "GoldsteinScale": "-2.0",
        "SOURCEURL": url,
    }
    return line(columns, cells, "\t")


def polecat(
    id_: str, day: str, one: str, other: str, kind: str, quad: str, more: Mapping[str, str] | None = None
) -> str:
    """A line of POLECAT; what is missing is None."""
    columns = form_named("polecat").bare[40]
    cells = dict.fromkeys(columns, "None") | {
        "Event ID": id_,
        "Event Date": day,
        "Event Type": kind,
        "Quad Code": quad,
        "Intensity": "1.5",
        "Actor Name": one,
        "Actor Country": one,
        "Recipient Name": other,
        "Recipient Country": other,
    }
    return line(columns, cells | dict(more or {}), "\t")


def icews(id_: str, day: str, one: str, other: str, code: str, words: str) -> str:
    """A line of ICEWS, states by name."""
    cells = {
        "Event ID": id_,
        "Event Date": day,
        "Source Name": f"Government ({one})",
        "Source Country": one,
        "Event Text": words,
        "CAMEO Code": code,
        "Intensity": "-5.0",
        "Target Name": f"Government ({other})",
        "Target Country": other,
    }
    return line(ICEWS_COLUMNS, cells, "\t")


def acled(id_: str, day: str, one: str, other: str, kind: str, sub_kind: str, notes: str) -> str:
    """A line of ACLED, a comma between its cells."""
    cells = {
        "event_id_cnty": id_,
        "event_date": day,
        "event_type": kind,
        "sub_event_type": sub_kind,
        "actor1": one,
        "actor2": other,
        "notes": notes,
    }
    return line(ACLED_COLUMNS, cells, ",")


def ucdp(id_: str, day: str, one: str, other: str, headline: str) -> str:
    """A line of UCDP's georeferenced events."""
    cells = {"id": id_, "type_of_violence": "1", "side_a": one, "side_b": other, "date_start": day, "date_end": day}
    return line(UCDP_COLUMNS, {**cells, "source_headline": headline}, ",")


def header(columns: Sequence[str], delimiter: str = "\t") -> str:
    """The first line of a file."""
    return delimiter.join(columns)


def line(columns: Sequence[str], cells: Mapping[str, str], delimiter: str) -> str:
    """A row of these columns; cells that hold the delimiter of a CSV are quoted."""
    assert set(cells) <= set(columns)
    values = [cells.get(column, "") for column in columns]
    return delimiter.join(f'"{value}"' if delimiter == "," and ("," in value) else value for value in values)


def written(path: Path, *lines: str) -> Path:
    """A file of these lines."""
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def ucdp_header() -> str:
    """The header of UCDP."""
    return header(UCDP_COLUMNS, ",")


def polecat_header() -> str:
    """The header of POLECAT."""
    return header(form_named("polecat").bare[40])


def icews_header() -> str:
    """The header of ICEWS."""
    return header(ICEWS_COLUMNS)


def acled_header() -> str:
    """The header of ACLED."""
    return header(ACLED_COLUMNS, ",")
