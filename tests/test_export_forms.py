"""Forms for other programs, read by those programs' own libraries where there is one."""

from __future__ import annotations

import csv
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from detente.archive import Archive
from detente.errors import DataError, UsageError
from detente.exports import acled, ftm, polecat, ucdp
from detente.exports.located import codes_of, located
from detente.exports.package import FORMS, TABLES, export, fields_of
from detente.knowledge.gazetteer import load_gazetteer
from detente.record import Place, Span
from tests.golden_archive import example
from tests.made_records import event, party, record, span


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return example(tmp_path)


def placed(tmp_path: Path, place: Place | None, date: str | None = "2021-06-10", status: str = "happened") -> Any:
    """The row of an event at a place."""
    text = f"Norway bombed Chile in {place.text if place else 'silence'}."
    made = event(text, "ASSAULT", "bombed", [party(text, "Norway", "NOR")], [party(text, "Chile", "CHL")], status)
    made = replace(made, place=place, date=date)
    with Archive.open(tmp_path / "placed.db", create=True) as archive:
        archive.add_record(record(text, [made]))
        return archive.events()[0]


def at(name: str, country: str | None, number: int = 0) -> Place:
    """A place as coding finds it: the gazetteer's entry of that name and number."""
    spot = load_gazetteer().named(name)[number]
    text = f"Norway bombed Chile in {name}."
    return Place(span(text, name), name, country or spot.country, spot.latitude, spot.longitude)


@pytest.mark.parametrize(
    ("name", "number", "precision", "acled_code", "ucdp_code", "geonames"),
    [
        ("Geneva", 0, "town", 1, 1, 2660646),
        ("Geneva", 1, "region", 3, 4, None),
        ("Black Sea", 0, "area", None, 5, None),
    ],
)
def test_how_precise_a_place_is(
    tmp_path: Path, name: str, number: int, precision: str, acled_code: Any, ucdp_code: int, geonames: Any
) -> None:
    row = placed(tmp_path, at(name, None, number))
    where = located(row)
    assert where is not None
    assert (where.precision, where.geonames) == (precision, geonames)
    flat, georeferenced = acled.row_of(row), ucdp.row_of(row)
    assert flat is not None
    assert georeferenced is not None
    assert (flat["geo_precision"], georeferenced["where_prec"]) == (acled_code, ucdp_code)


def test_a_region_and_a_district_stand_in_their_own_columns(tmp_path: Path) -> None:
    cells: dict[str, list[Any]] = {}
    for name, number in (("Geneva", 1), ("Kanabec County", 0)):
        (tmp_path / name).mkdir()
        row = placed(tmp_path / name, at(name, None, number))
        forms = [polecat.row_of(row), acled.row_of(row), ucdp.row_of(row)]
        wanted = [("Province", "District"), ("admin1", "admin2"), ("adm_1", "adm_2")]
        cells[name] = [tuple(form[column] for column in both) for form, both in zip(forms, wanted, strict=True) if form]
    assert cells["Geneva"] == [("Geneva", "None"), ("Geneva", None), ("Geneva", None)]
    assert cells["Kanabec County"] == [
        ("None", "Kanabec County"),
        (None, "Kanabec County"),
        (None, "Kanabec County"),
    ]


def test_a_place_that_is_only_a_state_or_nowhere_known_says_so(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    state = located(placed(tmp_path / "a", Place(Span(23, 28), "Chile", "CHL")))
    assert state is not None
    assert state.precision == "state"
    assert located(placed(tmp_path / "b", None)) is None


@pytest.mark.parametrize(
    ("date", "time_precision", "date_prec"),
    [
        ("2021-06-10", 1, 1),
        ("2021-06-10/2021-06-13", 2, 2),
        ("2021-06-07/2021-06-13", 2, 3),
        ("2021-06", 3, 4),
        ("2021", None, 5),
        ("2019/2021", None, None),
        (None, None, None),
    ],
)
def test_how_precise_a_day_is_in_the_codes_of_each(
    tmp_path: Path, date: str | None, time_precision: Any, date_prec: Any
) -> None:
    row = placed(tmp_path, None, date)
    flat, georeferenced = acled.row_of(row), ucdp.row_of(row)
    assert (flat and flat["time_precision"]) == time_precision
    assert (georeferenced and georeferenced["date_prec"]) == date_prec


@pytest.mark.parametrize("status", ["planned", "possible", "denied"])
def test_forms_of_what_happened_have_nothing_else(tmp_path: Path, status: str) -> None:
    row = placed(tmp_path, None, status=status)
    assert acled.row_of(row) is None
    assert ucdp.row_of(row) is None


def test_states_have_the_codes_of_other_lists() -> None:
    russia = codes_of("RUS")
    assert (russia.alpha2, russia.numeric, russia.cow) == ("RU", "643", "365")
    assert codes_of("GRL").cow is None
    assert codes_of("IGO") == codes_of(None)


@pytest.mark.parametrize("form", ["acled", "ucdp"])
def test_every_column_is_described_and_in_its_order(archive: Archive, tmp_path: Path, form: str) -> None:
    with export(archive, form, tmp_path / "out").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [field["name"] for field in fields_of(form)]
    assert len(rows) == 2


def test_frictionless_finds_the_whole_package_valid(archive: Archive, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    for form in FORMS:
        export(archive, form, tmp_path / "out")
    report = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])
    assert {task.name for task in report.tasks} == {FORMS[form][0].replace(".", "-") for form in FORMS}


