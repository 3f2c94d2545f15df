"""Exports of an archive: golden files, columns that are described, and what PLOVER has no place for."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente.archive import Archive
from detente.errors import UsageError
from detente.exports import polecat
from detente.exports.flat import precision, row_of
from detente.exports.package import FORMS, export, fields_of
from detente.record import Record
from tests.golden_archive import GOLDEN, example
from tests.made_records import expulsion

# As the published files of the data set have them, in their order.
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|"
    "Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
    "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return example(tmp_path)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "parquet"])
def test_an_export_is_the_golden_file(archive: Archive, tmp_path: Path, form: str) -> None:
    written = export(archive, form, tmp_path / "out")
    assert written.read_text(encoding="utf-8") == (GOLDEN / written.name).read_text(encoding="utf-8"), (
        "look at the difference; if it is meant: python -m tests.golden_archive"
    )


def test_the_package_describes_every_file_and_is_a_golden_file_too(archive: Archive, tmp_path: Path) -> None:
    for form in FORMS:
        if form != "parquet":
            export(archive, form, tmp_path / "out")
    written = (tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8")
    assert written == (GOLDEN / "datapackage.json").read_text(encoding="utf-8")
    paths = [resource["path"] for resource in json.loads(written)["resources"]]
    assert paths == sorted(FORMS[form][0] for form in FORMS if form != "parquet")


@pytest.mark.parametrize(("form", "delimiter"), [("csv", ","), ("polecat", "\t"), ("acled", ","), ("ucdp", ",")])
def test_the_schema_has_the_columns_of_the_file(archive: Archive, tmp_path: Path, form: str, delimiter: str) -> None:
    written = export(archive, form, tmp_path / "out")
    with written.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file, delimiter=delimiter))
    (resource,) = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_the_polecat_form_has_its_forty_columns_in_their_order_and_a_score_after_them() -> None:
    assert "|".join(field["name"] for field in fields_of("polecat")) == f"{POLECAT}|Score"
    assert len(fields_of("polecat")) == 41


def test_planned_cooperation_becomes_an_agreement_to_it(archive: Archive) -> None:
    row = polecat.row_of(archive.events(status="planned")[0])
    assert row is not None
    assert (row["Event Type"], row["Quad Code"], row["Event Date"]) == ("AGREE", "VERBAL COOPERATION", "2021-06-17")


def test_a_planned_retreat_becomes_a_concession(archive: Archive) -> None:
    event = archive.events(status="planned")[0].id
    archive.correct(event, "type", "RETREAT", "Mia")
    row = polecat.row_of(archive.event(event))
    assert row is not None
    assert (row["Event Type"], row["Quad Code"], row["Intensity"]) == ("CONCEDE", "VERBAL COOPERATION", 4.5)


@pytest.mark.parametrize("change", [("status", "possible"), ("status", "denied"), ("status", "planned")])
def test_what_plover_has_no_place_for_is_left_out(archive: Archive, change: tuple[str, str]) -> None:
    event = archive.events(type="SANCTION")[0].id
    assert polecat.row_of(archive.event(event)) is not None
    archive.correct(event, *change, "Mia")
    assert polecat.row_of(archive.event(event)) is None


def test_the_columns_of_the_flat_form_are_lowercase_and_all_filled_by_some_event(archive: Archive) -> None:
    names = [field["name"] for field in fields_of("flat")]
    assert names == [name.lower() for name in names]
    assert list(row_of(archive.events()[0])) == names


@pytest.mark.parametrize(
    ("start", "end", "precise"),
    [
        ("2021-06-16", "2021-06-16", 1),
        ("2021-06-14", "2021-06-20", 2),
        ("2021-06-01", "2021-06-30", 3),
        ("2021-01-01", "2021-12-31", 4),
        ("2020-01-01", "2021-12-31", 5),
        (None, None, None),
    ],
)
def test_how_precise_a_date_is(start: str | None, end: str | None, precise: int | None) -> None:
    assert precision(start, end) == precise


def test_records_come_out_as_they_were_coded(archive: Archive, tmp_path: Path) -> None:
    written = export(archive, "jsonl", tmp_path / "out")
    records = [Record.from_json(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert records[0] == expulsion(url="https://news.example/envoys")


def test_parquet_holds_events_with_their_parties(archive: Archive, tmp_path: Path) -> None:
    table = pq.read_table(export(archive, "parquet", tmp_path / "out"))
    assert table.num_rows == 4
    rows = {row["trigger"]: row for row in table.to_pylist()}
    assert [party["country"] for party in rows["met"]["actors"]] == ["USA", "RUS"]
    assert rows["hacked"]["source"]["url"] == "https://news.example/envoys"


def test_an_archive_without_events_has_the_same_columns(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "empty.db", create=True) as empty, example(tmp_path) as archive:
        schemas = [pq.read_schema(export(a, "parquet", tmp_path / n)) for n, a in (("x", empty), ("y", archive))]
    assert schemas[0].equals(schemas[1])


def test_the_same_archive_gives_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    for form in FORMS:
        one, other = (export(archive, form, tmp_path / name).read_bytes() for name in ("x", "y"))
        assert one == other


def test_a_place_that_cannot_be_written_is_told(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(UsageError, match="is a file"):
        export(archive, "csv", tmp_path / "file")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "datapackage.json").write_text("{}")
    with pytest.raises(UsageError, match="choose another folder"):
        export(archive, "csv", tmp_path / "mine")
