"""Exports of an archive: golden files, columns that are described, and what PLOVER has no place for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from detente.archive import Archive
from detente.archive.linked import write_acts
from detente.errors import UsageError
from detente.exports import polecat
from detente.exports.flat import precision, row_of
from detente.exports.package import FORMS, TABLES, export, fields_of
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


@pytest.mark.parametrize(("form", "delimiter"), [(form, "\t" if form == "polecat" else ",") for form in TABLES])
def test_the_schema_has_the_columns_of_the_file(archive: Archive, tmp_path: Path, form: str, delimiter: str) -> None:
    written = export(archive, form, tmp_path / "out")
    with written.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file, delimiter=delimiter))
    (resource,) = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == header


def test_the_polecat_form_has_its_forty_columns_in_their_order_and_two_of_ours_after_them() -> None:
    assert "|".join(field["name"] for field in fields_of("polecat")) == f"{POLECAT}|Score|Act ID"
    assert len(fields_of("polecat")) == 42


def of_the_sample(folder: Path, form: str, delimiter: str) -> list[dict[str, str]]:
    """The rows of a form for the report that comes with the program, as it was coded."""
    coded = Path(__file__).with_name("golden_files").joinpath("sample.jsonl").read_text(encoding="utf-8")
    with Archive.open(folder / "sample.db", create=True) as archive:
        archive.add_record(Record.from_json(coded))
        with export(archive, form, folder / "out").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.parametrize(
    ("form", "delimiter", "bare"),
    [
        # The places of that report are towns and states.
        ("polecat", "\t", {"District", "Province"}),
        ("acled", ",", {"assoc_actor_1", "admin1", "admin2"}),
        ("ucdp", ",", {"adm_1", "adm_2"}),
        ("csv", ",", {"verdict"}),
        ("statements", ",", set()),
    ],
)
def test_a_whole_report_fills_every_column_but_those_it_says_nothing_of(
    tmp_path: Path, form: str, delimiter: str, bare: set[str]
) -> None:
    rows = of_the_sample(tmp_path, form, delimiter)
    assert len(rows) > 5
    assert {name for name in rows[0] if all(row[name] in ("", polecat.UNKNOWN) for row in rows)} == bare


def test_parties_and_places_of_a_whole_report_have_the_codes_of_other_lists(tmp_path: Path) -> None:
    rows = of_the_sample(tmp_path, "polecat", "\t")
    assert ("Finland", "FIN", "375") in {(row["Actor Name"], row["Actor Country"], row["Actor COW"]) for row in rows}
    towns = [row for row in rows if row["Feature Type"] == "P"]
    assert towns
    assert all(row["GeoNames ID"].isdigit() and row["City"] != polecat.UNKNOWN for row in towns)
    assert len({row["Story Locations"] for row in rows}) == 1


@pytest.mark.parametrize("form", ["csv", "acled", "ucdp", "polecat", "geojson", "jsonld"])
def test_every_form_names_the_act_that_several_reports_tell(archive: Archive, tmp_path: Path, form: str) -> None:
    tell_one_act(archive)
    assert "told-by-several" in export(archive, form, tmp_path / "out").read_text(encoding="utf-8")


def test_parquet_names_it_too(archive: Archive, tmp_path: Path) -> None:
    tell_one_act(archive)
    table = pq.read_table(export(archive, "parquet", tmp_path / "out"))
    assert set(table.column("act_id").to_pylist()) == {"told-by-several"}


def tell_one_act(archive: Archive) -> None:
    """Have joining find that all events tell one act."""
    numbers = range(1, len(archive.events()) + 1)
    write_acts(archive.db, numbers, ((n, "told-by-several") for n in numbers))


def test_statements_have_their_words_and_events_lead_to_them(archive: Archive, tmp_path: Path) -> None:
    written = [export(archive, form, tmp_path / "out").read_text(encoding="utf-8") for form in ("csv", "statements")]
    events, statements = (list(csv.DictReader(io.StringIO(table))) for table in written)
    told = {row["statement_id"]: row for row in statements}
    assert list(told) == [row.id for row in archive.statements()]
    for row in statements:
        start, end = int(row["content_start"]), int(row["content_end"])
        text = archive.text(row["report_id"])
        assert text[start:end].startswith(row["content"].split(" … ")[0])
        assert text[start:end].endswith(row["content"].split(" … ")[-1])
    named = [row for row in events if row["statement_id"]]
    assert named
    assert all(told[row["statement_id"]]["speaker"] == row["said_by"] for row in named)


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