@pytest.mark.parametrize("form", TABLES)
def test_a_table_for_excel_begins_with_its_mark_and_is_the_same_table(
    archive: Archive, tmp_path: Path, form: str
) -> None:
    frictionless = pytest.importorskip("frictionless")
    plain = export(archive, form, tmp_path / "plain").read_text(encoding="utf-8")
    for_excel = export(archive, form, tmp_path / "excel", excel=True).read_text(encoding="utf-8")
    assert for_excel == "\ufeff" + plain
    report = frictionless.validate(str(tmp_path / "excel" / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])


def test_what_excel_does_not_open_as_a_table_is_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="geojson is no table"):
        export(archive, "geojson", tmp_path / "out", excel=True)


def test_followthemoney_loads_every_entity_and_loses_nothing(archive: Archive, tmp_path: Path) -> None:
    model = pytest.importorskip("followthemoney").model
    lines = export(archive, "ftm", tmp_path / "out").read_text(encoding="utf-8").splitlines()
    entities = [json.loads(line) for line in lines]
    assert len({entity["id"] for entity in entities}) == len(entities)
    known = {entity["id"] for entity in entities}
    for entity in entities:
        proxy = model.get_proxy(entity)
        assert {name: sorted(proxy.get(name)) for name in entity["properties"]} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }
        for name in ("organizer", "involved", "proof"):
            assert set(entity["properties"].get(name, ())) <= known
    schemas = {entity["properties"].get("name", [""])[0]: entity["schema"] for entity in entities}
    assert schemas["Joe Biden"] == "Person"
    assert schemas["Russia"] == "LegalEntity"


def test_an_entity_that_followthemoney_refuses_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("followthemoney")
    monkeypatch.setattr(ftm, "_article", lambda report: {"id": "x", "schema": "Articel", "properties": {}})
    with pytest.raises(DataError, match="no valid entity"):
        export(archive, "ftm", tmp_path / "out")


def test_annotations_find_their_words_by_position_and_by_quotation(archive: Archive, tmp_path: Path) -> None:
    written = json.loads(export(archive, "annotations", tmp_path / "out").read_bytes())
    items = written["first"]["items"]
    assert written["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert written["total"] == len(items) == len(archive.events()) + len(archive.statements())
    texts = {
        row.source.url or f"urn:detente:report:{row.source.report}": archive.text(row.source.report)
        for row in archive.events()
    }
    for item in items:
        assert item["type"] == "Annotation"
        assert item["body"]
        assert item["motivation"] in ("classifying", "identifying")
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            text = texts[target["source"]]
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert text.find(quote["prefix"] + quote["exact"] + quote["suffix"]) == position["start"] - len(
                quote["prefix"]
            )


def test_json_ld_is_a_graph_that_rdf_libraries_read(archive: Archive, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(str(export(archive, "jsonld", tmp_path / "out")), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    actions = list(graph.subjects(rdflib.RDF.type, schema.Action))
    assert len(actions) == len(archive.events())
    articles = set(graph.subjects(rdflib.RDF.type, schema.NewsArticle))
    for action in actions:
        assert set(graph.objects(action, schema.subjectOf)) <= articles
        assert list(graph.objects(action, schema.description))
    names = {str(name) for name in graph.objects(None, schema.name)}
    assert {"Joe Biden", "Geneva"} <= names


def test_geojson_has_a_point_where_degrees_are_known(archive: Archive, tmp_path: Path) -> None:
    written = json.loads(export(archive, "geojson", tmp_path / "out").read_bytes())
    places = {
        f["properties"]["location"]: (f["geometry"], f["properties"]["place_precision"]) for f in written["features"]
    }
    assert places["Geneva"] == ({"type": "Point", "coordinates": [6.146, 46.202]}, "town")
    assert places["Tallinn"] == (None, None)
    with Archive.open(tmp_path / "empty.db", create=True) as empty:
        assert json.loads(export(empty, "geojson", tmp_path / "none").read_bytes())["features"] == []


@pytest.mark.parametrize("form", ["annotations", "jsonld", "ftm", "acled", "ucdp"])
def test_an_empty_archive_is_a_whole_file_in_every_form(tmp_path: Path, form: str) -> None:
    with Archive.open(tmp_path / "empty.db", create=True) as empty:
        written = export(empty, form, tmp_path / "out").read_text(encoding="utf-8")
    if form in ("annotations", "jsonld"):
        assert json.loads(written)


def test_what_checks_the_entities_is_an_extra() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert any(need.startswith("followthemoney") for need in project["optional-dependencies"]["followthemoney"])
